//! Trees of files.

use std::fs;
use std::path::{Path, PathBuf};

use homescale_fileset::FileSet;

/// The files below a directory. Links are followed.
pub(crate) fn directory(directory: &Path) -> FileSet {
    let mut files = FileSet::new();
    let mut pending = vec![directory.to_owned()];
    while let Some(path) = pending.pop() {
        if path.is_dir() {
            pending.extend(entries(&path));
        } else if path.exists() {
            let name = path.strip_prefix(directory).expect("it is below");
            let name = name.to_str().expect("names are UTF-8");
            let bytes = fs::read(&path).expect("it can be read");
            files.insert(name, bytes).expect("the path is relative");
        }
    }
    files
}

/// What is in a directory, by name.
pub(crate) fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("the directory is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("it is there").path())
        .collect();
    paths.sort();
    paths
}

/// The name of a file without its extension.
pub(crate) fn stem(path: &Path) -> String {
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    stem.expect("names are UTF-8").to_owned()
}
