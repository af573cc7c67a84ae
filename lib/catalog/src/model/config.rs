//! [`Config`]: the values of the catalog itself, as they are on one cluster.

use std::collections::BTreeSet;

use homescale_argocd::helm_of_argocd;
use homescale_chart::HelmVersion;
use homescale_located::{
    Data, Node, Place, Report, Shape, Table, check_shape, did_you_mean, from_value, integer,
};

use crate::model::renderer::HELM;
use crate::model::sections::SECTIONS;
use crate::rules;

/// The values of the catalog on one cluster, taken apart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Config {
    /// `cluster.name`.
    pub(crate) cluster: String,
    pub(crate) application: ApplicationConfig,
    pub(crate) defaults: Defaults,
    pub(crate) namespaces: NamespaceConfig,
    pub(crate) argocd: ArgocdConfig,
    /// Names of further fields.
    pub(crate) fields: Vec<String>,
    /// `apps`: the strongest layer of each app.
    pub(crate) apps: Node,
}

/// What every Application has.
#[derive(Clone, Debug, Default)]
pub(crate) struct ApplicationConfig {
    pub(crate) namespace: String,
    pub(crate) name_prefix: String,
    pub(crate) finalizers: Node,
    pub(crate) annotations: Node,
    pub(crate) labels: Node,
}

/// What an app has that does not say otherwise.
#[derive(Clone, Debug, Default)]
pub(crate) struct Defaults {
    pub(crate) repo_url: Node,
    pub(crate) target_revision: Node,
    pub(crate) project: Node,
    pub(crate) destination: Node,
    pub(crate) sync_policy: Node,
    pub(crate) sync_options: Node,
}

impl Defaults {
    /// What stands for a field without which there is no Application, where an app does not say it.
    pub(crate) fn of(&self, field: &str) -> Option<&Node> {
        match field {
            "repoURL" => Some(&self.repo_url),
            "targetRevision" => Some(&self.target_revision),
            "project" => Some(&self.project),
            "destination" => Some(&self.destination),
            _ => None,
        }
    }
}

/// The Argo CD that reads the Applications.
#[derive(Clone, Debug, Default)]
pub(crate) struct ArgocdConfig {
    /// Its version, as it is written; empty for the newest.
    pub(crate) version: String,
    /// The Helm that it bundles.
    pub(crate) helm: HelmVersion,
    /// What our sidecar is called there.
    pub(crate) plugin: String,
}

/// What the Namespace objects have.
#[derive(Clone, Debug, Default)]
pub(crate) struct NamespaceConfig {
    pub(crate) system: BTreeSet<String>,
    pub(crate) wave: i64,
    pub(crate) annotations: Node,
    pub(crate) labels: Node,
}

/// What the sidecar is called where the catalog's values do not say it.
const PLUGIN: &str = "homescale";

/// The values of this repository's own chart, in which the defaults are said.
pub(crate) const VALUES: &str = include_str!("../../../../apps/values.yaml");

/// What the catalog's `values.yaml` need not say: the sections of our own that it leaves out. Which repository has the apps
/// is nobody's default.
pub(crate) fn built_in() -> Node {
    let values = homescale_yaml::from_slice(VALUES.as_bytes());
    let values = values.ok().and_then(|values| from_value(&values));
    let values = values.unwrap_or_default();
    let sections = SECTIONS.iter().map(|section| section.name);
    let sections = sections.chain(["cluster"]).filter_map(|name| {
        let values = values.get(name)?.as_map()?.entries().iter();
        let values = values.filter(|entry| match &entry.value.data {
            Data::Map(_) | Data::List(_) => !entry.value.is_empty(),
            _ => name != "defaults" || entry.key != "repoURL",
        });
        let values: Table = values.cloned().collect();
        Some((name, Node::new(Data::Map(values))))
    });
    Node::map(sections)
}

