//! Errors of types, in words for people who write YAML and not Rust.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::error::{Error, ErrorKind};
use crate::resolve::Scalar;

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(ErrorKind::Type, message.to_string(), None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!(
            "expected {}, found {}",
            wanted(expected),
            describe(found)
        ))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format_args!("`{field}` is missing"))
    }
}

pub(super) fn unexpected<'a>(scalar: &'a Scalar<'_>) -> Unexpected<'a> {
    match scalar {
        Scalar::Nil => Unexpected::Unit,
        Scalar::Bool(bool) => Unexpected::Bool(*bool),
        Scalar::Int(int) => Unexpected::Signed(*int),
        Scalar::Uint(uint) => Unexpected::Unsigned(*uint),
        Scalar::Float(float) => Unexpected::Float(*float),
        Scalar::Str(text) => Unexpected::Str(text),
        Scalar::Timestamp(text) => Unexpected::Str(text),
        Scalar::Binary(bytes) => Unexpected::Bytes(bytes),
    }
}

/// What was found, in words for people who write YAML and not Rust.
pub(super) fn describe(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(bool) => format!("the boolean {bool}"),
        Unexpected::Unsigned(int) => format!("the integer {int}"),
        Unexpected::Signed(int) => format!("the integer {int}"),
        Unexpected::Float(float) => format!("the number {float}"),
        Unexpected::Str(text) => format!("the string {text:?}"),
        Unexpected::Unit | Unexpected::Option => "null".to_string(),
        Unexpected::Seq => "a list".to_string(),
        Unexpected::Map => "a map".to_string(),
        other => other.to_string(),
    }
}

/// What serde's visitors call what they expect, and what we call it.
const WANTED: [(&str, &str); 17] = [
    ("i8", "an integer"),
    ("i16", "an integer"),
    ("i32", "an integer"),
    ("i64", "an integer"),
    ("isize", "an integer"),
    ("u8", "an integer from 0 to 255"),
    ("u16", "an integer from 0 to 65535"),
    ("u32", "an integer that is not negative"),
    ("u64", "an integer that is not negative"),
    ("usize", "an integer that is not negative"),
    ("f32", "a number"),
    ("f64", "a number"),
    ("a sequence", "a list"),
    ("a boolean", "true or false"),
    ("unit", "null"),
    ("a string", "a string"),
    ("a map", "a map"),
];

fn wanted(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    if text.starts_with("struct ") {
        return "a map".to_string();
    }
    let known = WANTED.iter().find(|(serde, _)| *serde == text);
    known.map_or(text, |(_, ours)| (*ours).to_string())
}
