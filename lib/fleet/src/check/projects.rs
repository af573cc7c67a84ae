//! What an Application is not allowed by its AppProject.

use std::collections::BTreeMap;

use homescale_argocd::{AppProject, Forbidden, Subject};
use homescale_located::Related;
use homescale_manifest::{Object, ObjectId, Scopes};
use homescale_value::Value;

use super::few::few;
use super::finding::Finding;
use crate::clusters::{IN_CLUSTER, IN_CLUSTER_SERVER};
use crate::fleet::Fleet;
use crate::found::{ARGOCD_NAMESPACE, Found};
use crate::rules;

/// What stands for an address or a name that is not known. Only patterns that fit all fit it.
const UNKNOWN: &str = "\u{fffd}";

/// What the AppProject of an Application forbids of it, and of its objects, which have their namespaces.
pub(super) fn check(
    fleet: &Fleet<'_>,
    found: &Found,
    objects: &[ObjectId],
    scopes: &Scopes,
) -> Vec<Finding> {
    // A root is no Application, and a project that is not in the repository may allow all.
    let project = found.application.project_name();
    let key = (found.id.instance.clone(), project.to_owned());
    let Some((project, location)) = fleet.projects.get(&key).filter(|_| !found.is_root) else {
        return Vec::new();
    };
    let objects = objects.iter().map(|id| Object {
        id: id.clone(),
        value: Value::default(),
        text: Vec::new(),
    });
    let (server, cluster) = destination(fleet, found);
    let subject = Subject {
        application: &found.application,
        server: server.as_deref().unwrap_or(UNKNOWN),
        cluster: cluster.as_deref().unwrap_or(UNKNOWN),
        objects: &objects.collect::<Vec<_>>(),
        scopes,
        argocd: fleet.clusters.get(&found.id.instance).argocd,
        argocd_namespace: ARGOCD_NAMESPACE,
    };
    let is_known = knows(project, server.is_some(), cluster.is_some());
    let mut fields: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for forbidden in project.forbids(&subject) {
        let is_of_destination = matches!(
            forbidden,
            Forbidden::Destination { .. } | Forbidden::ObjectNamespace(_)
        );
        if is_known || !is_of_destination {
            let list = fields.entry(forbidden.field()).or_default();
            list.push(forbidden.to_string());
        }
    }
    let name = &project.name;
    let findings = fields.into_iter().map(|(field, list)| {
        let cause = format!(
            "its AppProject `{name}` does not allow {}",
            few(&list, "; ")
        );
        let hint = format!("allow it in `{field}` of the AppProject, or choose another one");
        let mut finding = Finding::new(&rules::PROJECT, cause).hint(Some(hint));
        finding.related.push(Related {
            location: location.clone(),
            message: format!("the AppProject `{name}`"),
        });
        finding
    });
    findings.collect()
}

/// The address and the name of the cluster to which an Application goes, as far as they are known.
fn destination(fleet: &Fleet<'_>, found: &Found) -> (Option<String>, Option<String>) {
    let said = &found.application.destination;
    let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let mut named = fleet.clusters.named().iter();
    let known = named.find(|cluster| cluster.name == found.cluster);
    let is_own = found.cluster == found.id.instance;
    let own = |text: &str| is_own.then(|| text.to_owned());
    let server = text(&said.server).or_else(|| own(IN_CLUSTER_SERVER));
    let server = server.or_else(|| text(&known?.server));
    let name = text(&said.name).or_else(|| own(IN_CLUSTER));
    let name = name.or_else(|| text(&known?.name));
    (server, name)
}

/// Whether what a project says about destinations can be told: it asks for nothing that is not known.
fn knows(project: &AppProject, server: bool, name: bool) -> bool {
    let is_any = |pattern: &str| pattern.is_empty() || pattern == "*";
    (project.destinations.iter())
        .all(|it| (server || is_any(&it.server)) && (name || is_any(&it.name)))
}
