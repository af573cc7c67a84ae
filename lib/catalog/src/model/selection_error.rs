//! [`SelectionError`]: which cluster or app is meant cannot be told.

use std::fmt;

use homescale_located::did_you_mean;

use crate::model::layout::{app_file, bootstrap_file};

/// Which cluster or app of a catalog is meant cannot be told. Prints as the cause, without what is to be done:
/// [`Self::hint`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SelectionError {
    /// The catalog has no clusters.
    NoClusters,
    /// No cluster is named, and there are these.
    WhichCluster(Vec<String>),
    /// The cluster is not among these.
    UnknownCluster(String, Vec<String>),
    /// The app is not among these.
    UnknownApp(String, Vec<String>),
}

impl SelectionError {
    /// What to do about it, where the catalog knows.
    pub fn hint(&self) -> Option<String> {
        let (name, known, what, file) = match self {
            Self::NoClusters | Self::WhichCluster(_) => return None,
            Self::UnknownCluster(name, known) => (name, known, "a cluster", bootstrap_file("…")),
            Self::UnknownApp(name, known) => (name, known, "an app", app_file("…")),
        };
        let similar = did_you_mean(name, known.iter().map(String::as_str));
        Some(similar.unwrap_or_else(|| format!("{what} is a directory with the file `{file}`")))
    }
}

impl fmt::Display for SelectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoClusters => write!(
                f,
                "clusters/: no cluster here: expected {}",
                bootstrap_file("<cluster>")
            ),
            Self::WhichCluster(known) => write!(f, "which cluster? There are {}", known.join(", ")),
            Self::UnknownCluster(name, known) => {
                let known = known.join(", ");
                write!(f, "there is no cluster `{name}`; there are {known}")
            }
            Self::UnknownApp(name, _) => write!(f, "there is no app `{name}`"),
        }
    }
}

impl std::error::Error for SelectionError {}
