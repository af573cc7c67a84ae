//! Go's less common number types.

use crate::Kind;

/// A number of a Go type that is neither `int`, `int64` nor `float64`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// `int8`.
    Int8(i8),
    /// `int16`.
    Int16(i16),
    /// `int32`, also spelled `rune`.
    Int32(i32),
    /// `uint`.
    Uint(u64),
    /// `uint8`, also spelled `byte`.
    Uint8(u8),
    /// `uint16`.
    Uint16(u16),
    /// `uint32`.
    Uint32(u32),
    /// `uint64`.
    Uint64(u64),
    /// `float32`.
    Float32(f32),
}

impl Number {
    /// The Go kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::Int8(_) => Kind::Int8,
            Self::Int16(_) => Kind::Int16,
            Self::Int32(_) => Kind::Int32,
            Self::Uint(_) => Kind::Uint,
            Self::Uint8(_) => Kind::Uint8,
            Self::Uint16(_) => Kind::Uint16,
            Self::Uint32(_) => Kind::Uint32,
            Self::Uint64(_) => Kind::Uint64,
            Self::Float32(_) => Kind::Float32,
        }
    }

    /// The number as `int64`, when it is a signed integer.
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Int8(n) => Some(n.into()),
            Self::Int16(n) => Some(n.into()),
            Self::Int32(n) => Some(n.into()),
            _ => None,
        }
    }

    /// The number as `uint64`, when it is an unsigned integer.
    pub fn as_u64(self) -> Option<u64> {
        match self {
            Self::Uint(n) | Self::Uint64(n) => Some(n),
            Self::Uint8(n) => Some(n.into()),
            Self::Uint16(n) => Some(n.into()),
            Self::Uint32(n) => Some(n.into()),
            _ => None,
        }
    }

    /// The number as `float64`, when it is a float.
    pub fn as_f64(self) -> Option<f64> {
        match self {
            Self::Float32(n) => Some(n.into()),
            _ => None,
        }
    }
}
