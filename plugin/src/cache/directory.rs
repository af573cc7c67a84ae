//! [`Directory`]: renders in files of a directory, which many processes use at once.
//!
//! An entry is written beside its place and then moved there, so that whoever reads finds all of it or nothing, without a lock; what
//! a process leaves behind that is killed is taken away later. What was not used for the longest time goes first.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use homescale_fleet::{Key, Store};

use super::contents::{self, MAX_ENTRY, TEMPORARY};
use crate::platform;
use crate::watch::Size;

/// Where the renders are in the cache. Another form of them is in another directory.
const RENDERS: [&str; 2] = ["renders", "1"];

/// How much is kept.
pub(crate) const USUAL_SIZE: Size = Size(2 << 30);

/// How exactly it is known when an entry was used, so that reading seldom writes.
const USED_WITHIN: Duration = Duration::from_hours(1);

/// A directory with renders.
#[derive(Debug)]
pub(crate) struct Directory {
    renders: PathBuf,
    /// How many files this process has begun to write.
    begun: AtomicU64,
    /// How many bytes it has written.
    written: AtomicU64,
    /// Whether it could not write: the disk is full, or only to be read. It does not try again.
    is_closed: AtomicBool,
}

/// Why a directory is not used.
#[derive(Debug)]
pub(crate) enum Refused {
    /// It is something else.
    NoDirectory(PathBuf),
    /// Other users may write into it, and what they write would be taken for our own.
    OfOthers(PathBuf),
}

impl Directory {
    /// The directory below a cache. It need not be there.
    ///
    /// # Errors
    /// What is there is no directory, or other users may write into it.
    pub(crate) fn open(root: &Path) -> Result<Self, Refused> {
        let mut renders = root.to_owned();
        check(&renders, fs::metadata(&renders))?;
        for name in RENDERS {
            renders.push(name);
            check(&renders, fs::symlink_metadata(&renders))?;
        }
        Ok(Self {
            renders,
            begun: AtomicU64::new(0),
            written: AtomicU64::new(0),
            is_closed: AtomicBool::new(false),
        })
    }

    /// Where the entries are.
    pub(crate) fn path(&self) -> &Path {
        &self.renders
    }

    fn place(&self, key: &Key) -> (PathBuf, String) {
        let name = key.to_string();
        (self.renders.join(&name[..2]), name)
    }

    fn read(&self, key: &Key) -> io::Result<Vec<u8>> {
        let (directory, name) = self.place(key);
        let place = directory.join(name);
        // Links are not followed, nor is a pipe waited for.
        let found = fs::symlink_metadata(&place)?;
        if !found.is_file() || found.len() > MAX_ENTRY || !fs::symlink_metadata(directory)?.is_dir()
        {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let file = File::open(&place)?;
        let mut entry = Vec::with_capacity(found.len() as usize);
        (&file).take(MAX_ENTRY).read_to_end(&mut entry)?;
        let used = found.modified()?.elapsed().unwrap_or_default();
        if used > USED_WITHIN {
            // In a directory that is only to be read it stays as it is.
            let _ = file.set_modified(SystemTime::now());
        }
        Ok(entry)
    }

    fn write(&self, key: &Key, entry: &[u8]) -> io::Result<()> {
        let (directory, name) = self.place(key);
        platform::private_directories().create(&directory)?;
        if !fs::symlink_metadata(&directory)?.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let (temporary, mut file) = self.begin(&directory)?;
        let written = file.write_all(entry);
        drop(file);
        let moved = written.and_then(|()| fs::rename(&temporary, directory.join(name)));
        if moved.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        moved
    }

    /// A new file in a directory, for what is not complete yet.
    fn begin(&self, directory: &Path) -> io::Result<(PathBuf, File)> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        platform::make_private(&mut options);
        loop {
            let number = self.begun.fetch_add(1, Ordering::Relaxed);
            let name = format!("{TEMPORARY}{}-{number}", std::process::id());
            let place = directory.join(name);
            match options.open(&place) {
                // Of a process with the same number that was killed, perhaps on another machine.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                opened => return Ok((place, opened?)),
            }
        }
    }
}

impl Store for Directory {
    fn get(&self, key: &Key) -> Option<Vec<u8>> {
        self.read(key).ok()
    }

    fn put(&self, key: &Key, entry: &[u8]) {
        if entry.len() as u64 > MAX_ENTRY || self.is_closed.load(Ordering::Relaxed) {
            return;
        }
        match self.write(key, entry) {
            Ok(()) => {
                self.written
                    .fetch_add(entry.len() as u64, Ordering::Relaxed);
            }
            Err(_) => self.is_closed.store(true, Ordering::Relaxed),
        }
    }
}

impl Drop for Directory {
    /// Takes away what is too much, now and then.
    fn drop(&mut self) {
        let written = *self.written.get_mut();
        if written > 0 {
            contents::prune_at_times(&self.renders, written, USUAL_SIZE.0);
        }
    }
}

fn check(directory: &Path, found: io::Result<fs::Metadata>) -> Result<(), Refused> {
    match found {
        // It will be made, for its user alone; or nothing can be done in it.
        Err(_) => Ok(()),
        Ok(found) if !found.is_dir() => Err(Refused::NoDirectory(directory.to_owned())),
        Ok(found) if platform::others_may_write(&found) => {
            Err(Refused::OfOthers(directory.to_owned()))
        }
        Ok(_) => Ok(()),
    }
}

impl Refused {
    /// What to do about it.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::NoDirectory(_) => "name another one with --cache-dir".to_owned(),
            Self::OfOthers(path) => format!(
                "name one that is yours alone with --cache-dir, such as {}, or take their right away",
                path.join("helm-catalog").display()
            ),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoDirectory(path) => write!(f, "{}: it is no directory", path.display()),
            Self::OfOthers(path) => {
                write!(f, "{}: other users may write into it", path.display())
            }
        }
    }
}
