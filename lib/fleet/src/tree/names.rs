//! [`TreeNames`]: what clusters and Applications are called in a directory.

use std::collections::BTreeMap;

use crate::found::{ApplicationId, Found};

/// What each Application of a fleet is called in a directory: `<cluster>/<app>`, and longer where two would be called the same.
///
/// It depends on all Applications of the fleet and on nothing else, so that a part of them is called as all are.
#[derive(Clone, Debug, Default)]
pub struct TreeNames {
    places: BTreeMap<(String, ApplicationId), String>,
}

impl TreeNames {
    /// What the Applications of a fleet are called.
    pub fn new(all: &[Found]) -> Self {
        let short = |found: &Found| format!("{}/{}", safe(&found.cluster), safe(&found.id.name));
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for found in all {
            *counts.entry(short(found).to_lowercase()).or_default() += 1;
        }
        let place = |found: &Found| {
            let short = short(found);
            if counts.get(&short.to_lowercase()) == Some(&1) {
                return short;
            }
            let ApplicationId {
                instance,
                namespace,
                name,
            } = &found.id;
            let long = [instance, namespace, name].map(|part| safe(part)).join("_");
            format!("{}/{long}", safe(&found.cluster))
        };
        let places = (all.iter())
            .map(|found| ((found.cluster.clone(), found.id.clone()), place(found)))
            .collect();
        Self { places }
    }

    /// What an Application is called.
    pub(super) fn of(&self, found: &Found) -> &str {
        let key = (found.cluster.clone(), found.id.clone());
        self.places.get(&key).map_or("", String::as_str)
    }
}

/// A name as it can be that of a file everywhere: other characters than letters, digits, `.`, `_` and `-` become `_`. An
/// address is called by its host.
pub(super) fn safe(name: &str) -> String {
    let name = name.split_once("://").map_or(name, |(_, rest)| rest);
    let name = name.trim_end_matches('/');
    let is_safe = |char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '_' | '-');
    let safe: String = name
        .chars()
        .map(|char| if is_safe(char) { char } else { '_' })
        .collect();
    if safe.starts_with('.') || safe.is_empty() {
        return format!("_{safe}");
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_files() {
        for (name, expected) in [
            ("web", "web"),
            ("https://10.0.0.1:6443/", "10.0.0.1_6443"),
            ("system:node", "system_node"),
            ("../up", "_.._up"),
            ("", "_"),
            ("a/b", "a_b"),
        ] {
            assert_eq!(safe(name), expected, "{name}");
        }
    }
}
