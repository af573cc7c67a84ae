//! The fields of `app.yaml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Map, Value, json};

use super::patch::Patch;

/// The fields of an app: how and where it is deployed.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct App {
    /// The folder of the Helm chart, from the root of the repository. Required.
    #[schemars(example = &"apps/web", extend("x-application" = "spec.source.path"))]
    path: Option<String>,
    /// The namespace that the app is deployed into. The catalog makes a Namespace object for it, unless it is a system
    /// namespace or in another destination. Required.
    #[schemars(
        example = &"front",
        extend("x-application" = "spec.destination.namespace", "x-namespace" = "metadata.name")
    )]
    namespace: Option<String>,
    /// Helm's release name. Default: the name of the folder.
    #[schemars(example = &"website", extend("x-application" = "spec.source.helm.releaseName"))]
    release_name: Option<String>,
    /// The repository that holds `path`. Default: `defaults.repoURL` of the catalog.
    #[schemars(
        rename = "repoURL",
        example = &"https://git.example.com/front.git",
        extend("x-application" = "spec.source.repoURL")
    )]
    repo_url: Option<String>,
    /// Branch, tag or commit. Default: `defaults.targetRevision` of the catalog.
    #[schemars(example = &"v1.4.0", extend("x-application" = "spec.source.targetRevision"))]
    target_revision: Option<String>,
    /// The Argo CD project. Default: `defaults.project` of the catalog.
    #[schemars(example = &"front", extend("x-application" = "spec.project"))]
    project: Option<String>,
    /// The cluster to deploy to, by `server` or by `name`. Default: `defaults.destination` of the catalog.
    #[schemars(example = json!({"name": "edge"}), extend("x-application" = "spec.destination"))]
    destination: Option<Destination>,
    /// Helm values. A string that contains `{{` is a template, with the values of the catalog:
    /// `{{ .Values.cluster.name }}`. A string with `{{` for another template engine is written `{{ "{{" }}`.
    #[schemars(
        example = json!({"replicas": 2, "host": "web.{{ .Values.cluster.name }}.example.com"}),
        extend("x-application" = "spec.source.helm.valuesObject")
    )]
    values: Option<Map<String, Value>>,
    /// Helm value files, as Argo CD resolves them: relative to `path`.
    #[schemars(
        example = json!(["production.yaml"]),
        extend("x-application" = "spec.source.helm.valueFiles")
    )]
    value_files: Option<Vec<String>>,
    /// Who renders the chart: `helm` is Argo CD itself, `catalog` our sidecar, which gets `spec.source.plugin` in place of
    /// `spec.source.helm`. Default: `catalog` for an app with `patches`, else `helm`.
    #[schemars(example = &"catalog")]
    engine: Option<Engine>,
    /// What `source.helm` of the Application has besides release name, value files and values.
    #[schemars(example = json!({"skipCrds": true}), extend("x-application" = "spec.source.helm"))]
    helm: Option<Helm>,
    /// Further sources of the Application, as they are; the app's own is the first, and `spec.source` is left out. Each has a
    /// `repoURL` and a `path`, a `chart` with its `targetRevision`, or a `ref`.
    #[schemars(
        example = json!([{"repoURL": "https://git.example.com/values.git", "targetRevision": "main", "ref": "values"}]),
        extend("x-application" = "spec.sources")
    )]
    extra_sources: Option<Vec<Map<String, Value>>>,
    /// Where Argo CD writes the rendered manifests, to deploy them from there; `spec.source` is left out then, and the
    /// app's source is the `drySource`. Not together with `extraSources`. Templates are evaluated as in `values`.
    #[schemars(
        example = json!({"syncSource": {"targetBranch": "rendered/{{ .Values.cluster.name }}", "path": "web"}}),
        extend("x-application" = "spec.sourceHydrator")
    )]
    source_hydrator: Option<SourceHydrator>,
    /// Argo CD's sync wave: lower numbers come first. Default: 0.
    #[schemars(
        example = -10,
        extend("x-application" = "metadata.annotations[argocd.argoproj.io/sync-wave]")
    )]
    sync_wave: Option<i64>,
    /// Argo CD's sync policy, merged over `defaults.syncPolicy` of the catalog; null removes it.
    #[schemars(
        example = json!({"automated": {"selfHeal": false}}),
        extend("x-application" = "spec.syncPolicy")
    )]
    sync_policy: Option<Map<String, Value>>,
    /// Sync options in addition to the default ones.
    #[schemars(
        example = json!(["CreateNamespace=true"]),
        extend("x-application" = "spec.syncPolicy.syncOptions")
    )]
    sync_options: Option<Vec<String>>,
    /// Differences that Argo CD ignores. Templates are evaluated as in `values`.
    #[schemars(
        example = json!([{"group": "apps", "kind": "Deployment", "jsonPointers": ["/spec/replicas"]}]),
        extend("x-application" = "spec.ignoreDifferences")
    )]
    ignore_differences: Option<Vec<Map<String, Value>>>,
    /// What Argo CD shows with the Application: names and values.
    #[schemars(
        example = json!([{"name": "owner", "value": "team-front"}]),
        extend("x-application" = "spec.info")
    )]
    info: Option<Vec<Info>>,
    /// How many revisions of the Application Argo CD keeps.
    #[schemars(example = 3, extend("x-application" = "spec.revisionHistoryLimit"))]
    revision_history_limit: Option<i64>,
    /// Annotations of the Application; null removes one that every Application has. Templates are evaluated as in
    /// `values`.
    #[schemars(
        example = json!({"example.com/owner": "team-front"}),
        extend("x-application" = "metadata.annotations")
    )]
    annotations: Option<BTreeMap<String, Option<String>>>,
    /// Labels of the Application; null removes one that every Application has. Templates are evaluated as in `values`.
    #[schemars(
        example = json!({"team": "front"}),
        extend("x-application" = "metadata.labels")
    )]
    labels: Option<BTreeMap<String, Option<String>>>,
    /// Pod security of the namespace: a level to enforce, or a map of modes. The first app of a namespace decides.
    #[schemars(
        example = &"restricted",
        extend("x-namespace" = "metadata.labels[pod-security.kubernetes.io/enforce]")
    )]
    pod_security: Option<PodSecurity>,
    /// Whether the app is on for clusters about which `deploy` is not set. Default: false.
    #[schemars(example = true)]
    default_deploy: Option<bool>,
    /// Whether the app is on. Meant for `clusters`, and for the values of a cluster.
    #[schemars(example = true)]
    deploy: Option<bool>,
    /// Changes to the rendered manifests, made by the post-renderer and the sidecar.
    #[schemars(
        example = json!([{"target": {"kind": "Deployment"}, "merge": {"spec": {"replicas": 3}}}]),
        extend("x-application" = "spec.source.plugin.parameters[patches]")
    )]
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

/// Where Argo CD writes the rendered manifests.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct SourceHydrator {
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
    /// The folder of the app in that branch, which cannot be its root.
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
struct Info {
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
