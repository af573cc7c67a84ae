//! Git: what changed since a revision, read from Git's own files, and where a clone comes from.
//!
//! Git itself is not asked what changed: what a repository says there can run commands (`core.fsmonitor`,
//! `core.sshCommand`, filters, hooks, helpers of remotes). A directory is a repository by its `.git`, and by nothing else: what a
//! commit may bring, a bare repository among its files, is none.

mod changes;
mod clone;
mod directories;
mod error;
mod head;
mod repository;
mod revision;

use std::path::Path;

use crate::failure::Failure;

use error::GitError;
use repository::Repository;

pub(crate) use clone::Clone;
pub(crate) use head::Commit;

/// The commit that is checked out, for a directory of a repository.
///
/// # Errors
/// This is not a Git repository, or it has no commit.
pub(crate) fn head(directory: &Path) -> Result<Commit, Failure> {
    let head = Repository::around(directory).and_then(|repository| repository.head());
    head.map_err(Failure::input)
}

/// The paths that differ between the common ancestor of `base` and HEAD, and HEAD, relative to the directory.
///
/// Gives `None`, which means everything, without a base and for the null revision that a push of a new branch has.
///
/// # Errors
/// This is not a Git repository, or the base is unknown (in CI: a shallow clone).
pub(crate) fn changed_paths(
    directory: &Path,
    base: Option<&str>,
) -> Result<Option<Vec<String>>, Failure> {
    let Some(base) = base.filter(|base| !base.is_empty() && !base.bytes().all(|b| b == b'0'))
    else {
        return Ok(None);
    };
    if base.starts_with('-') {
        return Err(Failure::Usage(format!("--base {base}: not a revision")));
    }
    let changed = || -> Result<Vec<String>, GitError> {
        let repository = Repository::around(directory)?;
        let head = repository.commit("HEAD")?;
        let ancestor = repository.common_ancestor(repository.commit(base)?, head)?;
        repository.changes(ancestor, head)
    };
    changed().map(Some).map_err(|error| {
        let failure = Failure::Input(format!("--base {base}: {error}"));
        failure.hinted(error.hint())
    })
}
