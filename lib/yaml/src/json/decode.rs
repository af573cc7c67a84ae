//! Reads JSON text into values.

use homescale_value::{List, ListType, Map, MapType, Str, Value};

use super::Error;
use super::events::{Event, events};
use super::scan::Scanner;

/// Reads any JSON text, as `json.Unmarshal` into an `interface{}`: every number becomes a float, and of equal keys the last
/// one wins.
///
/// Fails with Go's text: `unexpected end of JSON input`, `invalid character 'x' looking for beginning of value`, and, for a
/// number that no float can hold, `json: cannot unmarshal number 1e400 into Go value of type float64`.
pub fn decode(text: &[u8]) -> Result<Value, Error> {
    let (value, error) = read(text)?;
    finish(value, error)
}

/// Reads a JSON object, as `json.Unmarshal` into a `map[string]interface {}`. `null` gives a nil map.
///
/// Fails as [`decode`] does, and on anything else than an object or `null`:
/// `json: cannot unmarshal array into Go value of type map[string]interface {}`.
pub fn decode_map(text: &[u8]) -> Result<Map, Error> {
    let (value, error) = read(text)?;
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
    let (value, error) = read(text)?;
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
fn read(text: &[u8]) -> Result<(Value, Option<Error>), Error> {
    let mut open: Vec<Open> = Vec::new();
    let mut whole = Value::Nil;
    let mut soft = None;
    let end = events(text, |event| {
        let value = match event {
            Event::Null => Value::Nil,
            Event::Bool(b) => Value::Bool(b),
            Event::Number(text) => number(text, &mut soft),
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
    let mut rest = Scanner::new(&text[end..]);
    if rest.peek().is_some() {
        return Err(rest.unexpected("after top-level value"));
    }
    Ok((whole, soft))
}

/// The float of a number; nil, and an error, if no float can hold it.
fn number(text: &str, soft: &mut Option<Error>) -> Value {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Value::Float(number),
        _ => {
            let problem =
                format!("json: cannot unmarshal number {text} into Go value of type float64");
            soft.get_or_insert_with(|| Error::new(problem));
            Value::Nil
        }
    }
}

fn close(container: Option<Open>) -> Value {
    match container {
        Some(Open::List(items)) => Value::List(List::new(items)),
        Some(Open::Map(entries, _)) => Value::Map(entries.into_iter().collect()),
        None => Value::Nil,
    }
}
