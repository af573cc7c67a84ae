//! Setting what is in the metadata of an object.

use std::fmt;

use homescale_manifest::{Object, ObjectId, Part};
use homescale_value::{Map, Str, Value};
use homescale_yaml::to_yaml;

/// An object that cannot be tracked: its labels or annotations are no map of strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedError {
    /// The object.
    pub id: ObjectId,
    /// What is wrong in its metadata: `labels` or `annotations`.
    pub field: &'static str,
}

impl fmt::Display for AppliedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, field } = self;
        write!(f, "{id}: `metadata.{field}` is not a map of strings")
    }
}

impl std::error::Error for AppliedError {}

/// The object with another value, and the text of that, below the comments that it had.
pub(super) fn changed(object: &Object, value: Value) -> Object {
    let part = Part {
        separator: b"",
        body: &object.text,
    };
    // What has been read can be written.
    let text = to_yaml(&value).unwrap_or_default();
    Object {
        id: ObjectId::of(&value),
        text: [part.leading_comments(), text.as_bytes()].concat(),
        value,
    }
}

/// A copy of an object whose metadata can be changed, and that metadata.
pub(super) fn metadata(object: &Object) -> (Value, Map) {
    let value = object.value.deep_copy();
    let own = value.as_map().and_then(|map| map.get_map("metadata"));
    let metadata = own.unwrap_or_else(|| {
        let metadata = Map::new();
        if let Some(map) = value.as_map() {
            map.set("metadata", Value::Map(metadata.clone()));
        }
        metadata
    });
    (value, metadata)
}

/// Sets a label or an annotation.
///
/// # Errors
/// There are others, and they are no map of strings.
pub(super) fn set(
    metadata: &Map,
    field: &'static str,
    key: &str,
    value: &str,
) -> Result<(), &'static str> {
    let own = match metadata.get(field) {
        None | Some(Value::Nil) => Map::new(),
        Some(Value::Map(own)) => own,
        Some(_) => return Err(field),
    };
    let is_text = |value: &Value| value.is_nil() || value.as_str().is_some();
    if !own.entries().iter().all(|(_, value)| is_text(value)) {
        return Err(field);
    }
    own.set(key, Value::Str(Str::from(value)));
    metadata.set(field, Value::Map(own));
    Ok(())
}
