//! [`PluginSourceError`]: why it cannot be told what Argo CD wants manifests of.

use std::fmt;

use homescale_argocd::RequestError;
use homescale_located::Diagnostics;

use crate::model::selection_error::SelectionError;

/// Why it cannot be told what Argo CD wants manifests of. Prints as the cause, without what is to be done: [`Self::hint`].
#[derive(Debug)]
#[non_exhaustive]
pub enum PluginSourceError {
    /// The request itself is wrong.
    Request(RequestError),
    /// A parameter of the request, or the catalog, is wrong.
    Findings(Diagnostics),
    /// Neither is there a catalog around the source at this path, nor does the request say how to render it.
    NoCatalog(String),
    /// Which cluster the request means cannot be told.
    Cluster(SelectionError),
    /// The source is the root of the repository.
    Root,
    /// No app has its chart at this path.
    NoApp(String),
    /// The app at this path is off for the cluster.
    Off {
        /// The path of the source.
        path: String,
        /// The name of the app.
        app: String,
        /// The name of the cluster.
        cluster: String,
    },
    /// The app at this path has its chart in another repository.
    OtherRepository {
        /// The path of the source.
        path: String,
        /// The name of the app.
        app: String,
        /// The repository of its chart.
        repo_url: String,
    },
    /// Several apps have their chart at this path.
    SeveralApps {
        /// The path of the source.
        path: String,
        /// The names of their Applications.
        applications: Vec<String>,
        /// The Application that Argo CD names, which is none of them.
        named: String,
    },
}

impl PluginSourceError {
    /// What to do about it, where that is clear.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoCatalog(_) => Some(
                "a catalog is a directory with apps/ and clusters/; if Argo CD sends only what manifest-generate-paths \
                 names, name both",
            ),
            Self::Cluster(SelectionError::NoClusters) => None,
            Self::Cluster(_) => Some(
                "name it as the plugin parameter `cluster`, or as `CLUSTER` in the plugin's env",
            ),
            _ => None,
        }
    }
}

impl fmt::Display for PluginSourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(error) => error.fmt(f),
            Self::Findings(found) => found.fmt(f),
            Self::NoCatalog(path) => {
                let path = if path.is_empty() { "." } else { path };
                write!(
                    f,
                    "{path}: no catalog here or above, and no plugin parameter `helm`"
                )
            }
            Self::Cluster(error) => error.fmt(f),
            Self::Root => f.write_str(
                "the source is the root of the repository; expected the catalog (apps) or the chart of an app",
            ),
            Self::NoApp(path) => write!(
                f,
                "{path}: neither the catalog (apps) nor the `path` of an apps/*/app.yaml"
            ),
            Self::Off { path, app, cluster } => write!(
                f,
                "{path}: the app {app} is off for the cluster {cluster}, or has another path there"
            ),
            Self::OtherRepository {
                path,
                app,
                repo_url,
            } => write!(
                f,
                "{path}: the app {app} has its chart in another repository, {repo_url}"
            ),
            Self::SeveralApps {
                path,
                applications,
                named,
            } => {
                let applications = applications.join(", ");
                write!(
                    f,
                    "{path}: the chart of several Applications ({applications}), and ARGOCD_APP_NAME {named:?} is none of them"
                )
            }
        }
    }
}

impl std::error::Error for PluginSourceError {}

impl From<RequestError> for PluginSourceError {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<SelectionError> for PluginSourceError {
    fn from(error: SelectionError) -> Self {
        Self::Cluster(error)
    }
}

impl From<Diagnostics> for PluginSourceError {
    fn from(found: Diagnostics) -> Self {
        Self::Findings(found)
    }
}
