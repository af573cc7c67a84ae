//! [`SourceInputs`]: what the manifests of a source are made of.

use std::collections::BTreeSet;

use homescale_fileset::{FileSet, ReadError};

use crate::repositories::{NotAtHand, Repositories};

/// The files that the manifests of a source depend on, those that are not there among them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SourceInputs {
    /// Directories with all that is below them.
    pub directories: BTreeSet<InputPath>,
    /// Directories with the files that are directly in them.
    pub listings: BTreeSet<InputPath>,
    /// Single files.
    pub files: BTreeSet<InputPath>,
    /// Files that were looked for, and are not there.
    pub missing: BTreeSet<InputPath>,
}

/// A path in a repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InputPath {
    /// The address of the repository, as the source says it.
    pub repo_url: String,
    /// The revision, as the source says it.
    pub revision: String,
    /// The path, from the root of the repository; empty for the root.
    pub path: String,
}

/// Why the contents of inputs cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputError {
    /// A repository is not at hand any more.
    NotAtHand(NotAtHand),
    /// A file cannot be read.
    Unreadable(ReadError),
}

impl SourceInputs {
    /// Whether the manifests may depend on a file, whether it is there or not, or no longer. `is_repository` says which addresses
    /// are those of its repository.
    pub fn touches(&self, path: &str, is_repository: impl Fn(&str) -> bool) -> bool {
        let is_of = |input: &InputPath| is_repository(&input.repo_url);
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let is_below = |directory: &str| {
            let rest = path.strip_prefix(directory);
            directory.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
        };
        (self.directories.iter()).any(|it| is_below(&it.path) && is_of(it))
            || (self.listings.iter()).any(|it| it.path == parent && is_of(it))
            || (self.files.iter().chain(&self.missing)).any(|it| it.path == path && is_of(it))
    }

    /// Tells all contents that the manifests depend on, in one order: each path with its bytes, or with none where there is no
    /// file. Two sources to which the same is told, and of which the same is asked, have the same manifests.
    ///
    /// # Errors
    /// A repository is not at hand, or a file cannot be read.
    pub fn tell(
        &self,
        repositories: &dyn Repositories,
        mut tell: impl FnMut(&str, Option<&[u8]>),
    ) -> Result<(), InputError> {
        let files_of = |input: &InputPath| {
            let files = repositories.files(&input.repo_url, &input.revision);
            files.map_err(InputError::NotAtHand)
        };
        let mut tell = |files: &FileSet, path: &str| {
            let bytes = files.get(path);
            tell(
                path,
                bytes.map_err(|error| InputError::Unreadable(error.clone()))?,
            );
            Ok(())
        };
        for directory in &self.directories {
            let files = files_of(directory)?;
            for path in files.paths_below(&directory.path) {
                tell(files, path)?;
            }
        }
        for directory in &self.listings {
            let files = files_of(directory)?;
            for (name, is_directory) in files.entries(&directory.path) {
                if !is_directory {
                    tell(files, &inside(&directory.path, name))?;
                }
            }
        }
        for file in self.files.iter().chain(&self.missing) {
            tell(files_of(file)?, &file.path)?;
        }
        Ok(())
    }
}

/// The path of a name in a directory.
pub(super) fn inside(directory: &str, name: &str) -> String {
    match directory {
        "" => name.to_owned(),
        directory => format!("{directory}/{name}"),
    }
}
