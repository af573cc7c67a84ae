//! What settings of `homescale.yaml` must be together, each of which is right by itself.

use std::collections::BTreeMap;

use homescale_argocd::repository_key;
use homescale_located::{Data, Node, Place, Report, did_you_mean};

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
    }
    check_unique(clusters, "clusters", "name", &str::to_owned, report);
    check_unique(clusters, "clusters", "server", &server_key, report);
    check_unique(
        items("repositories"),
        "repositories",
        "url",
        &repository_key,
        report,
    );
    let names: Vec<&str> = clusters
        .iter()
        .filter_map(|cluster| cluster.get("name").and_then(Node::as_text))
        .collect();
    for (index, root) in items("roots").iter().enumerate() {
        check_cluster(root, &format!("roots[{index}]"), &names, report);
    }
}

/// What the addresses of one API have in common. Empty for that of the cluster on which an Argo CD runs: each has one.
fn server_key(server: &str) -> String {
    let key = server.trim_end_matches('/');
    if key == IN_CLUSTER_SERVER { "" } else { key }.to_owned()
}

/// Reports items of a list that say the same in a field, as `key` tells it, but for those where it is empty.
fn check_unique(
    items: &[Node],
    list: &str,
    field: &str,
    key: &dyn Fn(&str) -> String,
    report: &mut Report<'_>,
) {
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    for (index, item) in items.iter().enumerate() {
        let Some(value) = item.get(field) else {
            continue;
        };
        let Some(text) = value.as_text() else {
            continue;
        };
        let key = key(text);
        if key.is_empty() {
            continue;
        }
        if let Some(first) = first.get(&key) {
            let message =
                format!("`{list}[{index}].{field}` is `{text}`, which another one has already");
            let saying = report.emit(&CONFIGURATION, value.place, message);
            saying.related(*first, "this one");
        } else {
            first.insert(key, value.place);
        }
    }
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
