//! [`ObjectId`]: what makes an object the same as another.

use std::fmt;

use homescale_value::{Str, Value};

use crate::tree::Tree;

/// The identity of an object in a cluster, as Argo CD keys its resources: the version of an API is no part of it.
///
/// Prints as `Deployment web/frontend`; what an object does not say is left out.
///
/// ```
/// use homescale_manifest::ObjectId;
///
/// let text = b"apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: frontend, namespace: web}\n";
/// let object = homescale_yaml::from_slice(text)?;
/// let id = ObjectId::of(&object);
/// assert_eq!(id.to_string(), "Deployment web/frontend");
/// assert_eq!(id.group, "apps");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct ObjectId {
    /// The group of the API; empty for the core group.
    pub group: String,
    /// The kind.
    pub kind: String,
    /// `metadata.namespace`; empty for an object without one.
    pub namespace: String,
    /// `metadata.name`.
    pub name: String,
}

/// What can be looked into by keys: an object, however it is held.
pub(crate) trait Fields {
    /// The string at the end of a path of keys.
    fn text_at(&self, path: &[&str]) -> Option<Str>;
}

impl Fields for Value {
    fn text_at(&self, path: &[&str]) -> Option<Str> {
        let (last, way) = path.split_last()?;
        let map = self.as_map()?.clone();
        let map = way.iter().try_fold(map, |map, key| map.get_map(key))?;
        match map.get(last)? {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }
}

impl Fields for Tree {
    fn text_at(&self, path: &[&str]) -> Option<Str> {
        Self::text_at(self, path).cloned()
    }
}

impl ObjectId {
    /// The identity of an object. What it does not say as a string is empty.
    pub fn of(object: &Value) -> Self {
        Self::of_fields(object)
    }

    pub(crate) fn of_fields(object: &impl Fields) -> Self {
        Self {
            group: group_and_version(&text(object, &["apiVersion"]))
                .0
                .to_owned(),
            kind: text(object, &["kind"]),
            namespace: text(object, &["metadata", "namespace"]),
            name: text(object, &["metadata", "name"]),
        }
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind.as_str() {
            "" => f.write_str("a document without a kind")?,
            kind => f.write_str(kind)?,
        }
        match (self.namespace.as_str(), self.name.as_str()) {
            (_, "") => Ok(()),
            ("", name) => write!(f, " {name}"),
            (namespace, name) => write!(f, " {namespace}/{name}"),
        }
    }
}

/// The two parts of an `apiVersion`: `apps/v1`, and `v1` of the core group, which has no name.
pub fn group_and_version(api_version: &str) -> (&str, &str) {
    api_version.split_once('/').unwrap_or(("", api_version))
}

/// The string at a path; empty when there is none.
pub(crate) fn text(object: &impl Fields, path: &[&str]) -> String {
    let text = object.text_at(path);
    text.map_or_else(String::new, |text| text.to_text().into_owned())
}
