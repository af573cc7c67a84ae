//! The files of a repository: found on the disk, and read into a [`FileSet`].

use std::fs::{self, FileType};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use homescale_chart::MAX_PARSED;
use homescale_fileset::{FileRequest, FileSet, is_printable};
use homescale_template::parallel;

use crate::disk_error::{DiskError, Problem};
use crate::file;
use crate::root::{MAX_ENTRIES, Place, Root};

/// How deep directories may be nested, against a symbolic link that leads back.
const MAX_DEPTH: usize = 64;

/// How many of them may be reached through links: a link to a directory with two links doubles what is below, and so on.
const MAX_LINKED: usize = 10_000;

/// How many bytes all files may have together that are read.
const MAX_BYTES: u64 = 256 << 20;

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
/// Symbolic links are followed as long as they stay inside `root`; `directory` may be one, too.
///
/// # Errors
/// A file or directory that cannot be read, is too large, is neither a file nor a directory, has a name that is not UTF-8 or
/// cannot be printed, or leads out of the root. There is more to read than any repository has.
pub fn read(
    root: &Path,
    directory: &str,
    request: Request<'_>,
    files: &mut FileSet,
) -> Result<(), DiskError> {
    let root = Root::new(root);
    let top = root.path().join(directory);
    let Some(place) = root.find(Path::new(directory))? else {
        return Err(match fs::symlink_metadata(&top) {
            Ok(_) => DiskError::new(&top, Problem::LeadsNowhere),
            Err(error) => DiskError::io("read", &top, error),
        });
    };
    let reader = Reader {
        root: &root,
        top: &top,
        request,
        entries: AtomicUsize::new(0),
        linked: AtomicUsize::new(0),
        bytes: AtomicU64::new(0),
    };
    let is_linked = place.real != Path::new(directory);
    reader.read(
        Directory {
            real: place.real,
            path: directory.to_owned(),
            is_linked,
        },
        files,
    )
}

/// The path of a file, and what is in it.
type File = (String, Arc<[u8]>);

/// A directory that is read.
struct Directory {
    /// Where it is in the root, without links.
    real: PathBuf,
    /// What it is called, links and all.
    path: String,
    /// Whether a link leads to it, or to one that it is in.
    is_linked: bool,
}

struct Reader<'a> {
    root: &'a Root,
    /// The directory that is read, for what concerns all of it.
    top: &'a Path,
    request: Request<'a>,
    /// How many files and directories were looked at, how many of them through links, and how many bytes were read.
    entries: AtomicUsize,
    linked: AtomicUsize,
    bytes: AtomicU64,
}

impl Reader<'_> {
    /// Reads a directory and all below it into `files`. Many directories in it are shared out among threads: opening files is
    /// mostly waiting for the system.
    fn read(&self, directory: Directory, files: &mut FileSet) -> Result<(), DiskError> {
        let mut found = Vec::new();
        let directories = self.entries(&directory, &mut found)?;
        let read_all = |directories: &[Directory]| -> Result<Vec<File>, DiskError> {
            let mut found = Vec::new();
            for directory in directories {
                self.below(directory, 1, &mut found)?;
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
        directory: &Directory,
        depth: usize,
        found: &mut Vec<File>,
    ) -> Result<(), DiskError> {
        if depth > MAX_DEPTH {
            let shown = self.root.path().join(&directory.path);
            return Err(DiskError::new(&shown, Problem::TooDeep(MAX_DEPTH)));
        }
        for directory in self.entries(directory, found)? {
            self.below(&directory, depth + 1, found)?;
        }
        Ok(())
    }

    /// Reads the files directly in a directory, and gives the directories in it.
    fn entries(
        &self,
        directory: &Directory,
        found: &mut Vec<File>,
    ) -> Result<Vec<Directory>, DiskError> {
        let shown = self.root.path().join(&directory.path);
        let failed = |error| DiskError::io("read", &shown, error);
        let mut directories = Vec::new();
        for entry in fs::read_dir(self.root.path().join(&directory.real)).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            self.count(directory)?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                return Err(DiskError::new(&shown.join(name), Problem::NotUtf8));
            };
            let path = match directory.path.as_str() {
                "" => name.to_owned(),
                directory => format!("{directory}/{name}"),
            };
            let kind = entry.file_type().map_err(failed)?;
            let request = |is_dir| {
                let slash = if is_dir { "/" } else { "" };
                (self.request)(&format!("{path}{slash}"))
            };
            // What nobody asks for may lead anywhere.
            if kind.is_symlink() && [true, false].map(request) == [FileRequest::Nothing; 2] {
                continue;
            }
            let place = self.place(directory, name, kind)?;
            let request = request(place.kind.is_dir());
            if request == FileRequest::Nothing {
                continue;
            }
            let shown = || self.root.path().join(&path);
            if !is_printable(name) {
                return Err(DiskError::new(&shown(), Problem::Unprintable));
            }
            if place.kind.is_dir() {
                directories.push(Directory {
                    real: place.real,
                    path,
                    is_linked: directory.is_linked || kind.is_symlink(),
                });
                continue;
            }
            if !place.kind.is_file() {
                return Err(DiskError::new(&shown(), Problem::Irregular));
            }
            let bytes = match request {
                FileRequest::Contents => self.contents(&place, &path)?,
                _ => Arc::default(),
            };
            found.push((path, bytes));
        }
        Ok(directories)
    }

    /// What an entry of a directory is, or leads to.
    fn place(&self, directory: &Directory, name: &str, kind: FileType) -> Result<Place, DiskError> {
        if !kind.is_symlink() {
            let real = directory.real.join(name);
            return Ok(Place { real, kind });
        }
        let found = self.root.find_from(&directory.real, Path::new(name))?;
        found.ok_or_else(|| {
            let shown = self.root.path().join(&directory.path).join(name);
            DiskError::new(&shown, Problem::LeadsNowhere)
        })
    }

    /// Reads a file, if all of them together are not too much.
    fn contents(&self, place: &Place, path: &str) -> Result<Arc<[u8]>, DiskError> {
        let bytes = self.root.read_place(place, path.as_ref())?;
        let size = bytes.len() as u64;
        if self.bytes.fetch_add(size, Ordering::Relaxed) + size > MAX_BYTES {
            return Err(DiskError::new(self.top, Problem::TooMuch(MAX_BYTES)));
        }
        Ok(bytes)
    }

    /// Counts an entry of a directory.
    fn count(&self, directory: &Directory) -> Result<(), DiskError> {
        let is_over = |counter: &AtomicUsize, most| counter.fetch_add(1, Ordering::Relaxed) >= most;
        if directory.is_linked && is_over(&self.linked, MAX_LINKED) {
            return Err(DiskError::new(self.top, Problem::TooManyLinked(MAX_LINKED)));
        }
        if is_over(&self.entries, MAX_ENTRIES) {
            return Err(DiskError::new(self.top, Problem::TooMany(MAX_ENTRIES)));
        }
        Ok(())
    }
}

/// Reads one file, which may be anywhere.
///
/// # Errors
/// It cannot be read, is no file, or is larger than 5 MiB.
pub fn read_file(path: &Path) -> Result<Arc<[u8]>, DiskError> {
    file::read(path, MAX_PARSED).map_err(|error| DiskError::reading(path, MAX_PARSED, error))
}
