//! [`Data`]: what a YAML file says, with the place of every key and value.
//!
//! Templates compute with [`Value`]s, which are shared handles that stay on one thread. A catalog is read once and
//! rendered on any number of threads, so it keeps its own tree: immutable, shared by reference count, and each part
//! knows where it was written. A merge of layers copies only the maps that it changes.

use std::sync::Arc;

use homescale_value::{List, Map, Str, Value};
use serde_json::Value as Json;

use crate::place::Place;

/// A value, and where it was written.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// What is said.
    pub data: Data,
    /// Where.
    pub place: Place,
}

/// Plain data as YAML files hold it. Clones share lists and maps.
#[derive(Clone, Debug, Default)]
pub enum Data {
    #[default]
    /// Null, and what is left out.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Every number of a YAML file is a float, as in Helm.
    Number(f64),
    /// An integer that `helm.parameters` set.
    Integer(i64),
    /// A string, which need not be UTF-8.
    Text(Str),
    /// A list.
    List(Arc<[Node]>),
    /// A map.
    Map(Table),
}

/// A map: entries in byte order of their keys, each key once.
#[derive(Clone, Debug, Default)]
pub struct Table(Arc<[Entry]>);

/// A key with its value.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: Str,
    /// Where the key was written.
    pub place: Place,
    /// The value.
    pub value: Node,
}

impl Entry {
    /// The key as text.
    pub fn name(&self) -> std::borrow::Cow<'_, str> {
        self.key.to_text()
    }
}

impl Table {
    /// A map of these entries. Of entries with the same key the last one counts.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        if !entries.is_sorted_by(|a, b| a.key < b.key) {
            entries.sort_by(|a, b| a.key.cmp(&b.key));
            entries.reverse();
            entries.dedup_by(|a, b| a.key == b.key);
            entries.reverse();
        }
        Self(entries.into())
    }

    /// A map of entries that already are in order, each key once.
    pub fn sorted(entries: Vec<Entry>) -> Self {
        debug_assert!(entries.is_sorted_by(|a, b| a.key < b.key));
        Self(entries.into())
    }

    /// The entries, in byte order of their keys.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        let index = self
            .0
            .binary_search_by(|entry| entry.key.as_bytes().cmp(key.as_bytes()))
            .ok()?;
        self.0.get(index)
    }

    /// Whether there is an entry of that key.
    pub fn has(&self, key: &Str) -> bool {
        self.0.binary_search_by(|entry| entry.key.cmp(key)).is_ok()
    }

    /// The value of a key, null included.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// Whether both are the same map in memory.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl FromIterator<Entry> for Table {
    fn from_iter<I: IntoIterator<Item = Entry>>(entries: I) -> Self {
        Self::new(entries.into_iter().collect())
    }
}

impl Node {
    /// A value that no file says.
    pub fn new(data: impl Into<Data>) -> Self {
        Self {
            data: data.into(),
            place: Place::NOWHERE,
        }
    }

    /// A map that no file says.
    pub fn map<K: Into<Str>>(entries: impl IntoIterator<Item = (K, Node)>) -> Self {
        let entries = entries.into_iter().map(|(key, value)| Entry {
            key: key.into(),
            place: value.place,
            value,
        });
        Self::new(Data::Map(entries.collect()))
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        matches!(self.data, Data::Null)
    }

    /// The entries when this is a map.
    pub fn as_map(&self) -> Option<&Table> {
        match &self.data {
            Data::Map(table) => Some(table),
            _ => None,
        }
    }

