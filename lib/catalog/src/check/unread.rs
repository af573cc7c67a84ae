//! What looks like a part of the catalog, and is not read: files under another name, directories without the file that makes
//! them an app or a cluster, further documents.

use std::collections::BTreeSet;

use homescale_argocd::normalize;
use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_located::{Entry, Node, Place, Report, nearest};

use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::layout::{APP_FILE, APPS, BOOTSTRAP_FILE, CLUSTERS, app_file, bootstrap_file};
use crate::rules;

/// Looks at the names of the repository's files, and behind the first document of each `app.yaml`.
pub(super) fn check(catalog: &Catalog, report: &mut Report<'_>) {
    check_chart_files(catalog, report);
    check_apps(catalog, report);
    check_clusters(catalog, report);
    for app in catalog.apps() {
        check_documents(catalog, app, report);
    }
}

/// The files of the catalog's own chart that are often called otherwise.
fn check_chart_files(catalog: &Catalog, report: &mut Report<'_>) {
    for name in ["values.yaml", "Chart.yaml"] {
        if let Some(other) = in_place_of(catalog, name) {
            let place = catalog.sources.file(&format!("{APPS}/{other}")).whole();
            let message = format!("nobody reads `{APPS}/{other}`");
            let saying = report.emit(&rules::NOT_READ, place, message);
            saying.hint(format!("call it `{name}`"));
        }
    }
}

/// The file that is probably meant to be the one of that name of the catalog's own chart, where there is none.
pub(super) fn in_place_of<'c>(catalog: &'c Catalog, name: &str) -> Option<&'c str> {
    let names = names_in(&catalog.files, APPS);
    let is_missing = !names.contains(&name);
    is_missing.then(|| misnamed(name, &names)).flatten()
}

fn check_apps(catalog: &Catalog, report: &mut Report<'_>) {
    let ignored = Ignored::of(&catalog.files);
    let used = charts_in_use(catalog);
    for directory in directories(&catalog.files, APPS) {
        let has = |name: &str| {
            catalog
                .files
                .contains(&format!("{APPS}/{directory}/{name}"))
        };
        let is_helms = matches!(directory, "templates" | "charts" | "crds");
        if is_helms || has(APP_FILE) || ignored.has(directory) {
            continue;
        }
        let path = format!("{APPS}/{directory}");
        let names = names_in(&catalog.files, &path);
        if let Some(other) = misnamed(APP_FILE, &names) {
            let place = catalog.sources.file(&format!("{path}/{other}")).whole();
            let message = format!("nobody reads `{path}/{other}`");
            let saying = report.emit(&rules::NOT_READ, place, message);
            saying.hint(format!("the file of an app is called `{APP_FILE}`"));
        } else if has("Chart.yaml") && !used.contains(&path) && !is_library(catalog, &path) {
            let place = catalog.sources.file(&format!("{path}/Chart.yaml")).whole();
            let message = format!("the chart `{path}` is no app: it has no `{APP_FILE}`");
            let saying = report.emit(&rules::NOT_READ, place, message);
            let file = app_file(directory);
            saying.hint(format!(
                "add `{file}` with `path: {path}` and a `namespace`"
            ));
        }
    }
}

/// The files by which `apps/.helmignore` says that something is no app.
struct Ignored(Ignore);

impl Ignored {
    fn of(files: &FileSet) -> Self {
        let text = files.get(&format!("{APPS}/{IGNORE_FILE}")).ok().flatten();
        let rules = text.and_then(|text| Ignore::parse(text).ok());
        Self(rules.unwrap_or_default())
    }

    fn has(&self, directory: &str) -> bool {
        let of_app = format!("{directory}/{APP_FILE}");
        let of_chart = format!("{directory}/Chart.yaml");
        self.0.ignores(directory, true)
            || [of_app, of_chart]
                .iter()
                .any(|it| self.0.ignores(it, false))
    }
}

/// The directories that an app has as its `path`, on any cluster, and those that another chart depends on.
fn charts_in_use(catalog: &Catalog) -> BTreeSet<String> {
    let layers = catalog.apps().flat_map(|app| {
        let overrides = app.override_entries().iter().map(|entry| &entry.value);
        std::iter::once(&app.base).chain(overrides)
    });
    let of_clusters = catalog.clusters().flat_map(|cluster| {
        let apps = cluster.config.apps.as_map();
        let entries: &[Entry] = apps.map_or(&[], |apps| apps.entries());
        entries.iter().map(|entry| &entry.value)
    });
    let paths = layers.chain(of_clusters);
    let paths = paths.filter_map(|layer| normalize(layer.get("path")?.as_text()?));
    let mut all: BTreeSet<String> = paths.collect();
    for directory in directories(&catalog.files, APPS) {
        let path = format!("{APPS}/{directory}");
        let dependencies = chart_file(catalog, &path).get("dependencies").cloned();
        let dependencies = dependencies.unwrap_or_default();
        for dependency in dependencies.as_list().unwrap_or_default() {
            let repository = dependency.get("repository").and_then(Node::as_text);
            let local = repository.and_then(|it| it.strip_prefix("file://"));
            all.extend(local.and_then(|local| normalize(&format!("{path}/{local}"))));
        }
    }
    all
}

