//! [`Tools`]: programs that render what this library does not.

use std::fmt;

use homescale_fileset::FileSet;

/// Programs that render what this library does not. Whoever may start processes has them.
pub trait Tools: Sync {
    /// What `kustomize build` prints.
    ///
    /// # Errors
    /// There is no such program, or it failed.
    fn kustomize(&self, build: &KustomizeBuild) -> Result<Vec<u8>, ToolError>;
}

/// A call of Kustomize.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct KustomizeBuild {
    /// The files of the repository.
    pub files: FileSet,
    /// The directory of the kustomization, from the root of the repository.
    pub directory: String,
}

/// Why a program gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ToolError {
    /// It is not configured.
    NotConfigured,
    /// It failed, and said this.
    Failed(String),
}

impl fmt::Display for ToolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotConfigured => f.write_str("the program is not configured"),
            Self::Failed(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for ToolError {}

/// No programs at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoTools;

impl Tools for NoTools {
    fn kustomize(&self, _: &KustomizeBuild) -> Result<Vec<u8>, ToolError> {
        Err(ToolError::NotConfigured)
    }
}
