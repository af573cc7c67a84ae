//! JSON as the values of a chart: every number is a float.

use homescale_value::{List, Map, Value};

/// Reads the values of a case.
pub(super) fn values(text: &str) -> Value {
    let json: serde_json::Value = serde_json::from_str(text).expect("the values are JSON");
    value(json)
}

fn value(json: serde_json::Value) -> Value {
    use serde_json::Value as Json;
    match json {
        Json::Null => Value::Nil,
        Json::Bool(b) => Value::Bool(b),
        Json::Number(n) => Value::Float(n.as_f64().expect("a JSON number is a float")),
        Json::String(s) => Value::from(s),
        Json::Array(items) => Value::List(items.into_iter().map(value).collect::<List>()),
        Json::Object(entries) => Value::Map(
            entries
                .into_iter()
                .map(|(key, item)| (key, value(item)))
                .collect::<Map>(),
        ),
    }
}
