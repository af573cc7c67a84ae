//! The manifests of a fleet in a directory: written, an Application at a time, or compared with what is there.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use homescale::DiskError;
use homescale_fleet::TreeFile;

/// What is being written is here first, in the directory that it is for.
const STAGE: &str = ".helm-catalog.tmp";

/// A directory with a tree of manifests.
///
/// What an Application has is at a place of its own, a directory or a file, and is replaced as a whole: first all is written
/// beside it, and when nothing can fail any more but the system itself, each place is exchanged. A run that ends before leaves
/// the tree as it was.
pub(crate) struct Tree {
    directory: PathBuf,
    stage: PathBuf,
    /// The places that are to be exchanged, in order.
    places: Vec<String>,
}

impl Tree {
    /// The tree in a directory, which is made if it is not there.
    pub(crate) fn new(directory: &Path) -> Result<Self, DiskError> {
        let stage = directory.join(STAGE);
        fs::create_dir_all(directory).map_err(|error| DiskError::io("write", directory, error))?;
        remove(&stage)?;
        Ok(Self {
            directory: directory.to_owned(),
            stage,
            places: Vec::new(),
        })
    }

    /// Writes what is to be at a place, beside it.
    pub(crate) fn put(&mut self, place: &str, files: &[TreeFile]) -> Result<(), DiskError> {
        if same(&self.directory, place, files)? {
            return Ok(());
        }
        for file in files {
            let path = self.stage.join(&file.path);
            let failed = |error| DiskError::io("write", &path, error);
            if let Some(above) = path.parent() {
                fs::create_dir_all(above).map_err(failed)?;
            }
            fs::write(&path, &file.contents).map_err(failed)?;
        }
        self.places.push(place.to_owned());
        Ok(())
    }

    /// Puts everything in its place, and says how many places changed.
    pub(crate) fn finish(self) -> Result<usize, DiskError> {
        for place in &self.places {
            let (new, path) = (self.stage.join(place), self.directory.join(place));
            let failed = |error| DiskError::io("write", &path, error);
            if let Some(above) = path.parent() {
                fs::create_dir_all(above).map_err(failed)?;
            }
            match (exists(&new), exists(&path)) {
                (true, true) => exchange(&new, &path).map_err(failed)?,
                (true, false) => fs::rename(&new, &path).map_err(failed)?,
                (false, true) => remove(&path)?,
                (false, false) => {}
            }
        }
        remove(&self.stage)?;
        Ok(self.places.len())
    }
}

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
pub(crate) fn others(directory: &Path, places: &[&str]) -> Result<Vec<String>, DiskError> {
    let is_of = |path: &str, place: &str| {
        let rest = path.strip_prefix(place);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let mut paths = Vec::new();
    walk(directory, "", &mut |path| paths.push(path.to_owned()))?;
    paths.retain(|path| !places.iter().any(|place| is_of(path, place)));
    Ok(paths)
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

fn same(directory: &Path, place: &str, files: &[TreeFile]) -> Result<bool, DiskError> {
    Ok(compare(directory, place, files)?.is_empty())
}

/// The files at a place, with their contents.
fn read(directory: &Path, place: &str) -> Result<BTreeMap<String, Vec<u8>>, DiskError> {
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

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Takes away what is there. A link is taken away itself, and not what it leads to.
fn remove(path: &Path) -> Result<(), DiskError> {
    let removed = match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        Ok(found) if found.is_dir() => fs::remove_dir_all(path),
        Ok(_) => fs::remove_file(path),
    };
    removed.map_err(|error| DiskError::io("remove", path, error))
}

/// Exchanges what is at two paths, at once where the system can.
#[cfg(target_os = "linux")]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Not every file system can.
        Err(_) => exchange_in_steps(new, old),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    exchange_in_steps(new, old)
}

fn exchange_in_steps(new: &Path, old: &Path) -> io::Result<()> {
    let aside = new.with_extension("old");
    fs::rename(old, &aside)?;
    fs::rename(new, old)?;
    fs::rename(&aside, new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(all: &[(&str, &str)]) -> Vec<TreeFile> {
        let file = |(path, contents): &(&str, &str)| TreeFile {
            path: (*path).to_owned(),
            contents: contents.as_bytes().to_vec(),
        };
        all.iter().map(file).collect()
    }

    #[test]
    fn places_are_exchanged_as_a_whole() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let old = files(&[("east/web/a.yaml", "1"), ("east/web/b.yaml", "2")]);
        let new = files(&[("east/web/b.yaml", "3"), ("east/web/c.yaml", "4")]);
        let mut tree = Tree::new(root).unwrap();
        tree.put("east/web", &old).unwrap();
        assert_eq!(others(root, &[]).unwrap(), Vec::<String>::new());
        assert_eq!(tree.finish().unwrap(), 1);
        let differences = compare(root, "east/web", &new).unwrap();
        let differences: Vec<_> = differences
            .iter()
            .map(|(path, what)| (path.as_str(), *what))
            .collect();
        assert_eq!(
            differences,
            [
                ("east/web/a.yaml", Difference::Extra),
                ("east/web/b.yaml", Difference::Other),
                ("east/web/c.yaml", Difference::Missing)
            ]
        );
        let mut tree = Tree::new(root).unwrap();
        tree.put("east/web", &new).unwrap();
        tree.put("east/gone", &[]).unwrap();
        assert_eq!(tree.finish().unwrap(), 1);
        assert!(compare(root, "east/web", &new).unwrap().is_empty());
        assert_eq!(others(root, &["east/we"]).unwrap().len(), 2);
        remove_files(root, &others(root, &[]).unwrap()).unwrap();
        assert!(!root.join("east").exists());
    }
}
