//! The matrix generator: each parameter set of one generator with each of another, which may use those of the first.

use homescale_value::{Data, Map};

use super::{Outcome, Run};
use crate::application_set::data::{get, get_or_nil, items, pairs, with};
use crate::application_set::decode::Decoder;
use crate::application_set::error::{ApplicationSetError, ApplicationSetErrorKind as Kind};
use crate::application_set::go_types::{NESTED_MATRIX, NESTED_MERGE};
use crate::application_set::parameters::{combine, merge};

impl Run<'_> {
    pub(super) fn matrix(&self, own: &Data) -> Outcome {
        let [first, second] = items(get_or_nil(own, "generators")) else {
            let found = items(get_or_nil(own, "generators")).len();
            return Err(Kind::NotTwoGenerators(found).into());
        };
        let place = |index: usize| format!("generators[{index}]");
        let first = self.nested(first).map_err(|error| error.inside(place(0)))?;
        let firsts = self
            .child(&first, None)
            .map_err(|stop| stop.inside(place(0)))?;
        let second = self
            .nested(second)
            .map_err(|error| error.inside(place(1)))?;
        let mut fixed: Option<Vec<Map>> = None;
        let mut all = Vec::new();
        for first in firsts {
            let seconds = match &fixed {
                Some(seconds) => self.copies(seconds)?,
                None => self
                    .child(&second, Some(&first))
                    .map_err(|stop| stop.inside(place(1)))?,
            };
            // Without a template, the second gives the same each time.
            if fixed.is_none() && !has_template(&second) {
                fixed = Some(self.copies(&seconds)?);
            }
            self.budget.parameter_sets(seconds.len())?;
            for second in seconds {
                all.push(self.pair(&first, &second)?);
            }
        }
        Ok(all)
    }

    /// Both sets as one. Where they differ, the first counts; in the simple language, they must not.
    fn pair(&self, first: &Map, second: &Map) -> Result<Map, ApplicationSetError> {
        if !self.renderer.is_go() {
            return combine(first, second);
        }
        let both = Map::new();
        merge(&both, second)?;
        merge(&both, first)?;
        Ok(both)
    }

    /// An entry inside of a matrix or merge, whose own matrix or merge is taken out of its JSON.
    pub(super) fn nested(&self, entry: &Data) -> Result<Data, ApplicationSetError> {
        let decoder = Decoder {
            folds_case: true,
            argocd: self.inputs.argocd,
        };
        let mut entry = entry.clone();
        for (name, structure) in [("matrix", &NESTED_MATRIX), ("merge", &NESTED_MERGE)] {
            if let Some(json) = get(&entry, name) {
                let nested = decoder.object(structure, json);
                let nested = nested.map_err(|error| error.inside(name))?;
                entry = with(&entry, name, nested);
            }
        }
        Ok(entry)
    }
}

/// Whether there is a template in any text.
fn has_template(value: &Data) -> bool {
    let is_template = |text: &[u8]| homescale_go::strings::contains(text, b"{{");
    match value {
        Data::Str(text) => is_template(text),
        Data::List(items) => items.iter().any(has_template),
        Data::Map(_) => pairs(value)
            .iter()
            .any(|(key, value)| is_template(key) || has_template(value)),
        _ => false,
    }
}
