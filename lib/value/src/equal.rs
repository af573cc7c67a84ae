//! Deep equality, as Go's `reflect.DeepEqual` has it.

use crate::{List, MAX_DEPTH, Map, Value};

/// Whether two values have the same Go type and the same contents at every level.
///
/// An `int` never equals a `float64`, NaN never equals itself, and a nil slice or map differs from an empty one.
/// Values nested deeper than [`MAX_DEPTH`] are equal only when they are the same handle.
pub fn deep_equal(a: &Value, b: &Value) -> bool {
    equal(a, b, MAX_DEPTH)
}

fn equal(a: &Value, b: &Value, depth: usize) -> bool {
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) | (Value::Int64(a), Value::Int64(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Complex(a), Value::Complex(b)) => a == b,
        (Value::Str(a), Value::Str(b)) | (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::List(a), Value::List(b)) => lists_equal(a, b, depth),
        (Value::Map(a), Value::Map(b)) => maps_equal(a, b, depth),
        (Value::Object(a), Value::Object(b)) => a.equals(b.as_ref()),
        _ => false,
    }
}

fn lists_equal(a: &List, b: &List, depth: usize) -> bool {
    if a.ty().name != b.ty().name || a.is_nil() != b.is_nil() {
        return false;
    }
    if a.is_same(b) {
        return true;
    }
    let (a, b) = (a.items(), b.items());
    depth > 0 && a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| equal(a, b, depth - 1))
}

fn maps_equal(a: &Map, b: &Map, depth: usize) -> bool {
    if a.ty().name != b.ty().name || a.is_nil() != b.is_nil() {
        return false;
    }
    if a.is_same(b) {
        return true;
    }
    let (a, b) = (a.entries(), b.entries());
    depth > 0
        && a.len() == b.len()
        && a.iter()
            .zip(b.iter())
            .all(|((a_key, a), (b_key, b))| a_key == b_key && equal(a, b, depth - 1))
}
