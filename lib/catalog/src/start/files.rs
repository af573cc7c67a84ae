//! The texts of the files that a new catalog has.

use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_value::Value;

use super::{APP_FILE, APPS, bootstrap_file, directories_with};
use crate::evaluate::TEMPLATES;
use crate::model::config::VALUES;
use crate::model::layout::{BOOTSTRAP_FILE, CLUSTERS, app_file};

/// The path of a file, and what is in it.
pub(super) type File = (String, String);

/// What Argo CD follows.
pub(super) struct Place {
    pub(super) repo_url: String,
    pub(super) target_revision: String,
}

const CHART_FILE: &str = "Chart.yaml";
const CHART: &str = include_str!("../../../../apps/Chart.yaml");
const IGNORE: &str = include_str!("../../../../apps/.helmignore");

/// Where this repository's own values say where they are, and what a reader is to read.
const OWN_REPO_URL: &str = "https://github.com/homescalecloud/homescale.git";
const OWN_REVISION: &str = "targetRevision: main";
const OWN_GUIDE: &str = "docs/catalog.md";
const GUIDE: &str = "https://github.com/homescalecloud/homescale/blob/main/docs/catalog.md";
const REFERENCE: &str =
    "https://github.com/homescalecloud/homescale/blob/main/docs/catalog-reference.md";

/// The rules of the new catalog's `.helmignore`.
pub(super) fn ignore_rules() -> Ignore {
    // It is a file of this repository, which Helm reads in every test of the catalog.
    Ignore::parse(IGNORE.as_bytes()).unwrap_or_default()
}

/// The catalog as a chart. Where the repository has templates of its own, they decide what else there is.
pub(super) fn chart(place: &Place, repository: &FileSet) -> Vec<File> {
    let templates = format!("{APPS}/templates");
    if has_own(&repository.subtree(&templates)) {
        return vec![(format!("{APPS}/{CHART_FILE}"), CHART.to_owned())];
    }
    let values = VALUES
        .replace(OWN_REPO_URL, &scalar(&place.repo_url))
        .replace(
            OWN_REVISION,
            &format!("targetRevision: {}", scalar(&place.target_revision)),
        )
        .replace(OWN_GUIDE, GUIDE);
    let own = [
        (IGNORE_FILE, IGNORE),
        (CHART_FILE, CHART),
        ("values.yaml", &values),
    ];
    let own = own.map(|(name, text)| (format!("{APPS}/{name}"), text.to_owned()));
    let templates = TEMPLATES
        .iter()
        .map(|(name, text)| (format!("{templates}/{name}"), (*text).to_owned()));
    own.into_iter().chain(templates).collect()
}

/// Whether there are templates that are none of ours. Some of ours alone are what an `init` left that was stopped.
fn has_own(templates: &FileSet) -> bool {
    let is_ours = |path: &str| {
        let text = templates.get(path).ok().flatten();
        let ours = TEMPLATES.iter().find(|(name, _)| *name == path);
        ours.is_some_and(|(_, ours)| text == Some(ours.as_bytes()))
    };
    templates.paths().any(|path| !is_ours(path))
}

/// The apps of a repository that has none: its charts, or else one to begin with.
pub(super) fn apps(repository: &FileSet) -> Vec<File> {
    if directories_with(repository, APPS, APP_FILE)
        .next()
        .is_some()
    {
        return Vec::new();
    }
    let charts = directories_with(repository, APPS, CHART_FILE)
        .filter(|(name, path)| !is_of_helm(name) && !is_library(repository, path));
    let apps: Vec<File> = charts
        .map(|(name, _)| (app_file(name), app(name)))
        .collect();
    if apps.is_empty() { hello() } else { apps }
}

/// Whether Helm reads a directory of a chart in its own way, so that no app can have the name.
fn is_of_helm(name: &str) -> bool {
    matches!(name, "charts" | "crds" | "templates")
}

/// Whether a chart is only there for other charts.
fn is_library(repository: &FileSet, chart: &str) -> bool {
    let text = repository.get(chart).ok().flatten().unwrap_or_default();
    let chart = homescale_yaml::from_slice(text).unwrap_or_default();
    let kind = homescale_located::from_value(&chart);
    let kind = kind.as_ref().and_then(|chart| chart.get("type"));
    kind.and_then(homescale_located::Node::as_text) == Some("library")
}

fn app(name: &str) -> String {
    let (path, namespace) = (scalar(&format!("{APPS}/{name}")), scalar(name));
    format!(
        "# Every field: {REFERENCE}#appyaml\npath: {path}\nnamespace: {namespace}\ndefaultDeploy: true\n"
    )
}

/// An app that shows what an app is made of.
fn hello() -> Vec<File> {
    let chart = "apiVersion: v2\nname: hello\nversion: 0.1.0\n";
    let template = "\
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  greeting: {{ .Values.greeting | quote }}
";
    let values = "values:\n  greeting: \"hello from {{ .Values.cluster.name }}\"\n";
    let files = [
        (CHART_FILE, chart.to_owned()),
        (
            APP_FILE,
            app("hello") + "podSecurity: restricted\n" + values,
        ),
        ("templates/greeting.yaml", template.to_owned()),
    ];
    let files = files.map(|(name, text)| (format!("{APPS}/hello/{name}"), text));
    files.into()
}

/// The names of the clusters that are there.
pub(super) fn cluster_names(repository: &FileSet) -> impl Iterator<Item = &str> {
    directories_with(repository, CLUSTERS, BOOTSTRAP_FILE).map(|(name, _)| name)
}

/// The bootstrap Applications of clusters.
pub(super) fn clusters(names: &[String], place: &Place) -> Vec<File> {
    let files = names
        .iter()
        .map(|name| (bootstrap_file(name), bootstrap(name, place)));
    files.collect()
}

fn bootstrap(cluster: &str, place: &Place) -> String {
    let (repo_url, revision) = (scalar(&place.repo_url), scalar(&place.target_revision));
    let (path, name) = (scalar(&format!("{CLUSTERS}/{cluster}")), scalar(cluster));
    format!(
        "\
# The app of apps of {cluster}. Applied once by hand, when the cluster has Argo CD; from then on it manages itself.
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: apps
  namespace: argocd
spec:
  project: default
  destination: {{server: \"https://kubernetes.default.svc\", namespace: argocd}}
  sources:
  - repoURL: {repo_url}
    targetRevision: {revision}
    path: {path}
    directory: {{exclude: \"{{apps.yaml,cluster.yaml}}\"}}
  - repoURL: {repo_url}
    targetRevision: {revision}
    path: {APPS}
    helm:
      valuesObject:
        cluster:
          name: {name}
  syncPolicy:
    automated: {{prune: true, selfHeal: true}}
    syncOptions: [ServerSideApply=true]
"
    )
}

/// A text as YAML, in quotes where it needs them.
fn scalar(text: &str) -> String {
    let yaml = homescale_yaml::to_yaml(&Value::from(text)).unwrap_or_default();
    yaml.trim_end().to_owned()
}