fn is_library(catalog: &Catalog, path: &str) -> bool {
    let kind = chart_file(catalog, path).get("type").cloned();
    kind.is_some_and(|kind| kind.as_text() == Some("library"))
}

/// What a `Chart.yaml` says; nothing where it cannot be read, which is said elsewhere.
fn chart_file(catalog: &Catalog, path: &str) -> Node {
    let path = format!("{path}/Chart.yaml");
    let text = catalog.files.get(&path).ok().flatten().unwrap_or_default();
    let origin = homescale_located::Origin::file(catalog.sources.file(&path));
    let mut unsaid = Report::new(&catalog.sources);
    homescale_located::read_map(text, origin, &mut unsaid).unwrap_or_default()
}

fn check_clusters(catalog: &Catalog, report: &mut Report<'_>) {
    for directory in directories(&catalog.files, CLUSTERS) {
        let path = format!("{CLUSTERS}/{directory}");
        let names = names_in(&catalog.files, &path);
        if names.contains(&BOOTSTRAP_FILE) {
            continue;
        }
        let other = misnamed(BOOTSTRAP_FILE, &names);
        let shown = other.or(names.iter().copied().find(|name| is_yaml(name)));
        let place = shown.map_or(Place::NOWHERE, |name| {
            catalog.sources.file(&format!("{path}/{name}")).whole()
        });
        let message = match other {
            Some(other) => {
                format!("nobody reads `{path}/{other}`, so that `{directory}` is no cluster")
            }
            None => format!("the directory `{path}` is no cluster: it has no `{BOOTSTRAP_FILE}`"),
        };
        let saying = report.emit(&rules::NOT_READ, place, message);
        saying.hint(format!(
            "the bootstrap Application of a cluster is `{}`",
            bootstrap_file(directory)
        ));
    }
}

/// Reports what follows the first document of an `app.yaml`, and a file without any.
fn check_documents(catalog: &Catalog, app: &App, report: &mut Report<'_>) {
    let text = catalog.files.get(app.file()).ok().flatten();
    let text = String::from_utf8_lossy(text.unwrap_or_default());
    let is_something = |line: &str| !line.trim().is_empty() && !line.trim().starts_with('#');
    let is_empty = app.base.is_empty() && app.clusters.is_null();
    if !app.is_broken && is_empty {
        let message = "the file says nothing";
        let saying = report.emit(&rules::EMPTY_FILE, app.place, message);
        saying.hint("an app has at least a `path` and a `namespace`");
    }
    let ends = |line: &str| line == "..." || line == "---" || line.starts_with("--- ");
    let lines: Vec<&str> = text.lines().collect();
    let first = lines
        .iter()
        .position(|line| is_something(line) && !ends(line));
    let Some(first) = first.filter(|_| !app.is_broken) else {
        return;
    };
    let rest = lines.iter().enumerate().skip(first + 1);
    let Some((end, _)) = rest.clone().find(|(_, line)| ends(line)) else {
        return;
    };
    let mut further = rest.filter(|(number, _)| *number > end);
    if let Some((number, _)) = further.find(|(_, line)| is_something(line) && !ends(line)) {
        let place = Place::new(app.place.file(), number + 1, 1);
        let message = "a second document, which nobody reads";
        let saying = report.emit(&rules::NOT_READ, place, message);
        saying.hint("an `app.yaml` is one document: make another directory for another app");
    }
}

/// The file that is probably meant to be called `name`: the endings do not count.
fn misnamed<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    let wanted = stem(name);
    let files = names.iter().copied();
    let mut files = files.filter(|other| is_yaml(other) && *other != name);
    files.find(|other| {
        let stem = stem(other);
        let is_long_form = wanted == "app" && stem == "application";
        is_long_form || nearest(stem, [wanted]).is_some()
    })
}

/// The name of a file without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn is_yaml(name: &str) -> bool {
    let (_, extension) = name.rsplit_once('.').unwrap_or_default();
    ["yaml", "yml"].contains(&extension.to_lowercase().as_str())
}

fn directories<'f>(files: &'f FileSet, parent: &str) -> Vec<&'f str> {
    let entries = files.entries(parent).into_iter();
    let entries = entries.filter(|(_, is_directory)| *is_directory);
    entries.map(|(name, _)| name).collect()
}

fn names_in<'f>(files: &'f FileSet, directory: &str) -> Vec<&'f str> {
    let entries = files.entries(directory).into_iter();
    let entries = entries.filter(|(_, is_directory)| !is_directory);
    entries.map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_under_another_name() {
        for (names, expected) in [
            (&["app.yml", "Chart.yaml"][..], Some("app.yml")),
            (&["App.yaml"], Some("App.yaml")),
            (&["apps.yaml"], Some("apps.yaml")),
            (&["Chart.yaml", "values.yaml"], None),
            (&["application.yaml"], Some("application.yaml")),
            (&["app.json", "map.yaml", "app-prod.yaml"], None),
        ] {
            assert_eq!(misnamed(APP_FILE, names), expected, "{names:?}");
        }
        assert_eq!(misnamed("Chart.yaml", &["east.yaml", "values.yaml"]), None);
    }
}
