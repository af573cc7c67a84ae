//! The values of the catalog: `apps/values.yaml`, and what a cluster sets of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use super::app::Destination;

/// The values of the catalog. Templates in fields see all of them, those of a team's own too.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(super) struct Values {
    /// The cluster that is rendered. Any other keys are the team's own.
    cluster: Cluster,
    /// What every Application has.
    application: Option<Application>,
    /// What an app has whose `app.yaml` does not say otherwise. Each may be empty where every app says it.
    defaults: Option<Defaults>,
    /// The Namespace objects of the apps.
    namespaces: Option<Namespaces>,
    /// The Argo CD that reads the Applications.
    argocd: Option<Argocd>,
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
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Application {
    /// Where Application objects live.
    #[schemars(extend("x-application" = "metadata.namespace"))]
    namespace: String,
    /// What stands before the name of every Application.
    #[schemars(extend("x-application" = "metadata.name"))]
    name_prefix: Option<String>,
    /// What Argo CD does before an Application goes.
    #[schemars(extend("x-application" = "metadata.finalizers"))]
    finalizers: Option<Vec<String>>,
    /// Annotations of every Application, under the app's own.
    #[schemars(extend("x-application" = "metadata.annotations"))]
    annotations: Option<BTreeMap<String, String>>,
    /// Labels of every Application.
    #[schemars(extend("x-application" = "metadata.labels"))]
    labels: Option<BTreeMap<String, String>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Defaults {
    /// The repository of the apps.
    #[schemars(rename = "repoURL", extend("x-application" = "spec.source.repoURL"))]
    repo_url: Option<String>,
    /// Branch, tag or commit.
    #[schemars(extend("x-application" = "spec.source.targetRevision"))]
    target_revision: Option<String>,
    /// The Argo CD project.
    #[schemars(extend("x-application" = "spec.project"))]
    project: Option<String>,
    /// The cluster to deploy to. Namespaces are made for apps that deploy there.
    #[schemars(extend("x-application" = "spec.destination"))]
    destination: Option<Destination>,
    /// Argo CD's sync policy, over which that of an app is merged.
    #[schemars(extend("x-application" = "spec.syncPolicy"))]
    sync_policy: Option<Map<String, Value>>,
    /// Sync options, to which those of an app are added.
    #[schemars(extend("x-application" = "spec.syncPolicy.syncOptions"))]
    sync_options: Option<Vec<String>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Namespaces {
    /// Namespaces that exist anyway, and get no object.
    system: Option<Vec<String>>,
    /// The sync wave of the Namespaces.
    #[schemars(extend("x-namespace" = "metadata.annotations[argocd.argoproj.io/sync-wave]"))]
    sync_wave: i64,
    /// Annotations of every Namespace.
    #[schemars(extend("x-namespace" = "metadata.annotations"))]
    annotations: Option<BTreeMap<String, String>>,
    /// Labels of every Namespace.
    #[schemars(extend("x-namespace" = "metadata.labels"))]
    labels: Option<BTreeMap<String, String>>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Argocd {
    /// The version of Argo CD, `3.5`, which says which Helm the sidecar is. Default: the newest.
    #[schemars(extend("x-application" = "spec.source.plugin.parameters[argocd-version]"))]
    version: Option<String>,
    /// What the sidecar is called there.
    #[schemars(extend("x-application" = "spec.source.plugin.name"))]
    plugin: Option<String>,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum Output {
    /// Namespaces and Applications.
    Applications,
    /// One document of kind Catalog.
    Catalog,
}
