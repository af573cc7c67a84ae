//! The head of a manifest: what Helm itself reads of it.

use std::collections::BTreeMap;

use homescale_value::{Map, Number, Value};
use homescale_yaml::{Error, ErrorKind, check_finite};

use crate::go_json;
use crate::helm_version::HelmVersion;

/// Go's `SimpleHead`.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) annotations: BTreeMap<String, String>,
}

/// The keys that are looked at.
const KEYS: [&str; 3] = ["apiVersion", "kind", "metadata"];

/// A value of a wrong type: Go's text after `json: cannot unmarshal `.
type Mismatch = String;

impl Head {
    /// Reads a document. The error is that of `sigs.k8s.io/yaml`.
    pub(crate) fn read(text: &[u8], helm: HelmVersion) -> Result<Self, String> {
        let wanted = |key: &[u8]| KEYS.iter().any(|name| is(key, name));
        let value = homescale_yaml::entries_from_slice(text, wanted)
            .or_else(|error| with_infinite_texts(text, error))
            .map_err(|error| error.to_string())?;
        Self::of(&value, helm).map_err(|mismatch| go_json::mismatch(&mismatch))
    }

    fn of(value: &Value, helm: HelmVersion) -> Result<Self, Mismatch> {
        let mut head = Self::default();
        let map = match value {
            Value::Nil => return Ok(head),
            Value::Map(map) => map,
            other => {
                let package = helm.row().major.head_package;
                let found = go_json::found(other);
                return Err(format!(
                    "{found} into Go value of type {package}.SimpleHead"
                ));
            }
        };
        // Go goes on after the first mismatch, but reports that one.
        for (key, value) in map.entries().iter() {
            if is(key, "apiVersion") {
                read_text(value, "SimpleHead.apiVersion", &mut head.api_version)?;
            } else if is(key, "kind") {
                read_text(value, "SimpleHead.kind", &mut head.kind)?;
            } else if is(key, "metadata") {
                head.read_metadata(value)?;
            }
        }
        Ok(head)
    }

    fn read_metadata(&mut self, value: &Value) -> Result<(), Mismatch> {
        const TYPE: &str = "struct { Name string \"json:\\\"name\\\"\"; Annotations map[string]string \"json:\\\"annotations\\\"\" }";
        let Some(map) = map_of(value, "SimpleHead.metadata", TYPE)? else {
            self.name.clear();
            self.annotations.clear();
            return Ok(());
        };
        for (key, value) in map.entries().iter() {
            if is(key, "name") {
                read_text(value, ".metadata.name", &mut self.name)?;
            } else if is(key, "annotations") {
                self.read_annotations(value)?;
            }
        }
        Ok(())
    }

    fn read_annotations(&mut self, value: &Value) -> Result<(), Mismatch> {
        let Some(map) = map_of(value, ".metadata.annotations", "map[string]string")? else {
            self.annotations.clear();
            return Ok(());
        };
        for (key, value) in map.entries().iter() {
            let mut text = String::new();
            read_text(value, ".metadata.annotations", &mut text)?;
            self.annotations.insert(key.to_text().into_owned(), text);
        }
        Ok(())
    }
}

/// The value of a document that JSON cannot express, if it only has infinite numbers where texts are wanted. They become
/// text, as in `metadata/decode.rs`, before there is JSON.
#[cold]
fn with_infinite_texts(text: &[u8], error: Error) -> Result<Value, Error> {
    if error.kind() != ErrorKind::Json {
        return Err(error);
    }
    let value = homescale_yaml::parse(text)?.to_value_with_infinities()?;
    let Value::Map(map) = &value else {
        return Err(error);
    };
    for (key, value) in map.entries().iter() {
        match value {
            Value::Float(_) if is(key, "apiVersion") || is(key, "kind") => {}
            Value::Map(metadata) if is(key, "metadata") => check_metadata(metadata)?,
            other => check_finite(other)?,
        }
    }
    Ok(value)
}

fn check_metadata(metadata: &Map) -> Result<(), Error> {
    for (key, value) in metadata.entries().iter() {
        match value {
            Value::Float(_) if is(key, "name") => {}
            Value::Map(annotations) if is(key, "annotations") => {
                let annotations = annotations.entries();
                let mut others = annotations
                    .values()
                    .filter(|value| value.as_f64().is_none());
                others.try_for_each(check_finite)?;
            }
            other => check_finite(other)?,
        }
    }
    Ok(())
}

/// Go matches the keys of structs in any case.
fn is(key: &[u8], name: &str) -> bool {
    key.eq_ignore_ascii_case(name.as_bytes())
}

/// Scalars become text where text is wanted.
fn read_text(value: &Value, field: &str, into: &mut String) -> Result<(), Mismatch> {
    match value {
        Value::Nil => {}
        Value::Str(text) => *into = text.to_text().into_owned(),
        Value::Bool(b) => *into = b.to_string(),
        Value::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
            *into = format!("{number:.0}");
        }
        Value::Float(number) => *into = Value::Number(Number::Float32(*number as f32)).to_string(),
        other => return Err(wrong_field(other, field, "string")),
    }
    Ok(())
}

/// The map where one is wanted; null is none.
fn map_of<'v>(value: &'v Value, field: &str, wanted: &str) -> Result<Option<&'v Map>, Mismatch> {
    match value {
        Value::Nil => Ok(None),
        Value::Map(map) => Ok(Some(map)),
        other => Err(wrong_field(other, field, wanted)),
    }
}

fn wrong_field(value: &Value, field: &str, wanted: &str) -> Mismatch {
    let found = go_json::found(value);
    format!("{found} into Go struct field {field} of type {wanted}")
}
