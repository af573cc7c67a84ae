//! JSON Schemas of the files that people write: `app.yaml`, the values of the catalog, the bootstrap Application, and
//! documents of kind Catalog; and of what `lint` tells programs.
//!
//! Editors show the comments of the fields as help, and [`reference()`](crate::reference) lists them, so they speak to the
//! author of a file. `Default: …` is the last sentence of a comment. `x-application` and `x-namespace` say what a field becomes
//! in the Application and in the Namespace.

#![expect(
    dead_code,
    reason = "the types describe files to schemars; the catalog reads files with places, by other means"
)]

mod app;
mod bootstrap;
mod document;
mod findings;
mod patch;
mod values;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings, json_schema};
use serde_json::{Map, Value, json};

use self::bootstrap::Bootstrap;
use self::document::CatalogDocument;
pub use self::findings::findings_schema;
use crate::fields;

/// The JSON Schema of `app.yaml`.
///
/// It is strict: a field that no rule knows is wrong. `further` names the fields that are allowed beside, those of the
/// catalog's value `fields`.
pub fn app_schema(further: &[&str]) -> Value {
    let mut generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    let mut properties = app::properties(&mut generator);
    let mut definitions = generator.take_definitions(true);
    let about = "A field that another tool reads.";
    let further = further.iter();
    properties.extend(further.map(|name| ((*name).to_owned(), json!({"description": about}))));
    let layer = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "description": "The fields of an app that are other on one cluster.",
    });
    definitions.insert("Override".to_owned(), layer);
    let mut clusters = json_schema!({
        "type": ["object", "null"],
        "additionalProperties": {"anyOf": [{"$ref": "#/$defs/Override"}, {"type": "null"}]},
    });
    if let Some(field) = fields::find("clusters") {
        app::annotate(&mut clusters, field);
    }
    properties.insert("clusters".to_owned(), clusters.to_value());
    let required = fields::FIELDS.iter().filter(|field| field.is_required());
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
        "description": "The fields of an app: how and where it is deployed.",
        "title": "app.yaml",
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "required": required.map(|field| field.name).collect::<Vec<_>>(),
        "$defs": definitions,
    })
}

/// The JSON Schema of a document of kind Catalog.
pub fn catalog_schema() -> Value {
    let mut schema = root::<CatalogDocument>();
    schema.insert("title".to_owned(), json!("Catalog"));
    Value::Object(schema)
}

/// The JSON Schema of the values of the catalog.
pub(crate) fn values_schema() -> Value {
    values::schema(SchemaGenerator::new(SchemaSettings::draft2020_12()))
}

/// The JSON Schema of what the catalog reads of a bootstrap Application.
pub(crate) fn bootstrap_schema() -> Value {
    Value::Object(root::<Bootstrap>())
}

fn root<T: JsonSchema>() -> Map<String, Value> {
    let generator = SchemaGenerator::new(SchemaSettings::draft2020_12());
    let schema = generator.into_root_schema_for::<T>().to_value();
    match schema {
        Value::Object(schema) => schema,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_is_json() {
        for field in fields::FIELDS {
            let example: Result<Value, _> = serde_json::from_str(field.example);
            assert!(example.is_ok_and(|it| !it.is_null()), "{}", field.name);
        }
    }

    #[test]
    fn every_field_is_described() {
        for schema in [
            app_schema(&[]),
            catalog_schema(),
            values_schema(),
            bootstrap_schema(),
        ] {
            let definitions = schema["$defs"].as_object().unwrap().values();
            for object in definitions.chain([&schema]) {
                for (name, field) in object["properties"].as_object().into_iter().flatten() {
                    assert!(
                        field["description"].is_string(),
                        "{name} has no description"
                    );
                }
            }
        }
    }

    #[test]
    fn further_fields_are_allowed_in_overrides_too() {
        let schema = app_schema(&["exposePublic"]);
        assert!(schema["properties"]["exposePublic"].is_object());
        assert!(schema["$defs"]["Override"]["properties"]["exposePublic"].is_object());
        assert_eq!(schema["$defs"]["Override"]["additionalProperties"], false);
    }
}
