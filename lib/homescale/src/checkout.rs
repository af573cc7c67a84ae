//! [`checkout`]: all files of a repository, each read when somebody asks for it.

use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use homescale_fileset::{Contents, FileSet, ReadError, printable};

use crate::disk_error::{DiskError, Problem};
use crate::root::{MAX_ENTRIES, Place, Root};

/// How deep directories may be nested.
const MAX_DEPTH: usize = 64;

/// How many entries may be reached through links: a link to a directory with two links doubles what is below, and so on.
const MAX_LINKED: usize = 100_000;

/// How many bytes may be read of all files together.
const MAX_BYTES: u64 = 4 << 30;

/// The files of the repository in a directory, those of Git left out. Each is read when it is asked for, once.
///
/// Links are followed as long as they stay inside, but not to a directory that they are in. What cannot be read, a link that leads out for example, is a file all the
/// same: whoever asks for it is told why. So a repository can be looked at of which a part is not to be had.
///
/// ```
/// # let repository = tempfile::tempdir()?;
/// # std::fs::create_dir(repository.path().join("web"))?;
/// # std::fs::write(repository.path().join("web/app.yaml"), "kind: App\n")?;
/// # let path = repository.path();
/// let files = homescale::checkout(path)?;
/// assert_eq!(files.paths().collect::<Vec<_>>(), ["web/app.yaml"]);
/// assert_eq!(files.get("web/app.yaml"), Ok(Some(&b"kind: App\n"[..])));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// The directory, or one in it, cannot be read; there are more files than any repository has.
pub fn checkout(repository: impl AsRef<Path>) -> Result<FileSet, DiskError> {
    let mut walk = Walk {
        shared: Arc::new(Shared {
            root: Root::new(repository.as_ref()),
            read: AtomicU64::new(0),
        }),
        left: MAX_ENTRIES,
        linked: MAX_LINKED,
        files: FileSet::new(),
    };
    walk.below(&Directory::default())?;
    Ok(walk.files)
}

/// A directory that is looked into.
#[derive(Default)]
struct Directory {
    /// Where it is in the root, without links.
    real: PathBuf,
    /// What it is called, links and all; empty for the root.
    path: String,
    /// Whether a link leads to it, or to one that it is in.
    is_linked: bool,
    depth: usize,
}

struct Walk {
    shared: Arc<Shared>,
    /// How many more files and directories may be looked at, and how many of them through links.
    left: usize,
    linked: usize,
    files: FileSet,
}

/// What the files share that are still to be read.
struct Shared {
    root: Root,
    /// How many bytes have been read.
    read: AtomicU64,
}

impl Walk {
    /// Adds all files below a directory.
    fn below(&mut self, directory: &Directory) -> Result<(), DiskError> {
        let here = self.shared.root.path().join(&directory.real);
        let failed = |error: io::Error| DiskError::io("read", &here, error);
        for entry in fs::read_dir(&here).map_err(failed)? {
            self.entry(directory, &entry.map_err(failed)?)?;
        }
        Ok(())
    }

    /// Adds a file, or all below a directory.
    fn entry(&mut self, directory: &Directory, entry: &DirEntry) -> Result<(), DiskError> {
        let name = entry.file_name();
        if name == ".git" {
            return Ok(());
        }
        self.count(directory)?;
        let shown = printable(&name.to_string_lossy()).into_owned();
        let path = match directory.path.as_str() {
            "" => shown.clone(),
            above => format!("{above}/{shown}"),
        };
        let Some(name) = name.to_str().filter(|name| **name == *shown) else {
            return self.refused(&path, Problem::NotUtf8);
        };
        let kind = entry.file_type();
        let kind = kind.map_err(|error| DiskError::io("read", &entry.path(), error))?;
        let place = if kind.is_symlink() {
            match self.shared.root.find_from(&directory.real, name.as_ref()) {
                Ok(Some(place)) => place,
                Ok(None) => return self.refused(&path, Problem::LeadsNowhere),
                Err(error) => return self.insert(&path, failing(&error)),
            }
        } else {
            let real = directory.real.join(name);
            Place { real, kind }
        };
        if !place.kind.is_dir() {
            let shared = Arc::clone(&self.shared);
            let own = PathBuf::from(&path);
            return self.insert(&path, Contents::later(move || shared.read(&place, &own)));
        }
        // What is around a link is not below it a second time.
        if kind.is_symlink() && directory.real.starts_with(&place.real) {
            return Ok(());
        }
        if directory.depth == MAX_DEPTH {
            return self.refused(&path, Problem::TooDeep(MAX_DEPTH));
        }
        self.below(&Directory {
            real: place.real,
            path,
            is_linked: directory.is_linked || kind.is_symlink(),
            depth: directory.depth + 1,
        })
    }

    /// Counts an entry of a directory.
    fn count(&mut self, directory: &Directory) -> Result<(), DiskError> {
        let root = self.shared.root.path();
        if directory.is_linked {
            let left = self.linked.checked_sub(1);
            self.linked =
                left.ok_or_else(|| DiskError::new(root, Problem::TooManyLinked(MAX_LINKED)))?;
        }
        let left = self.left.checked_sub(1);
        self.left = left.ok_or_else(|| DiskError::new(root, Problem::TooMany(MAX_ENTRIES)))?;
        Ok(())
    }

    fn refused(&mut self, path: &str, problem: Problem) -> Result<(), DiskError> {
        let error = DiskError::new(&self.shared.root.path().join(path), problem);
        self.insert(path, failing(&error))
    }

    fn insert(&mut self, path: &str, contents: Contents) -> Result<(), DiskError> {
        let inserted = self.files.insert(path, contents);
        inserted.map_err(|error| DiskError::new(path.as_ref(), Problem::Name(error)))
    }
}

/// A file that cannot be read.
fn failing(error: &DiskError) -> Contents {
    let error = ReadError::new(error.to_string());
    Contents::later(move || Err(error.clone()))
}

impl Shared {
    fn read(&self, place: &Place, path: &Path) -> Result<Arc<[u8]>, ReadError> {
        let bytes = self.root.read_place(place, path);
        let bytes = bytes.map_err(|error| ReadError::new(error.to_string()))?;
        let size = bytes.len() as u64;
        if self.read.fetch_add(size, Ordering::Relaxed) + size > MAX_BYTES {
            let error = DiskError::new(self.root.path(), Problem::TooMuch(MAX_BYTES));
            return Err(ReadError::new(error.to_string()));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_cannot_be_read_does_not_hide_the_rest() {
        use std::os::unix::fs::symlink;

        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret"), "secret").unwrap();
        let repository = tempfile::tempdir().unwrap();
        let root = repository.path();
        fs::create_dir_all(root.join("a/b")).unwrap();
        fs::create_dir(root.join(".git")).unwrap();
        fs::write(root.join(".git/config"), "").unwrap();
        fs::write(root.join("a/b/file"), "x").unwrap();
        symlink(outside.path().join("secret"), root.join("out")).unwrap();
        symlink("nowhere", root.join("dangling")).unwrap();
        symlink("a/b", root.join("linked")).unwrap();
        symlink("..", root.join("a/back")).unwrap();
        let files = checkout(root).unwrap();
        assert_eq!(files.get("a/b/file"), Ok(Some(&b"x"[..])));
        assert_eq!(files.get("linked/file"), Ok(Some(&b"x"[..])));
        assert!(!files.has_folder("a/back"));
        for refused in ["out", "dangling"] {
            assert!(files.get(refused).is_err(), "{refused}");
        }
        assert!(!files.contains(".git/config"));
    }
}
