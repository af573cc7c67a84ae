//! [`Contents`]: what a directory with renders has, and what goes when it is too much.

use std::fs::{self, DirEntry, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::platform;

/// The largest entry. Argo CD itself would not get what is larger.
pub(super) const MAX_ENTRY: u64 = 256 << 20;

/// What the names of files begin with that are not complete yet.
pub(super) const TEMPORARY: &str = ".new-";

/// A file whose time is that of the last look at all entries, and whose lock has who looks.
const LOOKED: &str = ".looked";

/// How often a directory is looked at as a whole.
const EVERY: Duration = Duration::from_hours(24);

/// After what time nobody goes on with a file that is not complete.
const ABANDONED: Duration = Duration::from_hours(1);

/// What a directory has.
#[derive(Debug, Default)]
pub(crate) struct Contents {
    entries: Vec<Entry>,
    abandoned: Vec<PathBuf>,
}

/// An entry, as far as its file tells.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    used: SystemTime,
    path: PathBuf,
    size: u64,
}

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pruned {
    pub(crate) entries: usize,
    pub(crate) bytes: u64,
}

impl Contents {
    /// What is below a directory. There is nothing in one that is not there.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub(crate) fn of(renders: &Path) -> io::Result<Self> {
        let mut contents = Self::default();
        let parts = match fs::read_dir(renders) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(contents),
            parts => parts?,
        };
        for part in parts {
            let part = part?;
            // A link is none of ours, and what it leads to neither.
            if part.file_type()?.is_dir() {
                for file in fs::read_dir(part.path())? {
                    // What goes in the meantime is not there.
                    let _ = contents.add(&file?);
                }
            }
        }
        contents.entries.sort();
        Ok(contents)
    }

    fn add(&mut self, file: &DirEntry) -> io::Result<()> {
        let (name, found) = (file.file_name(), file.metadata()?);
        let name = name.to_string_lossy();
        let used = found.modified()?;
        if !found.is_file() {
            return Ok(());
        }
        let is_key = name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_key {
            self.entries.push(Entry {
                used,
                path: file.path(),
                size: found.len(),
            });
        } else if name.starts_with(TEMPORARY) && used.elapsed().is_ok_and(|age| age > ABANDONED) {
            self.abandoned.push(file.path());
        }
        Ok(())
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// How large they are together.
    pub(crate) fn bytes(&self) -> u64 {
        self.entries.iter().map(|entry| entry.size).sum()
    }

    /// When the entry was used that goes first, to the hour.
    pub(crate) fn oldest(&self) -> Option<SystemTime> {
        self.entries.first().map(|entry| entry.used)
    }

    /// Takes away what was not used for the longest time, until the rest is not larger than this.
    pub(crate) fn prune(&self, max: u64) -> Pruned {
        for path in &self.abandoned {
            let _ = fs::remove_file(path);
        }
        let (mut left, mut pruned) = (self.bytes(), Pruned::default());
        for entry in &self.entries {
            if left <= max {
                break;
            }
            left -= entry.size;
            // What another process has taken away meanwhile counts as its own.
            if fs::remove_file(&entry.path).is_ok() {
                pruned.entries += 1;
                pruned.bytes += entry.size;
            }
        }
        pruned
    }
}

/// Takes away what is too much, if nobody did so in the last day, or this process has written a good part of it; and nobody does so
/// at the moment.
pub(super) fn prune_at_times(renders: &Path, written: u64, max: u64) {
    let is_much = written > max / 8;
    // What cannot be looked at now is looked at another time.
    let _ = look(renders, |age| is_much || age > EVERY, max);
}

fn look(renders: &Path, is_time: impl Fn(Duration) -> bool, max: u64) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    platform::make_private(&mut options);
    let place = renders.join(LOOKED);
    let looked: File = options.open(place)?;
    match looked.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(()),
        // Where the file system knows no locks, two may look at once: what one has taken away the other leaves.
        Ok(()) | Err(TryLockError::Error(_)) => {}
    }
    let age = looked.metadata()?.modified()?.elapsed();
    // A time that is yet to come is that of a clock that was wrong.
    if is_time(age.unwrap_or(Duration::MAX)) {
        looked.set_modified(SystemTime::now())?;
        Contents::of(renders)?.prune(max);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A directory with entries, each as many hours old as it is long.
    fn directory(sizes: &[u64]) -> tempfile::TempDir {
        let directory = tempfile::tempdir().unwrap();
        for size in sizes {
            write(directory.path(), &format!("{size:064x}"), *size, *size);
        }
        directory
    }

    fn write(renders: &Path, name: &str, size: u64, hours: u64) {
        let part = renders.join("00");
        fs::create_dir_all(&part).unwrap();
        let file = File::create(part.join(name)).unwrap();
        file.set_len(size).unwrap();
        let used = SystemTime::now() - Duration::from_hours(hours);
        file.set_modified(used).unwrap();
    }

    #[test]
    fn what_was_not_used_longest_goes() {
        let directory = directory(&[5, 1, 4]);
        let contents = Contents::of(directory.path()).unwrap();
        assert_eq!((contents.len(), contents.bytes()), (3, 10));
        let pruned = contents.prune(4);
        assert_eq!((pruned.entries, pruned.bytes), (2, 9));
        let left = Contents::of(directory.path()).unwrap();
        assert_eq!((left.len(), left.bytes()), (1, 1));
    }

    #[test]
    fn what_is_abandoned_goes_and_what_is_not_ours_stays() {
        let directory = directory(&[3]);
        write(directory.path(), ".new-1-0", 7, 2);
        write(directory.path(), ".new-1-1", 7, 0);
        write(directory.path(), "README", 7, 100);
        Contents::of(directory.path()).unwrap().prune(0);
        let left = fs::read_dir(directory.path().join("00")).unwrap();
        let mut left: Vec<_> = left.map(|file| file.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".new-1-1", "README"]);
    }

    #[test]
    fn a_directory_is_looked_at_once_a_day_or_after_much() {
        let directory = directory(&[5, 4]);
        let count = || Contents::of(directory.path()).unwrap().len();
        // The first look only begins the day.
        prune_at_times(directory.path(), 1, 8);
        assert_eq!(count(), 2);
        prune_at_times(directory.path(), 1, 8);
        assert_eq!(count(), 2);
        prune_at_times(directory.path(), 2, 8);
        assert_eq!(count(), 1);
        let looked = File::options()
            .write(true)
            .open(directory.path().join(LOOKED))
            .unwrap();
        looked
            .set_modified(SystemTime::now() - EVERY - Duration::from_mins(1))
            .unwrap();
        looked.lock().unwrap();
        prune_at_times(directory.path(), 1, 1);
        assert_eq!(count(), 1);
        looked.unlock().unwrap();
        prune_at_times(directory.path(), 1, 1);
        assert_eq!(count(), 0);
    }
}
