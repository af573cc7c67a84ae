//! A catalog on the disk, as the library takes it.

use std::fs;
use std::path::Path;

use homescale_fileset::FileSet;

use super::tree;

/// The files of a catalog: all that is in `apps/` and `clusters/`.
pub(crate) fn read(root: &Path) -> FileSet {
    let mut files = FileSet::new();
    for folder in ["apps", "clusters"] {
        add(root, folder, &mut files);
    }
    files
}

fn add(root: &Path, folder: &str, files: &mut FileSet) {
    for path in tree::entries(&root.join(folder)) {
        let name = format!("{folder}/{}", tree::file_name(&path));
        if path.is_dir() {
            add(root, &name, files);
        } else {
            files.insert(name, fs::read(&path).unwrap()).unwrap();
        }
    }
}
