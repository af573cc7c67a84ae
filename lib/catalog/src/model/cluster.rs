//! [`Cluster`]: a directory of `clusters/`, its bootstrap Application, and the values that it gives the catalog.

use homescale_argocd::ChartSource;
use homescale_chart::{Error, Plain, Release, Request, ValueSource};
use homescale_located::{Diagnostic, Diagnostics, Node, Place};
use homescale_value::Value;

use crate::model::config::Config;
use crate::model::renderer::HELM;

/// A cluster of the catalog: a directory with a bootstrap Application.
#[derive(Debug)]
pub struct Cluster {
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) place: Place,
    pub(crate) bootstrap: Bootstrap,
    /// The source of the bootstrap Application that is the catalog.
    pub(crate) source: ChartSource,
    /// The values that the bootstrap Application gives.
    pub(crate) own_values: Node,
    /// The values of the catalog on this cluster: the chart's defaults and the cluster's own.
    pub(crate) values: Node,
    pub(crate) config: Config,
    /// What was found while reading the cluster's files and values.
    pub(crate) findings: Vec<Diagnostic>,
    /// Whether the cluster's files cannot be used, so that nothing can be rendered.
    pub(crate) is_broken: bool,
    /// Whether Argo CD lets Helm render the catalog.
    pub(crate) is_by_helm: bool,
}

/// The Application that brings the catalog to a cluster, applied once by hand. It is the Helm release of the catalog's
/// chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bootstrap {
    /// The name of the Application.
    pub name: String,
    /// The namespace of the Application.
    pub namespace: String,
    /// The Argo CD project.
    pub project: String,
    /// What templates see as `.Release.Name`: `helm.releaseName`, or the name of the Application.
    pub release_name: String,
    /// What templates see as `.Release.Namespace`: the namespace of the destination.
    pub release_namespace: String,
    /// The repository of the catalog.
    pub repo_url: String,
    /// The branch, tag or commit of the catalog.
    pub target_revision: String,
}

impl Cluster {
    /// The name of the directory.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The path of the bootstrap Application, from the root of the repository.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What `cluster.name` says: the name by which apps know the cluster.
    pub fn known_as(&self) -> &str {
        &self.config.cluster
    }

    /// The bootstrap Application.
    pub fn bootstrap(&self) -> &Bootstrap {
        &self.bootstrap
    }

    /// The values of the catalog on this cluster: what templates in fields see as `.Values`.
    pub fn values(&self) -> Value {
        self.values.to_value()
    }

    /// The values that the bootstrap Application gives: what Argo CD hands Helm, without the chart's defaults.
    pub fn own_values(&self) -> Value {
        self.own_values.to_value()
    }

    /// What is wrong with the bootstrap Application and its values, if they cannot be used.
    pub fn errors(&self) -> Diagnostics {
        let errors = self.findings.iter().filter(|finding| finding.is_error());
        Diagnostics::new(errors.cloned().collect())
    }

    /// What Argo CD renders the catalog's chart with on this cluster.
    pub(crate) fn request(&self) -> Result<Request, Error> {
        let values = Plain::from_value(&self.own_values())?;
        let helm = &self.source.helm;
        Ok(Request {
            release: Release {
                name: self.bootstrap.release_name.clone(),
                namespace: self.bootstrap.release_namespace.clone(),
                is_upgrade: false,
            },
            values: vec![ValueSource::Map(values)],
            helm: HELM,
            kube_version: Some(helm.kube_version.clone()).filter(|version| !version.is_empty()),
            api_versions: helm.api_versions.clone(),
            include_crds: !helm.skip_crds,
            skip_tests: helm.skip_tests,
            skip_schema_validation: helm.skip_schema_validation,
            ..Request::default()
        })
    }
}
