//! Writing to the disk; what reads it is in [`homescale::disk`].

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use homescale::DiskError;

/// What is being written is here first, in the directory that it is for.
const STAGE: &str = ".helm-catalog.tmp";

/// Writes files into a directory, by their names, in place of what is there: none before all of them could be written. What a run
/// leaves behind that is killed is taken away by the next one.
pub(crate) fn write_all<'f>(
    dir: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<(), DiskError> {
    let stage = dir.join(STAGE);
    let failed = |error| DiskError::io("write", &stage, error);
    fs::create_dir_all(dir).map_err(|error| DiskError::io("write", dir, error))?;
    remove(&stage).map_err(failed)?;
    fs::create_dir(&stage).map_err(failed)?;
    let written = write_by(&stage, dir, files);
    let removed = remove(&stage).map_err(failed);
    written.and(removed)
}

/// Writes files into the stage, and then moves all of them.
fn write_by<'f>(
    stage: &Path,
    dir: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<(), DiskError> {
    let mut names = Vec::new();
    for (name, bytes) in files {
        let failed = |error| DiskError::io("write", &dir.join(name), error);
        fs::write(stage.join(name), bytes).map_err(failed)?;
        names.push(name);
    }
    names.into_iter().try_for_each(|name| {
        let place = dir.join(name);
        fs::rename(stage.join(name), &place).map_err(|error| DiskError::io("write", &place, error))
    })
}

/// The files of a directory, by their names.
pub(crate) fn files(dir: &Path) -> Result<Vec<PathBuf>, DiskError> {
    let failed = |error| DiskError::io("read", dir, error);
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.file_type().map_err(failed)?.is_file() {
            files.push(entry.path());
        }
    }
    files.sort();
    Ok(files)
}

/// Takes away what is there. A link is taken away itself, and not what it leads to.
fn remove(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    }
}

/// Writes new files below a directory, by their paths from there: all of them, or none. What is there is never written over, nor
/// is anything written through a symbolic link.
pub(crate) fn write_new<'f>(
    root: &Path,
    files: impl IntoIterator<Item = (&'f str, &'f [u8])>,
) -> Result<(), DiskError> {
    let mut made = Made::default();
    let mut files = files.into_iter();
    let written = files.try_for_each(|(path, bytes)| {
        let place = root.join(path);
        let written = made.write(root, &place, bytes);
        written.map_err(|error| DiskError::io("write", &place, error))
    });
    if written.is_err() {
        made.undo();
    }
    written
}

/// What has been made so far, in that order.
#[derive(Default)]
struct Made {
    directories: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, root: &Path, place: &Path, bytes: &[u8]) -> io::Result<()> {
        let above = place.ancestors().skip(1);
        let above: Vec<&Path> = above.take_while(|dir| dir.starts_with(root)).collect();
        for directory in above.into_iter().rev() {
            self.directory(root, directory)?;
        }
        let mut file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(place)?;
        self.files.push(place.to_owned());
        file.write_all(bytes)
    }

    /// Makes a directory, unless it is there.
    fn directory(&mut self, root: &Path, directory: &Path) -> io::Result<()> {
        match fs::symlink_metadata(directory) {
            Ok(found) if found.is_dir() || directory == root => Ok(()),
            Ok(_) => Err(io::Error::other(format!(
                "{} is no directory",
                directory.display()
            ))),
            Err(_) => {
                fs::create_dir(directory)?;
                self.directories.push(directory.to_owned());
                Ok(())
            }
        }
    }

    /// Takes it all away again, as far as that can be done.
    fn undo(self) {
        for file in self.files {
            let _ = fs::remove_file(file);
        }
        for directory in self.directories.into_iter().rev() {
            let _ = fs::remove_dir(directory);
        }
    }
}
