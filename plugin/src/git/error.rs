//! [`GitError`]: why a question about a repository has no answer.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use homescale::DiskError;
use homescale_go::os::error_text;

/// Why a question about a repository has no answer.
#[derive(Debug)]
pub(super) enum GitError {
    /// Neither the directory nor one above it has a `.git`.
    NoRepository(PathBuf),
    /// A directory cannot be read.
    Disk(DiskError),
    /// A file of Git cannot be read.
    Unreadable(PathBuf, io::Error),
    /// `.git` is a file that does not say where the repository is.
    NoGitDirectory(PathBuf),
    /// There is no revision of this name.
    Unknown(String),
    /// Several objects begin with this.
    Ambiguous(String),
    /// The revision is no commit.
    NoCommit(String),
    /// The two revisions have no ancestor in common.
    NoCommonAncestor,
    /// More paths than these differ.
    TooMany(usize),
    /// An object cannot be read.
    Object(Box<dyn Error + Send + Sync>),
}

impl GitError {
    /// An object cannot be read.
    pub(super) fn object(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Object(error.into())
    }

    /// What to do about it, where that is clear.
    pub(super) fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Unknown(_) | Self::NoCommonAncestor | Self::Object(_) => Some(
                "is it in this clone? A shallow clone has no history: fetch all of it, with actions/checkout by `fetch-depth: 0`",
            ),
            _ => None,
        }
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRepository(directory) => {
                let directory = directory.display();
                write!(
                    f,
                    "{directory} is in no Git repository: it has no .git, nor has a directory above it"
                )
            }
            Self::Disk(error) => error.fmt(f),
            Self::Unreadable(path, error) => {
                write!(f, "{}: cannot read: {}", path.display(), error_text(error))
            }
            Self::NoGitDirectory(path) => {
                let path = path.display();
                write!(f, "{path}: expected a line `gitdir: DIRECTORY`")
            }
            Self::Unknown(name) => write!(f, "there is no revision {name}"),
            Self::Ambiguous(name) => write!(f, "{name} is the beginning of several objects"),
            Self::NoCommit(name) => write!(f, "{name} is no commit"),
            Self::NoCommonAncestor => f.write_str("it has no ancestor in common with HEAD"),
            Self::TooMany(most) => write!(f, "more than {most} files and directories differ"),
            Self::Object(error) => {
                write!(f, "an object cannot be read: {error}")
            }
        }
    }
}

impl Error for GitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Disk(error) => Some(error),
            Self::Unreadable(_, error) => Some(error),
            Self::Object(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
