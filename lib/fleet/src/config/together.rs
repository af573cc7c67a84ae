//! What settings of `homescale.yaml` must be together, each of which is right by itself.

use homescale_argocd::is_same_repository;
use homescale_located::{Data, Node, Report, did_you_mean};

use super::rules::CONFIGURATION;

/// The address by which Argo CD knows the cluster that it runs on.
pub(crate) const IN_CLUSTER_SERVER: &str = "https://kubernetes.default.svc";

/// The name by which Argo CD knows the cluster that it runs on.
const IN_CLUSTER_NAME: &str = "in-cluster";

/// Whether Argo CD takes these for the cluster that it runs on, whatever else is said of it.
pub(crate) fn is_in_cluster(name: &str, server: &str) -> bool {
    name == IN_CLUSTER_NAME || server.trim_end_matches('/') == IN_CLUSTER_SERVER
}

/// Reports what contradicts something else.
pub(crate) fn check(config: &Node, report: &mut Report<'_>) {
    let items = |name: &str| config.get(name).and_then(Node::as_list).unwrap_or_default();
    let clusters = items("clusters");
    for (index, cluster) in clusters.iter().enumerate() {
        let what = format!("clusters[{index}]");
        check_in_cluster(cluster, &what, report);
        check_capabilities(cluster, &what, report);
        let text = |cluster: &Node, field: &str| {
            let text = cluster.get(field).and_then(Node::as_text);
            text.map(|text| text.trim_end_matches('/').to_owned())
                .filter(|text| !text.is_empty())
        };
        for field in ["name", "server"] {
            let own = text(cluster, field);
            // Each Argo CD has such a cluster.
            let is_special = own.as_deref().is_some_and(|own| own == IN_CLUSTER_SERVER);
            let mut before = clusters[..index].iter();
            let twin = before.find(|it| own.is_some() && text(it, field) == own);
            if let Some(twin) = twin.filter(|_| !is_special) {
                is_twice(cluster, twin, field, &what, report);
            }
        }
    }
    let repositories = items("repositories");
    for (index, repository) in repositories.iter().enumerate() {
        let url = |it: &Node| it.get("url").and_then(Node::as_text).map(str::to_owned);
        let Some(own) = url(repository) else { continue };
        let mut before = repositories[..index].iter();
        let twin = before.find(|it| url(it).is_some_and(|it| is_same_repository(&it, &own)));
        if let Some(twin) = twin {
            is_twice(
                repository,
                twin,
                "url",
                &format!("repositories[{index}]"),
                report,
            );
        }
    }
    let names: Vec<&str> = clusters
        .iter()
        .filter_map(|cluster| cluster.get("name").and_then(Node::as_text))
        .collect();
    for (index, root) in items("roots").iter().enumerate() {
        check_cluster(root, &format!("roots[{index}]"), &names, report);
    }
}

/// Reports that two items say the same of something that each must have for itself.
fn is_twice(item: &Node, first: &Node, field: &str, what: &str, report: &mut Report<'_>) {
    let place = |item: &Node| item.get(field).map_or(item.place, |value| value.place);
    let said = item.get(field).and_then(Node::as_text).unwrap_or_default();
    let message = format!("`{what}.{field}` is `{said}`, which another one has already");
    (report.emit(&CONFIGURATION, place(item), message)).related(place(first), "this one");
}

fn check_in_cluster(cluster: &Node, what: &str, report: &mut Report<'_>) {
    let text = |field: &str| {
        cluster
            .get(field)
            .and_then(Node::as_text)
            .unwrap_or_default()
    };
    let Some(said) = cluster.get("inCluster") else {
        return;
    };
    if matches!(said.data, Data::Bool(false)) && is_in_cluster(text("name"), text("server")) {
        let message = format!(
            "`{what}.inCluster` is false, but for Argo CD `{IN_CLUSTER_SERVER}` and `{IN_CLUSTER_NAME}` are the cluster that it runs on"
        );
        (report.emit(&CONFIGURATION, said.place, message))
            .hint("remove `inCluster`, or write the address that others know the cluster by");
    }
}

fn check_capabilities(cluster: &Node, what: &str, report: &mut Report<'_>) {
    let said = |field: &str| cluster.get(field).filter(|value| !value.is_null());
    let Some(file) = said("capabilities") else {
        return;
    };
    for field in ["kubernetes", "apiVersions"] {
        if let Some(value) = said(field) {
            let message =
                format!("`{what}` has both `{field}` and `capabilities`, whose file says it");
            (report.emit(&CONFIGURATION, value.place, message))
                .hint(format!("remove `{field}`, or say it in the file"))
                .related(file.place, "the file");
        }
    }
}

/// Reports a root of a cluster that there is not.
fn check_cluster(root: &Node, what: &str, names: &[&str], report: &mut Report<'_>) {
    let Some(cluster) = root.get("cluster") else {
        return;
    };
    let Some(name) = cluster.as_text().filter(|name| !name.is_empty()) else {
        return;
    };
    if !names.contains(&name) {
        let hint = did_you_mean(name, names.iter().copied());
        let hint = hint.unwrap_or_else(|| format!("add it there: `- name: {name}`"));
        let message = format!("`{what}.cluster` is `{name}`, which is none of `clusters`");
        report
            .emit(&CONFIGURATION, cluster.place, message)
            .hint(hint);
    }
}
