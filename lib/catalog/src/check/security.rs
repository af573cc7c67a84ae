//! Pod security that is not what the namespace gets.

use std::collections::BTreeMap;

use homescale_located::{Data, Node, Report};

use crate::evaluate::RenderedApp;
use crate::model::cluster::Cluster;
use crate::rules;

/// Compares what the apps ask for with what their namespaces get.
pub(super) fn check(built: &[RenderedApp<'_>], cluster: &Cluster, report: &mut Report<'_>) {
    let mut first: BTreeMap<&str, &RenderedApp<'_>> = BTreeMap::new();
    for built in built {
        let namespace = built.application.namespace.as_str();
        let asks = modes(built);
        let place = built.place_of("podSecurity");
        if let Some(why) = no_object(built, cluster) {
            if !asks.is_empty() {
                let message = format!("`podSecurity` has no effect: {why}");
                report.emit(&rules::NO_EFFECT, place, message);
            }
            continue;
        }
        let Some(other) = first.get(namespace) else {
            first.insert(namespace, built);
            continue;
        };
        if !asks.is_empty() && asks != modes(other) {
            let message = format!(
                "`podSecurity` is not what the namespace `{namespace}` gets: the app `{}` decides about it",
                other.app.name()
            );
            let saying = report.emit(&rules::POD_SECURITY_CONFLICT, place, message);
            saying.related(other.place_of("podSecurity"), "what decides");
        }
    }
}

/// Why the catalog has no Namespace object for an app.
fn no_object(built: &RenderedApp<'_>, cluster: &Cluster) -> Option<String> {
    let namespace = &built.application.namespace;
    if cluster.config.namespaces.system.contains(namespace) {
        return Some(format!(
            "the catalog has no object for the system namespace `{namespace}`"
        ));
    }
    let why = "the catalog has no Namespace for another destination";
    (!built.application.is_local).then(|| why.to_owned())
}

/// The modes of pod security that an app asks for, with their levels.
fn modes(built: &RenderedApp<'_>) -> BTreeMap<String, String> {
    let text = |node: &Node| node.as_text().unwrap_or_default().to_owned();
    let node = built
        .fields
        .get("podSecurity")
        .filter(|node| !node.is_empty());
    match node.map(|node| (node, &node.data)) {
        Some((_, Data::Map(modes))) => modes
            .entries()
            .iter()
            .filter(|mode| !mode.value.is_empty())
            .map(|mode| (mode.name().into_owned(), text(&mode.value)))
            .collect(),
        Some((level, _)) => [("enforce".to_owned(), text(level))].into(),
        None => BTreeMap::new(),
    }
}
