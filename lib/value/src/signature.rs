//! Go signatures: what a function or method takes, as reflection checks it before a call.

use crate::Value;

/// The Go type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param {
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
    /// Any other Go type, by the name that `%T` prints: only a value of that very type is accepted.
    Type(&'static str),
    /// The same for a type of kind int64, such as `time.Duration`: integer literals become values of it.
    Integer(&'static IntegerType),
}

/// A named Go type of kind int64.
#[derive(Debug)]
pub struct IntegerType {
    /// The name that `%T` prints.
    pub name: &'static str,
    /// A value of the type.
    pub make: fn(i64) -> Value,
}

impl PartialEq for IntegerType {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for IntegerType {}

impl Param {
    /// The Go name of the type, as error messages print it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "interface {}",
            Self::Reflect => "reflect.Value",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Int64 => "int64",
            Self::Float64 => "float64",
            Self::String => "string",
            Self::Bytes => "[]uint8",
            Self::List => "[]interface {}",
            Self::Strings => "[]string",
            Self::Map => "map[string]interface {}",
            Self::StringMap => "map[string]string",
            Self::Type(name) => name,
            Self::Integer(ty) => ty.name,
        }
    }
}

/// What a function takes: its fixed parameters, and the type of the variadic tail if it has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The fixed parameters, in order.
    pub params: &'static [Param],
    /// The element type of the variadic tail.
    pub variadic: Option<Param>,
    /// What Go says of the results, when they are not such that templates could call it.
    pub refused: Option<&'static str>,
}

impl Signature {
    /// A signature of exactly these parameters.
    pub const fn fixed(params: &'static [Param]) -> Self {
        Self {
            params,
            variadic: None,
            refused: None,
        }
    }

    /// A signature of these parameters, followed by any number of `tail`.
    pub const fn variadic(params: &'static [Param], tail: Param) -> Self {
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
    /// The code: receiver and checked arguments in, result or Go's error text out.
    pub call: fn(&Value, &[Value]) -> Result<Value, String>,
}
