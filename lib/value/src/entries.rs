//! [`Entries`]: the pairs of a map.

use std::collections::{BTreeMap, btree_map};
use std::slice;

use crate::{Str, Value};

/// Keys and values in the byte order of the keys, each key once.
///
/// Nearly all maps of charts have a handful of keys and are read more often than changed, so they are a sorted list. One
/// that is large and changed in the middle becomes a tree, or making it of random keys would take quadratic time.
///
/// ```
/// # use homescale_value::{Entries, Value};
/// let mut entries: Entries = [("b", 1), ("a", 2), ("b", 3)]
///     .map(|(key, value)| (key.into(), Value::from(value)))
///     .into_iter()
///     .collect();
/// assert_eq!(entries.insert("c".into(), Value::Nil).map(|old| old.to_string()), None);
/// assert_eq!(entries.get("b").unwrap().to_string(), "3");
/// assert_eq!(entries.keys().map(ToString::to_string).collect::<String>(), "abc");
/// ```
#[derive(Clone, Debug)]
pub struct Entries(Form);

#[derive(Clone, Debug)]
enum Form {
    Sorted(Vec<(Str, Value)>),
    Tree(BTreeMap<Str, Value>),
}

/// How many pairs a sorted list may have when one is put between them or taken out.
const MAX_MOVED: usize = 128;

impl Entries {
    /// No pairs.
    pub const fn new() -> Self {
        Self(Form::Sorted(Vec::new()))
    }

    /// The number of pairs.
    pub fn len(&self) -> usize {
        match &self.0 {
            Form::Sorted(pairs) => pairs.len(),
            Form::Tree(tree) => tree.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value of a key.
    pub fn get(&self, key: impl AsRef<[u8]>) -> Option<&Value> {
        let key = key.as_ref();
        match &self.0 {
            Form::Sorted(pairs) => Some(&pairs[position(pairs, key).ok()?].1),
            Form::Tree(tree) => tree.get(key),
        }
    }

    /// Whether there is such a key.
    pub fn contains_key(&self, key: impl AsRef<[u8]>) -> bool {
        self.get(key).is_some()
    }

    /// Sets a key to a value and returns what it replaced.
    pub fn insert(&mut self, key: Str, value: Value) -> Option<Value> {
        self.prepare_change(&key);
        match &mut self.0 {
            Form::Sorted(pairs) => match position(pairs, &key) {
                Ok(index) => Some(std::mem::replace(&mut pairs[index].1, value)),
                Err(index) => {
                    pairs.insert(index, (key, value));
                    None
                }
            },
            Form::Tree(tree) => tree.insert(key, value),
        }
    }

    /// Removes a key and returns its value.
    pub fn remove(&mut self, key: impl AsRef<[u8]>) -> Option<Value> {
        let key = key.as_ref();
        self.prepare_change(key);
        match &mut self.0 {
            Form::Sorted(pairs) => Some(pairs.remove(position(pairs, key).ok()?).1),
            Form::Tree(tree) => tree.remove(key),
        }
    }

    /// Makes a tree of a long list when the change of a key would not be at its end.
    fn prepare_change(&mut self, key: &[u8]) {
        if let Form::Sorted(pairs) = &mut self.0
            && pairs.len() > MAX_MOVED
            && pairs.last().is_some_and(|(last, _)| **last > *key)
        {
            self.0 = Form::Tree(std::mem::take(pairs).into_iter().collect());
        }
    }

    /// The pairs in order.
    pub fn iter(&self) -> Pairs<'_> {
        match &self.0 {
            Form::Sorted(pairs) => Pairs(Walk::Sorted(pairs.iter())),
            Form::Tree(tree) => Pairs(Walk::Tree(tree.iter())),
        }
    }

    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &Str> {
        self.iter().map(|(key, _)| key)
    }

    /// The values in the order of their keys.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.iter().map(|(_, value)| value)
    }

    /// Moves out the values that are wanted.
    pub(crate) fn take_values(self, wanted: impl Fn(&Value) -> bool, into: &mut Vec<Value>) {
        let mut take = |value| {
            if wanted(&value) {
                into.push(value);
            }
        };
        match self.0 {
            Form::Sorted(pairs) => pairs.into_iter().for_each(|(_, value)| take(value)),
            Form::Tree(tree) => tree.into_values().for_each(take),
        }
    }
}

impl Default for Entries {
    fn default() -> Self {
        Self::new()
    }
}

