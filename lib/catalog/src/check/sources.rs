//! What Argo CD, Git or Helm refuse of the sources of an app.

use homescale_argocd::normalize;
use homescale_chart::KubeVersion;
use homescale_located::{Node, Report};

use crate::evaluate::RenderedApp;
use crate::fields::names;
use crate::model::cluster::Cluster;
use crate::rules;

/// Looks at the sources of the apps of a cluster.
pub(super) fn check(built: &[RenderedApp<'_>], cluster: &Cluster, report: &mut Report<'_>) {
    for built in built {
        let fields = &built.fields;
        check_source(fields, "", report);
        if let Some(helm) = fields.get("helm") {
            check_helm(helm, cluster, report);
        }
        let extra = fields.get("extraSources").and_then(Node::as_list);
        for (index, source) in extra.unwrap_or_default().iter().enumerate() {
            let context = format!("extraSources[{index}].");
            check_source(source, &context, report);
            check_path(source, &context, report);
        }
    }
}

/// Reports a repository or a revision that Git would not take.
fn check_source(source: &Node, context: &str, report: &mut Report<'_>) {
    for (field, complaint) in [
        ("repoURL", repository as fn(&str) -> Option<&'static str>),
        ("targetRevision", revision),
    ] {
        let Some(node) = source.get(field) else {
            continue;
        };
        if let Some(text) = node.as_text()
            && let Some(complaint) = complaint(text)
        {
            let message = format!("`{context}{field}` is `{text}`, which {complaint}");
            report.emit(&rules::INVALID_VALUE, node.place, message);
        }
    }
}

/// Why a text is the address of no repository.
fn repository(text: &str) -> Option<&'static str> {
    if text.starts_with('-') {
        Some("begins with `-`: Git would read it as a flag")
    } else if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Some("has white space in it")
    } else {
        None
    }
}

/// Why a text is neither the name of a revision nor a range of versions.
fn revision(text: &str) -> Option<&'static str> {
    let is_range = text.starts_with(|c: char| c.is_ascii_digit() || "<>=~^*!".contains(c));
    if text.starts_with('-') {
        Some("begins with `-`: Git would read it as a flag")
    } else if !is_range && text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        Some("has white space in it: no branch, tag or commit has")
    } else if text.contains("..") || text.contains("@{") {
        Some("is no name of a branch, tag or commit")
    } else {
        None
    }
}

/// Reports the path of a further source that leads out of its repository.
fn check_path(source: &Node, context: &str, report: &mut Report<'_>) {
    let Some(path) = source.get("path") else {
        return;
    };
    let text = path.as_text().unwrap_or_default();
    if normalize(text).is_none() || text.starts_with('/') {
        let message = format!("`{context}path` is `{text}`, which is not in the repository");
        let saying = report.emit(&rules::MISSING_PATH, path.place, message);
        saying.hint("paths are relative to the root of the repository");
    }
}

fn check_helm(helm: &Node, cluster: &Cluster, report: &mut Report<'_>) {
    let text = |key: &str| {
        let node = helm.get(key)?;
        let text = node.as_text().filter(|text| !text.is_empty())?;
        Some((node, text))
    };
    if let Some((node, version)) = text("kubeVersion")
        && KubeVersion::parse(version, cluster.config.argocd.helm).is_err()
    {
        let message = format!("`helm.kubeVersion` is `{version}`, which is no version");
        let saying = report.emit(&rules::INVALID_VALUE, node.place, message);
        saying.hint("write a version of Kubernetes: \"1.33\"");
    }
    if let Some((node, name)) = text("namespace")
        && let Err(complaint) = names::namespace(name)
    {
        let message = format!("`helm.namespace` is `{name}`, which {complaint}");
        report.emit(&rules::INVALID_NAME, node.place, message);
    }
    check_items(helm, "parameters", &["name"], report);
    check_items(helm, "fileParameters", &["name", "path"], report);
}

/// Reports items of a list without what Helm needs.
fn check_items(helm: &Node, list: &str, required: &[&str], report: &mut Report<'_>) {
    let items = helm.get(list).and_then(Node::as_list).unwrap_or_default();
    for (index, item) in items.iter().enumerate() {
        for key in required {
            if item.get(key).is_none_or(Node::is_empty) {
                let message = format!("`helm.{list}[{index}].{key}` is required");
                report.emit(&rules::MISSING_FIELD, item.place, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions() {
        for good in [
            "main",
            "v1.2.3",
            ">= 1.0 < 2.0",
            "1.*",
            "feature/a",
            "HEAD~1",
            "",
        ] {
            assert_eq!(revision(good), None, "{good}");
        }
        for bad in ["a b", "-x", "a..b"] {
            assert!(revision(bad).is_some(), "{bad}");
        }
    }
}
