//! [`config_schema`]: the JSON Schema of `homescale.yaml`, for editors.

use homescale_located::Shape;
use serde_json::{Map, Value, json};

use super::table::{FIELDS, Field, Kind, SEVERITIES};

/// The JSON Schema of `homescale.yaml`. It is strict: a field that is not known is wrong.
pub fn config_schema() -> Value {
    let mut schema = Map::new();
    schema.insert(
        "$schema".to_owned(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    schema.insert("title".to_owned(), "homescale.yaml".into());
    let about = "What a checkout cannot say: clusters, versions, where to start, which repositories are at hand.";
    schema.insert("description".to_owned(), about.into());
    schema.extend(map_of(FIELDS));
    schema.insert("type".to_owned(), json!(["object", "null"]));
    Value::Object(schema)
}

/// A map with these fields and no others.
fn map_of(fields: &[Field]) -> Map<String, Value> {
    let properties = fields
        .iter()
        .map(|field| (field.name.to_owned(), property(field)));
    let properties: Map<String, Value> = properties.collect();
    let required = fields.iter().filter(|field| field.is_required);
    let required: Vec<&str> = required.map(|field| field.name).collect();
    let mut schema = of_type("object");
    schema.insert("additionalProperties".to_owned(), false.into());
    schema.insert("properties".to_owned(), properties.into());
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema
}

/// What an editor is told of a field.
fn property(field: &Field) -> Value {
    let mut schema = Map::new();
    let description = match field.default {
        Some(default) => format!("{} Default: {default}.", field.about),
        None => field.about.to_owned(),
    };
    schema.insert("description".to_owned(), description.into());
    let example: Value = serde_json::from_str(field.example).unwrap_or_default();
    schema.insert("examples".to_owned(), vec![example].into());
    schema.extend(of_kind(field.kind));
    if !field.is_required {
        allow_null(&mut schema);
    }
    Value::Object(schema)
}

fn of_kind(kind: Kind) -> Map<String, Value> {
    match kind {
        Kind::Plain(shape) => of_shape(shape),
        Kind::Version(_) | Kind::Path | Kind::Pattern | Kind::Directory | Kind::Time => {
            of_shape(Shape::Text)
        }
        Kind::ApiVersions | Kind::Paths => of_shape(Shape::Texts),
        Kind::Server => with(of_type("string"), "pattern", json!("^https?://")),
        Kind::Word(words) => with(Map::new(), "enum", json!(words)),
        Kind::Severities => {
            // `off` is false, for YAML 1.1.
            let words = SEVERITIES.iter().map(|word| json!(word));
            let words: Vec<Value> = words.chain([Value::Bool(false), Value::Null]).collect();
            let word = json!({"enum": words});
            with(of_type("object"), "additionalProperties", word)
        }
        Kind::Map(fields) => map_of(fields),
        Kind::List(fields) => with(of_type("array"), "items", map_of(fields).into()),
        Kind::Named(fields) => {
            let mut values = map_of(fields);
            allow_null(&mut values);
            with(of_type("object"), "additionalProperties", values.into())
        }
    }
}

fn of_shape(shape: Shape) -> Map<String, Value> {
    match shape {
        Shape::Text => of_type("string"),
        Shape::Boolean => of_type("boolean"),
        Shape::Integer => of_type("integer"),
        Shape::TextMap => {
            let text = json!({"type": ["string", "null"]});
            with(of_type("object"), "additionalProperties", text)
        }
        Shape::Texts => with(of_type("array"), "items", json!({"type": "string"})),
        Shape::Maps => with(of_type("array"), "items", json!({"type": "object"})),
        _ => of_type("object"),
    }
}

fn of_type(name: &str) -> Map<String, Value> {
    with(Map::new(), "type", name.into())
}

fn with(mut schema: Map<String, Value>, key: &str, value: Value) -> Map<String, Value> {
    schema.insert(key.to_owned(), value);
    schema
}

/// Allows null beside what a schema allows: it says nothing.
fn allow_null(schema: &mut Map<String, Value>) {
    if let Some(Value::String(name)) = schema.get("type") {
        let types = json!([name, "null"]);
        schema.insert("type".to_owned(), types);
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.push(Value::Null);
    }
}

#[cfg(test)]
mod tests {
    use homescale_located::{Origin, Report, Sources, read};

    use super::super::check::Checker;
    use super::*;

    /// Every field of these, and of those below.
    fn all(fields: &'static [Field]) -> Vec<&'static Field> {
        let below = |field: &'static Field| match field.kind {
            Kind::Map(fields) | Kind::List(fields) | Kind::Named(fields) => all(fields),
            _ => Vec::new(),
        };
        let each = fields.iter();
        each.flat_map(|field| [vec![field], below(field)].concat())
            .collect()
    }

    #[test]
    fn every_example_is_right() {
        for field in all(FIELDS) {
            let text = format!("{}: {}\n", field.name, field.example);
            let sources = Sources::one("a.yaml");
            let mut report = Report::new(&sources);
            let origin = Origin::file(sources.file("a.yaml"));
            let node = read(text.as_bytes(), origin, &mut report).unwrap();
            let alone = Field {
                is_required: false,
                ..*field
            };
            let text = text.as_bytes();
            Checker {
                report: &mut report,
                text,
            }
            .map(&node, &[alone], "");
            assert_eq!(report.finish().to_string(), "", "{}", field.name);
        }
    }

    #[test]
    fn every_field_says_what_it_is_in_sentences() {
        for field in all(FIELDS) {
            let is_sentence =
                field.about.ends_with('.') && field.about.starts_with(|c: char| c.is_uppercase());
            assert!(is_sentence, "{}", field.name);
            assert!(
                field.default.is_none_or(|it| !it.ends_with('.')),
                "{}",
                field.name
            );
        }
    }
}
