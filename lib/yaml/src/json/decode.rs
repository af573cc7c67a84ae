//! Reads JSON text into values.

use std::collections::BTreeMap;

use homescale_value::{List, ListType, Map, MapType, Str, Value};

use super::scan::Scanner;
use super::{Error, MAX_DEPTH};

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
    Map(BTreeMap<Str, Value>, Str),
}

/// Reads the whole text: the value, and the first error that does not stop Go.
fn read(text: &[u8]) -> Result<(Value, Option<Error>), Error> {
    let mut scanner = Scanner::new(text);
    let mut open: Vec<Open> = Vec::new();
    let mut soft = None;
    loop {
        let Some(mut value) = begin(&mut scanner, &mut open, &mut soft)? else {
            continue;
        };
        // Put the value where it belongs, and close what ends after it.
        loop {
            let Some(innermost) = open.last_mut() else {
                if scanner.peek().is_some() {
                    return Err(scanner.unexpected("after top-level value"));
                }
                return Ok((value, soft));
            };
            match innermost {
                Open::List(items) => items.push(value),
                Open::Map(entries, key) => {
                    entries.insert(std::mem::take(key), value);
                }
            }
            match (scanner.peek(), open.last_mut()) {
                (Some(b','), Some(Open::List(_))) => {
                    scanner.skip();
                    break;
                }
                (Some(b','), Some(Open::Map(_, key))) => {
                    scanner.skip();
                    *key = read_key(&mut scanner)?;
                    break;
                }
                (Some(b']'), Some(Open::List(_))) | (Some(b'}'), Some(Open::Map(..))) => {
                    scanner.skip();
                    value = close(open.pop());
                }
                (_, Some(Open::List(_))) => return Err(scanner.unexpected("after array element")),
                _ => return Err(scanner.unexpected("after object key:value pair")),
            }
        }
    }
}

/// Reads a scalar or an empty container, or opens a container and returns nothing.
fn begin(
    scanner: &mut Scanner<'_>,
    open: &mut Vec<Open>,
    soft: &mut Option<Error>,
) -> Result<Option<Value>, Error> {
    let byte = scanner.peek();
    if let Some(b'[' | b'{') = byte
        && open.len() == MAX_DEPTH
    {
        return Err(scanner.unexpected("exceeded max depth"));
    }
    Ok(Some(match byte {
        Some(b'[') => {
            scanner.skip();
            if scanner.peek() != Some(b']') {
                open.push(Open::List(Vec::new()));
                return Ok(None);
            }
            scanner.skip();
            Value::List(List::new(Vec::new()))
        }
        Some(b'{') => {
            scanner.skip();
            if scanner.peek() != Some(b'}') {
                let key = read_key(scanner)?;
                open.push(Open::Map(BTreeMap::new(), key));
                return Ok(None);
            }
            scanner.skip();
            Value::Map(Map::new())
        }
        Some(b'"') => Value::Str(scanner.string()?),
        Some(b't') => scanner.literal("true").map(|()| Value::Bool(true))?,
        Some(b'f') => scanner.literal("false").map(|()| Value::Bool(false))?,
        Some(b'n') => scanner.literal("null").map(|()| Value::Nil)?,
        Some(b'-' | b'0'..=b'9') => {
            let text = scanner.number()?;
            match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Value::Float(number),
                _ => {
                    let problem = format!(
                        "json: cannot unmarshal number {text} into Go value of type float64"
                    );
                    soft.get_or_insert_with(|| Error::new(problem));
                    Value::Nil
                }
            }
        }
        _ => return Err(scanner.unexpected("looking for beginning of value")),
    }))
}

fn read_key(scanner: &mut Scanner<'_>) -> Result<Str, Error> {
    if scanner.peek() != Some(b'"') {
        return Err(scanner.unexpected("looking for beginning of object key string"));
    }
    let key = scanner.string()?;
    if scanner.peek() != Some(b':') {
        return Err(scanner.unexpected("after object key"));
    }
    scanner.skip();
    Ok(key)
}

fn close(container: Option<Open>) -> Value {
    match container {
        Some(Open::List(items)) => Value::List(List::new(items)),
        Some(Open::Map(entries, _)) => Value::Map(Map::typed(&MapType::ANY, entries)),
        None => Value::Nil,
    }
}
