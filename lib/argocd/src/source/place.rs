//! [`Place`]: where a source is: the files of its repository, and a directory among them (`util/app/path`).

use homescale_fileset::FileSet;

use super::error::SourceError;
use super::failure::SourceFailure;
use super::inputs::InputPath;
use super::not_rendered::NotRendered;
use crate::application::Source;
use crate::paths::normalize;
use crate::repositories::Repositories;

/// Where a source is.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// The files of its repository.
    pub(super) files: &'a FileSet,
    /// The directory in it, from its root; empty for the root.
    pub(super) directory: String,
    repo_url: &'a str,
    revision: &'a str,
}

impl<'a> Place<'a> {
    /// Finds a source.
    ///
    /// # Errors
    /// It must be downloaded, or there is no such directory.
    pub(super) fn of(
        source: &'a Source,
        repositories: &'a dyn Repositories,
    ) -> Result<Self, SourceError> {
        let (repo_url, revision) = (source.repo_url.as_str(), source.target_revision.as_str());
        let owned = || (repo_url.to_owned(), revision.to_owned());
        if !source.chart.is_empty() {
            let (repo_url, version) = owned();
            let chart = source.chart.clone();
            let reason = NotRendered::ChartRepository {
                repo_url,
                chart,
                version,
            };
            return Err(reason.into());
        }
        let files = repositories.files(repo_url, revision).map_err(|_| {
            let (repo_url, revision) = owned();
            if source.is_oci() {
                NotRendered::Oci { repo_url, revision }
            } else {
                NotRendered::Repository { repo_url, revision }
            }
        })?;
        let directory = directory(&source.path, files)?;
        Ok(Self {
            files,
            directory,
            repo_url,
            revision,
        })
    }

    /// The names in the directory, and whether each is a directory.
    pub(super) fn entries(&self) -> Vec<(&'a str, bool)> {
        self.files.entries(&self.directory)
    }

    /// A path of the repository as an input.
    pub(super) fn input(&self, path: &str) -> InputPath {
        InputPath {
            repo_url: self.repo_url.to_owned(),
            revision: self.revision.to_owned(),
            path: path.to_owned(),
        }
    }
}

/// The directory that a path means.
fn directory(path: &str, files: &FileSet) -> Result<String, SourceFailure> {
    let said = || path.to_owned();
    if path.starts_with('/') {
        return Err(SourceFailure::AbsolutePath(said()));
    }
    let directory = normalize(path).ok_or_else(|| SourceFailure::OutsidePath(said()))?;
    if directory.is_empty() || files.has_folder(&directory) {
        return Ok(directory);
    }
    Err(if files.contains(&directory) {
        SourceFailure::NoDirectoryButFile(directory)
    } else {
        SourceFailure::NoDirectory(directory)
    })
}
