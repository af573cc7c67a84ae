//! Writing to the disk; what reads it is in [`homescale::disk`].

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use homescale::DiskError;

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
