//! The sink that builds the value that `sigs.k8s.io/yaml` gives: every number a `float64`, every key a string.

use std::borrow::Cow;

use homescale_go::strconv;
use homescale_value::{List, Map, MapType, Str, Value};

use super::{Sink, Stop};
use crate::node::NodeId;
use crate::resolve::Scalar;

/// Builds [`Value`]s.
pub(super) struct Json {
    /// Keys that were met lately. Documents repeat a few keys all the time, and equal ones may share their bytes.
    recent: Vec<Option<Str>>,
}

/// How many keys are remembered.
const RECENT: usize = 256;

/// Documents of fewer nodes are not worth it.
const WORTHWHILE: usize = 64;

impl Json {
    /// A sink for a document of that many nodes.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            recent: vec![None; if nodes < WORTHWHILE { 0 } else { RECENT }],
        }
    }

    /// The key with these bytes, shared if it was met lately.
    fn shared(&mut self, text: &str) -> Str {
        let bytes = text.as_bytes();
        if self.recent.is_empty() {
            return Str::from(bytes);
        }
        let at = |index: usize| usize::from(bytes.get(index).copied().unwrap_or(0));
        let hash = bytes.len()
            + 5 * at(0)
            + 31 * at(bytes.len() / 2)
            + 131 * at(bytes.len().wrapping_sub(1));
        let slot = &mut self.recent[hash % RECENT];
        match slot {
            Some(known) if known.as_bytes() == bytes => known.clone(),
            slot => slot.insert(Str::from(bytes)).clone(),
        }
    }
}

impl Sink for Json {
    type Value = Value;
    type Key = Str;

    fn scalar(&mut self, scalar: Scalar<'_>) -> Result<Value, Stop> {
        Ok(match scalar {
            Scalar::Nil => Value::Nil,
            Scalar::Bool(bool) => Value::Bool(bool),
            Scalar::Int(int) => Value::Float(int as f64),
            Scalar::Uint(uint) => Value::Float(uint as f64),
            Scalar::Float(float) if float.is_finite() => Value::Float(float),
            Scalar::Float(_) => return Err(Stop::Odd),
            Scalar::Str(text) => Value::Str(text.into()),
            Scalar::Timestamp(text) => Value::Str(text.into()),
            Scalar::Binary(bytes) => Value::Str(json_text(&bytes).into()),
        })
    }

    fn key(&mut self, _: NodeId, scalar: Scalar<'_>) -> Result<Str, Stop> {
        let text = key_text(&scalar).ok_or(Stop::Odd)?;
        Ok(self.shared(&text))
    }

    fn complex_key(&mut self, _: Value) -> Stop {
        Stop::Odd
    }

    fn list(&mut self, items: impl ExactSizeIterator<Item = Value>) -> Value {
        Value::List(List::new(items.collect()))
    }

    fn map(&mut self, pairs: impl ExactSizeIterator<Item = (Str, Value)>) -> Value {
        Value::Map(Map::typed(&MapType::ANY, pairs.collect()))
    }
}

/// The text that a key becomes. Null cannot be a key, nor can an integer that only fits 64 bits without a sign.
pub(crate) fn key_text<'a>(scalar: &'a Scalar<'_>) -> Option<Cow<'a, str>> {
    Some(match scalar {
        Scalar::Nil | Scalar::Uint(_) => return None,
        Scalar::Bool(true) => "true".into(),
        Scalar::Bool(false) => "false".into(),
        Scalar::Int(int) => int.to_string().into(),
        Scalar::Float(float) => float_key(*float).into(),
        Scalar::Str(text) => text.as_ref().into(),
        Scalar::Timestamp(text) => (*text).into(),
        Scalar::Binary(bytes) => json_text(bytes).into(),
    })
}

/// A float as a key: the shortest digits that identify it among 32-bit floats, with an exponent if that is below -4 or above 5.
fn float_key(float: f64) -> String {
    let float = float as f32;
    if float.is_nan() {
        return ".nan".to_string();
    }
    if float.is_infinite() {
        return if float > 0.0 { ".inf" } else { "-.inf" }.to_string();
    }
    strconv::format_float(float.into(), 'g', None, 32)
}

/// Bytes as text on the way through JSON: each byte that is not UTF-8 becomes U+FFFD.
pub(super) fn json_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
    }
    text
}
