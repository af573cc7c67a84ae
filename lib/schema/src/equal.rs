//! When two values are the same for JSON Schema: numbers count by their value, maps regardless of order.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use homescale_value::Value;

use crate::decimal::Decimal;
use crate::document::Json;
use crate::program::{Place, Program};

/// Whether a value is what the schema has at a place.
pub(super) fn to_json(value: &Value, program: &Program, place: Place) -> bool {
    let at = |node| Place { node, ..place };
    match (value, program.json(place)) {
        (Value::Nil, Json::Null) => true,
        (Value::Bool(a), Json::Bool(b)) => a == b,
        (Value::Str(a), Json::Str(b)) => a == b,
        (Value::Int(_) | Value::Int64(_) | Value::Float(_), Json::Number(text)) => {
            Decimal::parse(text).is_some_and(|number| Decimal::of_value(value) == Some(number))
        }
        (Value::List(list), Json::List(nodes)) => {
            let items = list.items();
            let mut pairs = items.iter().zip(nodes);
            items.len() == nodes.len()
                && pairs.all(|(item, node)| to_json(item, program, at(*node)))
        }
        (Value::Map(map), Json::Map(wanted)) => {
            let entries = map.entries();
            let same = |((key, value), (name, node)): ((&_, &_), &(_, _))| {
                key == name && to_json(value, program, at(*node))
            };
            entries.len() == wanted.len() && entries.iter().zip(wanted).all(same)
        }
        _ => false,
    }
}

/// How many items a list has that the schema has at a place.
pub(super) fn length(program: &Program, place: Place) -> usize {
    match program.json(place) {
        Json::List(nodes) => nodes.len(),
        _ => 0,
    }
}

/// Whether a value is an item of the list that the schema has at a place.
pub(super) fn to_any(value: &Value, program: &Program, place: Place) -> bool {
    let Json::List(nodes) = program.json(place) else {
        return false;
    };
    let mut places = nodes.iter().map(|node| Place {
        node: *node,
        ..place
    });
    places.any(|place| to_json(value, program, place))
}

/// The first item that is equal to an earlier one, after that one.
pub(super) fn duplicates(items: &[Value]) -> Option<(usize, usize)> {
    let mut seen: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, item) in items.iter().enumerate() {
        let mut hasher = DefaultHasher::new();
        hash(item, &mut hasher);
        let others = seen.entry(hasher.finish()).or_default();
        if let Some(other) = others.iter().find(|other| are_equal(item, &items[**other])) {
            return Some((*other, index));
        }
        others.push(index);
    }
    None
}

fn hash(value: &Value, hasher: &mut DefaultHasher) {
    match value {
        Value::Int(_) | Value::Int64(_) | Value::Float(_) => {
            return Decimal::of_value(value).hash(hasher);
        }
        _ => std::mem::discriminant(value).hash(hasher),
    }
    match value {
        Value::Bool(b) => b.hash(hasher),
        Value::Str(text) => text.hash(hasher),
        Value::List(list) => list.items().iter().for_each(|item| hash(item, hasher)),
        Value::Map(map) => {
            for (key, value) in map.entries().iter() {
                key.hash(hasher);
                hash(value, hasher);
            }
        }
        _ => {}
    }
}

fn are_equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Nil, Value::Nil) => true,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.items(), b.items());
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| are_equal(a, b))
        }
        (Value::Map(a), Value::Map(b)) => {
            let (a, b) = (a.entries(), b.entries());
            let same = |(a, b): ((&_, &_), (&_, &_))| a.0 == b.0 && are_equal(a.1, b.1);
            a.len() == b.len() && a.iter().zip(b.iter()).all(same)
        }
        _ => {
            let (a, b) = (Decimal::of_value(a), Decimal::of_value(b));
            a.is_some() && a == b
        }
    }
}
