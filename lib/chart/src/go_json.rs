//! Go's words for what its JSON decoder finds.

use std::fmt::Display;

use homescale_value::Value;

/// The type of a value in Go's error messages.
pub(crate) fn found(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "bool",
        Value::Str(_) => "string",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    }
}

/// The text of `sigs.k8s.io/yaml` around a mismatch such as `array into Go value of type main.T`.
pub(crate) fn mismatch(problem: &str) -> String {
    while_decoding(format_args!("json: cannot unmarshal {problem}"))
}

/// The text of `sigs.k8s.io/yaml` around what Go's JSON decoder says.
pub(crate) fn while_decoding(problem: impl Display) -> String {
    format!("error unmarshaling JSON: while decoding JSON: {problem}")
}
