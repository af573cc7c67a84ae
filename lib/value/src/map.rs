//! [`Map`]: a Go map with string keys.

use std::cell::{OnceCell, Ref, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use crate::data::{self, Data};
use crate::{Entries, Method, Str, Type, Value, entries, value};

/// The Go type of a map with string keys.
#[derive(Debug)]
pub struct MapType {
    /// As `%T` prints it.
    pub name: &'static str,
    /// The element type.
    pub elem: Type,
    /// The methods that a named type has; they hide keys of the same name.
    pub methods: &'static [Method],
}

impl MapType {
    /// `map[string]interface {}`.
    pub const ANY: Self = Self::plain("map[string]interface {}", Type::Any);
    /// `map[string]string`.
    pub const STRINGS: Self = Self::plain("map[string]string", Type::String);

    /// A map type without methods.
    pub const fn plain(name: &'static str, elem: Type) -> Self {
        Self {
            name,
            elem,
            methods: &[],
        }
    }
}

/// A Go map: a shared handle on key-value pairs. Clones see each other's changes.
///
/// Pairs are kept in the byte order of their keys, the order in which Go's templates range over a map and print it.
///
/// ```
/// # use homescale_value::{Map, Value};
/// let map = Map::new();
/// map.set("b", 1);
/// map.set("a", Value::Nil);
/// assert!(map.contains("a"));
/// assert_eq!(map.keys(), ["a", "b"]);
/// assert_eq!(map.clone().remove("b").unwrap().to_string(), "1");
/// assert_eq!(map.len(), 1);
/// ```
#[derive(Clone)]
pub struct Map {
    ty: &'static MapType,
    contents: Rc<Contents>,
}

struct Contents {
    origin: Origin,
    /// What the map holds, once it is materialized.
    entries: OnceCell<RefCell<Entries>>,
}

/// What a map is materialized from.
enum Origin {
    Empty,
    Nil,
    Data(Arc<[(Str, Data)]>),
}

impl Map {
    /// An empty `map[string]interface {}`.
    pub fn new() -> Self {
        Self::of(&MapType::ANY, Origin::Empty, OnceCell::new())
    }

    /// A map of the given type; the caller vouches for the values.
    pub fn typed(ty: &'static MapType, entries: Entries) -> Self {
        Self::of(ty, Origin::Empty, OnceCell::from(RefCell::new(entries)))
    }

    /// A nil map: empty, printed as `map[]`, written to JSON and YAML as null.
    pub fn nil(ty: &'static MapType) -> Self {
        Self::of(ty, Origin::Nil, OnceCell::new())
    }

    /// A map of the given type, with this data; the caller vouches for the type. Of a key that comes twice, the last value
    /// counts. The values are materialized when the map is first read.
    pub fn of_data(ty: &'static MapType, pairs: Arc<[(Str, Data)]>) -> Self {
        if pairs.is_sorted_by(|(a, _), (b, _)| a < b) {
            return Self::lazily(ty, pairs);
        }
        let sorted: BTreeMap<Str, Data> = pairs.iter().cloned().collect();
        Self::lazily(ty, sorted.into_iter().collect())
    }

    /// A lazy map of data that is in byte order of the keys, each key once.
    pub(crate) fn lazily(ty: &'static MapType, pairs: Arc<[(Str, Data)]>) -> Self {
        Self::of(ty, Origin::Data(pairs), OnceCell::new())
    }

    fn of(ty: &'static MapType, origin: Origin, entries: OnceCell<RefCell<Entries>>) -> Self {
        let contents = Rc::new(Contents { origin, entries });
        Self { ty, contents }
    }

    /// What the map holds as data, while it is lazy; once materialized, it may have changed.
    pub(crate) fn lazy(&self) -> Option<&Arc<[(Str, Data)]>> {
        match &self.contents.origin {
            Origin::Data(pairs) if self.contents.entries.get().is_none() => Some(pairs),
            _ => None,
        }
    }

    /// A copy of a lazy map, with everything in it.
    pub(crate) fn lazy_copy(&self) -> Option<Self> {
        let pairs = Arc::clone(self.lazy()?);
        Some(Self::of(self.ty, Origin::Data(pairs), OnceCell::new()))
    }

    fn cell(&self) -> &RefCell<Entries> {
        self.contents.entries.get_or_init(|| {
            RefCell::new(match &self.contents.origin {
                Origin::Data(pairs) => data::entries_of(pairs),
                Origin::Empty | Origin::Nil => Entries::new(),
            })
        })
    }

    /// Whether this is a nil map.
    pub fn is_nil(&self) -> bool {
        matches!(self.contents.origin, Origin::Nil)
    }

    /// Whether this is the only handle.
    pub(crate) fn is_unique(&self) -> bool {
        Rc::strong_count(&self.contents) == 1
    }

    /// The Go type.
    pub fn ty(&self) -> &'static MapType {
        self.ty
    }

    /// The number of pairs.
    pub fn len(&self) -> usize {
        match (self.contents.entries.get(), &self.contents.origin) {
            (Some(entries), _) => entries.borrow().len(),
            (None, Origin::Data(pairs)) => pairs.len(),
            (None, _) => 0,
        }
    }

    /// Whether there are no pairs.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of `key`, if the key is present (its value may be nil).
    pub fn get(&self, key: impl AsRef<[u8]>) -> Option<Value> {
        let key = key.as_ref();
        if let Some(pairs) = self.lazy() {
            match &pairs[entries::position(pairs, key).ok()?].1 {
                // All who ask for it get the same map or list, so there has to be one.
                Data::Map(_) | Data::List(_) => {}
                leaf => return Some(leaf.to_value()),
            }
        }
        self.entries().get(key).cloned()
    }

    /// What Go's `m[key]` gives: of a key that is missing, the zero value of the element type.
    ///
    /// ```
    /// # use homescale_value::{Map, MapType};
    /// assert_eq!(Map::new().index("none").to_string(), "<nil>");
    /// assert_eq!(Map::nil(&MapType::STRINGS).index("none").to_string(), "");
    /// ```
    pub fn index(&self, key: impl AsRef<[u8]>) -> Value {
        self.get(key).unwrap_or_else(|| self.ty.elem.zero())
    }

    /// The map at `key`, if there is one.
    pub fn get_map(&self, key: impl AsRef<[u8]>) -> Option<Map> {
        match self.entries().get(key) {
            Some(Value::Map(map)) => Some(map.clone()),
            _ => None,
        }
    }

    /// Whether the key is present.
    pub fn contains(&self, key: impl AsRef<[u8]>) -> bool {
        match self.lazy() {
            Some(pairs) => entries::position(pairs, key.as_ref()).is_ok(),
            None => self.entries().contains_key(key),
        }
    }

    /// Sets `key` to `value` and returns what it replaced.
    pub fn set(&self, key: impl Into<Str>, value: impl Into<Value>) -> Option<Value> {
        let (key, value) = (key.into(), value.into());
        self.cell().borrow_mut().insert(key, value)
    }

    /// Removes `key` and returns its value.
    pub fn remove(&self, key: impl AsRef<[u8]>) -> Option<Value> {
        self.cell().borrow_mut().remove(key)
    }

    /// A view of the pairs in key order. The map must not be changed while it is held.
    pub fn entries(&self) -> Ref<'_, Entries> {
        self.cell().borrow()
    }

    /// A copy of the pairs in key order, for loops whose body may change the map.
    pub fn to_vec(&self) -> Vec<(Str, Value)> {
        let entries = self.entries();
        entries
            .iter()
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect()
    }

    /// The keys in byte order.
    pub fn keys(&self) -> Vec<Str> {
        self.entries().keys().cloned().collect()
    }

    /// A map of the same type with the pairs whose keys the function accepts. A lazy map stays lazy.
    pub fn filter(&self, keep: impl Fn(&Str) -> bool) -> Self {
        if let Some(pairs) = self.lazy() {
            let pairs = pairs.iter().filter(|(key, _)| keep(key));
            return Self::lazily(self.ty, pairs.cloned().collect());
        }
        let entries = self.entries();
        let pairs = entries.iter().filter(|(key, _)| keep(key));
        let pairs = pairs.map(|(key, value)| (key.clone(), value.clone()));
        Self::typed(self.ty, pairs.collect())
    }

    /// Whether there is a nil among its values, or among those of the maps in it, as far as they are lazy: maps that may have
    /// changed count as having one.
    pub fn may_have_nil(&self) -> bool {
        match self.lazy() {
            Some(pairs) => pairs.iter().any(|(_, item)| item.has_nil()),
            None => true,
        }
    }

    /// Whether both are handles on the same map.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.contents, &other.contents)
    }

    /// The same map under another Go type: a conversion, after which both handles share every change.
    pub fn retyped(&self, ty: &'static MapType) -> Self {
        Self {
            ty,
            contents: Rc::clone(&self.contents),
        }
    }

    /// Moves the maps and lists out of it when this is the last handle.
    pub(crate) fn take_containers(self, into: &mut Vec<Value>) {
        if let Some(mut contents) = Rc::into_inner(self.contents) {
            contents.take_containers(into);
        }
    }
}

