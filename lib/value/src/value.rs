//! [`Value`]: what a Go `interface{}` holds.

use std::fmt;
use std::rc::Rc;

use crate::bounds::{self, MAX_DEPTH, consume};
use crate::{Kind, List, Map, Number, Object, Str, Type};

/// A value as a template sees it. Lists, maps and objects are shared handles; a clone is another handle.
#[derive(Clone, Default)]
pub enum Value {
    /// nil, or nothing at all.
    #[default]
    Nil,
    /// `bool`.
    Bool(bool),
    /// `int`: what integer literals in templates are.
    Int(i64),
    /// `int64`: what `--set` and Sprig's arithmetic give.
    Int64(i64),
    /// `float64`: what every number in a YAML or JSON file is.
    Float(f64),
    /// A number of a rarer type.
    Number(Number),
    /// `complex128`, as (real, imaginary): only a literal can make one.
    Complex(Rc<(f64, f64)>),
    /// `string`.
    Str(Str),
    /// `[]uint8`.
    Bytes(Str),
    /// A slice.
    List(List),
    /// A map with string keys.
    Map(Map),
    /// Any other Go type.
    Object(Rc<dyn Object>),
}

impl Value {
    /// The Go kind.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Nil => Kind::Invalid,
            Self::Bool(_) => Kind::Bool,
            Self::Int(_) => Kind::Int,
            Self::Int64(_) => Kind::Int64,
            Self::Float(_) => Kind::Float64,
            Self::Number(number) => number.kind(),
            Self::Complex(_) => Kind::Complex128,
            Self::Str(_) => Kind::String,
            Self::Bytes(_) | Self::List(_) => Kind::Slice,
            Self::Map(_) => Kind::Map,
            Self::Object(object) => object.kind(),
        }
    }

    /// About how many bytes the value takes by itself, without what its elements hold.
    ///
    /// ```
    /// # use homescale_value::Value;
    /// assert_eq!(Value::from("a".repeat(1000)).size_estimate(), 1000);
    /// assert_eq!(Value::Nil.size_estimate(), 0);
    /// ```
    #[inline]
    pub fn size_estimate(&self) -> usize {
        match self {
            Self::Str(text) | Self::Bytes(text) => text.len(),
            Self::List(list) => list.len() * size_of::<Self>(),
            // A vector has up to twice the room that it needs.
            Self::Map(map) => map.len() * 2 * size_of::<(Str, Self)>(),
            _ => 0,
        }
    }

    /// Whether nothing else holds this text, list or map: it was made a moment ago.
    #[inline]
    pub fn is_unique(&self) -> bool {
        match self {
            Self::Str(text) | Self::Bytes(text) => text.is_unique(),
            Self::List(list) => list.is_unique(),
            Self::Map(map) => map.is_unique(),
            _ => false,
        }
    }

    /// How many values it holds, itself among them, those that are shared as often as they are reached; at most `most`.
    pub fn count(&self, most: usize) -> usize {
        fn descend(value: &Value, left: &mut usize, depth: usize) {
            if *left == 0 || depth == 0 {
                return;
            }
            *left -= 1;
            match value {
                Value::List(list) => {
                    if let Some(items) = list.lazy() {
                        return items.iter().for_each(|item| item.count(left, depth - 1));
                    }
                    let items = list.items();
                    items.iter().for_each(|item| descend(item, left, depth - 1));
                }
                Value::Map(map) => {
                    if let Some(pairs) = map.lazy() {
                        return pairs
                            .iter()
                            .for_each(|(_, item)| item.count(left, depth - 1));
                    }
                    let entries = map.entries();
                    entries
                        .values()
                        .for_each(|item| descend(item, left, depth - 1));
                }
                _ => {}
            }
        }
        let mut left = most;
        descend(self, &mut left, MAX_DEPTH);
        most - left
    }

    /// The Go type, as `%T` prints it.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Nil => "<nil>",
            Self::Bytes(_) => Type::Bytes.name(),
            Self::List(list) => list.ty().name,
            Self::Map(map) => map.ty().name,
            Self::Object(object) => object.type_name(),
            other => other.kind().name(),
        }
    }

    /// The type that it points to, when it is a pointer.
    pub fn pointee(&self) -> Option<&'static str> {
        match self {
            Self::Object(object) => object.pointee(),
            _ => None,
        }
    }

    /// Whether `{{ if }}` takes it as true: not nil, false, zero or empty.
    pub fn is_true(&self) -> bool {
        match self {
            Self::Nil => false,
            Self::Bool(b) => *b,
            Self::Int(n) | Self::Int64(n) => *n != 0,
            Self::Float(x) => *x != 0.0,
            Self::Number(n) => {
                n.as_i64().is_some_and(|n| n != 0)
                    || n.as_u64().is_some_and(|n| n != 0)
                    || n.as_f64().is_some_and(|x| x != 0.0)
            }
            Self::Complex(c) => c.0 != 0.0 || c.1 != 0.0,
            Self::Str(s) | Self::Bytes(s) => !s.is_empty(),
            Self::List(list) => !list.is_empty(),
            Self::Map(map) => !map.is_empty(),
            Self::Object(object) => object.is_true(),
        }
    }

    /// Whether this is nil: the untyped one, or a nil slice or map.
    pub fn is_nil(&self) -> bool {
        match self {
            Self::Nil => true,
            Self::List(list) => list.is_nil(),
            Self::Map(map) => map.is_nil(),
            _ => false,
        }
    }

    /// The value as `int64`, when its kind is a signed integer.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Int(n) | Self::Int64(n) => Some(*n),
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// The value as `uint64`, when its kind is an unsigned integer.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Self::Number(number) => number.as_u64(),
            _ => None,
        }
    }

    /// The value as `float64`, when its kind is a float.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Float(x) => Some(*x),
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The string, when it is one.
    pub fn as_str(&self) -> Option<&Str> {
        match self {
            Self::Str(s) => Some(s),
            _ => None,
        }
    }

    /// The map, when it is one.
    pub fn as_map(&self) -> Option<&Map> {
        match self {
            Self::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The list, when it is one.
    pub fn as_list(&self) -> Option<&List> {
        match self {
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// The concrete Rust value of an object, when it is of that type.
    pub fn downcast<T: 'static>(&self) -> Option<&T> {
        match self {
            Self::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }

    /// A copy that shares no list and no map with this one. Objects never change: most stay shared.
    ///
    /// What is nested deeper than [`MAX_DEPTH`](crate::MAX_DEPTH) levels, or lies behind as many elements as the
    /// [`Bounds`](crate::Bounds) allow, stays shared, too.
    ///
    /// ```
    /// # use homescale_value::{Map, Value};
    /// let values = Value::Map(Map::from_iter([("image", Map::new().into())]));
    /// let copy = values.deep_copy();
    /// values.as_map().unwrap().get_map("image").unwrap().set("tag", "v1");
    /// assert_eq!(values.to_string(), "map[image:map[tag:v1]]");
    /// assert_eq!(copy.to_string(), "map[image:map[]]");
    /// ```
    pub fn deep_copy(&self) -> Self {
        self.copy_to(MAX_DEPTH, &mut bounds::current().elements)
    }

    fn copy_to(&self, depth: usize, left: &mut usize) -> Self {
        match self {
            Self::List(list) if !list.is_nil() => copy_list(list, depth, left).into(),
            Self::Map(map) if !map.is_nil() => copy_map(map, depth, left).into(),
            Self::Object(object) => object.deep_copy().unwrap_or_else(|| self.clone()),
            other => other.clone(),
        }
    }
}

fn copy_list(list: &List, depth: usize, left: &mut usize) -> List {
    if let Some(copy) = list.lazy_copy() {
        return copy;
    }
    if !consume(list.len(), depth, left) {
        return list.clone();
    }
    let mut copies = Vec::with_capacity(list.len());
    for item in list.items().iter() {
        copies.push(item.copy_to(depth - 1, left));
    }
    List::typed(list.ty(), copies)
}

fn copy_map(map: &Map, depth: usize, left: &mut usize) -> Map {
    if let Some(copy) = map.lazy_copy() {
        return copy;
    }
    if !consume(map.len(), depth, left) {
        return map.clone();
    }
    let entries = map.entries();
    let copies = entries
        .iter()
        .map(|(key, item)| (key.clone(), item.copy_to(depth - 1, left)));
    Map::typed(map.ty(), copies.collect())
}

/// Drops maps and lists without descending into the call stack, however deeply they are nested.
pub(crate) fn drop_flat(mut pending: Vec<Value>) {
    while let Some(value) = pending.pop() {
        match value {
            Value::List(list) => list.take_containers(&mut pending),
            Value::Map(map) => map.take_containers(&mut pending),
            _ => {}
        }
    }
}

pub(crate) fn is_container(value: &Value) -> bool {
    matches!(value, Value::List(_) | Value::Map(_))
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nil => f.write_str("nil"),
            Self::Str(s) => s.fmt(f),
            Self::List(list) => list.fmt(f),
            Self::Map(map) => map.fmt(f),
            other => write!(f, "{}({other})", other.type_name()),
        }
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}

impl From<i64> for Value {
    /// A Go `int`.
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<f64> for Value {
    fn from(x: f64) -> Self {
        Self::Float(x)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Str(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text.into())
    }
}

impl From<Str> for Value {
    fn from(s: Str) -> Self {
        Self::Str(s)
    }
}

impl From<List> for Value {
    fn from(list: List) -> Self {
        Self::List(list)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Self {
        Self::Map(map)
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::List(List::new(items))
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nil, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_is_three_words() {
        assert_eq!(size_of::<Value>(), 24);
    }

    #[test]
    fn deep_values_drop_without_recursion() {
        let mut value = Value::Nil;
        for level in 0..500_000 {
            value = if level % 2 == 0 {
                Value::from(vec![value])
            } else {
                Value::Map(Map::from_iter([("k", value)]))
            };
        }
        drop(value);
    }

    #[test]
    fn a_copy_keeps_types_and_nils() {
        let strings = List::strings(["a"]);
        let nil = Map::nil(&crate::MapType::STRINGS);
        let copy = Value::from(vec![strings.into(), nil.into()]).deep_copy();
        let text = crate::fmt::sprintf(b"%#v", &[copy]);
        assert_eq!(
            text,
            br#"[]interface {}{[]string{"a"}, map[string]string(nil)}"#
        );
    }

    #[test]
    fn copying_has_an_end() {
        let map = Map::new();
        map.set("self", map.clone());
        let copy = Value::Map(map.clone()).deep_copy();
        map.remove("self");
        let mut levels = 0;
        let mut inner = copy.as_map().cloned();
        while let Some(map) = inner {
            levels += 1;
            inner = map.get_map("self");
        }
        // The innermost is the original.
        assert_eq!(levels, MAX_DEPTH + 1);
        let tree = (0..60).fold(Value::Nil, |value, _| {
            Value::from(vec![value.clone(), value])
        });
        assert!(tree.deep_copy().as_list().is_some());
    }

    #[test]
    fn truth_is_that_of_templates() {
        for value in [
            Value::Nil,
            false.into(),
            0.into(),
            Value::Float(-0.0),
            Value::Number(Number::Uint8(0)),
            Value::Complex(Rc::new((0.0, 0.0))),
            "".into(),
            List::default().into(),
            Map::nil(&crate::MapType::ANY).into(),
        ] {
            assert!(!value.is_true(), "{value:?}");
        }
        for value in [
            Value::Float(f64::NAN),
            "false".into(),
            vec![Value::Nil].into(),
        ] {
            assert!(value.is_true(), "{value:?}");
        }
    }

    #[test]
    fn the_accessors_never_convert() {
        let float = Value::Float(1.0);
        assert_eq!(
            (float.as_f64(), float.as_i64(), float.as_u64()),
            (Some(1.0), None, None)
        );
        let byte = Value::Number(Number::Uint8(7));
        assert_eq!((byte.as_u64(), byte.as_i64()), (Some(7), None));
        let rune = Value::Number(Number::Int32(-7));
        assert_eq!((rune.as_i64(), rune.as_f64()), (Some(-7), None));
        assert!(Value::Bytes("a".into()).as_str().is_none());
        assert!(Value::from(None::<bool>).is_nil());
    }
}
