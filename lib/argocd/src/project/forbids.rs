//! What an AppProject forbids (`pkg/apis/application/v1alpha1/app_project_types.go`; `util/argo`, `ValidatePermissions`;
//! `controller/sync.go`, `validateSyncPermissions`).

use homescale_manifest::{Object, ObjectId, Scopes};

use super::forbidden::Forbidden;
use super::model::{AppProject, Restriction};
use super::pattern::{denies, is_in_list, matches, matches_shell, matches_url};
use crate::application::{Application, Destination};
use crate::repository_url::normalized_git_url;
use crate::version::ArgoCdVersion;

/// What an AppProject is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The Application.
    pub application: &'a Application,
    /// The address of its cluster; empty if it is not known.
    pub server: &'a str,
    /// The name of its cluster; empty if it is not known.
    pub cluster: &'a str,
    /// Its objects, once they have their namespaces.
    pub objects: &'a [Object],
    /// Which kinds have a namespace.
    pub scopes: &'a Scopes,
    /// The version of Argo CD.
    pub argocd: ArgoCdVersion,
    /// Argo CD's own namespace.
    pub argocd_namespace: &'a str,
}

/// The first Argo CD in which a destination that denies a cluster does so only in its namespaces.
const DENIES_IN_NAMESPACES: ArgoCdVersion = ArgoCdVersion::new(3, 6);

impl AppProject {
    /// What of an Application the project does not allow: of the Application itself, and then of its objects, in order.
    pub fn forbids(&self, subject: &Subject<'_>) -> Vec<Forbidden> {
        let application = subject.application;
        let mut forbidden = Vec::new();
        let namespace = application.namespace.as_str();
        let is_own = namespace.is_empty() || namespace == subject.argocd_namespace;
        if !is_own && !is_in_list(&self.source_namespaces, namespace) {
            forbidden.push(Forbidden::ApplicationNamespace(namespace.to_owned()));
        }
        for source in &application.sources {
            let repository = Forbidden::Repository(source.repo_url.clone());
            if !self.allows_repository(&source.repo_url) && !forbidden.contains(&repository) {
                forbidden.push(repository);
            }
        }
        let namespace = application.destination.namespace.as_str();
        let allows_destination = self.allows_destination(subject, namespace);
        if !allows_destination {
            let (name, server) = (subject.cluster, subject.server);
            let cluster = if name.is_empty() { server } else { name };
            forbidden.push(Forbidden::Destination {
                cluster: cluster.to_owned(),
                namespace: namespace.to_owned(),
            });
        }
        for object in subject.objects {
            let id = &object.id;
            let is_namespaced = subject.scopes.is_namespaced(&id.group, &id.kind);
            if !self.allows_kind(id, is_namespaced) {
                forbidden.push(Forbidden::Kind(id.clone()));
            } else if is_namespaced
                && allows_destination
                && !self.allows_destination(subject, &id.namespace)
            {
                forbidden.push(Forbidden::ObjectNamespace(id.clone()));
            }
        }
        forbidden
    }

    /// `IsSourcePermitted`.
    fn allows_repository(&self, repo_url: &str) -> bool {
        let url = normalized_git_url(repo_url);
        let mut is_allowed = false;
        for pattern in &self.source_repos {
            let normalized = match pattern.strip_prefix('!') {
                Some(denied) => format!("!{}", normalized_git_url(denied)),
                None => normalized_git_url(pattern),
            };
            if matches_url(&normalized, &url) {
                is_allowed = true;
            } else if denies(&normalized) {
                return false;
            }
        }
        is_allowed
    }

    /// `isDestinationMatched`.
    fn allows_destination(&self, subject: &Subject<'_>, namespace: &str) -> bool {
        let mut is_allowed = false;
        let is_narrow = subject.argocd >= DENIES_IN_NAMESPACES;
        for Destination {
            server,
            name,
            namespace: namespaces,
        } in &self.destinations
        {
            let is_name = !subject.cluster.is_empty() && matches(name, subject.cluster);
            let is_server = !subject.server.is_empty() && matches(server, subject.server);
            let is_namespace = matches(namespaces, namespace);
            let denied_name = !is_name && denies(name);
            let denied_server = !is_server && denies(server);
            let is_denied = if is_narrow {
                (denied_name || denied_server) && is_namespace
            } else {
                denied_name || (denied_server && is_namespace)
            };
            if (is_server || is_name) && is_namespace {
                is_allowed = true;
            } else if is_denied || (!is_namespace && denies(namespaces) && is_server) {
                return false;
            }
        }
        is_allowed
    }

    /// `IsGroupKindNamePermitted`.
    fn allows_kind(&self, id: &ObjectId, is_namespaced: bool) -> bool {
        let is_in = |list: &[Restriction]| list.iter().any(|it| it.is_of(id, is_namespaced));
        if is_namespaced {
            let allowed = self.namespace_resource_whitelist.as_deref();
            return allowed.is_none_or(is_in) && !is_in(&self.namespace_resource_blacklist);
        }
        is_in(&self.cluster_resource_whitelist) && !is_in(&self.cluster_resource_blacklist)
    }
}

impl Restriction {
    /// Whether an object is among those that it means. Those with a namespace have no names here.
    fn is_of(&self, id: &ObjectId, is_namespaced: bool) -> bool {
        matches_shell(&self.kind, &id.kind)
            && matches_shell(&self.group, &id.group)
            && (is_namespaced || self.name.is_empty() || matches_shell(&self.name, &id.name))
    }
}
