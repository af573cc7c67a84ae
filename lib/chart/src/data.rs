//! [`Data`]: plain data that threads can share. A [`Value`] is made from it for each render.

use homescale_value::{List, MAX_DEPTH, Map, Str, Value};

/// What a YAML file can hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Data {
    #[default]
    Nil,
    Bool(bool),
    Int64(i64),
    Float(f64),
    Str(Str),
    List(Vec<Data>),
    /// In byte order of the keys.
    Map(Vec<(Str, Data)>),
}

/// A file that is nested more deeply than this program goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooDeep;

impl Data {
    /// Takes plain data out of a value.
    pub(crate) fn from_value(value: &Value) -> Result<Self, TooDeep> {
        Self::from_value_at(value, MAX_DEPTH)
    }

    fn from_value_at(value: &Value, depth: usize) -> Result<Self, TooDeep> {
        let below = depth.checked_sub(1).ok_or(TooDeep)?;
        Ok(match value {
            Value::Bool(b) => Self::Bool(*b),
            Value::Int(n) | Value::Int64(n) => Self::Int64(*n),
            Value::Float(x) => Self::Float(*x),
            Value::Str(s) => Self::Str(s.clone()),
            Value::List(list) => {
                let items = list.items();
                let items = items.iter().map(|item| Self::from_value_at(item, below));
                Self::List(items.collect::<Result<_, _>>()?)
            }
            Value::Map(map) => {
                let entries = map.entries();
                let pairs = entries
                    .iter()
                    .map(|(key, item)| Ok((key.clone(), Self::from_value_at(item, below)?)));
                Self::Map(pairs.collect::<Result<_, _>>()?)
            }
            _ => Self::Nil,
        })
    }

    /// A new value of this data, which shares nothing but texts.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Nil => Value::Nil,
            Self::Bool(b) => Value::Bool(*b),
            Self::Int64(n) => Value::Int64(*n),
            Self::Float(x) => Value::Float(*x),
            Self::Str(s) => Value::Str(s.clone()),
            Self::List(items) => Value::List(List::new(items.iter().map(Self::to_value).collect())),
            Self::Map(pairs) => Value::Map(pairs_to_map(pairs)),
        }
    }

    /// A new map of this data; an empty one if this is no map.
    pub(crate) fn to_map(&self) -> Map {
        match self {
            Self::Map(pairs) => pairs_to_map(pairs),
            _ => Map::new(),
        }
    }
}

fn pairs_to_map(pairs: &[(Str, Data)]) -> Map {
    pairs
        .iter()
        .map(|(key, item)| (key.clone(), item.to_value()))
        .collect()
}