/// Of a key that comes twice, the last value counts.
impl FromIterator<(Str, Value)> for Entries {
    fn from_iter<I: IntoIterator<Item = (Str, Value)>>(pairs: I) -> Self {
        let mut pairs: Vec<_> = pairs.into_iter().collect();
        if !pairs.is_sorted_by(|(a, _), (b, _)| a < b) {
            pairs.sort_by(|(a, _), (b, _)| a.cmp(b));
            pairs.dedup_by(|later, kept| {
                let is_same = later.0 == kept.0;
                if is_same {
                    std::mem::swap(later, kept);
                }
                is_same
            });
        }
        Self(Form::Sorted(pairs))
    }
}

impl<'a> IntoIterator for &'a Entries {
    type Item = (&'a Str, &'a Value);
    type IntoIter = Pairs<'a>;

    fn into_iter(self) -> Pairs<'a> {
        self.iter()
    }
}

/// The pairs of [`Entries`] in order.
#[derive(Clone, Debug)]
pub struct Pairs<'a>(Walk<'a>);

#[derive(Clone, Debug)]
enum Walk<'a> {
    Sorted(slice::Iter<'a, (Str, Value)>),
    Tree(btree_map::Iter<'a, Str, Value>),
}

impl<'a> Iterator for Pairs<'a> {
    type Item = (&'a Str, &'a Value);

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.0 {
            Walk::Sorted(pairs) => pairs.next().map(|(key, value)| (key, value)),
            Walk::Tree(pairs) => pairs.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Walk::Sorted(pairs) => pairs.size_hint(),
            Walk::Tree(pairs) => pairs.size_hint(),
        }
    }
}

impl ExactSizeIterator for Pairs<'_> {}

/// Up to how many keys are compared one after the other, most of which differ in their length.
const FEW: usize = 16;

/// Where a key is in sorted pairs, or where it would be.
pub(crate) fn position<V>(pairs: &[(Str, V)], key: &[u8]) -> Result<usize, usize> {
    if pairs.len() <= FEW
        && let Some(index) = pairs.iter().position(|(known, _)| **known == *key)
    {
        return Ok(index);
    }
    pairs.binary_search_by(|(known, _)| known.as_bytes().cmp(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(entries: &Entries) -> String {
        let pairs = entries.iter().map(|(key, value)| format!("{key}={value} "));
        pairs.collect::<Vec<_>>().concat()
    }

    #[test]
    fn a_large_map_that_is_changed_in_the_middle_stays_in_order() {
        let mut entries = Entries::new();
        let mut expected = BTreeMap::new();
        // Multiplying by a number that has no factor in common with the count visits every key, in no order.
        for n in 0..1_000_i64 {
            let key = format!("{:03}", n * 7 % 1_000);
            assert!(entries.insert(key.as_str().into(), n.into()).is_none());
            expected.insert(key, n);
        }
        assert_eq!(entries.iter().len(), 1_000);
        assert!(entries.insert("500".into(), Value::Nil).is_some());
        assert!(entries.remove("nowhere").is_none());
        for key in expected.keys().take(990) {
            assert!(entries.remove(key).is_some());
        }
        assert_eq!(entries.keys().count(), 10);
        let last: Vec<String> = (990..1_000)
            .map(|n| format!("{n}={} ", expected[&n.to_string()]))
            .collect();
        assert_eq!(shown(&entries), last.concat());
    }

    #[test]
    fn the_last_of_equal_keys_counts() {
        let pair = |key: &str, n: i64| (Str::from(key), Value::from(n));
        let entries: Entries = [pair("b", 1), pair("a", 2), pair("b", 3), pair("b", 4)]
            .into_iter()
            .collect();
        assert_eq!(shown(&entries), "a=2 b=4 ");
        let none = Entries::default();
        assert!(none.is_empty() && !none.contains_key("a"));
    }

    #[test]
    fn keys_are_found_in_maps_of_any_size() {
        for count in [0, 1, FEW, FEW + 1, 100] {
            let pairs: Vec<(Str, ())> = (0..count)
                .map(|n| (format!("{n:03}").as_str().into(), ()))
                .collect();
            for n in 0..count {
                assert_eq!(position(&pairs, format!("{n:03}").as_bytes()), Ok(n));
                assert_eq!(position(&pairs, format!("{n:03}0").as_bytes()), Err(n + 1));
            }
        }
    }
}
