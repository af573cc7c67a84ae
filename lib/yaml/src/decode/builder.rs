//! [`Builder`]: what the walk through a document tells what it finds.

use crate::error::Error;
use crate::node::NodeId;
use crate::resolve::Scalar;

/// Builds what a walk finds.
pub(super) trait Builder {
    type Value;
    type Key;

    /// The value of a scalar.
    fn scalar(&mut self, id: NodeId, scalar: Scalar<'_>) -> Result<Self::Value, Stop>;

    /// The key that a scalar is.
    fn key(&mut self, id: NodeId, scalar: Scalar<'_>) -> Result<Self::Key, Stop>;

    /// What a list or map is as a key: not allowed.
    fn complex_key(&mut self, key: Self::Value) -> Stop;

    fn list(&mut self, items: impl ExactSizeIterator<Item = Self::Value>) -> Self::Value;

    /// A map from pairs, of which the last with a key counts.
    fn map(
        &mut self,
        pairs: impl ExactSizeIterator<Item = (Self::Key, Self::Value)>,
    ) -> Self::Value;
}

/// Builds nothing.
pub(super) struct Check;

impl Builder for Check {
    type Value = ();
    type Key = ();

    fn scalar(&mut self, _: NodeId, scalar: Scalar<'_>) -> Result<(), Stop> {
        match scalar {
            Scalar::Float(float) if !float.is_finite() => Err(Stop::Unsupported),
            _ => Ok(()),
        }
    }

    fn key(&mut self, _: NodeId, scalar: Scalar<'_>) -> Result<(), Stop> {
        match scalar {
            Scalar::Nil | Scalar::Uint(_) => Err(Stop::Unsupported),
            _ => Ok(()),
        }
    }

    fn complex_key(&mut self, (): ()) -> Stop {
        Stop::Unsupported
    }

    fn list(&mut self, _: impl ExactSizeIterator<Item = ()>) {}

    fn map(&mut self, _: impl ExactSizeIterator<Item = ((), ())>) {}
}

/// Why a walk ends early.
pub(super) enum Stop {
    Failed(Error),
    /// The builder cannot express what it was given.
    Unsupported,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// A key as Go compares it, for finding duplicates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum MapKey {
    Nil,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(u64),
    Str(Vec<u8>),
}

impl MapKey {
    /// The key that a scalar is. NaN is not even equal to itself.
    pub(super) fn of(scalar: &Scalar<'_>) -> Option<Self> {
        Some(match scalar {
            Scalar::Nil => Self::Nil,
            Scalar::Bool(bool) => Self::Bool(*bool),
            Scalar::Int(int) => Self::Int(*int),
            Scalar::Uint(uint) => Self::Uint(*uint),
            Scalar::Float(float) if float.is_nan() => return None,
            // The two zeros are equal.
            Scalar::Float(float) => Self::Float((float + 0.0).to_bits()),
            Scalar::Str(text) => Self::Str(text.as_bytes().to_vec()),
            Scalar::Timestamp(text) => Self::Str(text.as_bytes().to_vec()),
            Scalar::Binary(bytes) => Self::Str(bytes.clone()),
        })
    }
}
