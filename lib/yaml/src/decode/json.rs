//! The builder that builds the value that `sigs.k8s.io/yaml` gives: every number a `float64`, every key a string.

use homescale_go::utf8;
use homescale_value::{List, Map, MapType, Str, Value};

use super::infinity::Infinities;
use super::{Builder, Stop};
use crate::node::NodeId;
use crate::resolve::Scalar;

/// Builds [`Value`]s.
pub(super) struct Json {
    /// Keys that were met lately. Documents repeat a few keys all the time, and equal ones may share their bytes.
    recent: Vec<Option<Str>>,
    infinities: Infinities,
}

/// How many keys are remembered.
const RECENT: usize = 256;

/// Documents of fewer nodes are not worth it.
const WORTHWHILE: usize = 64;

impl Json {
    /// A builder for a document of that many nodes.
    pub(super) fn new(nodes: usize, infinities: Infinities) -> Self {
        Self {
            recent: vec![None; if nodes < WORTHWHILE { 0 } else { RECENT }],
            infinities,
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

impl Builder for Json {
    type Value = Value;
    type Key = Str;

    fn scalar(&mut self, _: NodeId, scalar: Scalar<'_>) -> Result<Value, Stop> {
        Ok(match scalar {
            Scalar::Nil => Value::Nil,
            Scalar::Bool(bool) => Value::Bool(bool),
            Scalar::Int(int) => Value::Float(int as f64),
            Scalar::Uint(uint) => Value::Float(uint as f64),
            Scalar::Float(float) if float.is_finite() => Value::Float(float),
            Scalar::Float(float) if self.infinities == Infinities::Keep => Value::Float(float),
            Scalar::Float(_) => return Err(Stop::Unsupported),
            Scalar::Str(text) => Value::Str(text.into()),
            Scalar::Timestamp(text) => Value::Str(text.into()),
            Scalar::Binary(bytes) => Value::Str(utf8::to_valid(&bytes).into()),
        })
    }

    fn key(&mut self, _: NodeId, scalar: Scalar<'_>) -> Result<Str, Stop> {
        let text = scalar.key_text().ok_or(Stop::Unsupported)?;
        Ok(self.shared(&text))
    }

    fn complex_key(&mut self, _: Value) -> Stop {
        Stop::Unsupported
    }

    fn list(&mut self, items: impl ExactSizeIterator<Item = Value>) -> Value {
        Value::List(List::new(items.collect()))
    }

    fn map(&mut self, pairs: impl ExactSizeIterator<Item = (Str, Value)>) -> Value {
        Value::Map(Map::typed(&MapType::ANY, pairs.collect()))
    }
}
