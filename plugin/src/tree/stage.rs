//! [`Stage`]: where a run writes first, beside the tree that it is for.

use std::fs::{self, File, TryLockError};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};

use homescale::DiskError;

use super::compare::remove;

/// How the names of these directories begin.
const PREFIX: &str = ".helm-catalog.tmp-";

/// Its owner has a lock on this file in it, as long as it runs.
const LOCK: &str = "lock";

/// How often another name is tried.
const TRIES: usize = 16;

/// A directory in that of a tree, for one run alone. Several runs may write into a tree at the same time, each with a stage of
/// its own; that of a run which was killed is swept up by the next one.
#[derive(Debug)]
pub(super) struct Stage {
    root: PathBuf,
    /// Holds the lock.
    _lock: File,
}

impl Stage {
    /// A new stage in the directory of a tree. What runs left that are no more is removed.
    pub(super) fn new(directory: &Path) -> Result<Self, DiskError> {
        let failed = |error| DiskError::io("write", directory, error);
        fs::create_dir_all(directory).map_err(failed)?;
        sweep(directory)?;
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        for _ in 0..TRIES {
            let random = RandomState::new().build_hasher().finish();
            let root = directory.join(format!("{PREFIX}{random:016x}"));
            match claim(&root) {
                Ok(lock) => return Ok(Self { root, _lock: lock }),
                Err(error) => last = error,
            }
        }
        Err(failed(last))
    }

    /// Where what is to be at a path of the tree is written first.
    pub(super) fn at(&self, path: &str) -> PathBuf {
        self.files().join(path)
    }

    /// Where something can be put aside for a moment.
    pub(super) fn aside(&self) -> PathBuf {
        self.root.join("aside")
    }

    fn files(&self) -> PathBuf {
        self.root.join("files")
    }

    /// Removes it, the lock last, so that whatever is left of a stage has one.
    pub(super) fn remove(self) -> Result<(), DiskError> {
        sweep_up(&self.root)
    }
}

/// Makes a stage that is this run's own.
fn claim(root: &Path) -> io::Result<File> {
    fs::create_dir(root)?;
    let path = root.join(LOCK);
    let lock = File::create_new(&path)?;
    match lock.try_lock() {
        // A file system without locks has stages that nobody sweeps up.
        Ok(()) | Err(TryLockError::Error(_)) => {}
        Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::AlreadyExists.into()),
    }
    // Another run may have taken it for left behind, before there was a lock.
    path.metadata()?;
    Ok(lock)
}

/// Removes the stages of runs that are no more.
fn sweep(directory: &Path) -> Result<(), DiskError> {
    let failed = |error| DiskError::io("read", directory, error);
    for entry in fs::read_dir(directory).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let root = entry.path();
        match File::open(root.join(LOCK)) {
            Ok(lock) if lock.try_lock().is_ok() => sweep_up(&root)?,
            // Its run goes on.
            Ok(_) => {}
            // Without a lock there is nothing in it yet, or nothing any more: another run begins, or ends, or was killed there.
            Err(_) => {
                let _ = fs::remove_dir(&root);
            }
        }
    }
    Ok(())
}

fn sweep_up(root: &Path) -> Result<(), DiskError> {
    for part in ["files", "aside", LOCK] {
        remove(&root.join(part))?;
    }
    remove(root)
}
