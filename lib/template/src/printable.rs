//! What an action prints in place of a value (Go's `printableValue`).

use std::borrow::Cow;

use homescale_value::Value;

/// What a pointer leads to; any other value is printed as it is.
pub(crate) fn printable(value: &Value) -> Cow<'_, Value> {
    let output = match value {
        Value::Object(object) => object.as_output(),
        _ => None,
    };
    output.map_or(Cow::Borrowed(value), Cow::Owned)
}
