//! [`Repositories`]: where the files are of the repositories that Applications name.

use std::fmt;

use homescale_fileset::FileSet;

/// The repositories whose files are at hand: this checkout, and others on the disk.
///
/// Sources, value files of other sources and the Git generators of ApplicationSets read from here. One asks for what it needs:
/// what is not at hand is a reason to tell, and not a failure.
pub trait Repositories: Sync {
    /// The files of a repository at a revision. What the revision means, whoever has the repository decides: a checkout is
    /// what it is.
    ///
    /// # Errors
    /// The repository is not at hand.
    fn files(&self, repo_url: &str, revision: &str) -> Result<&FileSet, NotAtHand>;
}

/// A repository whose files are not at hand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotAtHand {
    /// The address, as it was asked for.
    pub repo_url: String,
}

impl fmt::Display for NotAtHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the repository `{}` is not at hand", self.repo_url)
    }
}

impl std::error::Error for NotAtHand {}

/// One repository, whatever its address: for tests, and where there is only one.
///
/// ```
/// use homescale_argocd::Repositories;
/// use homescale_fileset::FileSet;
///
/// let files = FileSet::new();
/// assert!(files.files("https://git.example.com/fleet.git", "HEAD").is_ok());
/// ```
impl Repositories for FileSet {
    fn files(&self, _: &str, _: &str) -> Result<&FileSet, NotAtHand> {
        Ok(self)
    }
}
