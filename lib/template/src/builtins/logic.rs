//! `and`, `or` and `not`.
//!
//! The evaluator itself computes `and` and `or`, because they evaluate no more arguments than they need; the code here
//! gives the same on arguments that are all evaluated.

use homescale_value::Value;

use crate::error::Failure;
use crate::function::Context;

pub(super) fn and(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(first(arguments, false))
}

pub(super) fn or(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(first(arguments, true))
}

pub(super) fn not(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    Ok(Value::Bool(!arguments.iter().any(Value::is_true)))
}

/// The first argument of this truth, else the last.
fn first(arguments: &[Value], truth: bool) -> Value {
    let found = arguments.iter().find(|value| value.is_true() == truth);
    found.or(arguments.last()).cloned().unwrap_or_default()
}
