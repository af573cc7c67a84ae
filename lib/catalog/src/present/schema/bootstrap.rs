//! `clusters/<cluster>/apps.yaml`: what the catalog reads of the bootstrap Application.

use schemars::JsonSchema;
use serde_json::{Map, Value};

use super::app::{FileParameter, Parameter};

/// The Application that brings the catalog to a cluster. The catalog reads these fields of it; the others are Argo CD's.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct Bootstrap {
    /// Name and namespace of the Application.
    metadata: Metadata,
    /// What it deploys, and where.
    spec: Spec,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Metadata {
    /// The name, which templates in fields see as `.Release.Name` unless the source has a `helm.releaseName`.
    name: String,
    /// Where the Application is.
    namespace: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Spec {
    /// The Argo CD project.
    project: String,
    /// Where the Applications go.
    destination: Destination,
    /// The only source of the Application, where it has one; like an item of `spec.sources`.
    source: Option<Map<String, Value>>,
    /// The sources of the Application. That of the catalog is the first whose `path` is the directory of the apps.
    sources: Option<Vec<Source>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Destination {
    /// What templates in fields see as `.Release.Namespace`, unless the source has a `helm.namespace`.
    namespace: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Source {
    /// The directory of the apps, `apps`.
    path: String,
    /// The repository of the catalog.
    #[schemars(rename = "repoURL")]
    repo_url: String,
    /// The branch, tag or commit of the catalog.
    target_revision: Option<String>,
    /// The values of the cluster, and how Helm is called.
    helm: Option<Helm>,
    /// In place of `helm`, where the sidecar renders the catalog.
    plugin: Option<Plugin>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Helm {
    /// What templates in fields see as `.Release.Name`.
    release_name: Option<String>,
    /// What templates in fields see as `.Release.Namespace`.
    namespace: Option<String>,
    /// Value files, relative to the directory of the apps, or with a leading `/` from the root of the repository.
    value_files: Option<Vec<String>>,
    /// Whether value files may be missing. Default: false.
    ignore_missing_value_files: Option<bool>,
    /// The values of the cluster, over those of the value files.
    values_object: Option<Map<String, Value>>,
    /// The same as YAML in a string; not read where there is a `valuesObject`.
    values: Option<String>,
    /// Values that are set last, as by `--set`.
    parameters: Option<Vec<Parameter>>,
    /// Values that are the texts of files, as by `--set-file`.
    file_parameters: Option<Vec<FileParameter>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
struct Plugin {
    /// The parameter `helm` has as its `string` what `helm` would be, as YAML.
    parameters: Option<Vec<Map<String, Value>>>,
}
