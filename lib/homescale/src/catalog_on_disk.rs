//! [`Catalog`]: the catalog of a repository on the disk.

use std::error::Error;
use std::fmt;
use std::ops::Deref;
use std::path::Path;

use homescale_fileset::{FileRequest, FileSet, IGNORE_FILE, Ignore, IgnoreError, PathError};
use homescale_located::Diagnostics;

use crate::disk;
use crate::disk_error::{DiskError, Problem};

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
        let root = repository.as_ref();
        let mut files = FileSet::new();
        let ignore = ignore_rules(root)?;
        let needs = |path: &str| homescale_catalog::Catalog::needs(path, &ignore);
        disk::read(root, "apps", &needs, &mut files)?;
        disk::read(root, "clusters", &needs, &mut files)?;
        let load = |files: &FileSet| {
            let loaded = homescale_catalog::Catalog::load(files);
            loaded.map_err(|found| CatalogError::Findings(found, files.clone()))
        };
        let mut catalog = load(&files)?;
        let mut names = files.clone();
        for directory in catalog.searched_directories() {
            if root.join(&directory).is_dir() {
                disk::read(root, &directory, &presence, &mut names)?;
            }
        }
        let further = catalog.needs_further(&names).into_iter();
        let further: Vec<_> = further
            .filter(|path| !files.contains(path))
            .map(|path| (root.join(&path), path))
            .filter(|(place, _)| place.is_file())
            .collect();
        if !further.is_empty() {
            for (place, path) in further {
                stays_inside(root, &place)?;
                let bytes = disk::read_file(&place)?;
                let failed = |error: PathError| DiskError::new(&place, Problem::Name(error));
                files.insert(path, bytes).map_err(failed)?;
            }
            catalog = load(&files)?;
        }
        Ok(Self { catalog, files })
    }

    /// The files that it was read from.
    pub fn files(&self) -> &FileSet {
        &self.files
    }
}

impl Deref for Catalog {
    type Target = homescale_catalog::Catalog;

    fn deref(&self) -> &Self::Target {
        &self.catalog
    }
}

/// A file that is named must not lead out of the repository by a link.
fn stays_inside(root: &Path, place: &Path) -> Result<(), DiskError> {
    let real = |path: &Path| {
        let real = path.canonicalize();
        real.map_err(|error| DiskError::io("follow", path, error))
    };
    let root = real(root)?;
    if real(place)?.starts_with(&root) {
        return Ok(());
    }
    Err(DiskError::new(place, Problem::LeadsOut(Some(root))))
}

/// The names of files, but of Git's own.
fn presence(path: &str) -> FileRequest {
    if path == ".git/" || path.ends_with("/.git/") {
        FileRequest::Nothing
    } else {
        FileRequest::Presence
    }
}

/// The rules of `apps/.helmignore`, so that what Helm would not load is not read either.
fn ignore_rules(root: &Path) -> Result<Ignore, CatalogError> {
    let path = root.join("apps").join(IGNORE_FILE);
    if !path.exists() {
        return Ok(Ignore::default());
    }
    Ignore::parse(&disk::read_file(&path)?).map_err(CatalogError::Ignore)
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
