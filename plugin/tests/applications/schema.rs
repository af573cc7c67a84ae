//! A structural schema as Kubernetes checks objects with it. A field that it does not name is an error: the API server would
//! drop it, and nobody would know.

use serde_json::{Map, Value};

/// Everything that is wrong with a value, each with its path.
pub(crate) fn faults(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(schema, value, "", &mut found);
    found
}

/// What is not looked at, because it says nothing about a single value.
const IGNORED: &[&str] = &[
    "additionalProperties",
    // Only beside x-kubernetes-int-or-string, and says the same.
    "anyOf",
    "items",
    "properties",
    "x-kubernetes-preserve-unknown-fields",
];

/// The only pattern of Argo CD's schema, for paths that are not the root: two characters or more, or neither `.` nor `/`.
const NOT_THE_ROOT: &str = "^.{2,}|[^./]$";

fn check(schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let schema = schema.as_object().expect("a schema is an object");
    let mut say = |message: String| found.push(format!("{path}: {message}"));
    let any = schema.get("x-kubernetes-preserve-unknown-fields") == Some(&Value::Bool(true));
    for (keyword, wanted) in schema {
        match keyword.as_str() {
            "type" if !is_type(wanted, value) => say(format!("must be {wanted}, is {value}")),
            "enum" if !wanted.as_array().unwrap().contains(value) => {
                say(format!("must be one of {wanted}"));
            }
            "required" => {
                let missing = |name: &&Value| value.get(name.as_str().unwrap()).is_none();
                for name in wanted.as_array().unwrap().iter().filter(missing) {
                    say(format!("{name} is missing"));
                }
            }
            "pattern" => {
                assert_eq!(wanted, NOT_THE_ROOT, "{path}");
                if matches!(value.as_str(), Some("" | "." | "/")) {
                    say("must not be the root".to_owned());
                }
            }
            "minLength"
                if value.as_str().map(|text| text.chars().count() as u64) < wanted.as_u64() =>
            {
                say(format!("must have {wanted} characters or more"));
            }
            "x-kubernetes-int-or-string"
                if !(value.is_string() || is_type(&"integer".into(), value)) =>
            {
                say(format!("must be an integer or a string, is {value}"));
            }
            // Only the status has times, which nobody writes.
            "format" => assert!(
                wanted == "int64" || wanted == "date-time",
                "{path}: {wanted}"
            ),
            "type" | "enum" | "minLength" | "x-kubernetes-int-or-string" => {}
            other => assert!(
                IGNORED.contains(&other),
                "{path}: the keyword {other} is not known here"
            ),
        }
    }
    match value {
        Value::Object(fields) => check_fields(schema, fields, any, path, found),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                check(&schema["items"], item, &format!("{path}[{index}]"), found);
            }
        }
        _ => {}
    }
}

fn check_fields(
    schema: &Map<String, Value>,
    fields: &Map<String, Value>,
    any: bool,
    path: &str,
    found: &mut Vec<String>,
) {
    for (name, value) in fields {
        let known = schema
            .get("properties")
            .and_then(|properties| properties.get(name));
        let path = format!("{path}.{name}");
        match known.or(schema
            .get("additionalProperties")
            .filter(|it| it.is_object()))
        {
            Some(schema) => check(schema, value, &path, found),
            None if any || is_metadata(&path) => {}
            None => found.push(format!("{path}: unknown field")),
        }
    }
}

/// The schema leaves metadata to Kubernetes.
fn is_metadata(path: &str) -> bool {
    let known = ["name", "namespace", "annotations", "labels", "finalizers"];
    path.strip_prefix(".metadata.")
        .is_some_and(|name| known.contains(&name))
}

fn is_type(wanted: &Value, value: &Value) -> bool {
    match wanted.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        other => panic!("the type {other} is not known here"),
    }
}
