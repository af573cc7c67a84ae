//! The merge generator: the parameter sets of one generator, with what others know about the same.

use std::collections::{BTreeMap, BTreeSet};

use homescale_value::{Data, Map, Str};

use super::{Outcome, Run};
use crate::application_set::data::{get_or_nil, items, texts};
use crate::application_set::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use crate::application_set::parameters::merge;

impl Run<'_> {
    /// The sets in the order of the first generator. Argo CD takes them out of a Go map, in no order.
    pub(super) fn merge(&self, own: &Data) -> Outcome {
        let generators = items(get_or_nil(own, "generators"));
        if generators.len() < 2 {
            return Err(Kind::TooFewGenerators(generators.len()).into());
        }
        let keys: BTreeSet<Str> = texts(own, "mergeKeys").into_iter().collect();
        let mut sets = Vec::new();
        for (index, entry) in generators.iter().enumerate() {
            let place = format!("generators[{index}]");
            let nested = self.nested(entry).map_err(|error| error.inside(&place))?;
            let child = self.child(&nested, None);
            sets.push(child.map_err(|stop| stop.inside(&place))?);
        }
        if keys.is_empty() {
            return Err(Kind::NoMergeKeys.into());
        }
        let mut by_keys = Vec::new();
        for (index, sets) in sets.iter().enumerate() {
            let by_key = by_key(&keys, sets);
            by_keys.push(by_key.map_err(|error| error.inside(format!("generators[{index}]")))?);
        }
        let Some((base, others)) = by_keys.split_first() else {
            return Ok(Vec::new());
        };
        for other in others {
            for (key, other) in other {
                if let Some(own) = base.get(key) {
                    self.merge_over(own, other)?;
                }
            }
        }
        Ok(sets.swap_remove(0))
    }

    fn merge_over(&self, own: &Map, other: &Map) -> Result<(), ApplicationSetError> {
        if self.renderer.is_go() {
            return merge(own, other);
        }
        for (key, value) in other.to_vec() {
            own.set(key, value);
        }
        Ok(())
    }
}

/// The sets by the values of the keys.
fn by_key(
    keys: &BTreeSet<Str>,
    sets: &[Map],
) -> Result<BTreeMap<String, Map>, ApplicationSetError> {
    let mut by_key = BTreeMap::new();
    for set in sets {
        let key = key_of(keys, set)?;
        if by_key.insert(key.clone(), set.clone()).is_some() {
            return Err(Kind::DuplicateMergeKey(key).into());
        }
    }
    Ok(by_key)
}

/// The values of the keys, as JSON. A key that is not there counts as null.
fn key_of(keys: &BTreeSet<Str>, set: &Map) -> Result<String, ApplicationSetError> {
    let values = keys.iter();
    let values = values.map(|key| (key.clone(), set.get(key).unwrap_or_default()));
    let values: Map = values.collect();
    homescale_yaml::json::encode(&values.into()).map_err(|_| {
        let (key, expected) = (None, "what JSON can hold");
        Kind::Element { key, expected }.into()
    })
}
