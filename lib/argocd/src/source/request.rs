//! [`SourceRequest`]: a source of an Application, and all that its manifests depend on.

use super::charts::Charts;
use super::tools::Tools;
use crate::application::Application;
use crate::render::ManifestOptions;
use crate::repositories::Repositories;
use crate::version::ArgoCdVersion;

/// A source of an Application, and all that its manifests depend on.
#[derive(Clone, Copy)]
pub struct SourceRequest<'a> {
    /// The Application.
    pub application: &'a Application,
    /// Which of its sources.
    pub source: usize,
    /// Where files are.
    pub repositories: &'a dyn Repositories,
    /// Who loads charts.
    pub charts: &'a dyn Charts,
    /// Programs that render what this library does not.
    pub tools: &'a dyn Tools,
    /// The version of Argo CD.
    pub argocd: ArgoCdVersion,
    /// What holds for the cluster.
    pub cluster: &'a ManifestOptions,
    /// Argo CD's own namespace.
    pub argocd_namespace: &'a str,
    /// The commit that is rendered, if it is known.
    pub revision: Option<&'a str>,
}

impl SourceRequest<'_> {
    /// The version of Kubernetes on the cluster; empty if it is not known. The hydrator, which knows no cluster, is never told.
    pub(super) fn kube_version(&self) -> &str {
        let of_cluster = self.cluster.kube_version.as_deref();
        let of_cluster = of_cluster.filter(|_| !self.application.is_hydrated);
        of_cluster.unwrap_or_default()
    }

    /// The API versions of the cluster, likewise.
    pub(super) fn api_versions(&self) -> &[String] {
        if self.application.is_hydrated {
            return &[];
        }
        &self.cluster.api_versions
    }
}
