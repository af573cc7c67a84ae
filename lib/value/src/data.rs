//! [`Data`]: plain data that threads can share.

use std::fmt;
use std::sync::Arc;

use crate::{Entries, List, MAX_DEPTH, Map, MapType, Str, Value};

/// What a YAML file can hold. It never changes, and a clone is cheap.
///
/// A [`Value`] of it is lazy: its maps and lists are materialized, level by level, when they are first read. So a render
/// may have a copy of all values of a chart for each of its purposes, and pays for those that it needs: little for values (1 %
/// of the instructions of a chart with six subcharts), much for `.Files`, whose contents nobody reads until a template asks.
///
/// ```
/// # use homescale_value::{Data, Map, Value};
/// let map = Map::from_iter([("image", Map::from_iter([("tag", "v1".into())]).into())]);
/// let data = Data::from_value(&map.into()).unwrap();
/// let (a, b) = (data.to_value(), data.to_value());
/// a.as_map().unwrap().get_map("image").unwrap().set("tag", "v2");
/// assert_eq!(a.to_string(), "map[image:map[tag:v2]]");
/// assert_eq!(b.to_string(), "map[image:map[tag:v1]]");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Data {
    /// nil.
    #[default]
    Nil,
    /// `bool`.
    Bool(bool),
    /// `int64`.
    Int64(i64),
    /// `float64`.
    Float(f64),
    /// `string`.
    Str(Str),
    /// `[]uint8`, which no YAML has: the contents of a file.
    Bytes(LazyBytes),
    /// `[]interface {}`.
    List(Arc<[Data]>),
    /// `map[string]interface {}`, in byte order of the keys, each key once.
    Map(Arc<[(Str, Data)]>),
}

/// Bytes that are read each time they are asked for.
#[derive(Clone)]
pub struct LazyBytes(Arc<dyn Fn() -> Str + Send + Sync>);

impl LazyBytes {
    /// Bytes that `find` gives. It is called each time, and has to give the same.
    pub fn new(find: impl Fn() -> Str + Send + Sync + 'static) -> Self {
        Self(Arc::new(find))
    }

    /// The bytes.
    pub fn get(&self) -> Str {
        (self.0)()
    }
}

impl PartialEq for LazyBytes {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.get() == other.get()
    }
}

impl fmt::Debug for LazyBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }
}

/// Values that are nested more deeply than this program goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "values are nested in more than {MAX_DEPTH} levels")
    }
}

impl std::error::Error for TooDeep {}

impl Data {
    /// Takes plain data out of a value. What is not plain becomes nil.
    ///
    /// # Errors
    /// The value is nested more deeply than [`MAX_DEPTH`].
    pub fn from_value(value: &Value) -> Result<Self, TooDeep> {
        Self::from_value_at(value, MAX_DEPTH)
    }

    /// Only containers recur, through functions kept small for the sake of the stack.
    fn from_value_at(value: &Value, depth: usize) -> Result<Self, TooDeep> {
        let below = depth.checked_sub(1).ok_or(TooDeep)?;
        match value {
            Value::List(list) => Self::from_list(list, below),
            Value::Map(map) => Self::from_map(map, below),
            leaf => Ok(Self::from_leaf(leaf)),
        }
    }

    fn from_leaf(value: &Value) -> Self {
        match value {
            Value::Bool(b) => Self::Bool(*b),
            Value::Int(n) | Value::Int64(n) => Self::Int64(*n),
            Value::Float(x) => Self::Float(*x),
            Value::Str(s) => Self::Str(s.clone()),
            _ => Self::Nil,
        }
    }

    fn from_list(list: &List, depth: usize) -> Result<Self, TooDeep> {
        let mut items = Vec::with_capacity(list.len());
        for item in list.items().iter() {
            items.push(Self::from_value_at(item, depth)?);
        }
        Ok(Self::List(items.into()))
    }

    fn from_map(map: &Map, depth: usize) -> Result<Self, TooDeep> {
        let mut pairs = Vec::with_capacity(map.len());
        for (key, item) in &*map.entries() {
            pairs.push((key.clone(), Self::from_value_at(item, depth)?));
        }
        Ok(Self::Map(pairs.into()))
    }

    /// A new value of this data, which shares nothing that can change.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Nil => Value::Nil,
            Self::Bool(b) => Value::Bool(*b),
            Self::Int64(n) => Value::Int64(*n),
            Self::Float(x) => Value::Float(*x),
            Self::Str(s) => Value::Str(s.clone()),
            Self::Bytes(bytes) => Value::Bytes(bytes.get()),
            Self::List(items) => Value::List(List::lazily(Arc::clone(items))),
            Self::Map(pairs) => Value::Map(Map::lazily(&MapType::ANY, Arc::clone(pairs))),
        }
    }

    /// A new map of this data; an empty one if this is no map.
    pub fn to_map(&self) -> Map {
        match self {
            Self::Map(pairs) => Map::lazily(&MapType::ANY, Arc::clone(pairs)),
            _ => Map::new(),
        }
    }

    /// Whether it is nil, or a map that has one, at any level.
    pub(crate) fn has_nil(&self) -> bool {
        match self {
            Self::Nil => true,
            Self::Map(pairs) => pairs.iter().any(|(_, item)| item.has_nil()),
            _ => false,
        }
    }

    /// Takes the number of values that it holds, itself among them, from what is left.
    pub(crate) fn count(&self, left: &mut usize, depth: usize) {
        if *left == 0 || depth == 0 {
            return;
        }
        *left -= 1;
        match self {
            Self::List(items) => items.iter().for_each(|item| item.count(left, depth - 1)),
            Self::Map(pairs) => pairs
                .iter()
                .for_each(|(_, item)| item.count(left, depth - 1)),
            _ => {}
        }
    }
}

/// The entries of a map of this data.
pub(crate) fn entries_of(pairs: &[(Str, Data)]) -> Entries {
    let pairs = pairs.iter();
    pairs
        .map(|(key, item)| (key.clone(), item.to_value()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_when_they_are_asked_for() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        static TYPE: crate::MapType = crate::MapType::plain("files", crate::Type::Bytes);
        let looks = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&looks);
        let late = LazyBytes::new(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            "text".into()
        });
        let pairs = ["a.md", "b.txt"].map(|path| (path.into(), Data::Bytes(late.clone())));
        let files = Map::of_data(&TYPE, pairs.into());
        let texts = files.filter(|path| path.ends_with(b".txt"));
        assert_eq!((files.len(), texts.len()), (2, 1));
        assert!(files.contains("a.md") && texts.contains("b.txt"));
        let before = looks.load(Ordering::Relaxed);
        let found = files.get("a.md").map(|bytes| bytes.to_string());
        assert_eq!(found.as_deref(), Some("[116 101 120 116]"));
        assert_eq!((before, looks.load(Ordering::Relaxed)), (0, 1));
    }

    #[test]
    fn data_that_is_not_plain_becomes_nil() {
        let value = Value::from(vec![Value::Bytes("a".into()), 1.into(), true.into()]);
        let items = [Data::Nil, Data::Int64(1), Data::Bool(true)];
        assert_eq!(Data::from_value(&value), Ok(Data::List(items.into())));
    }

    #[test]
    fn too_deep_is_too_deep() {
        let nested = |levels| (0..levels).fold(Value::Nil, |value, _| vec![value].into());
        assert!(Data::from_value(&nested(MAX_DEPTH - 1)).is_ok());
        assert_eq!(Data::from_value(&nested(MAX_DEPTH)), Err(TooDeep));
    }
}
