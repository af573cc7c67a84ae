//! [`TreeError`]: why manifests cannot be laid out in files.

use std::fmt;

use homescale_yaml::WriteError;

use crate::found::ApplicationId;

/// Why manifests cannot be laid out in files.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TreeError {
    /// An Application is hydrated to a path at which Argo CD writes nothing.
    Path(ApplicationId, String),
    /// Two Applications are hydrated to one path.
    OnePath(String, Box<[ApplicationId; 2]>),
    /// An object of an Application cannot be written.
    Write(ApplicationId, WriteError),
}

impl TreeError {
    /// What to do about it, where that is clear.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Path(..) => {
                Some("write a directory of the branch into `sourceHydrator.syncSource.path`")
            }
            Self::OnePath(..) => Some(
                "if they are of two branches, write one branch at a time, with --app or --selector",
            ),
            Self::Write(..) => None,
        }
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(id, path) => write!(
                f,
                "the Application {id} is hydrated to `{path}`: the root, and what is not below it, Argo CD refuses"
            ),
            Self::OnePath(path, ids) => {
                let [one, other] = ids.as_ref();
                write!(
                    f,
                    "two Applications are hydrated to {path}: {one} and {other}"
                )
            }
            Self::Write(id, error) => write!(f, "the Application {id}: {error}"),
        }
    }
}

impl std::error::Error for TreeError {}
