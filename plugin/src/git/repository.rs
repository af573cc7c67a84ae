//! [`Repository`]: the objects and the references of Git.

use std::path::Path;

use gix_hash::Kind;

use super::directories::Directories;
use super::error::GitError;

/// A repository of Git: its objects and references.
pub(super) struct Repository {
    pub(super) objects: gix_odb::Handle,
    pub(super) references: gix_ref::file::Store,
    /// Where the directory that was asked for is among the files, with a `/` at the end; empty for all of them.
    pub(super) prefix: String,
}

impl Repository {
    /// The repository that a directory is in.
    ///
    /// # Errors
    /// There is none, or its files cannot be read.
    pub(super) fn around(directory: &Path) -> Result<Self, GitError> {
        let Directories {
            inside,
            own,
            common,
            ..
        } = Directories::around(directory)?;
        let objects = common.join("objects");
        let inside = inside.to_string_lossy();
        Ok(Self {
            objects: gix_odb::at(objects.clone(), Kind::Sha1)
                .map_err(|error| GitError::Unreadable(objects, error))?,
            references: gix_ref::file::Store::for_linked_worktree(own, common, Kind::Sha1),
            prefix: match inside.as_ref() {
                "" => String::new(),
                inside => format!("{inside}/"),
            },
        })
    }
}
