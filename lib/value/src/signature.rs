//! Go types, and signatures: what a function or method takes, as reflection checks it before a call.

use crate::{CallError, Kind, List, ListType, Map, MapType, Number, Str, Value};

/// A Go type: of an element, of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `interface {}`: anything, a nil included.
    Any,
    /// `reflect.Value`: anything; the callee is told an untyped nil from a nil interface.
    Reflect,
    /// `bool`.
    Bool,
    /// `int`.
    Int,
    /// `int64`.
    Int64,
    /// `uint32`.
    Uint32,
    /// `float64`.
    Float64,
    /// `string`.
    String,
    /// `[]uint8`.
    Bytes,
    /// `[]interface {}`.
    List,
    /// `[]string`.
    Strings,
    /// `map[string]interface {}`; named map types are assignable to it.
    Map,
    /// `map[string]string`.
    StringMap,
    /// A pointer, by the name that `%T` prints.
    Pointer(&'static str),
    /// Any other type, by the name that `%T` prints: only a value of that very type is assignable, or a pointer to one.
    Named(&'static str),
    /// The same for an integer type, such as `time.Duration`: integer literals become values of it.
    Integer(&'static IntegerType),
}

/// A named integer type.
#[derive(Debug)]
pub struct IntegerType {
    /// The name that `%T` prints.
    pub name: &'static str,
    /// The kind, one of the signed integers.
    pub kind: Kind,
    /// A value of the type.
    pub make: fn(i64) -> Value,
}

impl PartialEq for IntegerType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for IntegerType {}

impl Type {
    /// The Go name, as `%T` prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Reflect => "reflect.Value",
            Self::Bool => Kind::Bool.name(),
            Self::Int => Kind::Int.name(),
            Self::Int64 => Kind::Int64.name(),
            Self::Uint32 => Kind::Uint32.name(),
            Self::Float64 => Kind::Float64.name(),
            Self::String => Kind::String.name(),
            Self::Bytes => "[]uint8",
            Self::List => ListType::ANY.name,
            Self::Strings => ListType::STRINGS.name,
            Self::Map => MapType::ANY.name,
            Self::StringMap => MapType::STRINGS.name,
            Self::Pointer(name) | Self::Named(name) => name,
            Self::Integer(ty) => ty.name,
        }
    }

    /// The zero value, as Go makes it for a key that is missing. That of a pointer is nil, and so is that of a type which is
    /// known by its name only.
    pub fn zero(self) -> Value {
        match self {
            Self::Any | Self::Reflect | Self::Pointer(_) | Self::Named(_) => Value::Nil,
            Self::Bool => Value::Bool(false),
            Self::Int => Value::Int(0),
            Self::Int64 => Value::Int64(0),
            Self::Uint32 => Value::Number(Number::Uint32(0)),
            Self::Float64 => Value::Float(0.0),
            Self::String => Value::Str(Str::default()),
            Self::Bytes => Value::Bytes(Str::default()),
            Self::List => Value::List(List::nil(&ListType::ANY)),
            Self::Strings => Value::List(List::nil(&ListType::STRINGS)),
            Self::Map => Value::Map(Map::nil(&MapType::ANY)),
            Self::StringMap => Value::Map(Map::nil(&MapType::STRINGS)),
            Self::Integer(ty) => (ty.make)(0),
        }
    }

    /// The nil of the type, if it has one.
    pub fn nil(self) -> Option<Value> {
        match self {
            Self::Bool | Self::Int | Self::Int64 | Self::Uint32 | Self::Float64 => None,
            Self::String | Self::Named(_) | Self::Integer(_) => None,
            _ => Some(self.zero()),
        }
    }
}

/// What a function takes: its fixed parameters, and the type of the variadic tail if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The fixed parameters, in order.
    pub params: &'static [Type],
    /// The element type of the variadic tail.
    pub variadic: Option<Type>,
    /// What Go says of the results, when they are not such that templates could call it.
    pub refused: Option<&'static str>,
}

impl Signature {
    /// A signature of exactly these parameters.
    pub const fn fixed(params: &'static [Type]) -> Self {
        Self {
            params,
            variadic: None,
            refused: None,
        }
    }

    /// A signature of these parameters, followed by any number of `tail`.
    pub const fn variadic(params: &'static [Type], tail: Type) -> Self {
        Self {
            params,
            variadic: Some(tail),
            refused: None,
        }
    }

    /// The same signature with results that templates cannot take, and what Go says of them.
    pub const fn refused(self, message: &'static str) -> Self {
        Self {
            refused: Some(message),
            ..self
        }
    }
}

/// A method that templates can call on a value: `.Files.Get`, `.Capabilities.APIVersions.Has`.
#[derive(Debug)]
pub struct Method {
    /// The exported Go name.
    pub name: &'static str,
    /// What it takes, without the receiver.
    pub signature: Signature,
    /// The code: receiver and checked arguments in, result or Go's error out.
    pub call: fn(&Value, &[Value]) -> Result<Value, CallError>,
}