impl Config {
    /// Takes the values of the catalog apart, and reports what is wrong with them. `place` is where to complain about
    /// what is missing.
    pub(crate) fn read(values: &Node, place: Place, report: &mut Report<'_>) -> Self {
        for section in &SECTIONS {
            section.check(values, place, report);
        }
        let fields = texts(values, "fields", report);
        check_output(values, report);
        if let Some(apps) = values.get("apps") {
            check_shape(report, Shape::Map, apps, "apps");
        }
        let text = |path: &[&str]| {
            let text = values.at(path).and_then(Node::as_text);
            text.unwrap_or_default().to_owned()
        };
        let node = |path: &[&str]| values.at(path).cloned().unwrap_or_default();
        let system = node(&["namespaces", "system"]);
        let system = system.as_list().unwrap_or_default().iter();
        Self {
            cluster: cluster_name(values, place, report),
            application: ApplicationConfig {
                namespace: text(&["application", "namespace"]),
                name_prefix: text(&["application", "namePrefix"]),
                finalizers: node(&["application", "finalizers"]),
                annotations: node(&["application", "annotations"]),
                labels: node(&["application", "labels"]),
            },
            defaults: Defaults {
                repo_url: node(&["defaults", "repoURL"]),
                target_revision: node(&["defaults", "targetRevision"]),
                project: node(&["defaults", "project"]),
                destination: node(&["defaults", "destination"]),
                sync_policy: node(&["defaults", "syncPolicy"]),
                sync_options: node(&["defaults", "syncOptions"]),
            },
            namespaces: NamespaceConfig {
                system: system
                    .filter_map(Node::as_text)
                    .map(str::to_owned)
                    .collect(),
                wave: (values.at(&["namespaces", "syncWave"]))
                    .and_then(integer)
                    .unwrap_or_default(),
                annotations: node(&["namespaces", "annotations"]),
                labels: node(&["namespaces", "labels"]),
            },
            argocd: ArgocdConfig::read(values, report),
            fields,
            apps: node(&["apps"]),
        }
    }
}

impl ArgocdConfig {
    fn read(values: &Node, report: &mut Report<'_>) -> Self {
        let version = values.at(&["argocd", "version"]);
        let text =
            |node: Option<&Node>| node.and_then(Node::as_text).unwrap_or_default().to_owned();
        let name = text(version);
        let helm = match name.as_str() {
            "" => Ok(HELM),
            name => helm_of_argocd(name),
        };
        let plugin = values.at(&["argocd", "plugin"]);
        Self {
            helm: helm.unwrap_or_else(|error| {
                let place = version.map_or(Place::NOWHERE, |version| version.place);
                let message = format!("`argocd.version` in the catalog's values: {error}");
                report.emit(&rules::CATALOG_VALUES, place, message);
                HELM
            }),
            version: name,
            plugin: Some(text(plugin))
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| PLUGIN.to_owned()),
        }
    }
}

fn texts(values: &Node, name: &str, report: &mut Report<'_>) -> Vec<String> {
    let Some(value) = values.get(name) else {
        return Vec::new();
    };
    check_shape(report, Shape::Texts, value, name);
    let items = value.as_list().unwrap_or_default().iter();
    items.filter_map(Node::as_text).map(str::to_owned).collect()
}

fn check_output(values: &Node, report: &mut Report<'_>) {
    const OUTPUTS: [&str; 2] = ["applications", "catalog"];
    let Some(output) = values.get("output").filter(|output| !output.is_null()) else {
        return;
    };
    let text = output.as_text().unwrap_or_default();
    let says_nothing = output.as_text().is_some_and(str::is_empty);
    if !says_nothing && !OUTPUTS.contains(&text) {
        let message = "`output` in the catalog's values must be `applications` or `catalog`";
        let saying = report.emit(&rules::CATALOG_VALUES, output.place, message);
        saying.hint_if(did_you_mean(text, OUTPUTS));
    }
}

fn cluster_name(values: &Node, place: Place, report: &mut Report<'_>) -> String {
    let name = values.at(&["cluster", "name"]);
    match name.map(|name| &name.data) {
        Some(Data::Text(text)) if !text.is_empty() => return text.to_text().into_owned(),
        None | Some(Data::Null | Data::Text(_)) => {
            report
                .emit(
                    &rules::CATALOG_VALUES,
                    place,
                    "`cluster.name` is required in the values of the catalog: the cluster that is rendered",
                )
                .hint("set `cluster: {name: …}`");
        }
        Some(other) => {
            let place = name.map_or(place, |name| name.place);
            let message = format!(
                "`cluster.name` is {}; it must be a string",
                other.type_name()
            );
            let boolean = matches!(other, Data::Bool(_));
            let hint =
                boolean.then(|| "put it in quotes: YAML takes the word for a boolean".to_owned());
            (report.emit(&rules::CATALOG_VALUES, place, message)).hint_if(hint);
        }
    }
    String::new()
}
