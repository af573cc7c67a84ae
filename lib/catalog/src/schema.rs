//! JSON Schemas of the files that people write: `app.yaml`, and documents of kind Catalog.
//!
//! Editors show the comments of the fields below as help, so they speak to the author of a file.

#![expect(
    dead_code,
    reason = "the types describe files to schemars; the catalog reads files with places, by other means"
)]

use std::collections::BTreeMap;

use schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// The fields of an app: how and where it is deployed.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct App {
    /// The folder of the Helm chart, from the root of the repository: `apps/cilium`. Required.
    path: Option<String>,
    /// The namespace that the app is deployed into. The catalog makes a Namespace object for it, unless it is a system
    /// namespace or in another destination. Required.
    namespace: Option<String>,
    /// Helm's release name. Default: the name of the folder.
    release_name: Option<String>,
    /// The repository that holds `path`. Default: `defaults.repoURL` of the catalog.
    #[schemars(rename = "repoURL")]
    repo_url: Option<String>,
    /// Branch, tag or commit. Default: `defaults.targetRevision` of the catalog.
    target_revision: Option<String>,
    /// The Argo CD project. Default: `defaults.project` of the catalog.
    project: Option<String>,
    /// The cluster to deploy to, by `server` or by `name`. Default: `defaults.destination` of the catalog.
    destination: Option<Destination>,
    /// Helm values. A string that contains `{{` is a template, with the values of the catalog:
    /// `{{ .Values.cluster.name }}`. A string with `{{` for another template engine is written `{{ "{{" }}`.
    values: Option<Map<String, Value>>,
    /// Helm value files, as Argo CD resolves them: relative to `path`.
    value_files: Option<Vec<String>>,
    /// Who renders the chart: `helm` is Argo CD itself, `catalog` our sidecar. Default: `catalog` for an app with
    /// `patches`, else `helm`.
    engine: Option<Engine>,
    /// What `source.helm` of the Application has besides release name, value files and values: `skipCrds`, `parameters`.
    helm: Option<Helm>,
    /// Further sources of the Application, as they are.
    extra_sources: Option<Vec<Map<String, Value>>>,
    /// Argo CD's sync wave: lower numbers come first. Default: 0.
    sync_wave: Option<i64>,
    /// Argo CD's sync policy, merged over `defaults.syncPolicy` of the catalog; null removes it.
    sync_policy: Option<Map<String, Value>>,
    /// Sync options in addition to the default ones: `CreateNamespace=true`.
    sync_options: Option<Vec<String>>,
    /// Differences that Argo CD ignores. Templates are evaluated as in `values`.
    ignore_differences: Option<Vec<Map<String, Value>>>,
    /// What Argo CD shows with the Application: names and values.
    info: Option<Vec<Info>>,
    /// How many revisions of the Application Argo CD keeps.
    revision_history_limit: Option<i64>,
    /// Annotations of the Application; null removes one that every Application has. Templates are evaluated as in
    /// `values`.
    annotations: Option<BTreeMap<String, Option<String>>>,
    /// Pod security of the namespace: a level to enforce, or a map of modes. The first app of a namespace decides.
    pod_security: Option<PodSecurity>,
    /// Whether the app is on for clusters about which `deploy` is not set. Default: false.
    default_deploy: Option<bool>,
    /// Whether the app is on. Meant for `clusters`, and for the values of a cluster.
    deploy: Option<bool>,
    /// Changes to the rendered manifests, made by the post-renderer and the sidecar.
    patches: Option<Vec<Patch>>,
}

/// Who renders the chart of an app.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Engine {
    /// Argo CD, with the Helm that it has.
    Helm,
    /// Our sidecar.
    Catalog,
}

/// Further fields of `source.helm`.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Helm {
    /// API versions that the cluster has, in place of those that Argo CD finds.
    api_versions: Option<Vec<String>>,
    /// Values that are the texts of files.
    file_parameters: Option<Vec<FileParameter>>,
    /// Whether value files may be missing.
    ignore_missing_value_files: Option<bool>,
    /// The version of Kubernetes, in place of the one that Argo CD finds.
    kube_version: Option<String>,
    /// The namespace of the release, in place of that of the destination.
    namespace: Option<String>,
    /// Values that are set last, as by `--set`.
    parameters: Option<Vec<Parameter>>,
    /// Whether credentials are passed to all domains.
    pass_credentials: Option<bool>,
    /// Whether `crds/` is left out.
    skip_crds: Option<bool>,
    /// Whether values are not checked against `values.schema.json`.
    skip_schema_validation: Option<bool>,
    /// Whether test hooks are left out.
    skip_tests: Option<bool>,
    /// The major version of Helm; current versions of Argo CD ignore it.
    version: Option<String>,
}

