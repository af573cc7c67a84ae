//! Deep equality, as Go's `reflect.DeepEqual` has it.

use crate::bounds::{self, MAX_DEPTH, consume};
use crate::{List, Map, Value};

/// Whether two values have the same Go type and the same contents at every level.
///
/// An `int` never equals a `float64`, NaN never equals itself, and a nil slice or map differs from an empty one.
/// Values nested deeper than [`MAX_DEPTH`], or behind as many elements as the [`Bounds`](crate::Bounds) allow, are equal only
/// when they are the same handle.
///
/// ```
/// # use homescale_value::{List, Value, deep_equal};
/// let list = |item: Value| Value::from(vec![item]);
/// assert!(deep_equal(&list("a".into()), &list("a".into())));
/// assert!(!deep_equal(&list(1.into()), &list(1.0.into())));
/// assert!(!deep_equal(&list("a".into()), &List::strings(["a"]).into()));
/// ```
pub fn deep_equal(a: &Value, b: &Value) -> bool {
    equal(a, b, MAX_DEPTH, &mut bounds::current().elements)
}

/// Only containers recur, through functions kept small for the sake of the stack.
fn equal(a: &Value, b: &Value, depth: usize, left: &mut usize) -> bool {
    match (a, b) {
        (Value::List(a), Value::List(b)) => lists_equal(a, b, depth, left),
        (Value::Map(a), Value::Map(b)) => maps_equal(a, b, depth, left),
        _ => leaves_equal(a, b),
    }
}

fn leaves_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Int(a), Value::Int(b)) | (Value::Int64(a), Value::Int64(b)) => a == b,
        (Value::Float(a), Value::Float(b)) => a == b,
        (Value::Number(a), Value::Number(b)) => a == b,
        (Value::Complex(a), Value::Complex(b)) => a == b,
        (Value::Str(a), Value::Str(b)) | (Value::Bytes(a), Value::Bytes(b)) => a == b,
        (Value::Object(a), Value::Object(b)) => a.equals(b.as_ref()),
        _ => false,
    }
}

fn lists_equal(a: &List, b: &List, depth: usize, left: &mut usize) -> bool {
    if a.ty().name != b.ty().name || a.is_nil() != b.is_nil() {
        return false;
    }
    if a.is_same(b) {
        return true;
    }
    let (a, b) = (a.items(), b.items());
    if a.len() != b.len() || !consume(a.len(), depth, left) {
        return false;
    }
    for (a, b) in a.iter().zip(b.iter()) {
        if !equal(a, b, depth - 1, left) {
            return false;
        }
    }
    true
}

fn maps_equal(a: &Map, b: &Map, depth: usize, left: &mut usize) -> bool {
    if a.ty().name != b.ty().name || a.is_nil() != b.is_nil() {
        return false;
    }
    if a.is_same(b) {
        return true;
    }
    let (a, b) = (a.entries(), b.entries());
    if a.len() != b.len() || !consume(a.len(), depth, left) {
        return false;
    }
    for ((a_key, a), (b_key, b)) in a.iter().zip(b.iter()) {
        if a_key != b_key || !equal(a, b, depth - 1, left) {
            return false;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ListType, MapType, Number};

    #[test]
    fn the_type_counts_and_nil_is_not_empty() {
        assert!(!deep_equal(&Value::Int(1), &Value::Int64(1)));
        assert!(!deep_equal(
            &Value::Int(1),
            &Value::Number(Number::Int32(1))
        ));
        assert!(!deep_equal(
            &Value::Str("a".into()),
            &Value::Bytes("a".into())
        ));
        let nil = Value::List(List::nil(&ListType::ANY));
        assert!(deep_equal(&nil, &List::nil(&ListType::ANY).into()));
        assert!(!deep_equal(&nil, &List::default().into()));
        assert!(!deep_equal(&nil, &Value::Nil));
        let strings = Map::nil(&MapType::STRINGS);
        assert!(!deep_equal(
            &strings.into(),
            &Map::nil(&MapType::ANY).into()
        ));
    }

    #[test]
    fn nan_is_equal_only_inside_the_same_list() {
        let list = Value::from(vec![Value::Float(f64::NAN)]);
        assert!(deep_equal(&list, &list.clone()));
        assert!(!deep_equal(&list, &list.deep_copy()));
    }

    #[test]
    fn maps_compare_keys_and_values() {
        let map = |key: &str, value: i64| Value::Map(Map::from_iter([(key, value.into())]));
        assert!(deep_equal(&map("a", 1), &map("a", 1)));
        assert!(!deep_equal(&map("a", 1), &map("b", 1)));
        assert!(!deep_equal(&map("a", 1), &map("a", 2)));
    }

    #[test]
    fn cycles_and_endless_trees_have_an_end() {
        let cycle = || {
            let map = Map::new();
            map.set("self", map.clone());
            map
        };
        let (a, b) = (cycle(), cycle());
        assert!(!deep_equal(&a.clone().into(), &b.clone().into()));
        a.remove("self");
        b.remove("self");
        let tree = || {
            (0..60).fold(Value::Nil, |value, _| {
                Value::from(vec![value.clone(), value])
            })
        };
        assert!(!deep_equal(&tree(), &tree()));
    }
}