    /// The items when this is a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text when this is a string of valid UTF-8.
    pub fn as_text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => text.as_str(),
            _ => None,
        }
    }

    /// The value of a key when this is a map that has the key, null included.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.as_map()?.get(key)
    }

    /// The value at the end of a path of keys.
    pub fn at(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// Whether this is null or an empty string, list or map.
    pub fn is_empty(&self) -> bool {
        match &self.data {
            Data::Null => true,
            Data::Text(text) => text.is_empty(),
            Data::List(items) => items.is_empty(),
            Data::Map(table) => table.is_empty(),
            _ => false,
        }
    }

    /// A map without the entries that are null, at any depth of maps.
    pub fn without_nulls(&self) -> Self {
        let Data::Map(table) = &self.data else {
            return self.clone();
        };
        let entries = table
            .entries()
            .iter()
            .filter(|entry| !entry.value.is_null());
        let entries = entries.map(|entry| Entry {
            value: entry.value.without_nulls(),
            ..entry.clone()
        });
        Self {
            data: Data::Map(Table::sorted(entries.collect())),
            place: self.place,
        }
    }

    /// What templates compute with.
    pub fn to_value(&self) -> Value {
        self.data.to_value()
    }

    /// The first character in a string or key that `toYaml` refuses to write, and the place of the string.
    pub fn unwritable(&self) -> Option<(Place, char)> {
        match &self.data {
            Data::Text(text) => unwritable(text).map(|odd| (self.place, odd)),
            Data::List(items) => items.iter().find_map(Self::unwritable),
            Data::Map(table) => table.entries().iter().find_map(|entry| {
                let odd = unwritable(&entry.key).map(|odd| (entry.place, odd));
                odd.or_else(|| entry.value.unwritable())
            }),
            _ => None,
        }
    }

    /// The value as JSON. Whole numbers become integers.
    pub fn to_json(&self) -> Json {
        match &self.data {
            Data::Null => Json::Null,
            Data::Bool(b) => Json::Bool(*b),
            Data::Integer(n) => Json::from(*n),
            Data::Number(x) if x.fract() == 0.0 && x.abs() < 9e15 => Json::from(*x as i64),
            Data::Number(x) => Json::from(*x),
            Data::Text(text) => Json::String(text.to_text().into_owned()),
            Data::List(items) => items.iter().map(Self::to_json).collect(),
            Data::Map(table) => {
                let entries = table.entries().iter();
                let entries =
                    entries.map(|entry| (entry.name().into_owned(), entry.value.to_json()));
                Json::Object(entries.collect())
            }
        }
    }
}

impl Data {
    /// What templates compute with.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Nil,
            Self::Bool(b) => Value::Bool(*b),
            Self::Number(x) => Value::Float(*x),
            Self::Integer(n) => Value::Int64(*n),
            Self::Text(text) => Value::Str(text.clone()),
            Self::List(items) => Value::List(items.iter().map(Node::to_value).collect::<List>()),
            Self::Map(table) => {
                let entries = table.entries().iter();
                let pairs = entries.map(|entry| (entry.key.clone(), entry.value.to_value()));
                Value::Map(pairs.collect::<Map>())
            }
        }
    }

    /// The name of the type, with an article, for messages.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) | Self::Integer(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

fn unwritable(text: &Str) -> Option<char> {
    let is_odd =
        |c: &char| matches!(c, '\u{7f}'..='\u{84}' | '\u{86}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    if text.iter().all(|&byte| byte < 0x7f) {
        return None;
    }
    text.to_text().chars().find(is_odd)
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.data == other.data
    }
}

/// Equality of what is said, wherever it is said.
impl PartialEq for Data {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Number(a), Self::Number(b)) => a == b,
            (Self::Integer(a), Self::Integer(b)) => a == b,
            (Self::Number(x), Self::Integer(n)) | (Self::Integer(n), Self::Number(x)) => {
                *x == *n as f64
            }
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::List(a), Self::List(b)) => a == b,
            (Self::Map(a), Self::Map(b)) => {
                a.is_same(b)
                    || a.0.len() == b.0.len()
                        && (a.0.iter().zip(b.0.iter()))
                            .all(|(a, b)| a.key == b.key && a.value == b.value)
            }
            _ => false,
        }
    }
}

impl From<bool> for Data {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}

impl From<i64> for Data {
    fn from(n: i64) -> Self {
        Self::Integer(n)
    }
}

impl From<&str> for Data {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Data {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

impl From<Str> for Data {
    fn from(text: Str) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<Node>> for Data {
    fn from(items: Vec<Node>) -> Self {
        Self::List(items.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_equal_keys_the_last_counts() {
        let node = Node::map([
            ("b", Node::new(1)),
            ("a", Node::new(2)),
            ("b", Node::new(3)),
        ]);
        assert_eq!(node.to_value().to_string(), "map[a:2 b:3]");
        assert_eq!(node.get("b"), Some(&Node::new(3)));
        assert_eq!(node.get("c"), None);
    }
}
