//! What layers do to weaker ones that may surprise: a list that is replaced, a value that null removes.

use homescale_located::{Data, Node, NodeSet, Report, merge};

use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::rules;

/// Looks at the overrides in `app.yaml`.
pub(super) fn check_apps(catalog: &Catalog, report: &mut Report<'_>) {
    for app in catalog.apps().filter(|app| !app.is_broken) {
        for entry in app.override_entries() {
            compare(report, &app.base, &entry.value, "");
        }
    }
}

/// Looks at `apps` in the values of a cluster.
pub(super) fn check_cluster(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
    for app in catalog.apps().filter(|app| !app.is_broken) {
        if let Some(layer) = cluster.config.apps.get(app.name()) {
            compare(report, &below(app, cluster), layer, "");
        }
    }
}

/// The layers of `app.yaml` on a cluster.
fn below(app: &App, cluster: &Cluster) -> Node {
    merge::layers(&app.base, [app.layer(cluster.known_as())])
}

/// Whether a list has all items of another.
fn has_all(list: &[Node], items: &[Node]) -> bool {
    let known: NodeSet = list.iter().collect();
    items.iter().all(|item| known.contains(item))
}

fn compare(report: &mut Report<'_>, base: &Node, over: &Node, path: &str) {
    match (&base.data, &over.data) {
        (Data::Map(low), Data::Map(high)) => {
            for entry in high.entries() {
                let name = entry.name();
                let Some(weaker) = low.get(&name) else {
                    continue;
                };
                // Decisions about `deploy` are what layers are for.
                if path.is_empty() && name == "deploy" {
                    continue;
                }
                let path = match path {
                    "" => name.into_owned(),
                    path => format!("{path}.{name}"),
                };
                compare(report, weaker, &entry.value, &path);
            }
        }
        (Data::List(low), Data::List(high)) if !has_all(high, low) => {
            let items = if low.len() == 1 { "item" } else { "items" };
            let message = format!("`{path}` replaces a list of {} {items}", low.len());
            let saying = report.emit(&rules::LIST_REPLACED, over.place, message);
            saying
                .hint("lists are not merged; repeat the items that are to stay")
                .related(base.place, "the list that is lost");
        }
        (weaker, Data::Null) if !matches!(weaker, Data::Null) => {
            let message = format!(
                "`{path}` is set to null, which removes {}",
                weaker.type_name()
            );
            let saying = report.emit(&rules::VALUE_REMOVED, over.place, message);
            saying.related(base.place, "the value that is lost");
        }
        _ => {}
    }
}
