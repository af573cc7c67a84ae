//! A tree on the disk: what is there, what differs from what should be, and what is of nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;

use homescale::DiskError;
use homescale_fleet::TreeFile;

/// What differs between a tree and what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    /// The file is not there.
    Missing,
    /// The file is another one.
    Other,
    /// The file is of nothing that is rendered.
    Extra,
}

/// What differs at a place, by the paths of files.
pub(crate) fn compare(
    directory: &Path,
    place: &str,
    files: &[TreeFile],
) -> Result<BTreeMap<String, Difference>, DiskError> {
    let mut there = read(directory, place)?;
    let mut differences = BTreeMap::new();
    for file in files {
        let difference = match there.remove(&file.path) {
            None => Difference::Missing,
            Some(bytes) if bytes != file.contents => Difference::Other,
            Some(_) => continue,
        };
        differences.insert(file.path.clone(), difference);
    }
    differences.extend(there.into_keys().map(|path| (path, Difference::Extra)));
    Ok(differences)
}

/// The files of a tree, by their paths, that are at none of the places.
pub(crate) fn others(directory: &Path, places: &[String]) -> Result<Vec<String>, DiskError> {
    let places: BTreeSet<&str> = places.iter().map(String::as_str).collect();
    let is_of_some = |path: &str| {
        let above = path.match_indices('/').map(|(end, _)| &path[..end]);
        above
            .chain([path])
            .any(|above_or_itself| places.contains(above_or_itself))
    };
    let mut paths = Vec::new();
    walk(directory, "", &mut |path| paths.push(path.to_owned()))?;
    paths.retain(|path| !is_of_some(path));
    Ok(paths)
}

/// The files at a place, with their contents.
pub(crate) fn read(directory: &Path, place: &str) -> Result<BTreeMap<String, Vec<u8>>, DiskError> {
    let mut paths = Vec::new();
    let here = directory.join(place);
    if here.is_dir() {
        walk(directory, place, &mut |path| paths.push(path.to_owned()))?;
    } else if exists(&here) {
        paths.push(place.to_owned());
    }
    let read = |path: String| {
        let bytes = fs::read(directory.join(&path));
        let bytes = bytes.map_err(|error| DiskError::io("read", &directory.join(&path), error))?;
        Ok((path, bytes))
    };
    paths.into_iter().map(read).collect()
}

/// Removes files of a tree, and the directories that are empty then.
pub(crate) fn remove_files(directory: &Path, paths: &[String]) -> Result<(), DiskError> {
    for path in paths {
        let path = directory.join(path);
        remove(&path)?;
        let above = path.ancestors().skip(1);
        for above in above.take_while(|above| above.starts_with(directory) && *above != directory) {
            // One that has other files stays.
            if fs::remove_dir(above).is_err() {
                break;
            }
        }
    }
    Ok(())
}

/// Calls `found` with each file below a directory of the tree, in order. Hidden ones, such as Git's, are none of it.
fn walk(root: &Path, inside: &str, found: &mut dyn FnMut(&str)) -> Result<(), DiskError> {
    let here = root.join(inside);
    let failed = |error| DiskError::io("read", &here, error);
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(&here)
        .map_err(failed)?
        .collect::<Result<_, _>>()
        .map_err(failed)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        let path = match inside {
            "" => name.into_owned(),
            inside => format!("{inside}/{name}"),
        };
        if entry.file_type().map_err(failed)?.is_dir() {
            walk(root, &path, found)?;
        } else {
            found(&path);
        }
    }
    Ok(())
}

/// Whether something is there, be it a link that leads to nothing.
pub(super) fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Takes away what is there. A link is taken away itself, and not what it leads to.
pub(super) fn remove(path: &Path) -> Result<(), DiskError> {
    let removed = match fs::symlink_metadata(path) {
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    };
    match removed {
        // Another run may have been faster.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(|error| DiskError::io("remove", path, error)),
    }
}
