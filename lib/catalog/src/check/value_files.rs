//! The files beside a chart that an app names, and that are not there.

use std::collections::BTreeSet;

use homescale_argocd::{is_same_repository, normalize, resolve};
use homescale_fileset::doublestar;
use homescale_located::{Data, Node, Report, did_you_mean, nearest};

use crate::evaluate::RenderedApp;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::{APPS, CLUSTERS};
use crate::rules;

/// Looks at the apps of a cluster whose charts are in the catalog's repository.
pub(super) fn check(
    catalog: &Catalog,
    cluster: &Cluster,
    built: &[RenderedApp<'_>],
    report: &mut Report<'_>,
) {
    let default = cluster.config.defaults.repo_url.as_text();
    let own = [default.unwrap_or_default(), &cluster.bootstrap.repo_url];
    for built in built {
        let repo_url = built.application.repo_url.as_str();
        let names = Names {
            catalog,
            built,
            refs: refs(built),
            is_own: own.iter().any(|own| is_same_repository(own, repo_url)),
            may_miss: built
                .fields
                .at(&["helm", "ignoreMissingValueFiles"])
                .is_some_and(|flag| matches!(flag.data, Data::Bool(true))),
        };
        names.check(report);
    }
}

/// The names of the further sources of an app.
fn refs<'n>(built: &'n RenderedApp<'_>) -> BTreeSet<&'n str> {
    let sources = built.fields.get("extraSources").and_then(Node::as_list);
    let sources = sources.unwrap_or_default().iter();
    let refs = sources.filter_map(|source| source.get("ref")?.as_text());
    refs.collect()
}

struct Names<'n> {
    catalog: &'n Catalog,
    built: &'n RenderedApp<'n>,
    /// The names of its further sources.
    refs: BTreeSet<&'n str>,
    /// Whether the chart is in the catalog's repository.
    is_own: bool,
    may_miss: bool,
}

impl Names<'_> {
    fn check(&self, report: &mut Report<'_>) {
        let files = self.built.fields.get("valueFiles").and_then(Node::as_list);
        for file in files.unwrap_or_default() {
            self.check_name(file, "the value file", self.may_miss, report);
        }
        let parameters = self.built.fields.at(&["helm", "fileParameters"]);
        let parameters = parameters.and_then(Node::as_list).unwrap_or_default();
        for file in parameters.iter().filter_map(|it| it.get("path")) {
            self.check_name(file, "the file of a parameter", false, report);
        }
    }

    fn check_name(&self, node: &Node, what: &str, may_miss: bool, report: &mut Report<'_>) {
        let Some(name) = node.as_text().filter(|name| !name.is_empty()) else {
            return;
        };
        let complaint = if let Some(named) = name.strip_prefix('$') {
            self.of_source(named)
        } else if name.contains("://") {
            self.is_ours().then(|| {
                let hint = "the sidecar reads nothing from the network: commit the file";
                ("is an address".to_owned(), hint.to_owned())
            })
        } else {
            let is_checked = self.is_own && !name.contains('$');
            is_checked
                .then(|| self.of_repository(name, may_miss))
                .flatten()
        };
        if let Some((cause, hint)) = complaint {
            let message = format!("{what} `{name}` {cause}");
            let saying = report.emit(&rules::MISSING_FILE, node.place, message);
            saying.hint(hint);
        }
    }

    /// Whether our sidecar renders the chart.
    fn is_ours(&self) -> bool {
        let spec = self.built.application.object.get("spec");
        let sources = ["source", "sourceHydrator", "sources"];
        let source = spec.and_then(|spec| sources.iter().find_map(|it| spec.get(it)));
        source.is_some_and(|source| {
            let first = source.as_list().and_then(<[Node]>::first);
            let source = source.get("drySource").or(first).unwrap_or(source);
            source.get("plugin").is_some()
        })
    }

    /// What is wrong with a file of another source, or a variable.
    fn of_source(&self, named: &str) -> Option<(String, String)> {
        let (name, _) = named.split_once('/').unwrap_or((named, ""));
        let is_variable =
            name.starts_with('{') || name.starts_with("ARGOCD_") || name.starts_with("KUBE_");
        if is_variable {
            return None;
        }
        if !self.refs.contains(name) {
            let hint = did_you_mean(name, self.refs.iter().copied()).unwrap_or_else(|| {
                format!("add the source to `extraSources`: `{{repoURL: …, targetRevision: …, ref: {name}}}`")
            });
            let cause = format!("is in a source with `ref: {name}`, and there is none");
            return Some((cause, hint));
        }
        self.is_ours().then(|| {
            let cause = "is in another source of the Application, which Argo CD does not send to the sidecar";
            let hint = "let Argo CD render the chart, with `engine: helm`; or bring the file into this repository";
            (cause.to_owned(), hint.to_owned())
        })
    }

    /// What is wrong with a file of this repository.
    fn of_repository(&self, name: &str, may_miss: bool) -> Option<(String, String)> {
        let files = &self.catalog.files;
        let directory = normalize(&self.built.application.path)?;
        let Some(path) = resolve(&directory, name) else {
            let hint = "it is relative to the chart, or with a leading `/` to the repository";
            return Some(("leads out of the repository".to_owned(), hint.to_owned()));
        };
        if may_miss {
            return None;
        }
        if path.contains(['*', '?', '[']) {
            let is_known = [APPS, CLUSTERS]
                .iter()
                .any(|it| path.starts_with(&format!("{it}/")));
            let found = doublestar(&path, files).ok()?;
            return (is_known && found.is_empty()).then(|| {
                let cause = format!("fits no file: nothing in the repository is `{path}`");
                (cause, MAY_MISS.to_owned())
            });
        }
        if files.contains(&path) {
            return None;
        }
        let hint = self.near(&path, &directory);
        let hint = hint.map(|near| format!("did you mean `{near}`?"));
        let cause = format!("does not exist: there is no `{path}`");
        Some((cause, hint.unwrap_or_else(|| MAY_MISS.to_owned())))
    }
}

impl Names<'_> {
    /// The file in the same directory whose name is nearest, as the app would name it.
    fn near(&self, path: &str, chart: &str) -> Option<String> {
        let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, extension) = name.rsplit_once('.')?;
        let entries = self.catalog.files.entries(directory).into_iter();
        let files = entries.filter(|(_, is_directory)| !is_directory);
        let stems = files.filter_map(|(name, _)| name.strip_suffix(extension)?.strip_suffix('.'));
        let near = nearest(stem, stems)?;
        let near = format!("{directory}/{near}.{extension}");
        let inside = near.strip_prefix(&format!("{chart}/")).map(str::to_owned);
        Some(inside.unwrap_or_else(|| format!("/{near}")))
    }
}

const MAY_MISS: &str =
    "commit it; or, if it may be missing, set `helm: {ignoreMissingValueFiles: true}`";
