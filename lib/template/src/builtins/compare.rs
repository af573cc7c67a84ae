//! `eq ne lt le gt ge`: comparison of numbers of like kind, strings, booleans, and anything with nil.

use std::cmp::Ordering;
use std::rc::Rc;

use homescale_value::{Value, fmt};

use crate::error::Failure;
use crate::function::Context;

const NO_ARGUMENT: &str = "missing argument for comparison";
const NO_ORDER: &str = "invalid type for comparison";

pub(super) fn eq(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let Some((value, others @ [_, ..])) = arguments.split_first() else {
        return Err(NO_ARGUMENT.into());
    };
    for other in others {
        if are_equal(context, value, other)? {
            return Ok(true.into());
        }
    }
    Ok(false.into())
}

pub(super) fn ne(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let (a, b) = pair(arguments)?;
    Ok(Value::Bool(!are_equal(context, a, b)?))
}

pub(super) fn lt(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let (a, b) = pair(arguments)?;
    is_less(context, a, b).map(Value::Bool)
}

pub(super) fn le(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let (a, b) = pair(arguments)?;
    Ok(Value::Bool(
        is_less(context, a, b)? || are_equal(context, a, b)?,
    ))
}

/// Not `le`, so that NaN is greater than everything.
pub(super) fn gt(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let (a, b) = pair(arguments)?;
    let is_less_or_equal = is_less(context, a, b)? || are_equal(context, a, b)?;
    Ok(Value::Bool(!is_less_or_equal))
}

/// Not `lt`.
pub(super) fn ge(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let (a, b) = pair(arguments)?;
    Ok(Value::Bool(!is_less(context, a, b)?))
}

fn pair(arguments: &[Value]) -> Result<(&Value, &Value), Failure> {
    match arguments {
        [a, b] => Ok((a, b)),
        _ => Err(NO_ARGUMENT.into()),
    }
}

/// A value that Go compares by its kind.
enum Basic<'a> {
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Complex(f64, f64),
    Str(&'a [u8]),
}

impl<'a> Basic<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        match value {
            Value::Bool(b) => Some(Self::Bool(*b)),
            Value::Str(text) => Some(Self::Str(text)),
            Value::Complex(parts) => Some(Self::Complex(parts.0, parts.1)),
            Value::Object(object) => object.integer().map(|(number, _)| Self::Int(number)),
            _ => None,
        }
        .or_else(|| value.as_i64().map(Self::Int))
        .or_else(|| value.as_u64().map(Self::Uint))
        .or_else(|| value.as_f64().map(Self::Float))
    }
}

fn are_equal(context: &dyn Context, a: &Value, b: &Value) -> Result<bool, Failure> {
    match (Basic::of(a), Basic::of(b)) {
        (Some(Basic::Bool(a)), Some(Basic::Bool(b))) => Ok(a == b),
        (Some(Basic::Int(a)), Some(Basic::Int(b))) => Ok(a == b),
        (Some(Basic::Uint(a)), Some(Basic::Uint(b))) => Ok(a == b),
        (Some(Basic::Int(int)), Some(Basic::Uint(uint)))
        | (Some(Basic::Uint(uint)), Some(Basic::Int(int))) => Ok(u64::try_from(int) == Ok(uint)),
        (Some(Basic::Float(a)), Some(Basic::Float(b))) => Ok(a == b),
        (Some(Basic::Complex(a, c)), Some(Basic::Complex(b, d))) => Ok(a == b && c == d),
        (Some(Basic::Str(a)), Some(Basic::Str(b))) => Ok(a == b),
        (None, None) => are_equal_others(a, b),
        _ if matches!(a, Value::Nil) || matches!(b, Value::Nil) => Ok(false),
        _ => Err(incompatible(context, a, b)),
    }
}

/// Equality of lists, maps, objects and nil. Anything compares with nil; lists and maps with nothing else.
fn are_equal_others(a: &Value, b: &Value) -> Result<bool, Failure> {
    let has_nil = matches!(a, Value::Nil) || matches!(b, Value::Nil);
    if a.kind() != b.kind() && !has_nil {
        let text = fmt::sprintf(
            b"non-comparable types %s: %v, %s: %v",
            &[
                a.clone(),
                a.type_name().into(),
                b.type_name().into(),
                b.clone(),
            ],
        );
        return Err(Failure::Message(lossy(&text)));
    }
    if a.is_nil() || b.is_nil() {
        return Ok(a.is_nil() == b.is_nil());
    }
    if let (Value::Object(a), Value::Object(b)) = (a, b)
        && b.is_comparable()
    {
        return Ok(Rc::ptr_eq(a, b) || a.is_same(b.as_ref()));
    }
    let values = [b.clone(), b.type_name().into()];
    let text = fmt::sprintf(b"non-comparable type %s: %v", &values);
    Err(Failure::Message(lossy(&text)))
}

fn is_less(context: &dyn Context, a: &Value, b: &Value) -> Result<bool, Failure> {
    let (Some(left), Some(right)) = (Basic::of(a), Basic::of(b)) else {
        return Err(NO_ORDER.into());
    };
    match (left, right) {
        (Basic::Bool(_), Basic::Bool(_)) | (Basic::Complex(..), Basic::Complex(..)) => {
            Err(NO_ORDER.into())
        }
        (Basic::Int(a), Basic::Int(b)) => Ok(a < b),
        (Basic::Uint(a), Basic::Uint(b)) => Ok(a < b),
        (Basic::Int(a), Basic::Uint(b)) => Ok(u64::try_from(a).is_ok_and(|a| a < b) || a < 0),
        (Basic::Uint(a), Basic::Int(b)) => Ok(u64::try_from(b).is_ok_and(|b| a < b)),
        (Basic::Float(a), Basic::Float(b)) => Ok(a < b),
        (Basic::Str(a), Basic::Str(b)) => Ok(a.cmp(b) == Ordering::Less),
        _ => Err(incompatible(context, a, b)),
    }
}

fn incompatible(context: &dyn Context, a: &Value, b: &Value) -> Failure {
    let message = "incompatible types for comparison";
    if context.options().comparison_names_types {
        return format!("{message}: {} and {}", a.type_name(), b.type_name()).into();
    }
    message.into()
}

fn lossy(text: &[u8]) -> String {
    String::from_utf8_lossy(text).into_owned()
}
