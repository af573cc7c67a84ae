//! The commit that is checked out.

use homescale_go::time::{Location, Time};

use super::error::GitError;
use super::repository::Repository;

/// Go's layout `time.RFC3339`.
const RFC3339: &[u8] = b"2006-01-02T15:04:05Z07:00";

/// A commit, as Argo CD tells of it.
#[derive(Debug, Default)]
pub(crate) struct Commit {
    /// Its name.
    pub(crate) id: String,
    /// Who wrote it: `Name <address>`.
    pub(crate) author: String,
    /// When, in UTC, as RFC 3339 has it.
    pub(crate) date: String,
    /// Its message.
    pub(crate) message: String,
}

impl Repository {
    /// The commit that is checked out.
    ///
    /// # Errors
    /// There is none, or it cannot be read.
    pub(super) fn head(&self) -> Result<Commit, GitError> {
        let id = self.commit("HEAD")?;
        let mut buffer = Vec::new();
        let parts = self.commit_parts(id, &mut buffer)?;
        let author = parts.author().map_err(GitError::object)?.trim();
        let message = parts.message().map_err(GitError::object)?;
        let date = Time::new(author.seconds(), 0, Location::UTC).format(RFC3339);
        Ok(Commit {
            id: id.to_string(),
            author: format!("{} <{}>", author.name, author.email),
            date: String::from_utf8_lossy(&date).into_owned(),
            message: message.to_string(),
        })
    }
}
