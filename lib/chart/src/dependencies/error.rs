//! [`DependencyError`]: why dependencies cannot be resolved.

use std::error::Error;
use std::fmt;

use crate::limits::allow_more;
use crate::values_error::ValuesError;

/// Why the dependencies of a chart cannot be resolved.
#[derive(Clone, Debug)]
pub(crate) enum DependencyError {
    /// Values cannot be merged.
    Values(ValuesError),
    /// This key of an entry of `import-values` is no text. Helm 3 dies of it.
    ImportPath(&'static str),
    /// Aliases of charts that have aliases make more of them than this. Helm has no limit.
    TooMany(u64),
}

impl fmt::Display for DependencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Values(error) => error.fmt(f),
            Self::ImportPath(key) => write!(f, "import-values: {key} is not a string"),
            Self::TooMany(charts) => write!(
                f,
                "limit charts={charts} exceeded: with those that aliases make, there are more charts than that{}",
                allow_more("charts", *charts)
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
