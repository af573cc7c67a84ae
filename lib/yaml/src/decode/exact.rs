//! The builder that builds what [`json`](super::json) builds, but for numbers, which keep their text.

use homescale_value::{Str, Value};

use super::infinity::Infinities;
use super::json::Json;
use super::{Builder, Stop};
use crate::exact::{ExactNumber, Numeric};
use crate::node::{NodeId, Tree};
use crate::resolve::{Scalar, Tag};

/// Builds [`Value`]s with [`ExactNumber`]s.
pub(super) struct Exact<'d> {
    document: &'d Tree<'d>,
    json: Json,
}

impl<'d> Exact<'d> {
    pub(super) fn new(document: &'d Tree<'d>) -> Self {
        let json = Json::new(document.nodes.len(), Infinities::Refuse);
        Self { document, json }
    }
}

impl Builder for Exact<'_> {
    type Value = Value;
    type Key = Str;

    fn scalar(&mut self, id: NodeId, scalar: Scalar<'_>) -> Result<Value, Stop> {
        let numeric = match scalar {
            Scalar::Int(int) => Numeric::Integer(int.into()),
            Scalar::Uint(uint) => Numeric::Integer(uint.into()),
            Scalar::Float(float) if float.is_finite() => Numeric::Float(float),
            other => return self.json.scalar(id, other),
        };
        let node = self.document.get(id);
        // What a tag makes a number need not look like one without it.
        Ok(match node.tag {
            Tag::None => ExactNumber::value(self.document.text(node.text), numeric),
            _ => numeric.into(),
        })
    }

    fn key(&mut self, id: NodeId, scalar: Scalar<'_>) -> Result<Str, Stop> {
        self.json.key(id, scalar)
    }

    fn complex_key(&mut self, key: Value) -> Stop {
        self.json.complex_key(key)
    }

    fn list(&mut self, items: impl ExactSizeIterator<Item = Value>) -> Value {
        self.json.list(items)
    }

    fn map(&mut self, pairs: impl ExactSizeIterator<Item = (Str, Value)>) -> Value {
        self.json.map(pairs)
    }
}