/// A value that is set last.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Parameter {
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
struct FileParameter {
    /// The path of the value.
    name: String,
    /// The file, relative to `path`.
    path: String,
}

/// Something that Argo CD shows with an Application.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Info {
    /// What it is: `owner`, `url`.
    name: String,
    /// What Argo CD shows; URLs become links.
    value: String,
}

/// A destination of Argo CD. Its namespace is that of the app.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Destination {
    /// The URL of the cluster's API: `https://kubernetes.default.svc` is the cluster of Argo CD itself.
    server: Option<String>,
    /// The name of the cluster in Argo CD.
    name: Option<String>,
}

/// Pod security of a namespace.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum PodSecurity {
    /// The level to enforce.
    Level(Level),
    /// Levels by mode.
    Modes(Modes),
}

/// A level of pod security.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Level {
    /// No restrictions.
    Privileged,
    /// No known privilege escalations.
    Baseline,
    /// Best practice for pods.
    Restricted,
}

/// Levels of pod security by mode.
#[derive(JsonSchema)]
#[schemars(rename_all = "kebab-case", deny_unknown_fields)]
struct Modes {
    /// Pods that violate this level are refused.
    enforce: Option<Level>,
    /// The version of Kubernetes whose rules are enforced: `v1.33`, or `latest`.
    enforce_version: Option<String>,
    /// Pods that violate this level are noted in the audit log.
    audit: Option<Level>,
    /// The version of Kubernetes whose rules are audited.
    audit_version: Option<String>,
    /// Pods that violate this level cause a warning.
    warn: Option<Level>,
    /// The version of Kubernetes whose rules cause warnings.
    warn_version: Option<String>,
}

/// A change to rendered manifests: `jsonPatch` or `merge`.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Patch {
    /// Which manifests are changed: those that fit everything it says. Without a target, all.
    target: Option<Target>,
    /// A JSON Patch (RFC 6902).
    #[schemars(rename = "jsonPatch")]
    operations: Option<Vec<Operation>>,
    /// A JSON Merge Patch (RFC 7396): maps are merged, lists are replaced, null removes.
    merge: Option<Map<String, Value>>,
    /// Whether the patch may fit no manifest. Default: false, which makes that an error.
    optional: Option<bool>,
}

/// Which manifests a patch changes.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Target {
    /// The group of the API: `apps`; empty for the core group.
    group: Option<String>,
    /// The version of the API: `v1`.
    version: Option<String>,
    /// The kind: `Deployment`.
    kind: Option<String>,
    /// The name of the object.
    name: Option<String>,
    /// The namespace of the object as it is rendered.
    namespace: Option<String>,
    /// A selector of labels as `kubectl -l` takes it: `app=web,tier!=cache`.
    label_selector: Option<String>,
}

/// An operation of a JSON Patch.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Operation {
    /// What to do.
    op: OperationKind,
    /// Where, as a JSON Pointer: `/spec/template/spec/containers/0/image`; `~1` stands for `/` in a key.
    path: String,
    /// Where from: for `move` and `copy`.
    #[schemars(default)]
    from: Option<String>,
    /// The value: for `add`, `replace` and `test`.
    #[schemars(default)]
    value: Value,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum OperationKind {
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

/// A catalog in one document, which the post-renderer replaces by the Namespaces and Applications that it describes.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct CatalogDocument {
    /// `homescale.cloud/v1alpha1`.
    #[schemars(extend("const" = "homescale.cloud/v1alpha1"))]
    api_version: String,
    /// `Catalog`.
    #[schemars(extend("const" = "Catalog"))]
    kind: String,
    /// The name, and the annotations that go on to every object.
    metadata: Option<Map<String, Value>>,
    /// The catalog.
    spec: CatalogSpec,
}

/// What a catalog consists of.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct CatalogSpec {
    /// The values of the catalog, with the defaults of its chart: `cluster`, `application`, `defaults`, `namespaces`,
    /// `fields`, `apps`, and what else templates in fields need.
    values: Map<String, Value>,
    /// What templates in fields see as `.Release`.
    #[schemars(default)]
    release: Release,
    /// The text of each `app.yaml` by its path in the catalog's chart: `cilium/app.yaml`.
    files: BTreeMap<String, String>,
}

/// The Helm release of the catalog's chart.
#[derive(Default, JsonSchema, serde::Serialize)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Release {
    /// `.Release.Name`.
    #[schemars(default)]
    name: String,
    /// `.Release.Namespace`.
    #[schemars(default)]
    namespace: String,
}

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
        for schema in [app_schema(&[]), catalog_schema()] {
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
