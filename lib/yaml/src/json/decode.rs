//! Reads JSON text into values.

use homescale_value::{List, ListType, Map, MapType, Str, Value};

use super::Error;
use super::events::{Event, events};
use super::scan::Scanner;
use crate::exact::{ExactNumber, Numeric};

/// Reads any JSON text, as `json.Unmarshal` into an `interface{}`: every number becomes a float, and of equal keys the last
/// one wins.
///
/// Fails with Go's text: `unexpected end of JSON input`, `invalid character 'x' looking for beginning of value`, and, for a
/// number that no float can hold, `json: cannot unmarshal number 1e400 into Go value of type float64`.
pub fn decode(text: &[u8]) -> Result<Value, Error> {
    let (value, error) = read_whole(text)?;
    finish(value, error)
}

/// Reads the first JSON value of a text, as a `json.Decoder` does, and gives the length of the text up to its end. Numbers
/// keep their text: each is an [`ExactNumber`].
///
/// Fails as [`decode`] does.
///
/// ```
/// use homescale_yaml::{json, to_yaml};
///
/// let text = br#"{"a": 1.50} {"b": 2}"#;
/// let (value, end) = json::decode_first(text).unwrap();
/// assert_eq!((to_yaml(&value).unwrap().as_str(), end), ("a: 1.50\n", 11));
/// ```
pub fn decode_first(text: &[u8]) -> Result<(Value, usize), Error> {
    let (value, error, end) = read(text, exact_number)?;
    finish(value, error).map(|value| (value, end))
}

/// Reads a JSON object, as `json.Unmarshal` into a `map[string]interface {}`. `null` gives a nil map.
///
/// Fails as [`decode`] does, and on anything else than an object or `null`:
/// `json: cannot unmarshal array into Go value of type map[string]interface {}`.
pub fn decode_map(text: &[u8]) -> Result<Map, Error> {
    let (value, error) = read_whole(text)?;
    match value {
        Value::Nil if error.is_none() => Ok(Map::nil(&MapType::ANY)),
        Value::Map(map) => finish(Value::Map(map.clone()), error).map(|_| map),
        other => Err(mismatch(&other, error.as_ref(), MapType::ANY.name)),
    }
}

/// Reads a JSON array, as `json.Unmarshal` into a `[]interface {}`. `null` gives a nil list.
///
/// Fails as [`decode`] does, and on anything else than an array or `null`.
pub fn decode_list(text: &[u8]) -> Result<List, Error> {
    let (value, error) = read_whole(text)?;
    match value {
        Value::Nil if error.is_none() => Ok(List::nil(&ListType::ANY)),
        Value::List(list) => finish(Value::List(list.clone()), error).map(|_| list),
        other => Err(mismatch(&other, error.as_ref(), ListType::ANY.name)),
    }
}

fn finish(value: Value, error: Option<Error>) -> Result<Value, Error> {
    match error {
        Some(error) => Err(Error {
            partial: Some(value),
            ..error
        }),
        None => Ok(value),
    }
}

fn mismatch(value: &Value, error: Option<&Error>, wanted: &str) -> Error {
    let found = match value {
        Value::Map(_) => "object",
        Value::List(_) => "array",
        Value::Str(_) => "string",
        Value::Bool(_) => "bool",
        Value::Float(_) => "number",
        // A number that is out of range has left nil and an error behind.
        _ if error.is_some() => "number",
        _ => "null",
    };
    Error::new(format!(
        "json: cannot unmarshal {found} into Go value of type {wanted}"
    ))
}

/// A list or map that is not complete.
enum Open {
    List(Vec<Value>),
    Map(Vec<(Str, Value)>, Str),
}

/// Reads the whole text: the value, and the first error that does not stop Go.
fn read_whole(text: &[u8]) -> Result<(Value, Option<Error>), Error> {
    let (value, soft, end) = read(text, number)?;
    let mut rest = Scanner::new(&text[end..]);
    if rest.peek().is_some() {
        return Err(rest.unexpected("after top-level value"));
    }
    Ok((value, soft))
}

/// Reads the first value of a text, with the first error that does not stop Go, and where it ends.
fn read(
    text: &[u8],
    number: fn(&str) -> Option<Value>,
) -> Result<(Value, Option<Error>, usize), Error> {
    let mut open: Vec<Open> = Vec::new();
    let mut whole = Value::Nil;
    let mut soft = None;
    let end = events(text, |event| {
        let value = match event {
            Event::Null => Value::Nil,
            Event::Bool(b) => Value::Bool(b),
            Event::Number(text) => number(text).unwrap_or_else(|| {
                soft.get_or_insert_with(|| out_of_range(text));
                Value::Nil
            }),
            Event::String(text) => Value::Str(text),
            Event::StartList => return open.push(Open::List(Vec::new())),
            Event::StartMap => return open.push(Open::Map(Vec::new(), Str::default())),
            Event::Key(name) => {
                if let Some(Open::Map(_, key)) = open.last_mut() {
                    *key = name;
                }
                return;
            }
            Event::EndList | Event::EndMap => close(open.pop()),
        };
        match open.last_mut() {
            None => whole = value,
            Some(Open::List(items)) => items.push(value),
            Some(Open::Map(entries, key)) => {
                entries.push((std::mem::take(key), value));
            }
        }
    })?;
    Ok((whole, soft, end))
}

/// The float of a number, if one can hold it.
fn number(text: &str) -> Option<Value> {
    float(text).map(Value::Float)
}

/// The number with its text, if a float can hold it.
fn exact_number(text: &str) -> Option<Value> {
    let integer = text.parse::<i64>().map(i128::from);
    let integer = integer.or_else(|_| text.parse::<u64>().map(i128::from));
    let numeric = match integer {
        Ok(integer) => Numeric::Integer(integer),
        Err(_) => Numeric::Float(float(text)?),
    };
    Some(ExactNumber::value(text, numeric))
}

fn float(text: &str) -> Option<f64> {
    let float = text.parse().ok();
    float.filter(|float: &f64| float.is_finite())
}

fn out_of_range(text: &str) -> Error {
    let problem = format!("json: cannot unmarshal number {text} into Go value of type float64");
    Error::new(problem)
}

fn close(container: Option<Open>) -> Value {
    match container {
        Some(Open::List(items)) => Value::List(List::new(items)),
        Some(Open::Map(entries, _)) => Value::Map(entries.into_iter().collect()),
        None => Value::Nil,
    }
}
