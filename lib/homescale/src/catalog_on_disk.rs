//! [`Catalog`]: the catalog of a repository on the disk.

use std::error::Error;
use std::fmt;
use std::ops::Deref;
use std::path::Path;

use homescale_chart::Limits;
use homescale_fileset::{Contents, FileSet, IGNORE_FILE, Ignore, IgnoreError};
use homescale_located::Diagnostics;

use crate::disk;
use crate::disk_error::{DiskError, Problem};
use crate::root::Root;

/// The catalog of a repository on the disk: a [`homescale_catalog::Catalog`], and the files that it was read from.
#[derive(Debug)]
pub struct Catalog {
    catalog: homescale_catalog::Catalog,
    files: FileSet,
}

/// Why there is no catalog.
#[derive(Debug)]
#[non_exhaustive]
pub enum CatalogError {
    /// A file or directory cannot be read.
    Disk(DiskError),
    /// `apps/.helmignore` cannot be read.
    Ignore(IgnoreError),
    /// The repository has no catalog, and these are the files that were looked at.
    Findings(Diagnostics, FileSet),
}

impl Catalog {
    /// Reads the catalog of the repository in a directory: `apps/`, `clusters/`, and what they name elsewhere.
    ///
    /// # Errors
    /// A file cannot be read, or there is no catalog. What is wrong in a catalog, its `lint` says.
    pub fn open(repository: impl AsRef<Path>) -> Result<Self, CatalogError> {
        let root = Root::new(repository.as_ref());
        let mut files = FileSet::new();
        let ignore = ignore_rules(&root)?;
        let needs = |path: &str| homescale_catalog::Catalog::needs(path, &ignore);
        disk::read(root.path(), "apps", &needs, &mut files)?;
        disk::read(root.path(), "clusters", &needs, &mut files)?;
        let load = |files: &FileSet| {
            let loaded = homescale_catalog::Catalog::load(files);
            loaded.map_err(|found| CatalogError::Findings(found, files.clone()))
        };
        let mut catalog = load(&files)?;
        let mut names = files.clone();
        for directory in catalog.searched_directories() {
            for name in root.file_names(&directory)? {
                if !names.contains(&name) {
                    insert(&mut names, &name, *b"")?;
                }
            }
        }
        let mut is_complete = true;
        for path in catalog.needs_further(&names) {
            // That a directory is named as a file, the catalog says with its place.
            if files.contains(&path) || root.has_directory(&path)? {
                continue;
            }
            match root.read_file(&path) {
                Ok(Some(bytes)) => {
                    insert(&mut files, &path, bytes)?;
                    is_complete = false;
                }
                // `lint` says so, with the line that names it.
                Ok(None) => {}
                Err(error) if error.is_of_directory() => {}
                Err(error) => return Err(error.into()),
            }
        }
        if !is_complete {
            catalog = load(&files)?;
        }
        Ok(Self { catalog, files })
    }

    /// The files that it was read from.
    pub fn files(&self) -> &FileSet {
        &self.files
    }

    /// Sets how much the catalog's chart, and the templates in its fields, may cause.
    pub fn limit(&mut self, limits: Limits) {
        self.catalog.limit(limits);
    }
}

impl Deref for Catalog {
    type Target = homescale_catalog::Catalog;

    fn deref(&self) -> &Self::Target {
        &self.catalog
    }
}

fn insert(files: &mut FileSet, path: &str, contents: impl Into<Contents>) -> Result<(), DiskError> {
    let inserted = files.insert(path, contents);
    inserted.map_err(|error| DiskError::new(path.as_ref(), Problem::Name(error)))
}

/// The rules of `apps/.helmignore`, so that what Helm would not load is not read either.
fn ignore_rules(root: &Root) -> Result<Ignore, CatalogError> {
    match root.read_file(Path::new("apps").join(IGNORE_FILE))? {
        Some(text) => Ignore::parse(&text).map_err(CatalogError::Ignore),
        None => Ok(Ignore::default()),
    }
}

impl From<DiskError> for CatalogError {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disk(error) => error.fmt(f),
            Self::Ignore(error) => write!(f, "apps/{IGNORE_FILE}: {error}"),
            Self::Findings(found, _) => found.fmt(f),
        }
    }
}

impl Error for CatalogError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Disk(error) => Some(error),
            Self::Ignore(error) => Some(error),
            Self::Findings(found, _) => Some(found),
        }
    }
}
