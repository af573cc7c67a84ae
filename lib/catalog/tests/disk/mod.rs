//! What the harnesses need of the disk: trees of files.

use std::fs;
use std::path::{Path, PathBuf};

use homescale_fileset::FileSet;

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files below a folder.
pub(crate) fn folder(folder: &Path) -> FileSet {
    let mut files = FileSet::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(entries(&path));
        } else {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            files.insert(name, fs::read(&path).unwrap()).unwrap();
        }
    }
    files
}

/// What is in a folder, by name.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().to_owned()
}
