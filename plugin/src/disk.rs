//! The disk: finding the repository, reading files into a [`FileSet`], writing results.

use std::fs;
use std::io;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use homescale_fileset::FileSet;

use crate::disk_error::{DiskError, Problem};
use crate::failure::Failure;

/// The largest file that is read; Helm before 4.3 has the same limit for a file of a chart.
const MAX_FILE: u64 = 5 << 20;

/// What most files do not exceed: they are read without asking for their size.
const ORDINARY: usize = 8 << 10;

/// How many folders make a thread worth its start.
const WORTHWHILE: usize = 64;

/// How deep folders may be nested, against a symbolic link that leads back.
const MAX_FOLDERS: usize = 64;

/// Finds the repository: the folder given, else the nearest one from the current folder upwards that has `apps/` and
/// `clusters/`.
pub(crate) fn find_repository(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(dir) = given {
        if is_repository(dir) {
            return Ok(dir.to_owned());
        }
        return Err(Failure::Input(format!(
            "{}: not a catalog: expected the folders apps/ and clusters/ in it",
            dir.display()
        )));
    }
    let here =
        std::env::current_dir().map_err(|error| DiskError::io("read", Path::new("."), error))?;
    let found = here.ancestors().find(|dir| is_repository(dir));
    found.map(Path::to_owned).ok_or_else(|| {
        Failure::Input(format!(
            "{}: no catalog here or above: expected a folder with apps/ and clusters/; name one with --repo DIR",
            here.display()
        ))
    })
}

/// Whether a directory is a repository with a catalog.
pub(crate) fn is_repository(dir: &Path) -> bool {
    dir.join("apps").is_dir() && dir.join("clusters").is_dir()
}

/// What is wanted of a path below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Nothing: a folder is not looked into.
    No,
    /// That the file is there: it is not opened, and becomes an empty one.
    Presence,
    /// The contents, of a file or a folder.
    Contents,
}

/// Says what is wanted of a path: relative to the root, that of a folder with a `/` at the end.
pub(crate) type Question<'a> = &'a (dyn Fn(&str) -> Wanted + Sync);

/// Reads the files below `root/folder` that are wanted into `files`, under their paths relative to `root`.
///
/// Symbolic links are followed as long as they stay inside `root`.
///
/// # Errors
/// A file or folder that cannot be read, is too large, has a name that is not UTF-8, or leads out of the root.
pub(crate) fn read(
    root: &Path,
    folder: &str,
    wanted: Question<'_>,
    files: &mut FileSet,
) -> Result<(), DiskError> {
    let inside = fs::canonicalize(root).map_err(|error| DiskError::io("read", root, error))?;
    let reader = Reader {
        root,
        inside,
        wanted,
    };
    reader.read(&root.join(folder), folder, files)
}

/// The path of a file, and what is in it.
type File = (String, Vec<u8>);

struct Reader<'a> {
    root: &'a Path,
    /// Where symbolic links must stay.
    inside: PathBuf,
    wanted: Question<'a>,
}

impl Reader<'_> {
    /// Reads a folder and all below it into `files`. Many folders in it are shared out among threads: opening files is
    /// mostly waiting for the system.
    fn read(&self, dir: &Path, relative: &str, files: &mut FileSet) -> Result<(), DiskError> {
        let mut found = Vec::new();
        let folders = self.entries(dir, relative, &mut found)?;
        let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
        let threads = threads.min(folders.len() / WORTHWHILE).max(1);
        let read_all = |folders: &[String]| -> Result<Vec<File>, DiskError> {
            let mut found = Vec::new();
            for folder in folders {
                let name = folder.rsplit('/').next().unwrap_or_default();
                self.below(&dir.join(name), folder, 1, &mut found)?;
            }
            Ok(found)
        };
        let mut parts = folders.chunks(folders.len().div_ceil(threads).max(1));
        let first = parts.next().unwrap_or_default();
        let results = std::thread::scope(|scope| {
            let running: Vec<_> = parts
                .map(|part| scope.spawn(move || read_all(part)))
                .collect();
            let mut results = vec![read_all(first)];
            results.extend(
                running
                    .into_iter()
                    .map(|thread| thread.join().unwrap_or_else(|it| resume_unwind(it))),
            );
            results
        });
        for part in results {
            found.extend(part?);
        }
        for (path, bytes) in found {
            let inserted = files.insert(path.as_str(), bytes);
            inserted.map_err(|error| DiskError::new(path.as_ref(), Problem::Name(error)))?;
        }
        Ok(())
    }

    /// Reads a folder and all below it.
    fn below(
        &self,
        dir: &Path,
        relative: &str,
        depth: usize,
        found: &mut Vec<File>,
    ) -> Result<(), DiskError> {
        if depth > MAX_FOLDERS {
            return Err(DiskError::new(dir, Problem::TooDeep(MAX_FOLDERS)));
        }
        for folder in self.entries(dir, relative, found)? {
            let name = folder.rsplit('/').next().unwrap_or_default();
            self.below(&dir.join(name), &folder, depth + 1, found)?;
        }
        Ok(())
    }

    /// Reads the files directly in a folder, and gives the paths of the folders in it.
    fn entries(
        &self,
        dir: &Path,
        relative: &str,
        found: &mut Vec<File>,
    ) -> Result<Vec<String>, DiskError> {
        let mut folders = Vec::new();
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
            let folder = format!("{path}/");
            let is_dir = if kind.is_symlink() {
                if (self.wanted)(&path) == Wanted::No && (self.wanted)(&folder) == Wanted::No {
                    continue;
                }
                self.follow(&entry.path())?
            } else {
                kind.is_dir()
            };
            if is_dir {
                if (self.wanted)(&folder) != Wanted::No {
                    folders.push(path);
                }
                continue;
            }
            match (self.wanted)(&path) {
                Wanted::No => {}
                Wanted::Presence => found.push((path, Vec::new())),
                Wanted::Contents => found.push((path, read_file(&entry.path())?)),
            }
        }
        Ok(folders)
    }

    /// Whether a symbolic link leads to a folder; an error when it leads out of the root.
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
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, DiskError> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(ORDINARY);
        let mut file = io::Read::take(fs::File::open(path)?, MAX_FILE + 1);
        io::Read::read_to_end(&mut io::Read::take(&mut file, ORDINARY as u64), &mut bytes)?;
        if bytes.len() == ORDINARY {
            // One byte more than there is, so that the end is seen without growing.
            let size = file.get_ref().metadata()?.len().min(MAX_FILE) + 1;
            bytes.reserve_exact((size as usize).saturating_sub(ORDINARY));
            io::Read::read_to_end(&mut file, &mut bytes)?;
        }
        Ok(bytes)
    };
    let bytes = read().map_err(|error| DiskError::io("read", path, error))?;
    if bytes.len() as u64 > MAX_FILE {
        return Err(DiskError::new(path, Problem::TooLarge(MAX_FILE)));
    }
    Ok(bytes)
}

/// Writes a file whole or not at all: beside its place first, then into it.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), DiskError> {
    let failed = |error| DiskError::io("write", path, error);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(failed)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
