//! The fields of `app.yaml`: the schema of each row of the table, and of what is inside of fields.

use std::borrow::Cow;
use std::collections::BTreeMap;

use homescale_argocd::{HelmField, HelmSource};
use homescale_located::Shape;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::patch::Patch;
use crate::fields::helm::OWN_FIELDS;
use crate::fields::pod_security::{LEVELS, MODES};
use crate::fields::{Absence, Content, FIELDS, Field};

/// The properties of an app, but for `clusters`.
pub(super) fn properties(generator: &mut SchemaGenerator) -> Map<String, Value> {
    let fields = FIELDS.iter();
    let fields = fields.filter(|field| field.content != Content::Clusters);
    fields
        .map(|field| (field.name.to_owned(), property(field, generator)))
        .collect()
}

/// The schema of a field, with what an editor and the reference say about it.
pub(super) fn property(field: &Field, generator: &mut SchemaGenerator) -> Value {
    let mut schema = match field.content {
        Content::Plain(shape) => of_shape(shape, generator),
        Content::Clusters => of_shape(Shape::Map, generator),
        Content::Destination => generator.subschema_for::<Option<Destination>>(),
        Content::PodSecurity => generator.subschema_for::<Option<PodSecurity>>(),
        Content::Patches => generator.subschema_for::<Option<Vec<Patch>>>(),
        Content::Engine => generator.subschema_for::<Option<Engine>>(),
        Content::Helm => generator.subschema_for::<Option<Helm>>(),
        Content::Hydrator => generator.subschema_for::<Option<SourceHydrator>>(),
        Content::Info => generator.subschema_for::<Option<Vec<Info>>>(),
    };
    annotate(&mut schema, field);
    schema.to_value()
}

/// The schema of a shape, or null.
fn of_shape(shape: Shape, generator: &mut SchemaGenerator) -> Schema {
    match shape {
        Shape::Text => generator.subschema_for::<Option<String>>(),
        Shape::Boolean => generator.subschema_for::<Option<bool>>(),
        Shape::Integer => generator.subschema_for::<Option<i64>>(),
        Shape::TextMap => generator.subschema_for::<Option<BTreeMap<String, Option<String>>>>(),
        Shape::Texts => generator.subschema_for::<Option<Vec<String>>>(),
        Shape::Maps => generator.subschema_for::<Option<Vec<Map<String, Value>>>>(),
        _ => generator.subschema_for::<Option<Map<String, Value>>>(),
    }
}

/// Adds to a schema what its row of the table says about the field.
pub(super) fn annotate(schema: &mut Schema, field: &Field) {
    let Field {
        name,
        about,
        application,
        namespace,
        ..
    } = field;
    let description = match field.absence {
        Absence::Nothing => (*about).to_owned(),
        Absence::Refused => format!("{about} Required."),
        Absence::OfCatalog => format!("{about} Default: `defaults.{name}` of the catalog."),
        Absence::Default(default) => format!("{about} Default: {default}."),
    };
    schema.insert("description".to_owned(), description.into());
    let example: Value = serde_json::from_str(field.example).unwrap_or_default();
    if !example.is_null() {
        schema.insert("examples".to_owned(), Value::Array(vec![example]));
    }
    for (key, path) in [("x-application", application), ("x-namespace", namespace)] {
        if let Some(path) = path {
            schema.insert(key.to_owned(), (*path).into());
        }
    }
}

/// Who renders the chart of an app.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) enum Engine {
    /// Argo CD, with the Helm that it has.
    Helm,
    /// Our sidecar.
    Catalog,
}

/// Where Argo CD writes the rendered manifests.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SourceHydrator {
    /// What is deployed.
    sync_source: SyncSource,
    /// Where the manifests are written first, to be brought to the branch of `syncSource` by somebody.
    hydrate_to: Option<HydrateTo>,
}

/// The source that Argo CD deploys.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct SyncSource {
    /// The branch with the rendered manifests.
    target_branch: String,
    /// The directory of the app in that branch, which cannot be its root.
    path: String,
    /// The repository of the branch, since Argo CD 3.5. Default: that of the app.
    #[schemars(rename = "repoURL")]
    repo_url: Option<String>,
}

/// The branch that manifests are written to.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct HydrateTo {
    /// The branch.
    target_branch: String,
}

/// Further fields of `source.helm`.
pub(super) struct Helm;

impl JsonSchema for Helm {
    fn schema_name() -> Cow<'static, str> {
        "Helm".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let is_own = |field: &&HelmField| OWN_FIELDS.iter().any(|(own, _)| *own == field.name);
        let mut properties = Map::new();
        for field in HelmSource::fields().iter().filter(|field| !is_own(field)) {
            let mut schema = match field.name {
                "fileParameters" => generator.subschema_for::<Option<Vec<FileParameter>>>(),
                "parameters" => generator.subschema_for::<Option<Vec<Parameter>>>(),
                _ => of_shape(field.shape, generator),
            };
            schema.insert("description".to_owned(), field.about.into());
            properties.insert(field.name.to_owned(), schema.to_value());
        }
        json_schema!({
            "description": "Further fields of `source.helm`.",
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}

/// A value that is set last.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Parameter {
    /// The path of the value: `image.tag`.
    name: String,
    /// What it is set to.
    value: String,
    /// Whether it stays a text, whatever it looks like.
    force_string: Option<bool>,
}

/// A value that is the text of a file.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct FileParameter {
    /// The path of the value.
    name: String,
    /// The file, relative to `path`.
    path: String,
}

/// Something that Argo CD shows with an Application.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Info {
    /// What it is: `owner`, `url`.
    name: String,
    /// What Argo CD shows; URLs become links.
    value: String,
}

/// A destination of Argo CD. Its namespace is that of the app.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Destination {
    /// The URL of the cluster's API: `https://kubernetes.default.svc` is the cluster of Argo CD itself.
    server: Option<String>,
    /// The name of the cluster in Argo CD.
    name: Option<String>,
}

/// Pod security of a namespace.
#[derive(JsonSchema)]
#[schemars(untagged)]
pub(super) enum PodSecurity {
    /// The level to enforce.
    Level(Level),
    /// Levels by mode.
    Modes(Modes),
}

/// A level of pod security.
pub(super) struct Level;

impl JsonSchema for Level {
    fn schema_name() -> Cow<'static, str> {
        "Level".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let levels = LEVELS.iter();
        let levels = levels
            .map(|(level, about)| json!({"description": about, "type": "string", "const": level}));
        json_schema!({
            "description": "A level of pod security.",
            "oneOf": levels.collect::<Vec<_>>(),
        })
    }
}

/// Levels of pod security by mode.
pub(super) struct Modes;

impl JsonSchema for Modes {
    fn schema_name() -> Cow<'static, str> {
        "Modes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut properties = Map::new();
        for mode in &MODES {
            let mut level = generator.subschema_for::<Option<Level>>();
            level.insert("description".to_owned(), mode.about.into());
            properties.insert(mode.name.to_owned(), level.to_value());
            let mut version = generator.subschema_for::<Option<String>>();
            version.insert("description".to_owned(), mode.about_version.into());
            properties.insert(format!("{}-version", mode.name), version.to_value());
        }
        json_schema!({
            "description": "Levels of pod security by mode.",
            "type": "object",
            "properties": properties,
            "additionalProperties": false,
        })
    }
}
