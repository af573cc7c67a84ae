//! What a cluster gets: names, charts, destinations, releases.

use std::collections::BTreeMap;

use homescale_argocd::normalize;
use homescale_located::{Report, nearest};

use crate::check::security;
use crate::evaluate::RenderedApp;
use crate::fields::names;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::rules;

/// Looks at the apps that are on for a cluster.
pub(super) fn check(
    catalog: &Catalog,
    cluster: &Cluster,
    built: &[RenderedApp<'_>],
    report: &mut Report<'_>,
) {
    for built in built {
        check_names(built, cluster, report);
        check_chart(catalog, cluster, built, report);
        check_destination(built, report);
    }
    check_releases(built, report);
    security::check(built, cluster, report);
}

fn check_names(built: &RenderedApp<'_>, cluster: &Cluster, report: &mut Report<'_>) {
    let application = &built.application;
    if let Err(complaint) = names::namespace(&application.namespace) {
        let message = format!("the namespace `{}` {complaint}", application.namespace);
        report.emit(&rules::INVALID_NAME, built.place_of("namespace"), message);
    }
    if let Err(complaint) = names::release(&application.release_name) {
        let message = format!(
            "the release name `{}` {complaint}",
            application.release_name
        );
        let is_directory = application.release_name == built.app.name();
        let hint = "set `releaseName`: without it, it is the name of the directory".to_owned();
        let saying = report.emit(&rules::INVALID_NAME, built.place_of("releaseName"), message);
        saying.hint_if(is_directory.then_some(hint));
    }
    if names::object_name(built.app.name()).is_ok()
        && let Err(complaint) = names::object_name(&application.name)
    {
        let message = format!(
            "the name of the Application, `{}`, {complaint}",
            application.name
        );
        let prefix = cluster.values.at(&["application", "namePrefix"]);
        let place = prefix.map_or(built.app.place, |prefix| prefix.place);
        report.emit(&rules::INVALID_NAME, place, message);
    }
}

/// Reports a chart that is not in the repository, where the repository is the catalog's own.
fn check_chart(
    catalog: &Catalog,
    cluster: &Cluster,
    built: &RenderedApp<'_>,
    report: &mut Report<'_>,
) {
    let application = &built.application;
    let default = cluster.config.defaults.repo_url.as_text();
    let own = [default.unwrap_or_default(), &cluster.bootstrap.repo_url];
    if !own.contains(&application.repo_url.as_str()) {
        return;
    }
    let path = &application.path;
    let place = built.place_of("path");
    let directory = normalize(path).unwrap_or_default();
    let chart = match directory.as_str() {
        "" => "Chart.yaml".to_owned(),
        directory => format!("{directory}/Chart.yaml"),
    };
    if path.starts_with('/') {
        let message = format!("the path `{path}` begins with `/`");
        let saying = report.emit(&rules::MISSING_PATH, place, message);
        saying.hint(format!(
            "paths are relative to the root of the repository: `{directory}`"
        ));
    } else if catalog.files.contains(&chart) {
    } else if catalog.files.has_folder(&directory) {
        let message = format!("the path `{path}` is no chart: it has no Chart.yaml");
        let saying = report.emit(&rules::MISSING_PATH, place, message);
        saying.hint(format!("a chart has the file `{chart}`; for one of somebody else's, write it with `dependencies`"));
    } else {
        let charts = catalog.files.paths();
        let charts = charts.filter_map(|path| path.strip_suffix("/Chart.yaml"));
        let hint = nearest(path, charts).map(|chart| format!("did you mean `{chart}`?"));
        let from_root =
            || "paths are from the root of the repository, and do not leave it".to_owned();
        let hint = hint.or_else(|| path.starts_with("..").then(from_root));
        let message = format!("the path `{path}` does not exist in the repository");
        let saying = report.emit(&rules::MISSING_PATH, place, message);
        saying.hint_if(hint);
    }
}

fn check_destination(built: &RenderedApp<'_>, report: &mut Report<'_>) {
    let destination = built.fields.get("destination");
    let Some(destination) = destination.filter(|destination| !destination.is_empty()) else {
        return;
    };
    let said = |key: &str| destination.get(key).is_some_and(|value| !value.is_empty());
    match (said("server"), said("name")) {
        (true, true) => {
            let message = "`destination` has both `server` and `name`; Argo CD allows one of them";
            let saying = report.emit(&rules::INVALID_VALUE, destination.place, message);
            saying.hint(
                "a layer merges its destination with the weaker one's: set the other key to null",
            );
        }
        (false, false) => {
            let message = "`destination` has neither `server` nor `name`";
            report.emit(&rules::MISSING_FIELD, destination.place, message);
        }
        _ => {}
    }
}

fn check_releases(built: &[RenderedApp<'_>], report: &mut Report<'_>) {
    let mut releases: BTreeMap<(String, &str, &str), &RenderedApp<'_>> = BTreeMap::new();
    for built in built {
        let application = &built.application;
        let (namespace, name) = (&application.namespace, &application.release_name);
        let destination = application.destination().to_json().to_string();
        let key = (destination, namespace.as_str(), name.as_str());
        let Some(other) = releases.get(&key) else {
            releases.insert(key, built);
            continue;
        };
        let message = format!(
            "the release `{name}` in the namespace `{namespace}` is that of the app `{}`, too",
            other.app.name()
        );
        let place = built.place_of("releaseName");
        let saying = report.emit(&rules::DUPLICATE_RELEASE, place, message);
        saying
            .hint("set another `releaseName` or `namespace` for one of them")
            .related(other.place_of("releaseName"), "the other app");
    }
}
