//! [`Forbidden`]: what an AppProject does not allow.

use std::fmt;

use homescale_fileset::printable;
use homescale_manifest::ObjectId;

/// Something of an Application that its AppProject does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Forbidden {
    /// The namespace that the Application itself is in.
    ApplicationNamespace(String),
    /// The repository of a source.
    Repository(String),
    /// The cluster and namespace that the manifests go to.
    Destination {
        /// The cluster, by name or else by address.
        cluster: String,
        /// The namespace.
        namespace: String,
    },
    /// An object of this kind, or of this name.
    Kind(ObjectId),
    /// The namespace of an object.
    ObjectNamespace(ObjectId),
}

impl Forbidden {
    /// The field of the AppProject that would have to allow it.
    pub fn field(&self) -> &'static str {
        match self {
            Self::ApplicationNamespace(_) => "sourceNamespaces",
            Self::Repository(_) => "sourceRepos",
            Self::Destination { .. } | Self::ObjectNamespace(_) => "destinations",
            Self::Kind(id) if id.namespace.is_empty() => "clusterResourceWhitelist",
            Self::Kind(_) => "namespaceResourceWhitelist",
        }
    }
}

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ApplicationNamespace(namespace) => {
                let namespace = printable(namespace);
                write!(f, "Applications in the namespace `{namespace}`")
            }
            Self::Repository(url) => write!(f, "the repository `{}`", printable(url)),
            Self::Destination { cluster, namespace } => write!(
                f,
                "the namespace `{}` of the cluster `{}`",
                printable(namespace),
                printable(cluster)
            ),
            Self::Kind(id) => write!(f, "{}", printable(&id.to_string())),
            Self::ObjectNamespace(id) => write!(
                f,
                "{}: objects in its namespace",
                printable(&id.to_string())
            ),
        }
    }
}
