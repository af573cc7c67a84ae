//! `index`, `slice` and `len`: elements of maps, lists and strings.

use homescale_value::{List, Map, Number, Value};

use crate::error::Failure;
use crate::function::Context;

pub(super) fn index(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let Some((value, keys)) = arguments.split_first() else {
        return Ok(Value::Nil);
    };
    if matches!(value, Value::Nil) {
        return Err("index of untyped nil".into());
    }
    let mut value = value.clone();
    for key in keys {
        value = element(&value, key)?;
    }
    Ok(value)
}

fn element(value: &Value, key: &Value) -> Result<Value, Failure> {
    match value {
        Value::Nil => Err("index of nil pointer".into()),
        Value::Map(map) => value_of(map, key),
        Value::List(list) => {
            let at = position(key, list.len())?;
            let item = list.get(at);
            item.ok_or_else(|| "reflect: slice index out of range".into())
        }
        Value::Str(text) => byte(text, key, "reflect: string index out of range"),
        Value::Bytes(bytes) => byte(bytes, key, "reflect: slice index out of range"),
        _ => Err(format!("can't index item of type {}", pointee(value)).into()),
    }
}

fn value_of(map: &Map, key: &Value) -> Result<Value, Failure> {
    match key {
        Value::Str(key) => Ok(map.index(key)),
        Value::Nil => Err("value is nil; should be of type string".into()),
        key => Err(format!("value has type {}; should be string", key.type_name()).into()),
    }
}

fn byte(bytes: &[u8], key: &Value, out_of_range: &str) -> Result<Value, Failure> {
    let byte = bytes.get(position(key, bytes.len())?);
    byte.map(|byte| Value::Number(Number::Uint8(*byte)))
        .ok_or_else(|| out_of_range.into())
}

/// A position in something of this length; that right behind its end is let pass here, as in Go.
fn position(key: &Value, length: usize) -> Result<usize, Failure> {
    let number = match key {
        Value::Nil => return Err("cannot index slice/array with nil".into()),
        Value::Object(object) => object.integer().map(|(number, _)| number),
        key => key.as_i64().or_else(|| key.as_u64().map(|n| n as i64)),
    };
    let Some(number) = number else {
        let name = key.type_name();
        return Err(format!("cannot index slice/array with type {name}").into());
    };
    usize::try_from(number)
        .ok()
        .filter(|at| *at <= length)
        .ok_or_else(|| format!("index out of range: {number}").into())
}

pub(super) fn slice(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let Some((value, bounds)) = arguments.split_first() else {
        return Ok(Value::Nil);
    };
    if matches!(value, Value::Nil) {
        return Err("slice of untyped nil".into());
    }
    if bounds.len() > 3 {
        return Err(format!("too many slice indexes: {}", bounds.len()).into());
    }
    let length = match value {
        Value::Str(_) if bounds.len() == 3 => {
            return Err("cannot 3-index slice a string".into());
        }
        Value::Str(text) | Value::Bytes(text) => text.len(),
        Value::List(list) => list.len(),
        _ => return Err(format!("can't slice item of type {}", pointee(value)).into()),
    };
    let mut range = [0, length, length];
    for (bound, at) in bounds.iter().zip(&mut range) {
        *at = position(bound, length)?;
    }
    let [from, to, end] = range;
    let reversed = [(from, to), (to, end)].into_iter().find(|(a, b)| a > b);
    if let Some((a, b)) = reversed {
        return Err(format!("invalid slice index: {a} > {b}").into());
    }
    Ok(match value {
        Value::Str(text) => Value::Str(text[from..to].into()),
        Value::Bytes(bytes) => Value::Bytes(bytes[from..to].into()),
        Value::List(list) => List::typed(list.ty(), list.items()[from..to].to_vec()).into(),
        other => other.clone(),
    })
}

pub(super) fn len(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let length = match arguments {
        [Value::Map(map)] => map.len(),
        [Value::List(list)] => list.len(),
        [Value::Str(text) | Value::Bytes(text)] => text.len(),
        [Value::Nil] if context.is_invalid(0) => {
            return Err("reflect: call of reflect.Value.Type on zero Value".into());
        }
        [Value::Nil] | [] => return Err("len of nil pointer".into()),
        [value, ..] => return Err(format!("len of type {}", pointee(value)).into()),
    };
    Ok(Value::Int(length as i64))
}

/// The type of a value, of what it points to if it is a pointer.
fn pointee(value: &Value) -> &'static str {
    value.pointee().unwrap_or_else(|| value.type_name())
}
