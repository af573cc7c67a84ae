//! Builds what go-yaml builds: maps whose keys have types. It serves documents that JSON cannot express,
//! to find the error that Go gives.

use std::collections::HashMap;

use homescale_go::strconv::{format_float, quote};
use homescale_go::utf8;
use homescale_value::{List, Map, Value};

use super::builder::{Builder, MapKey, Stop};
use super::infinity::{Infinities, unsupported_float};
use crate::error::{Error, ErrorKind};
use crate::node::{NodeId, Tree};
use crate::resolve::Scalar;

/// A value of Go's. Parts are numbers in the vector of all values, and lower than the number of the whole.
enum GoValue {
    Scalar(Scalar<'static>),
    List(Vec<usize>),
    /// Pairs without duplicates.
    Map(Vec<(usize, usize)>),
}

/// Builds [`GoValue`]s.
pub(super) struct Go<'d> {
    document: &'d Tree<'d>,
    values: Vec<GoValue>,
    /// The nodes that the keys come from.
    keys: HashMap<usize, NodeId>,
}

impl<'d> Go<'d> {
    pub(super) fn new(document: &'d Tree<'d>) -> Self {
        Self {
            document,
            values: Vec::new(),
            keys: HashMap::new(),
        }
    }

    fn add(&mut self, value: GoValue) -> usize {
        self.values.push(value);
        self.values.len() - 1
    }

    /// The value as JSON, or the error of the conversion.
    pub(super) fn into_json(self, root: usize, infinities: Infinities) -> Result<Value, Error> {
        let order = self.json_order(root)?;
        for &id in &order {
            if let GoValue::Scalar(Scalar::Float(float)) = &self.values[id]
                && !float.is_finite()
                && infinities == Infinities::Refuse
            {
                return Err(unsupported_float(*float));
            }
        }
        // Parts come before the whole, whatever the order of the rest.
        let mut ids = order;
        ids.sort_unstable();
        let mut done: HashMap<usize, Value> = HashMap::new();
        for id in ids {
            let part = |id: &usize| done.get(id).cloned().unwrap_or_default();
            let value = match &self.values[id] {
                GoValue::Scalar(scalar) => scalar_value(scalar),
                GoValue::List(items) => Value::List(List::new(items.iter().map(part).collect())),
                GoValue::Map(pairs) => {
                    let pairs = pairs
                        .iter()
                        .map(|(key, value)| (self.key_text(*key), part(value)));
                    Value::Map(pairs.collect::<Map>())
                }
            };
            done.insert(id, value);
        }
        Ok(done.remove(&root).unwrap_or_default())
    }

    fn key_text(&self, key: usize) -> String {
        match &self.values[key] {
            GoValue::Scalar(scalar) => scalar.key_text().unwrap_or_default().into_owned(),
            GoValue::List(_) | GoValue::Map(_) => String::new(),
        }
    }

    /// The values that are part of `root`, in the order in which JSON is written. Fails on a key that cannot be text.
    fn json_order(&self, root: usize) -> Result<Vec<usize>, Error> {
        let mut order = Vec::new();
        let mut stack = vec![root];
        while let Some(id) = stack.pop() {
            order.push(id);
            match &self.values[id] {
                GoValue::Scalar(_) => {}
                GoValue::List(items) => stack.extend(items.iter().rev()),
                GoValue::Map(pairs) => {
                    let mut sorted = Vec::with_capacity(pairs.len());
                    for &(key, value) in pairs {
                        self.check_key(key, value)?;
                        sorted.push((self.key_text(key), value));
                    }
                    sorted.sort();
                    stack.extend(sorted.iter().rev().map(|(_, value)| value));
                }
            }
        }
        Ok(order)
    }

    fn check_key(&self, key: usize, value: usize) -> Result<(), Error> {
        let type_name = match &self.values[key] {
            GoValue::Scalar(Scalar::Nil) => "%!s(<nil>)",
            GoValue::Scalar(Scalar::Uint(_)) => "uint64",
            _ => return Ok(()),
        };
        let (key_text, value_text) = (self.syntax(key), self.syntax(value));
        let problem = format!(
            "unsupported map key of type: {type_name}, key: {key_text}, value: {value_text}"
        );
        let mark = self
            .keys
            .get(&key)
            .map(|&node| self.document.get(node).start);
        Err(Error::new(ErrorKind::Json, problem, mark))
    }

