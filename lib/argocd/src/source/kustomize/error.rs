//! [`KustomizeError`]: what is wrong with a source for Kustomize.

use std::fmt;

use homescale_fileset::printable;

use crate::application::ApplicationError;

/// What is wrong with a source for Kustomize, before anything is run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KustomizeError {
    /// A field of `source.kustomize` is not of its type.
    Field(ApplicationError),
    /// A number of replicas is none.
    Count {
        /// Of what.
        name: String,
        /// What the source says.
        count: String,
    },
    /// There are patches to add to a kustomization, and this directory has none.
    NoKustomization(String),
    /// A kustomization names a file outside of the repository.
    Outside {
        /// The file of the kustomization.
        file: String,
        /// What it names.
        path: String,
    },
}

impl fmt::Display for KustomizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Field(error) => error.fmt(f),
            Self::Count { name, count } => write!(
                f,
                "`kustomize.replicas` has the count `{}` for `{}`; it must be an integer",
                printable(count),
                printable(name)
            ),
            Self::NoKustomization(directory) => write!(
                f,
                "{}: there is no kustomization.yaml to which `kustomize.patches` could be added",
                printable(directory)
            ),
            Self::Outside { file, path } => write!(
                f,
                "{}: `{}` is outside of the repository",
                printable(file),
                printable(path)
            ),
        }
    }
}

impl std::error::Error for KustomizeError {}

impl From<ApplicationError> for KustomizeError {
    fn from(error: ApplicationError) -> Self {
        Self::Field(error)
    }
}
