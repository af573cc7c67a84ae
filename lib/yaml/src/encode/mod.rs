//! Writes values as YAML, byte for byte as Helm does.
//!
//! Two of Go's YAML libraries are at work in Helm, and both are followed here by one emitter with a [`Dialect`] switch:
//!
//! - `toYaml` is `sigs.k8s.io/yaml`: the value becomes JSON, go-yaml version 2 reads that, and writes it again. What the
//!   detour changes (numbers, invalid UTF-8, some control characters) is part of the result: see `reread`.
//! - `toYamlPretty` is go-yaml version 3 alone, with an indentation of two.
//!
//! Both were compared with Helm 3.17.3 and 4.1.4, which agree.

mod dialect;
mod implicit;
mod number;
mod order;
mod quote;
mod reread;
mod style;
mod walk;
mod writer;

use homescale_value::Value;

pub use dialect::WriteError;

use dialect::Dialect;

/// The value as YAML, with the final newline: what `yaml.Marshal` of `sigs.k8s.io/yaml` returns.
///
/// Fails, as Go does, on NaN and infinite numbers, on DEL, C1 control characters and U+FFFE or U+FFFF in a string, on keys
/// longer than 1024 characters, on values that contain themselves, and on more than 10000 levels.
///
/// ```
/// use homescale_value::{Map, Value};
///
/// let values = Map::from_iter([("on", Value::from("yes")), ("port", Value::Float(8080.0))]);
/// assert_eq!(homescale_yaml::to_yaml(&Value::Map(values)).unwrap(), "\"on\": \"yes\"\nport: 8080\n");
/// ```
pub fn to_yaml(value: &Value) -> Result<String, WriteError> {
    to_yaml_within(value, usize::MAX)
}

/// The same in at most `room` bytes, or [`WriteError::TooLong`]. A value that holds another twice, which does the same, and so
/// on, is short and has a text of any length.
pub fn to_yaml_within(value: &Value, room: usize) -> Result<String, WriteError> {
    let mut text = String::new();
    walk::append(&mut text, value, Dialect::Kubernetes, room)?;
    Ok(text)
}

/// Appends what [`to_yaml`] returns. After an error, `out` is as it was.
pub fn append_yaml(out: &mut String, value: &Value) -> Result<(), WriteError> {
    walk::append(out, value, Dialect::Kubernetes, usize::MAX)
}

/// The value as Helm's `toYamlPretty` writes it, with the final newline: lists indented under their key, nothing folded.
///
/// Fails on values that contain themselves and on more than 10000 levels, where Go would crash.
///
/// ```
/// use homescale_value::{Map, Value};
///
/// let values = Map::from_iter([("ports", Value::from(vec![Value::Float(8e6)]))]);
/// assert_eq!(homescale_yaml::to_yaml_pretty(&Value::Map(values)).unwrap(), "ports:\n  - 8e+06\n");
/// ```
pub fn to_yaml_pretty(value: &Value) -> Result<String, WriteError> {
    to_yaml_pretty_within(value, usize::MAX)
}

/// As [`to_yaml_pretty`], within the bounds of [`to_yaml_within`].
pub fn to_yaml_pretty_within(value: &Value, room: usize) -> Result<String, WriteError> {
    let mut text = String::new();
    walk::append(&mut text, value, Dialect::Pretty, room)?;
    Ok(text)
}
