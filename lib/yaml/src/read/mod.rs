//! The functions that read: text in, values out.

pub(crate) mod compose;
pub(crate) mod parser;
pub(crate) mod partial;
pub(crate) mod reader;
pub(crate) mod scan;

use homescale_value::{List, Map, Value};

use crate::decode::{Duplicates, Infinities, to_exact_value, to_value};
use crate::error::{Error, ErrorKind};
use crate::node::{Document, Tree};
use crate::position::Position;

/// Reads the first document of `text` as `yaml.Unmarshal` of `sigs.k8s.io/yaml` v1.6 reads it into an `interface{}`.
///
/// Every number becomes a `float64` and every key a string; of duplicate keys the last one counts. An empty text is nil.
pub fn from_slice(text: &[u8]) -> Result<Value, Error> {
    compose::first(text)?.to_value()
}

/// Like [`from_slice`], but duplicate keys are an error, as in `yaml.UnmarshalStrict`.
pub fn from_slice_strict(text: &[u8]) -> Result<Value, Error> {
    compose::first(text)?.to_value_strict()
}

/// Reads the first document of `text` into a `map[string]interface{}`: an empty one for an empty or null document; other
/// documents are an error.
pub fn map_from_slice(text: &[u8]) -> Result<Map, Error> {
    match from_slice(text)? {
        Value::Nil => Ok(Map::new()),
        Value::Map(map) => Ok(map),
        other => Err(type_error(&other, "map[string]interface {}")),
    }
}

/// Reads the first document of `text` into a `[]interface{}`: an empty one for an empty or null document; other documents are
/// an error.
pub fn list_from_slice(text: &[u8]) -> Result<List, Error> {
    match from_slice(text)? {
        Value::Nil => Ok(List::default()),
        Value::List(list) => Ok(list),
        other => Err(type_error(&other, "[]interface {}")),
    }
}

/// Reads the first document of `text` as a tree with positions. An empty text gives a document without a root.
pub fn parse(text: &[u8]) -> Result<Document, Error> {
    compose::first_owned(text)
}

/// Reads the first document of `text` as [`parse`] does, and tells where else something stands: another document, or what is
/// none. Kubernetes reads no further than the first document of a text.
///
/// ```
/// let (document, more) = homescale_yaml::parse_first(b"{a: b} # one\n{c: d}\n")?;
/// assert!(document.find(&["a".into()]).is_some());
/// assert_eq!(more.expect("there is more").line(), 2);
/// # Ok::<(), homescale_yaml::Error>(())
/// ```
pub fn parse_first(text: &[u8]) -> Result<(Document, Option<Position>), Error> {
    compose::first_and_rest(text)
}

/// Reads every document of `text` as a tree with positions.
pub fn parse_all(text: &[u8]) -> Result<Vec<Document>, Error> {
    compose::all(text)
}

impl Tree<'_> {
    /// The value of the document, as [`from_slice`] gives it.
    pub fn to_value(&self) -> Result<Value, Error> {
        to_value(self, Duplicates::LastWins, Infinities::Refuse)
    }

    /// The same value, in which `.inf`, `-.inf` and `.nan` are floats. JSON has none such, but a document with them is good
    /// for a Go struct whose fields they become the text of; [`check_finite`](crate::check_finite) is for all others.
    ///
    /// ```
    /// let document = homescale_yaml::parse(b"appVersion: .inf\n")?;
    /// assert!(document.to_value().is_err());
    /// assert_eq!(document.to_value_with_infinities()?.to_string(), "map[appVersion:+Inf]");
    /// # Ok::<(), homescale_yaml::Error>(())
    /// ```
    pub fn to_value_with_infinities(&self) -> Result<Value, Error> {
        to_value(self, Duplicates::LastWins, Infinities::Keep)
    }

    /// The same value with numbers that keep their text: each is an [`ExactNumber`](crate::ExactNumber).
    pub fn to_exact_value(&self) -> Result<Value, Error> {
        to_exact_value(self)
    }

    /// The value of the document, if no map has a key twice.
    pub fn to_value_strict(&self) -> Result<Value, Error> {
        to_value(self, Duplicates::Refuse, Infinities::Refuse)
    }
}

/// The error of Go's JSON decoder for a document of another type than the wanted one.
fn type_error(value: &Value, wanted: &str) -> Error {
    let found = match value {
        Value::Bool(_) => "bool",
        Value::Str(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    };
    let problem = format!("json: cannot unmarshal {found} into Go value of type {wanted}");
    Error::new(ErrorKind::Type, problem, None)
}
