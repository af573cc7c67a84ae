//! From rendered files to manifests: documents, hooks, the order of kinds (Helm's `releaseutil`).

mod file;
mod head;
mod split;
mod text;

use std::sync::Arc;

use crate::error::{Error, ErrorKind, Place};
use crate::helm_version::HelmVersion;
use crate::log::{Log, Message};
use homescale_go::strconv::quote;

use file::Document;
pub(crate) use file::{File, Files, is_notes};
pub(crate) use split::{documents, trim, trim_end, trim_start};
pub use text::Text;

/// A document that a template gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The path of the template, the name of its chart included: `web/templates/service.yaml`.
    pub source: String,
    /// The text of the document, without `---`.
    pub text: Text,
    /// `apiVersion`; empty if it has none.
    pub api_version: String,
    /// `kind`; empty if it has none.
    pub kind: String,
    /// `metadata.name`; empty if it has none.
    pub name: String,
    /// When a hook runs; empty for what is no hook.
    pub events: Vec<Event>,
}

/// When Helm runs a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// `pre-install`
    PreInstall,
    /// `post-install`
    PostInstall,
    /// `pre-delete`
    PreDelete,
    /// `post-delete`
    PostDelete,
    /// `pre-upgrade`
    PreUpgrade,
    /// `post-upgrade`
    PostUpgrade,
    /// `pre-rollback`
    PreRollback,
    /// `post-rollback`
    PostRollback,
    /// `test`, and Helm 2's `test-success`
    Test,
}

const EVENTS: &[(&str, Event)] = &[
    ("pre-install", Event::PreInstall),
    ("post-install", Event::PostInstall),
    ("pre-delete", Event::PreDelete),
    ("post-delete", Event::PostDelete),
    ("pre-upgrade", Event::PreUpgrade),
    ("post-upgrade", Event::PostUpgrade),
    ("pre-rollback", Event::PreRollback),
    ("post-rollback", Event::PostRollback),
    ("test", Event::Test),
    ("test-success", Event::Test),
];

/// The annotation that makes a manifest a hook.
const HOOK: &str = "helm.sh/hook";

/// The order in which Helm installs kinds; others follow, by name.
const KINDS: &[&str] = &[
    "PriorityClass",
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
    // Helm 4 only.
    "MutatingWebhookConfiguration",
    "ValidatingWebhookConfiguration",
];

/// How many of [`KINDS`] every Helm knows.
const KINDS_OF_ALL: usize = KINDS.len() - 2;

/// Manifests and hooks, each in the order of kinds.
#[derive(Debug, Default)]
pub(crate) struct Sorted {
    pub(crate) manifests: Vec<Manifest>,
    pub(crate) hooks: Vec<Manifest>,
}

/// Sorts what is in files, given in byte order of their paths: all of it, or all before the error.
pub(crate) fn sort(
    files: &[Arc<File>],
    helm: HelmVersion,
    log: &Log,
) -> (Sorted, Result<(), Error>) {
    let mut sorted = Sorted::default();
    let result = files.iter().try_for_each(|file| {
        let mut documents = file.documents().iter();
        documents.try_for_each(|document| add(&file.path, document, log, &mut sorted))
    });
    for list in [&mut sorted.manifests, &mut sorted.hooks] {
        list.sort_by_cached_key(|manifest| rank(&manifest.kind, helm));
    }
    (sorted, result)
}

fn add(path: &str, document: &Document, log: &Log, sorted: &mut Sorted) -> Result<(), Error> {
    let head = document.head.as_ref().map_err(|error| {
        let message = format!("YAML parse error on {path}: ");
        let error = Error::new(ErrorKind::Manifest, message).because(error.as_str());
        error.at(Place::in_file(path))
    })?;
    let mut manifest = Manifest {
        source: path.to_owned(),
        text: document.text.clone(),
        api_version: head.api_version.clone(),
        kind: head.kind.clone(),
        name: head.name.clone(),
        events: Vec::new(),
    };
    let Some(hook) = head.annotations.get(HOOK) else {
        sorted.manifests.push(manifest);
        return Ok(());
    };
    for name in hook.split(',') {
        let name = name.trim().to_lowercase();
        let Some((_, event)) = EVENTS.iter().find(|(known, _)| *known == name) else {
            log.message(&Message {
                call: "manifest_sorter.go:190",
                plain: &format!("info: skipping unknown hook: {}", quote(hook)),
                severity: "INFO",
                text: "skipping unknown hooks",
                fields: &[("hookTypes", hook)],
            });
            return Ok(());
        };
        manifest.events.push(*event);
    }
    sorted.hooks.push(manifest);
    Ok(())
}

/// The place of a kind: known ones by their position, then all others by name.
fn rank(kind: &str, helm: HelmVersion) -> (usize, String) {
    let known = if helm.row().major.orders_webhooks {
        KINDS
    } else {
        &KINDS[..KINDS_OF_ALL]
    };
    match known.iter().position(|known| *known == kind) {
        Some(position) => (position, String::new()),
        None => (KINDS.len(), kind.to_owned()),
    }
}
