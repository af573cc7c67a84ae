//! The values of the catalog: `apps/values.yaml`, and what a cluster sets of them.

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::app;
use crate::model::sections::SECTIONS;

/// The schema of the values, with what the table of sections says.
pub(super) fn schema(mut generator: SchemaGenerator) -> Value {
    let sections = SECTIONS.each_ref().map(|section| {
        let values = section.values.iter();
        let values = values.map(|it| (it.name.to_owned(), app::property(it, &mut generator)));
        (section, values.collect::<Map<String, Value>>())
    });
    let mut schema = generator.into_root_schema_for::<Values>().to_value();
    for (section, properties) in sections {
        let required = section.values.iter().filter(|value| value.is_required());
        let object = &mut schema["properties"][section.name];
        object["properties"] = Value::Object(properties);
        object["required"] = required.map(|value| value.name).collect();
        object["additionalProperties"] = Value::Bool(false);
    }
    schema
}

/// The values of the catalog. Templates in fields see all of them, those of a team's own too.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Values {
    /// The cluster that is rendered. Any other keys are the team's own.
    cluster: Cluster,
    /// What every Application has.
    application: Option<Map<String, Value>>,
    /// What an app has whose `app.yaml` does not say otherwise. Each may be empty where every app says it.
    defaults: Option<Map<String, Value>>,
    /// The Namespace objects of the apps.
    namespaces: Option<Map<String, Value>>,
    /// The Argo CD that reads the Applications.
    argocd: Option<Map<String, Value>>,
    /// What `lint` does not say.
    lint: Option<Map<String, Value>>,
    /// Names of further fields of `app.yaml`, which other tools read.
    #[schemars(example = json!(["exposePublic"]))]
    fields: Option<Vec<String>>,
    /// The strongest layer of an app's fields, by app: set per cluster.
    #[schemars(example = json!({"web": {"deploy": true}}))]
    apps: Option<BTreeMap<String, Map<String, Value>>>,
    /// What the chart gives: the objects, or one document of kind Catalog, for the post-renderer. Default: `applications`.
    output: Option<Output>,
}

#[derive(JsonSchema)]
struct Cluster {
    /// The name by which `clusters` of an `app.yaml` knows the cluster.
    name: String,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Output {
    /// Namespaces and Applications.
    Applications,
    /// One document of kind Catalog.
    Catalog,
}
