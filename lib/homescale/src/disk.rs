//! The files of a repository: found on the disk, and read into a [`FileSet`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use homescale_fileset::{FileRequest, FileSet};
use homescale_template::parallel;

use crate::disk_error::{DiskError, Problem};
use crate::file::{self, MAX_FILE};

/// How deep directories may be nested, against a symbolic link that leads back.
const MAX_DEPTH: usize = 64;

/// Whether a directory is a repository with a catalog: it has `apps/` and `clusters/`.
pub fn is_repository(dir: &Path) -> bool {
    dir.join("apps").is_dir() && dir.join("clusters").is_dir()
}

/// The nearest repository with a catalog: this directory, or one above it.
pub fn find_repository(dir: &Path) -> Option<&Path> {
    dir.ancestors().find(|dir| is_repository(dir))
}

/// Says what is asked of a path: relative to the root, that of a directory with a `/` at the end.
pub type Request<'a> = &'a (dyn Fn(&str) -> FileRequest + Sync);

/// Reads the files below `root/directory` that are asked for into `files`, under their paths relative to `root`.
///
/// Symbolic links are followed as long as they stay inside `root`.
///
/// # Errors
/// A file or directory that cannot be read, is too large, has a name that is not UTF-8, or leads out of the root.
pub fn read(
    root: &Path,
    directory: &str,
    request: Request<'_>,
    files: &mut FileSet,
) -> Result<(), DiskError> {
    let inside = fs::canonicalize(root).map_err(|error| DiskError::io("read", root, error))?;
    let reader = Reader {
        root,
        inside,
        request,
    };
    reader.read(&root.join(directory), directory, files)
}

/// The path of a file, and what is in it.
type File = (String, Arc<[u8]>);

struct Reader<'a> {
    root: &'a Path,
    /// Where symbolic links must stay.
    inside: PathBuf,
    request: Request<'a>,
}

impl Reader<'_> {
    /// Reads a directory and all below it into `files`. Many directories in it are shared out among threads: opening files is
    /// mostly waiting for the system.
    fn read(&self, dir: &Path, relative: &str, files: &mut FileSet) -> Result<(), DiskError> {
        let mut found = Vec::new();
        let directories = self.entries(dir, relative, &mut found)?;
        let read_all = |directories: &[String]| -> Result<Vec<File>, DiskError> {
            let mut found = Vec::new();
            for directory in directories {
                let name = directory.rsplit('/').next().unwrap_or_default();
                self.below(&dir.join(name), directory, 1, &mut found)?;
            }
            Ok(found)
        };
        for part in parallel::parts(&directories, parallel::available(), read_all) {
            found.extend(part?);
        }
        for (path, bytes) in found {
            let inserted = files.insert(path.as_str(), bytes);
            inserted.map_err(|error| DiskError::new(path.as_ref(), Problem::Name(error)))?;
        }
        Ok(())
    }

    /// Reads a directory and all below it.
    fn below(
        &self,
        dir: &Path,
        relative: &str,
        depth: usize,
        found: &mut Vec<File>,
    ) -> Result<(), DiskError> {
        if depth > MAX_DEPTH {
            return Err(DiskError::new(dir, Problem::TooDeep(MAX_DEPTH)));
        }
        for directory in self.entries(dir, relative, found)? {
            let name = directory.rsplit('/').next().unwrap_or_default();
            self.below(&dir.join(name), &directory, depth + 1, found)?;
        }
        Ok(())
    }

    /// Reads the files directly in a directory, and gives the paths of the directories in it.
    fn entries(
        &self,
        dir: &Path,
        relative: &str,
        found: &mut Vec<File>,
    ) -> Result<Vec<String>, DiskError> {
        let mut directories = Vec::new();
        for entry in fs::read_dir(dir).map_err(|error| DiskError::io("read", dir, error))? {
            let entry = entry.map_err(|error| DiskError::io("read", dir, error))?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                return Err(DiskError::new(&entry.path(), Problem::NotUtf8));
            };
            let path = match relative {
                "" => name.to_owned(),
                relative => format!("{relative}/{name}"),
            };
            let kind = entry
                .file_type()
                .map_err(|error| DiskError::io("read", &entry.path(), error))?;
            let directory = format!("{path}/");
            let is_dir = if kind.is_symlink() {
                if (self.request)(&path) == FileRequest::Nothing
                    && (self.request)(&directory) == FileRequest::Nothing
                {
                    continue;
                }
                self.follow(&entry.path())?
            } else {
                kind.is_dir()
            };
            if is_dir {
                if (self.request)(&directory) != FileRequest::Nothing {
                    directories.push(path);
                }
                continue;
            }
            match (self.request)(&path) {
                FileRequest::Nothing => {}
                FileRequest::Presence => found.push((path, Arc::default())),
                FileRequest::Contents => found.push((path, read_file(&entry.path())?)),
            }
        }
        Ok(directories)
    }

    /// Whether a symbolic link leads to a directory; an error when it leads out of the root.
    fn follow(&self, link: &Path) -> Result<bool, DiskError> {
        let target =
            fs::canonicalize(link).map_err(|error| DiskError::io("follow", link, error))?;
        if !target.starts_with(&self.inside) {
            let root = self.root.to_owned();
            return Err(DiskError::new(link, Problem::LeadsOut(Some(root))));
        }
        Ok(target.is_dir())
    }
}

/// Reads one file.
///
/// # Errors
/// It cannot be read, or is larger than 5 MiB.
pub fn read_file(path: &Path) -> Result<Arc<[u8]>, DiskError> {
    file::read(path, MAX_FILE).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => DiskError::new(path, Problem::TooLarge(MAX_FILE)),
        _ => DiskError::io("read", path, error),
    })
}
