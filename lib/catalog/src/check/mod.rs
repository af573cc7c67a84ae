//! Everything there is to say about a catalog.

mod argocd;
mod bootstrap;
mod differences;
mod enablement;
mod kubernetes;
mod layers;
mod manifests;
mod names_of_values;
mod nulls;
mod objects;
mod options;
mod overrides;
mod own_templates;
mod reach;
mod security;
pub(crate) mod silence;
mod sizes;
mod sources;
mod unread;
mod value_files;
mod values;
mod ways;

use std::collections::{BTreeMap, BTreeSet};

use homescale_located::{Diagnostic, Diagnostics, Place, Report, did_you_mean, is_boolean_word};
use homescale_template::parallel;

use crate::check::silence::{Review, Silences};
use crate::check::ways::Differences;
use crate::evaluate::{self, RenderOptions};
use crate::fields::names;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::model::renderer::Renderer;
use crate::rules;

impl Catalog {
    /// Everything there is to say about the catalog: about its files, and about every app on every cluster; but for what is
    /// silenced.
    pub fn lint(&self) -> Diagnostics {
        self.review().findings
    }

    /// Everything there is to say about the catalog, and what is silenced of it.
    pub fn review(&self) -> Review {
        let silences = Silences {
            files: &self.files,
            catalog: Some(self),
            rules: rules::RULES,
            is_complete: &|_| true,
        };
        silences.apply(self.findings())
    }

    /// Everything there is to say about the catalog, and nothing of it is silenced.
    pub fn findings(&self) -> Diagnostics {
        lint(self)
    }
}

/// Looks at the files, then at each cluster as it is rendered.
fn lint(catalog: &Catalog) -> Diagnostics {
    let mut report = Report::new(&catalog.sources);
    report.extend(catalog.findings.iter().cloned());
    chart(catalog, &mut report);
    layers::check_apps(catalog, &mut report);
    cluster_names(catalog, &mut report);
    app_names(catalog, &mut report);
    overrides::check_apps(catalog, &mut report);
    unread::check(catalog, &mut report);
    enablement::check(catalog, &mut report);
    let seen = Seen::of(&report);
    let mut differences = Differences::default();
    for cluster in catalog.clusters() {
        let findings = of_cluster(catalog, cluster, &mut differences);
        report.extend(
            findings
                .into_iter()
                .filter(|finding| !seen.contains(finding)),
        );
    }
    let mut items = Diagnostics::new(said_once(report.into_items()));
    items.generalize(catalog.clusters().len());
    let mut of_all = Report::new(&catalog.sources);
    differences.report(catalog, &mut of_all);
    Diagnostics::new(items.into_iter().chain(of_all.into_items()).collect())
}

/// Leaves out that a field is unknown where it is said which required one it is meant to be.
fn said_once(mut items: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let of_rule = |items: &[Diagnostic], rule: &str| -> BTreeSet<(String, usize, usize)> {
        let of_rule = items.iter().filter(|it| it.rule == rule && it.line > 0);
        of_rule
            .map(|it| (it.file.clone(), it.line, it.column))
            .collect()
    };
    let missing = of_rule(&items, rules::MISSING_FIELD.name);
    items.retain(|it| {
        let place = (it.file.clone(), it.line, it.column);
        it.rule != rules::UNKNOWN_FIELD.name || !missing.contains(&place)
    });
    items
}

/// What is found on one cluster, marked with its name unless it is in the cluster's own file.
fn of_cluster(
    catalog: &Catalog,
    cluster: &Cluster,
    differences: &mut Differences,
) -> Vec<Diagnostic> {
    let mut report = Report::new(&catalog.sources);
    report.extend(cluster.findings.iter().cloned());
    names_of_values::check(catalog, cluster, &mut report);
    if !cluster.is_broken {
        layers::check_cluster(catalog, cluster, &mut report);
        overrides::check_cluster(catalog, cluster, &mut report);
        bootstrap::check(catalog, cluster, &mut report);
        manifests::check(catalog, cluster, &mut report);
        let seen = Seen::of(&report);
        let mut rendered = Report::new(&catalog.sources);
        let options = RenderOptions {
            threads: parallel::available(),
            ..RenderOptions::default()
        };
        let built = evaluate::build(catalog, cluster, &options, &mut rendered);
        objects::check(catalog, cluster, &built, &mut rendered);
        argocd::check(&built, cluster, &mut rendered);
        kubernetes::check(&built, cluster, &mut rendered);
        sources::check(&built, cluster, &mut rendered);
        sizes::check(catalog, cluster, &built, &mut rendered);
        nulls::check(catalog, &built, &mut rendered);
        value_files::check(catalog, cluster, &built, &mut rendered);
        reach::check(catalog, cluster, &built, &mut rendered);
        if catalog.renderer() == Renderer::Native {
            ways::check_chart(catalog, cluster, &mut rendered);
        } else if !rendered.has_errors() {
            ways::check(catalog, cluster, differences, &mut rendered);
        }
        let rendered = rendered.into_items().into_iter();
        report.extend(rendered.filter(|finding| !seen.contains(finding)));
    }
    let mut items = report.into_items();
    for item in items.iter_mut().filter(|item| item.file != cluster.file) {
        item.clusters = vec![cluster.name.clone()];
    }
    items
}

