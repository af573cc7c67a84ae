//! [`SourceError`]: why a source has no manifests: it is wrong, or it is not for this library to render.

use std::fmt;

use super::failure::SourceFailure;
use super::not_rendered::NotRendered;

/// Why a source has no manifests.
#[derive(Debug)]
pub enum SourceError {
    /// Argo CD would fail, too.
    Failed(SourceFailure),
    /// Argo CD would render it, with what is not at hand here.
    NotRendered(NotRendered),
}

impl SourceError {
    /// What to do about it, where that is clear.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Failed(failure) => failure.hint(),
            Self::NotRendered(reason) => reason.hint(),
        }
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(failure) => failure.fmt(f),
            Self::NotRendered(reason) => reason.fmt(f),
        }
    }
}

impl std::error::Error for SourceError {}

impl From<SourceFailure> for SourceError {
    fn from(failure: SourceFailure) -> Self {
        Self::Failed(failure)
    }
}

impl From<NotRendered> for SourceError {
    fn from(reason: NotRendered) -> Self {
        Self::NotRendered(reason)
    }
}
