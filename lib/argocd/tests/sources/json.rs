//! Values as JSON, in one form whatever they come from.

use homescale_value::Value;
use homescale_yaml::{ExactNumber, Numeric};
use serde_json::{Number, Value as Json};

/// A value that has been read.
pub(crate) fn of(value: &Value) -> Json {
    if let Some(exact) = value.downcast::<ExactNumber>() {
        return number(exact.numeric());
    }
    match value {
        Value::Nil => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Str(text) => Json::String(text.to_text().into_owned()),
        Value::List(list) => list.items().iter().map(of).collect(),
        Value::Map(map) => {
            let pairs = map.to_vec().into_iter();
            let pairs = pairs.map(|(key, value)| (key.to_text().into_owned(), of(&value)));
            Json::Object(pairs.collect())
        }
        other => match (other.as_i64(), other.as_f64()) {
            (Some(integer), _) => number(Numeric::Integer(integer.into())),
            (None, float) => number(Numeric::Float(float.unwrap_or(f64::NAN))),
        },
    }
}

/// JSON that has been recorded.
pub(crate) fn normal(json: &Json) -> Json {
    match json {
        Json::Number(it) => match (it.as_i64(), it.as_f64()) {
            (Some(integer), _) => number(Numeric::Integer(integer.into())),
            (None, float) => number(Numeric::Float(float.unwrap_or(f64::NAN))),
        },
        Json::Array(items) => items.iter().map(normal).collect(),
        Json::Object(map) => {
            let pairs = map.iter();
            Json::Object(
                pairs
                    .map(|(key, value)| (key.clone(), normal(value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}

/// A number: whole ones that fit are integers.
fn number(number: Numeric) -> Json {
    match number {
        Numeric::Integer(integer) => match i64::try_from(integer) {
            Ok(integer) => integer.into(),
            Err(_) => float(integer as f64),
        },
        Numeric::Float(value) if value.fract() == 0.0 && value.abs() < 9e15 => {
            (value as i64).into()
        }
        Numeric::Float(value) => float(value),
    }
}

fn float(value: f64) -> Json {
    Number::from_f64(value).map_or(Json::Null, Json::Number)
}
