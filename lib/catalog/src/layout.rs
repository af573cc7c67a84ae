//! [`Layout`]: where in a repository the parts of a catalog are.

/// The names of the folders and files of a catalog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The folder of the apps, which is also the catalog's chart: `apps`.
    pub apps: String,
    /// The folder of the clusters: `clusters`.
    pub clusters: String,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            apps: "apps".to_owned(),
            clusters: "clusters".to_owned(),
        }
    }
}

/// The file that says how and where an app is deployed.
pub(crate) const APP_FILE: &str = "app.yaml";

/// The bootstrap Application of a cluster.
pub(crate) const BOOTSTRAP_FILE: &str = "apps.yaml";

/// The Omni cluster template of a cluster.
pub(crate) const CLUSTER_TEMPLATE_FILE: &str = "cluster.yaml";

impl Layout {
    /// The path of the file of an app.
    pub fn app_file(&self, app: &str) -> String {
        format!("{}/{app}/{APP_FILE}", self.apps)
    }

    /// The path of the bootstrap Application of a cluster.
    pub fn bootstrap_file(&self, cluster: &str) -> String {
        format!("{}/{cluster}/{BOOTSTRAP_FILE}", self.clusters)
    }
}