    /// The value as `%#v` prints it.
    fn syntax(&self, root: usize) -> String {
        enum Step<'a> {
            Text(&'static str),
            Value(&'a usize),
        }
        let mut text = String::new();
        let mut stack = vec![Step::Value(&root)];
        while let Some(step) = stack.pop() {
            let id = match step {
                Step::Text(literal) => {
                    text.push_str(literal);
                    continue;
                }
                Step::Value(id) => id,
            };
            let mut parts = Vec::new();
            match &self.values[*id] {
                GoValue::Scalar(Scalar::Nil) if !text.is_empty() => {
                    text.push_str("interface {}(nil)");
                }
                GoValue::Scalar(scalar) => text.push_str(&syntax(scalar)),
                GoValue::List(items) => {
                    text.push_str("[]interface {}{");
                    for (index, item) in items.iter().enumerate() {
                        parts.extend([
                            Step::Text(if index > 0 { ", " } else { "" }),
                            Step::Value(item),
                        ]);
                    }
                    parts.push(Step::Text("}"));
                }
                GoValue::Map(pairs) => {
                    text.push_str("map[interface {}]interface {}{");
                    let mut sorted: Vec<_> = pairs.iter().collect();
                    sorted.sort_by(|a, b| self.compare_keys(a.0, b.0));
                    for (index, (key, value)) in sorted.into_iter().enumerate() {
                        let separator = if index > 0 { ", " } else { "" };
                        parts.extend([
                            Step::Text(separator),
                            Step::Value(key),
                            Step::Text(":"),
                            Step::Value(value),
                        ]);
                    }
                    parts.push(Step::Text("}"));
                }
            }
            stack.extend(parts.into_iter().rev());
        }
        text
    }

    /// The order in which Go prints keys: by type, then by value. That of types is where they lie in the program; this is
    /// how they lie in the released binaries of Helm 3.17 and 4.1.
    fn compare_keys(&self, a: usize, b: usize) -> std::cmp::Ordering {
        let rank = |scalar: &Scalar<'_>| match scalar {
            Scalar::Nil => 0,
            Scalar::Str(_) | Scalar::Timestamp(_) | Scalar::Binary(_) => 1,
            Scalar::Uint(_) => 2,
            Scalar::Int(_) => 3,
            Scalar::Float(_) => 4,
            Scalar::Bool(_) => 5,
        };
        let (GoValue::Scalar(a), GoValue::Scalar(b)) = (&self.values[a], &self.values[b]) else {
            return std::cmp::Ordering::Equal;
        };
        rank(a).cmp(&rank(b)).then_with(|| match (a, b) {
            (Scalar::Bool(a), Scalar::Bool(b)) => a.cmp(b),
            (Scalar::Int(a), Scalar::Int(b)) => a.cmp(b),
            (Scalar::Uint(a), Scalar::Uint(b)) => a.cmp(b),
            // NaN comes first.
            (Scalar::Float(a), Scalar::Float(b)) => a
                .partial_cmp(b)
                .unwrap_or_else(|| b.is_nan().cmp(&a.is_nan())),
            _ => bytes(a).cmp(bytes(b)),
        })
    }
}

impl Builder for Go<'_> {
    type Value = usize;
    type Key = usize;

    fn scalar(&mut self, _: NodeId, scalar: Scalar<'_>) -> Result<usize, Stop> {
        let owned = match scalar {
            Scalar::Nil => Scalar::Nil,
            Scalar::Bool(bool) => Scalar::Bool(bool),
            Scalar::Int(int) => Scalar::Int(int),
            Scalar::Uint(uint) => Scalar::Uint(uint),
            Scalar::Float(float) => Scalar::Float(float),
            Scalar::Str(text) => Scalar::Str(text.into_owned().into()),
            Scalar::Timestamp(text) => Scalar::Str(text.to_string().into()),
            Scalar::Binary(bytes) => Scalar::Binary(bytes),
        };
        Ok(self.add(GoValue::Scalar(owned)))
    }

    fn key(&mut self, id: NodeId, scalar: Scalar<'_>) -> Result<usize, Stop> {
        let key = self.scalar(id, scalar)?;
        self.keys.insert(key, id);
        Ok(key)
    }

    fn complex_key(&mut self, key: usize) -> Stop {
        let problem = format!("invalid map key: {}", self.syntax(key));
        Stop::Failed(Error::new(ErrorKind::Content, problem, None))
    }

    fn list(&mut self, items: impl ExactSizeIterator<Item = usize>) -> usize {
        let items = items.collect();
        self.add(GoValue::List(items))
    }

    fn map(&mut self, pairs: impl ExactSizeIterator<Item = (usize, usize)>) -> usize {
        let mut unique: Vec<(usize, usize)> = Vec::with_capacity(pairs.len());
        let mut places = HashMap::new();
        for (key, value) in pairs {
            let map_key = match &self.values[key] {
                GoValue::Scalar(scalar) => MapKey::of(scalar),
                GoValue::List(_) | GoValue::Map(_) => None,
            };
            let Some(map_key) = map_key else {
                unique.push((key, value));
                continue;
            };
            let place = *places.entry(map_key).or_insert(unique.len());
            match unique.get_mut(place) {
                Some(pair) => pair.1 = value,
                None => unique.push((key, value)),
            }
        }
        self.add(GoValue::Map(unique))
    }
}

fn scalar_value(scalar: &Scalar<'_>) -> Value {
    match scalar {
        Scalar::Nil => Value::Nil,
        Scalar::Bool(bool) => Value::Bool(*bool),
        Scalar::Int(int) => Value::Float(*int as f64),
        Scalar::Uint(uint) => Value::Float(*uint as f64),
        Scalar::Float(float) => Value::Float(*float),
        Scalar::Str(text) => Value::Str(text.as_ref().into()),
        Scalar::Timestamp(text) => Value::Str((*text).into()),
        Scalar::Binary(bytes) => Value::Str(utf8::to_valid(bytes).into()),
    }
}

/// The bytes of a string.
fn bytes<'a>(scalar: &'a Scalar<'_>) -> &'a [u8] {
    match scalar {
        Scalar::Str(text) => text.as_bytes(),
        Scalar::Timestamp(text) => text.as_bytes(),
        Scalar::Binary(bytes) => bytes,
        _ => &[],
    }
}

/// A scalar as `%#v` prints it.
pub(super) fn syntax(scalar: &Scalar<'_>) -> String {
    match scalar {
        Scalar::Nil => "<nil>".to_string(),
        Scalar::Bool(bool) => bool.to_string(),
        Scalar::Int(int) => int.to_string(),
        Scalar::Uint(uint) => format!("{uint:#x}"),
        Scalar::Float(float) => format_float(*float, 'g', None, 64),
        Scalar::Str(_) | Scalar::Timestamp(_) | Scalar::Binary(_) => quote(bytes(scalar)),
    }
}
