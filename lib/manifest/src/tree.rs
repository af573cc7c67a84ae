//! [`Tree`]: a manifest while patches change it, and the values that patches put into it.

use std::fmt;

use homescale_located::{Data, Node};
use homescale_value::{List, MAX_DEPTH, Map, Str, Value};
use homescale_yaml::{ExactNumber, Numeric};

/// A value that owns its parts. Numbers that were read keep their text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Tree {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    Text(Str),
    List(Vec<Tree>),
    /// In byte order of the keys, each key once.
    Map(Entries),
}

/// A number: what it means, and the text that it was read from.
#[derive(Clone, Debug)]
pub(crate) struct Number {
    numeric: Numeric,
    text: Option<Box<str>>,
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.numeric == other.numeric
    }
}

/// What is nested more deeply than this program goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it is nested in more than {MAX_DEPTH} levels")
    }
}

impl Tree {
    /// The tree of a value, which is plain data.
    pub(crate) fn of_value(value: &Value) -> Result<Self, TooDeep> {
        Self::of_value_at(value, MAX_DEPTH)
    }

    fn of_value_at(value: &Value, depth: usize) -> Result<Self, TooDeep> {
        let below = depth.checked_sub(1).ok_or(TooDeep)?;
        Ok(match value {
            Value::Nil => Self::Null,
            Value::Bool(bool) => Self::Bool(*bool),
            Value::Str(text) => Self::Text(text.clone()),
            Value::List(list) => {
                let items = list.items();
                let items = items.iter().map(|item| Self::of_value_at(item, below));
                Self::List(items.collect::<Result<_, _>>()?)
            }
            Value::Map(map) => {
                let entries = map.entries();
                let entries = entries.iter();
                let entries =
                    entries.map(|(key, value)| Ok((key.clone(), Self::of_value_at(value, below)?)));
                Self::Map(Entries::of_pairs(entries.collect::<Result<_, _>>()?))
            }
            number => Self::Number(Number::of_value(number)),
        })
    }

    /// The tree of what a file says.
    pub(crate) fn of_node(node: &Node) -> Result<Self, TooDeep> {
        Self::of_node_at(node, MAX_DEPTH)
    }

    fn of_node_at(node: &Node, depth: usize) -> Result<Self, TooDeep> {
        let below = depth.checked_sub(1).ok_or(TooDeep)?;
        Ok(match &node.data {
            Data::Null => Self::Null,
            Data::Bool(bool) => Self::Bool(*bool),
            Data::Number(float) => Self::Number(Numeric::of_float(*float).into()),
            Data::Integer(integer) => Self::Number(Numeric::Integer((*integer).into()).into()),
            Data::Text(text) => Self::Text(text.clone()),
            Data::List(items) => {
                let items = items.iter().map(|item| Self::of_node_at(item, below));
                Self::List(items.collect::<Result<_, _>>()?)
            }
            Data::Map(table) => {
                let entries = table.entries().iter();
                let entries = entries
                    .map(|entry| Ok((entry.key.clone(), Self::of_node_at(&entry.value, below)?)));
                Self::Map(Entries::of_pairs(entries.collect::<Result<_, _>>()?))
            }
        })
    }

    /// What `to_yaml` writes.
    pub(crate) fn into_value(self) -> Value {
        match self {
            Self::Null => Value::Nil,
            Self::Bool(bool) => Value::Bool(bool),
            Self::Number(Number { numeric, text }) => match text {
                Some(text) => ExactNumber::value(text, numeric),
                None => numeric.into(),
            },
            Self::Text(text) => Value::Str(text),
            Self::List(items) => {
                let items = items.into_iter().map(Self::into_value);
                Value::List(items.collect::<List>())
            }
            Self::Map(entries) => {
                let pairs = entries.0.into_iter();
                let pairs = pairs.map(|(key, value)| (key, value.into_value()));
                Value::Map(pairs.collect::<Map>())
            }
        }
    }

    /// The value of a key, when this is a map that has it.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.get(key.as_bytes()),
            _ => None,
        }
    }

    /// How many items or entries there are, when this is a list or a map.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::List(items) => items.len(),
            Self::Map(entries) => entries.len(),
            _ => 0,
        }
    }

    /// The string at the end of a path of keys.
    pub(crate) fn text_at(&self, path: &[&str]) -> Option<&Str> {
        let found = path.iter().try_fold(self, |tree, key| tree.get(key));
        match found? {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The name of the type, with an article, for messages.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }

    /// How much it takes, that deep in a manifest.
    pub(crate) fn size(&self, depth: usize) -> Size {
        let inner = |size: Size, item: &Self| size + item.size(depth + 1);
        let own = |text| Size::of_one(depth, text);
        match self {
            Self::Null | Self::Bool(_) => own(5),
            Self::Number(number) => own(number.text.as_ref().map_or(20, |it| it.len())),
            Self::Text(text) => own(text.len()),
            Self::List(items) => items.iter().fold(own(0), inner),
            Self::Map(entries) => {
                let keys = entries.iter().map(|(key, _)| key.len()).sum();
                let values = entries.iter().map(|(_, value)| value);
                values.fold(own(keys), inner)
            }
        }
    }
}

