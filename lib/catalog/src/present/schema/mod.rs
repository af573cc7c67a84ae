//! JSON Schemas of the files that people write: `app.yaml`, the values of the catalog, the bootstrap Application, and
//! documents of kind Catalog.
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
mod patch;
mod values;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use self::app::App;
use self::bootstrap::Bootstrap;
use self::document::CatalogDocument;
use self::values::Values;

/// The JSON Schema of `app.yaml`.
///
/// It is strict: a field that no rule knows is wrong. `further` names the fields that are allowed beside, those of the
/// catalog's value `fields`.
pub fn app_schema(further: &[&str]) -> Value {
    let mut layer = root::<App>();
    let definitions = layer.shift_remove("$defs").unwrap_or_default();
    let mut app = layer.clone();
    layer.shift_remove("$schema");
    layer.shift_remove("title");
    layer.insert(
        "description".to_owned(),
        json!("The fields of an app that are other on one cluster."),
    );
    for schema in [&mut app, &mut layer] {
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            let about = "A field that another tool reads.";
            let further = further
                .iter()
                .map(|name| ((*name).to_owned(), json!({"description": about})));
            properties.extend(further);
        }
    }
    if let Some(Value::Object(properties)) = app.get_mut("properties") {
        properties.insert(
            "clusters".to_owned(),
            json!({
                "description": "Overrides by cluster: any of these fields, merged over the others. Maps merge, all else is replaced.",
                "examples": [{"edge": {"deploy": true, "values": {"replicas": 1}}}],
                "type": ["object", "null"],
                "additionalProperties": {"anyOf": [{"$ref": "#/$defs/Override"}, {"type": "null"}]},
            }),
        );
    }
    app.insert("title".to_owned(), json!("app.yaml"));
    app.insert("required".to_owned(), json!(["path", "namespace"]));
    let mut definitions = match definitions {
        Value::Object(definitions) => definitions,
        _ => Map::new(),
    };
    definitions.insert("Override".to_owned(), Value::Object(layer));
    app.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(app)
}

/// The JSON Schema of a document of kind Catalog.
pub fn catalog_schema() -> Value {
    let mut schema = root::<CatalogDocument>();
    schema.insert("title".to_owned(), json!("Catalog"));
    Value::Object(schema)
}

/// The JSON Schema of the values of the catalog.
pub(crate) fn values_schema() -> Value {
    Value::Object(root::<Values>())
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
    fn the_schema_has_the_fields_that_the_rules_know() {
        let schema = app_schema(&[]);
        let mut found: Vec<&str> = schema["properties"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut known: Vec<&str> = crate::fields::names().collect();
        found.sort_unstable();
        known.sort_unstable();
        assert_eq!(found, known);
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
