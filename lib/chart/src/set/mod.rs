//! The grammars of `--set` and its sisters: text in, changes of a map of values out (Helm's package `strvals`).

mod error;
mod json;
mod parser;
mod step;
mod target;

use homescale_value::{Map, Value};

use crate::helm_version::HelmVersion;

pub(crate) use error::SetError;

/// `--set`: `key=value[,key=value…]`, with values typed by their looks.
pub(crate) fn typed(text: &str, values: &Map, helm: HelmVersion) -> Result<(), SetError> {
    let mut read = |text: String| Ok(type_by_looks(text));
    parser::parse(text, values, helm, parser::Values::Text(&mut read))
}

/// `--set-string`: the same, but every value is a string.
pub(crate) fn strings(text: &str, values: &Map, helm: HelmVersion) -> Result<(), SetError> {
    let mut read = |text: String| Ok(Value::from(text));
    parser::parse(text, values, helm, parser::Values::Text(&mut read))
}

/// `--set-file`: the same, but every value is a path, and `read` gives the contents or the reason why not.
pub(crate) fn files(
    text: &str,
    values: &Map,
    helm: HelmVersion,
    mut read: impl FnMut(&str) -> Result<Value, SetError>,
) -> Result<(), SetError> {
    let mut read = |path: String| read(&path);
    parser::parse(text, values, helm, parser::Values::Text(&mut read))
}

/// `--set-json` with keys: `key=json[,key=json…]`. Helm does not tell why a text cannot be read.
pub(crate) fn json(text: &str, values: &Map, helm: HelmVersion) -> Result<(), SetError> {
    parser::parse(text, values, helm, parser::Values::Json)
}

/// `--set-literal`: `key=value`, with the value as it stands.
pub(crate) fn literal(text: &str, values: &Map, helm: HelmVersion) -> Result<(), SetError> {
    parser::parse(text, values, helm, parser::Values::Literal)
}

/// `true`, `false` and `null` in any case, and integers that do not start with 0; all else is a string.
fn type_by_looks(text: String) -> Value {
    if text.eq_ignore_ascii_case("true") {
        return Value::Bool(true);
    }
    // The long s folds to s in Go's comparison without case.
    if text.replace('ſ', "s").eq_ignore_ascii_case("false") {
        return Value::Bool(false);
    }
    if text.eq_ignore_ascii_case("null") {
        return Value::Nil;
    }
    if text == "0" {
        return Value::Int64(0);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(&text);
    let is_decimal = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    if is_decimal
        && !text.starts_with('0')
        && let Ok(number) = text.parse()
    {
        return Value::Int64(number);
    }
    Value::from(text)
}
