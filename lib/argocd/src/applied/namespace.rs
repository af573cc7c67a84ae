//! The namespace of an object: that of the destination where it says none, and none where its kind has none.

use homescale_manifest::{Object, Scopes};
use homescale_value::{Str, Value};

use super::set::{changed, metadata};

/// The object in its namespace.
pub(super) fn placed(object: &Object, scopes: &Scopes, namespace: &str) -> Object {
    let id = &object.id;
    let is_namespaced = scopes.is_namespaced(&id.group, &id.kind);
    let is_said = !id.namespace.is_empty();
    if is_namespaced == is_said || (is_namespaced && namespace.is_empty()) {
        return object.clone();
    }
    let (value, metadata) = metadata(object);
    if is_namespaced {
        metadata.set("namespace", Value::Str(Str::from(namespace)));
    } else {
        metadata.remove("namespace");
    }
    changed(object, value)
}
