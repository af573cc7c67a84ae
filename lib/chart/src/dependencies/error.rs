//! [`DependencyError`]: why dependencies cannot be resolved.

use std::error::Error;
use std::fmt;

use crate::values_error::ValuesError;

/// How many charts there may be, those that aliases make counted. Helm has no limit.
pub(super) const MAX_CHARTS: usize = 10_000;

/// Why the dependencies of a chart cannot be resolved.
#[derive(Clone, Debug)]
pub(crate) enum DependencyError {
    /// Values cannot be merged.
    Values(ValuesError),
    /// This key of an entry of `import-values` is no text. Helm 3 dies of it.
    ImportPath(&'static str),
    /// Aliases of charts that have aliases make too many of them.
    TooMany,
}

impl fmt::Display for DependencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Values(error) => error.fmt(f),
            Self::ImportPath(key) => write!(f, "import-values: {key} is not a string"),
            Self::TooMany => write!(
                f,
                "more than {MAX_CHARTS} charts, those that aliases make counted"
            ),
        }
    }
}

impl Error for DependencyError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Values(error) => Some(error),
            _ => None,
        }
    }
}

impl From<ValuesError> for DependencyError {
    fn from(error: ValuesError) -> Self {
        Self::Values(error)
    }
}
