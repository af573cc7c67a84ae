//! Where an entry of `--set` puts its value: maps and lists that are made or found on the way.

use homescale_value::{List, Map, Value};

use super::error::{MAX_DOTS, MAX_INDEX, SetError};
use super::step::Step;

/// Sets a key, unless it is empty.
pub(super) fn set(map: &Map, key: &str, value: Value) {
    if !key.is_empty() {
        map.set(key, value);
    }
}

/// The map at the key before a dot, or a new one that is not yet there.
pub(super) fn map_at(map: &Map, key: &str) -> Step<Map> {
    match map.get(key) {
        None => Ok(Map::new()),
        Some(Value::Map(inner)) => Ok(inner),
        Some(other) => Err(not_a("map[string]interface {}", &other).into()),
    }
}

/// A copy of the list at the key before an index, or a new one.
pub(super) fn list_at(map: &Map, key: &str) -> Step<Vec<Value>> {
    match map.get(key) {
        None => Ok(Vec::new()),
        Some(Value::List(list)) => Ok(list.to_vec()),
        Some(other) => Err(not_a("[]interface {}", &other).into()),
    }
}

/// A copy of the list that is an item of a list, before a second index.
pub(super) fn list_in(list: &[Value], index: i64) -> Step<Vec<Value>> {
    match item(list, index) {
        None | Some(Value::Nil) => Ok(Vec::new()),
        Some(Value::List(inner)) => Ok(inner.to_vec()),
        Some(other) => Err(not_a("[]interface {}", other).into()),
    }
}

/// The map that is an item of a list, before a dot; anything else there is replaced by a new map.
pub(super) fn map_in(list: &mut [Value], index: i64) -> Map {
    let item = usize::try_from(index).ok().and_then(|at| list.get_mut(at));
    match item {
        None => Map::new(),
        Some(Value::Map(inner)) => inner.clone(),
        Some(other) => {
            let inner = Map::new();
            *other = Value::Map(inner.clone());
            inner
        }
    }
}

/// Puts a value into a list, which grows as needed.
pub(super) fn set_item(list: &mut Vec<Value>, index: i64, value: Value) -> Step<()> {
    check_sign(index)?;
    if index > MAX_INDEX {
        return Err(SetError::LargeIndex(index).into());
    }
    let at = index as usize;
    if list.len() <= at {
        list.resize(at + 1, Value::Nil);
    }
    list[at] = value;
    Ok(())
}

/// Refuses a negative index.
pub(super) fn check_sign(index: i64) -> Step<()> {
    if index < 0 {
        return Err(SetError::NegativeIndex(index).into());
    }
    Ok(())
}

/// Counts one more dot of a name.
pub(super) fn count_dot(dots: usize) -> Step<usize> {
    if dots >= MAX_DOTS {
        return Err(SetError::TooDeep.into());
    }
    Ok(dots + 1)
}

/// What stood between brackets, as an index.
pub(super) fn index(text: &str) -> Step<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    match text.parse() {
        Ok(index) if is_number => Ok(index),
        _ => {
            let text = text.to_owned();
            Err(SetError::Index { text, is_number }.into())
        }
    }
}

/// The list that an entry leaves behind at its key.
pub(super) fn finished(list: Vec<Value>) -> Value {
    Value::List(List::new(list))
}

fn item(list: &[Value], index: i64) -> Option<&Value> {
    usize::try_from(index).ok().and_then(|at| list.get(at))
}

/// A type assertion of Go failed.
fn not_a(wanted: &'static str, found: &Value) -> SetError {
    let found = match found {
        Value::Nil => "nil".to_owned(),
        other => other.type_name().to_owned(),
    };
    SetError::NotA { wanted, found }
}
