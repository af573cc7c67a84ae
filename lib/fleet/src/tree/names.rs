//! [`TreeNames`]: what clusters and Applications are called in a directory.

use std::collections::BTreeMap;

use super::distinct::{digest, distinct, safe, short};
use crate::found::{ApplicationId, Found};

/// What each Application of a fleet is called in a directory: `<cluster>/<app>`, and longer where two would be called the same.
///
/// It depends on all Applications of the fleet and on nothing else, so that a part of them is called as all are.
#[derive(Clone, Debug, Default)]
pub(super) struct TreeNames {
    places: BTreeMap<(String, ApplicationId), String>,
}

impl TreeNames {
    /// What the Applications of a fleet are called.
    pub(super) fn new(all: &[Found]) -> Self {
        let forms: Vec<(&ApplicationId, Vec<String>)> =
            all.iter().map(|found| (&found.id, forms(found))).collect();
        let names = all.iter().zip(distinct(&forms));
        let places = names.map(|(found, name)| ((found.cluster.clone(), found.id.clone()), name));
        Self {
            places: places.collect(),
        }
    }

    /// What an Application is called.
    pub(super) fn of(&self, found: &Found) -> &str {
        let key = (found.cluster.clone(), found.id.clone());
        self.places.get(&key).map_or("", String::as_str)
    }
}

/// What an Application can be called, shortest first.
fn forms(found: &Found) -> Vec<String> {
    let ApplicationId {
        instance,
        namespace,
        name,
    } = &found.id;
    let cluster = short(safe(&found.cluster));
    let long = [instance, namespace, name].map(|part| safe(part)).join("_");
    let longest = format!("{long}-{}", digest(&[instance, namespace, name]));
    [safe(name), long, longest]
        .map(|name| format!("{cluster}/{}", short(name)))
        .to_vec()
}