/// Prints what is short, and says what else it is.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const LONGEST: usize = 60;
        match self {
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Number(number) => number.fmt(f),
            Self::Text(text) if text.len() <= LONGEST => write!(f, "{:?}", text.to_text()),
            other => f.write_str(other.type_name()),
        }
    }
}

impl Number {
    fn of_value(value: &Value) -> Self {
        match (value, value.downcast::<ExactNumber>()) {
            (_, Some(exact)) => Self {
                numeric: exact.numeric(),
                text: Some(exact.text().into()),
            },
            (Value::Int(integer) | Value::Int64(integer), _) => {
                Numeric::Integer((*integer).into()).into()
            }
            (Value::Float(float), _) => Numeric::of_float(*float).into(),
            (Value::Number(rare), _) => {
                let integer = rare.as_u64().map(i128::from);
                let integer = integer.or(rare.as_i64().map(i128::from));
                let float = rare.as_f64().unwrap_or_default();
                let of_float = || Numeric::of_float(float);
                integer.map_or_else(of_float, Numeric::Integer).into()
            }
            // No document has anything else.
            _ => Numeric::Integer(0).into(),
        }
    }
}

impl From<Numeric> for Number {
    fn from(numeric: Numeric) -> Self {
        let text = None;
        Self { numeric, text }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.text, self.numeric) {
            (Some(text), _) => f.write_str(text),
            (None, Numeric::Integer(integer)) => write!(f, "{integer}"),
            (None, Numeric::Float(float)) => write!(f, "{float}"),
        }
    }
}

/// How much a value takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Size {
    /// How many values there are in it, itself among them.
    pub(crate) values: usize,
    /// About how long its text is.
    pub(crate) text: usize,
    /// How deep the deepest of them is.
    pub(crate) depth: usize,
}

impl Size {
    /// The size of one value with a text of its own, which stands on a line with an indentation and a mark or two.
    fn of_one(depth: usize, text: usize) -> Self {
        Self {
            values: 1,
            text: text + 2 * depth + 3,
            depth,
        }
    }
}

impl std::ops::Add for Size {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            values: self.values + other.values,
            text: self.text + other.text,
            depth: self.depth.max(other.depth),
        }
    }
}

/// The entries of a map, in byte order of the keys.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Entries(Vec<(Str, Tree)>);

impl Entries {
    /// The entries, each key once: of those with the same key, the last one.
    fn of_pairs(mut pairs: Vec<(Str, Tree)>) -> Self {
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        pairs.reverse();
        pairs.dedup_by(|a, b| a.0 == b.0);
        pairs.reverse();
        Self(pairs)
    }

    fn find(&self, key: &[u8]) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_bytes().cmp(key))
    }

    pub(crate) fn get(&self, key: &[u8]) -> Option<&Tree> {
        self.find(key).ok().map(|at| &self.0[at].1)
    }

    pub(crate) fn get_mut(&mut self, key: &[u8]) -> Option<&mut Tree> {
        self.find(key).ok().map(|at| &mut self.0[at].1)
    }

    /// Sets the value of a key.
    pub(crate) fn set(&mut self, key: Str, value: Tree) {
        match self.find(&key) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    pub(crate) fn remove(&mut self, key: &[u8]) -> Option<Tree> {
        self.find(key).ok().map(|at| self.0.remove(at).1)
    }

    /// The value of a key, which is null if it was not there.
    pub(crate) fn entry(&mut self, key: &Str) -> &mut Tree {
        let at = self.find(key).unwrap_or_else(|at| {
            self.0.insert(at, (key.clone(), Tree::Null));
            at
        });
        &mut self.0[at].1
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &(Str, Tree)> {
        self.0.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use homescale_yaml::{parse, to_yaml};

    fn tree(text: &str) -> Tree {
        let value = parse(text.as_bytes()).unwrap().to_exact_value().unwrap();
        Tree::of_value(&value).unwrap()
    }

    #[test]
    fn a_tree_is_written_as_its_value() {
        let text = "a: 1.0\nb:\n- 18446744073709551615\n- null\n- true\nc: {}\nd: x\n";
        assert_eq!(to_yaml(&tree(text).into_value()).unwrap(), text);
    }

    #[test]
    fn of_equal_keys_the_last_counts() {
        let pair = |key: &str, bool| (Str::from(key), Tree::Bool(bool));
        let entries = Entries::of_pairs(vec![pair("b", true), pair("a", true), pair("b", false)]);
        assert_eq!(entries.get(b"b"), Some(&Tree::Bool(false)));
        assert_eq!(entries.len(), 2);
    }

    #[test]
    fn the_size_is_about_that_of_the_text() {
        let text = format!("a:\n  b:\n  - {}\n  - 1\n", "x".repeat(100));
        let size = tree(&text).size(0);
        assert_eq!(size.values, 5);
        assert!((100..150).contains(&size.text), "{size:?}");
    }
}