impl Contents {
    fn take_containers(&mut self, into: &mut Vec<Value>) {
        if let Some(entries) = self.entries.take() {
            entries.into_inner().take_values(value::is_container, into);
        }
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        let mut containers = Vec::new();
        self.take_containers(&mut containers);
        value::drop_flat(containers);
    }
}

impl Default for Map {
    fn default() -> Self {
        Self::new()
    }
}

impl<K: Into<Str>> FromIterator<(K, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Value)>>(pairs: I) -> Self {
        let entries = pairs.into_iter().map(|(key, value)| (key.into(), value));
        Self::typed(&MapType::ANY, entries.collect())
    }
}

impl fmt::Debug for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.entries().iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_handle_sees_a_change() {
        let map = Map::new();
        let named = map.retyped(&MapType::STRINGS);
        named.set("k", "v");
        assert!(map.is_same(&named));
        assert_eq!(map.get("k").unwrap().to_string(), "v");
        assert_eq!(named.ty().name, "map[string]string");
        assert!(!map.is_same(&Map::new()));
    }

    #[test]
    fn keys_are_bytes_in_order() {
        let map = Map::from_iter([
            (&b"\xff"[..], Value::Nil),
            (b"b", 2.into()),
            (b"B", 1.into()),
        ]);
        let keys: Vec<Vec<u8>> = map.keys().iter().map(|key| key.to_vec()).collect();
        assert_eq!(keys, [b"B".to_vec(), b"b".to_vec(), b"\xff".to_vec()]);
        assert_eq!(map.to_vec().len(), map.entries().len());
    }

    #[test]
    fn setting_returns_what_was_there() {
        let map = Map::default();
        assert!(map.set("k", 1).is_none());
        assert_eq!(map.set("k", Map::new()).unwrap().to_string(), "1");
        assert!(map.get_map("k").is_some());
        assert!(map.remove("none").is_none());
        assert!(map.get_map("none").is_none());
    }

    #[test]
    fn a_nil_map_is_empty() {
        let map = Map::nil(&MapType::ANY);
        assert!(map.is_nil() && map.is_empty());
        assert!(!Map::new().is_nil());
    }
}
