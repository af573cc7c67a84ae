//! [`KustomizePatches`]: patches of a source, which Argo CD writes into the kustomization itself.

use std::fmt;

use homescale_fileset::printable;
use homescale_located::from_value;
use homescale_yaml::{Error as YamlError, from_slice, json, to_yaml};
use serde_json::{Map, Value as Json};

/// Patches of a source, which Argo CD writes into the kustomization itself, after `kustomize edit` has changed it.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct KustomizePatches {
    /// The file of the kustomization, from the root of the repository.
    pub file: String,
    /// The patches.
    pub(super) patches: Vec<Json>,
}

/// Why patches cannot be added to a kustomization.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatchesError {
    /// The kustomization is not YAML.
    Yaml(String, YamlError),
    /// The kustomization is no map.
    NoMap(String),
    /// The kustomization has patches that are no list.
    NoList(String),
}

impl KustomizePatches {
    /// The text of the kustomization with the patches after its own.
    ///
    /// # Errors
    /// It is no kustomization.
    pub fn add_to(&self, kustomization: &[u8]) -> Result<Vec<u8>, PatchesError> {
        let file = || self.file.clone();
        let value = from_slice(kustomization).map_err(|error| PatchesError::Yaml(file(), error))?;
        let node = from_value(&value).ok_or_else(|| PatchesError::NoMap(file()))?;
        let Json::Object(mut map) = node.to_json() else {
            return Err(PatchesError::NoMap(file()));
        };
        self.append_to(&mut map)?;
        let text = Json::Object(map).to_string();
        let value = json::decode(text.as_bytes()).map_err(|_| PatchesError::NoMap(file()))?;
        // A kustomization has nothing that cannot be written; and YAML takes JSON.
        Ok(to_yaml(&value).map_or_else(|_| text.into_bytes(), String::into_bytes))
    }

    fn append_to(&self, map: &mut Map<String, Json>) -> Result<(), PatchesError> {
        let own = map
            .entry("patches")
            .or_insert_with(|| Json::Array(Vec::new()));
        let Json::Array(list) = own else {
            return Err(PatchesError::NoList(self.file.clone()));
        };
        list.extend(self.patches.iter().cloned());
        Ok(())
    }
}

impl fmt::Display for PatchesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yaml(file, error) => write!(f, "{}: {error}", printable(file)),
            Self::NoMap(file) => write!(f, "{}: it is not a map", printable(file)),
            Self::NoList(file) => write!(
                f,
                "{}: `patches` is not a list; `kustomize.patches` of the source cannot be added to it",
                printable(file)
            ),
        }
    }
}

impl std::error::Error for PatchesError {}
