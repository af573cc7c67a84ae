//! The bootstrap Application as it is written, beyond what the catalog reads of it.

use homescale_argocd::normalize;
use homescale_located::{Node, Origin, Report, Shape, check_shape, read_all};

use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::{APPS, CLUSTERS};
use crate::rules;

/// The Application of a cluster's bootstrap file that has the catalog as a source.
pub(super) fn application(catalog: &Catalog, cluster: &Cluster) -> Option<Node> {
    let text = catalog.files.get(cluster.file()).ok().flatten()?;
    // What is wrong with the file was said when it was read.
    let mut unsaid = Report::new(&catalog.sources);
    let origin = Origin::file(cluster.place.file());
    let documents = read_all(text, origin, &mut unsaid)?;
    documents.into_iter().find(|document| {
        let mut paths = sources(document).into_iter().filter_map(path_of);
        paths.any(|path| path == APPS)
    })
}

/// Whether an Application has a sync option.
pub(super) fn has_sync_option(application: &Node, option: &str) -> bool {
    let options = application.at(&["spec", "syncPolicy", "syncOptions"]);
    let options = options.and_then(Node::as_list).unwrap_or_default();
    options.iter().any(|it| it.as_text() == Some(option))
}

/// Reports what was copied from the bootstrap Application of another cluster.
pub(super) fn check(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
    let Some(application) = application(catalog, cluster) else {
        return;
    };
    for source in sources(&application) {
        for key in ["repoURL", "targetRevision", "path"] {
            if let Some(value) = source.get(key) {
                check_shape(report, Shape::Text, value, &format!("source.{key}"));
            }
        }
        let of_cluster = path_of(source).and_then(|path| {
            let name = path.strip_prefix(CLUSTERS)?.strip_prefix('/')?;
            Some(name.split('/').next().unwrap_or(name).to_owned())
        });
        let Some(other) = of_cluster.filter(|name| name != cluster.name()) else {
            continue;
        };
        let name = cluster.name();
        let what = match catalog.cluster(&other) {
            Some(_) => "which is another cluster's directory",
            None => "which is the directory of no cluster",
        };
        let message = format!(
            "a source of the bootstrap Application of `{name}` has the path `{CLUSTERS}/{other}`, {what}"
        );
        let place = source.get("path").map_or(source.place, |path| path.place);
        let saying = report.emit(&rules::OTHER_CLUSTER, place, message);
        saying.hint(format!("did you mean `{CLUSTERS}/{name}`?"));
    }
}

pub(super) fn sources(application: &Node) -> Vec<&Node> {
    let list = application.at(&["spec", "sources"]).and_then(Node::as_list);
    let one = application.at(&["spec", "source"]);
    list.unwrap_or_default().iter().chain(one).collect()
}

pub(super) fn path_of(source: &Node) -> Option<String> {
    normalize(source.get("path")?.as_text()?)
}