/// What has been said already. The same rule at the same place need not be repeated for what comes of it, in other words.
struct Seen(BTreeSet<(String, usize, usize, &'static str)>);

impl Seen {
    fn of(report: &Report<'_>) -> Self {
        let placed = report.items().iter().filter(|finding| finding.line > 0);
        Self(placed.map(Self::key).collect())
    }

    fn key(finding: &Diagnostic) -> (String, usize, usize, &'static str) {
        (
            finding.file.clone(),
            finding.line,
            finding.column,
            finding.rule,
        )
    }

    fn contains(&self, finding: &Diagnostic) -> bool {
        self.0.contains(&Self::key(finding))
    }
}

/// Whether Helm finds a chart where Argo CD lets it look for one.
fn chart(catalog: &Catalog, report: &mut Report<'_>) {
    let chart = format!("{APPS}/Chart.yaml");
    let templates = format!("{APPS}/templates");
    let values = format!("{APPS}/values.yaml");
    // Of a file that only has another ending, its name is the cause, and told elsewhere.
    let has_values =
        catalog.files.contains(&values) || unread::in_place_of(catalog, "values.yaml").is_some();
    let missing = if !catalog.files.contains(&chart) {
        format!("`{chart}`")
    } else if !catalog.files.has_folder(&templates) {
        format!("template in `{templates}`")
    } else if catalog.renderer() == Renderer::Native && !has_values {
        format!("`{values}`, which the templates need")
    } else {
        return;
    };
    if catalog.clusters().any(|cluster| cluster.is_by_helm) {
        let message =
            format!("Helm, and so Argo CD, cannot render the catalog: there is no {missing}");
        report
            .emit(&rules::NO_CHART, Place::NOWHERE, message)
            .hint("the command `init` writes what is missing");
    }
}

fn cluster_names(catalog: &Catalog, report: &mut Report<'_>) {
    let mut known: BTreeMap<&str, &Cluster> = BTreeMap::new();
    for cluster in catalog.clusters().filter(|cluster| !cluster.is_broken) {
        let name = cluster.known_as();
        let said = cluster.values.at(&["cluster", "name"]);
        let place = said.map_or(cluster.place, |name| name.place);
        if name != cluster.name() {
            let directory = cluster.name();
            let message = format!("`cluster.name` is `{name}`, but the directory is `{directory}`");
            report.emit(&rules::CLUSTER_NAME, place, message).hint(
                "overrides in `clusters` of app.yaml go by `cluster.name`; use one name for both",
            );
        }
        if let Some(other) = known.insert(name, cluster) {
            let message = format!(
                "the cluster `{}` has the `cluster.name` `{name}`, too",
                other.name()
            );
            let saying = report.emit(&rules::CLUSTER_NAME, place, message);
            saying.related(other.place, "the other cluster");
        }
        if is_boolean_word(name) {
            let message = format!(
                "the name of the cluster, `{name}`, is a boolean for YAML where it is not quoted"
            );
            let saying = report.emit(&rules::BOOLEAN_NAME, cluster.place, message);
            saying.hint(format!(
                "write \"{name}\" in `clusters` of app.yaml, or choose another name"
            ));
        }
    }
}

/// How many names a hint lists.
const MOST_SHOWN: usize = 10;

fn app_names(catalog: &Catalog, report: &mut Report<'_>) {
    // A cluster that cannot be read may be the one that is meant.
    let all_known = catalog.clusters().all(|cluster| !cluster.is_broken);
    let clusters: BTreeSet<&str> = catalog.clusters().map(Cluster::known_as).collect();
    let shown: Vec<&str> = clusters.iter().copied().take(MOST_SHOWN).collect();
    let shown = shown.join("`, `");
    let and_more = if clusters.len() > MOST_SHOWN {
        " and more"
    } else {
        ""
    };
    for app in catalog.apps() {
        let name = app.name();
        if let Err(complaint) = names::object_name(name) {
            let message = format!("the name of the app, `{name}`, {complaint}");
            let saying = report.emit(&rules::INVALID_NAME, app.place, message);
            saying.hint("rename the directory");
        } else if is_boolean_word(name) {
            let message = format!(
                "the name of the app, `{name}`, is a boolean for YAML where it is not quoted"
            );
            let saying = report.emit(&rules::BOOLEAN_NAME, app.place, message);
            saying.hint(format!(
                "write \"{name}\" in `apps` of a cluster's values, or choose another name"
            ));
        }
        for entry in app.override_entries().iter().filter(|_| all_known) {
            let name = entry.name();
            if !clusters.contains(name.as_ref()) {
                let message = format!("an override for the cluster `{name}`, which does not exist");
                let hint = did_you_mean(&name, clusters.iter().copied())
                    .unwrap_or_else(|| format!("the clusters are `{shown}`{and_more}"));
                let saying = report.emit(&rules::UNKNOWN_CLUSTER, entry.place, message);
                saying.hint(hint);
            }
        }
    }
}
