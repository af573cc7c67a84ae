//! [`Clusters`]: which clusters there are, and what each is rendered for.

use homescale_argocd::{ArgoCdVersion, Destination};
use homescale_fileset::FileSet;
use homescale_located::{Diagnostic, Diagnostics};

use crate::config::{Capabilities, ClusterConfig, Config};
use crate::rules;

/// What Argo CD calls the cluster on which it runs.
pub const IN_CLUSTER: &str = "in-cluster";

/// The address of that cluster, as Argo CD says it.
pub(crate) const IN_CLUSTER_SERVER: &str = "https://kubernetes.default.svc";

/// The version of Argo CD where nobody says one: the newest whose Helm is known.
pub const NEWEST_ARGOCD: ArgoCdVersion = ArgoCdVersion::new(3, 6);

/// The clusters that `homescale.yaml` names, and what holds for all others.
#[derive(Clone, Debug)]
pub struct Clusters {
    named: Vec<Cluster>,
    other: Cluster,
}

/// What is rendered for a cluster depends on this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// Its name.
    pub name: String,
    /// The address of its API; empty where nobody says it.
    pub server: String,
    /// The version of the Argo CD that runs on it.
    pub argocd: ArgoCdVersion,
    /// Its version of Kubernetes; none for that of the Helm.
    pub kubernetes: Option<String>,
    /// Its API versions beyond those that Helm knows.
    pub api_versions: Vec<String>,
    /// Whether it is the cluster on which its Argo CD runs.
    pub is_in_cluster: bool,
}

impl Clusters {
    /// The clusters that a configuration names. `files` has the files with capabilities that it names.
    ///
    /// # Errors
    /// A file with capabilities is missing or malformed.
    pub fn of(config: &Config, files: &FileSet) -> Result<Self, Diagnostics> {
        let other = Cluster {
            name: IN_CLUSTER.to_owned(),
            server: IN_CLUSTER_SERVER.to_owned(),
            argocd: config.argocd.unwrap_or(NEWEST_ARGOCD),
            kubernetes: config.kubernetes.clone(),
            api_versions: config.api_versions.clone(),
            is_in_cluster: true,
        };
        let named = config.clusters.iter();
        let named = named.map(|cluster| Cluster::of(cluster, &other, files));
        Ok(Self {
            named: named.collect::<Result<_, _>>()?,
            other,
        })
    }

    /// The cluster of that name; if it is not known, one that has what holds for all others.
    pub fn get(&self, name: &str) -> &Cluster {
        let known = self.named.iter().find(|cluster| cluster.name == name);
        known.unwrap_or(&self.other)
    }

    /// The clusters that the configuration names.
    pub fn named(&self) -> &[Cluster] {
        &self.named
    }

    /// The name of the cluster on which Argo CD runs, where no root says it: the only one of which the configuration says
    /// so, or what Argo CD calls it.
    pub fn own(&self) -> &str {
        let mut own = self.named.iter().filter(|cluster| cluster.is_in_cluster);
        match (own.next(), own.next()) {
            (Some(only), None) => &only.name,
            _ => IN_CLUSTER,
        }
    }

    /// The name of the cluster to which an Application goes that the Argo CD on the cluster `instance` has.
    ///
    /// A server that no configuration names is called by its address.
    pub fn destination(&self, destination: &Destination, instance: &str) -> String {
        let Destination { server, name, .. } = destination;
        let is_own = |server: &str| server.trim_end_matches('/') == IN_CLUSTER_SERVER;
        if name == IN_CLUSTER || is_own(server) || (name.is_empty() && server.is_empty()) {
            return instance.to_owned();
        }
        if !name.is_empty() {
            return name.clone();
        }
        let by_server = (self.named.iter())
            .find(|cluster| cluster.server.trim_end_matches('/') == server.trim_end_matches('/'));
        by_server.map_or_else(|| server.clone(), |cluster| cluster.name.clone())
    }
}

impl Cluster {
    fn of(config: &ClusterConfig, other: &Self, files: &FileSet) -> Result<Self, Diagnostics> {
        let captured = match &config.capabilities {
            Some(path) => Some(captured(path, config, files)?),
            None => None,
        };
        let (kubernetes, api_versions) = match captured {
            Some(captured) => (Some(captured.kubernetes), Some(captured.api_versions)),
            None => (config.kubernetes.clone(), config.api_versions.clone()),
        };
        Ok(Self {
            name: config.name.clone(),
            server: config.server.clone().unwrap_or_default(),
            argocd: config.argocd.unwrap_or(other.argocd),
            kubernetes: kubernetes.or_else(|| other.kubernetes.clone()),
            api_versions: api_versions.unwrap_or_else(|| other.api_versions.clone()),
            is_in_cluster: config.in_cluster,
        })
    }
}

/// The capabilities in a file that a cluster names.
fn captured(
    path: &str,
    config: &ClusterConfig,
    files: &FileSet,
) -> Result<Capabilities, Diagnostics> {
    let wrong = |message: String| {
        let found = Diagnostic::new(&rules::CAPABILITIES, config.location.clone(), message);
        Diagnostics::new(vec![found])
    };
    match files.get(path) {
        Ok(Some(text)) => Capabilities::read(text, path),
        Ok(None) => Err(wrong(format!(
            "`capabilities` of the cluster `{}`: there is no file {path}",
            config.name
        ))),
        Err(error) => Err(wrong(error.to_string())),
    }
}
