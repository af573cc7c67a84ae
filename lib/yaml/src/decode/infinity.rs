//! Numbers that YAML has and JSON has not: `.inf`, `-.inf` and `.nan`.

use homescale_value::Value;

use crate::error::{Error, ErrorKind};
use crate::json;

/// What becomes of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Infinities {
    Refuse,
    Keep,
}

/// Fails if a number in the value is one that JSON does not have, such as `.inf`. The error is that of `sigs.k8s.io/yaml` for
/// the first of them, in the order in which JSON is written.
pub fn check_finite(value: &Value) -> Result<(), Error> {
    let mut stack = vec![value.clone()];
    while let Some(value) = stack.pop() {
        match value {
            Value::Float(float) if !float.is_finite() => return Err(unsupported_float(float)),
            Value::List(list) => stack.extend(list.items().iter().rev().cloned()),
            Value::Map(map) => {
                let first = stack.len();
                stack.extend(map.entries().values().cloned());
                stack[first..].reverse();
            }
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn unsupported_float(float: f64) -> Error {
    Error::new(ErrorKind::Json, json::unsupported_float(float), None)
}
