//! The manifests of a fleet in a directory: written, an Application at a time, or compared with what is there.

mod compare;
mod stage;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use homescale::DiskError;
use homescale_fleet::TreeFile;

pub(crate) use self::compare::{Difference, compare, others, read, remove_files};
use self::compare::{exists, remove};
use self::stage::Stage;

/// A directory with a tree of manifests.
///
/// What an Application has is at a place of its own, a directory or a file, and is replaced as a whole: first all is written
/// beside it, and when nothing can fail any more but the system itself, each place is exchanged. A run that ends before leaves
/// the tree as it was; one that is killed between leaves each place as it was, or as it shall be.
pub(crate) struct Tree {
    directory: PathBuf,
    stage: Stage,
    /// The places that are to be exchanged, in order, and whether something is to be there.
    places: Vec<(String, bool)>,
}

impl Tree {
    /// The tree in a directory, which is made if it is not there.
    pub(crate) fn new(directory: &Path) -> Result<Self, DiskError> {
        Ok(Self {
            directory: directory.to_owned(),
            stage: Stage::new(directory)?,
            places: Vec::new(),
        })
    }

    /// Writes what is to be at a place, beside it, unless it is there. Gives whether the place changes.
    pub(crate) fn put(&mut self, place: &str, files: &[TreeFile]) -> Result<bool, DiskError> {
        if compare(&self.directory, place, files)?.is_empty() {
            return Ok(false);
        }
        for file in files {
            let path = self.stage.at(&file.path);
            let failed = |error| DiskError::io("write", &path, error);
            if let Some(above) = path.parent() {
                fs::create_dir_all(above).map_err(failed)?;
            }
            fs::write(&path, &file.contents).map_err(failed)?;
        }
        self.places.push((place.to_owned(), !files.is_empty()));
        Ok(true)
    }

    /// Writes files of which each is a place of its own.
    pub(crate) fn put_each(&mut self, files: &[TreeFile]) -> Result<(), DiskError> {
        for file in files {
            self.put(&file.path, std::slice::from_ref(file))?;
        }
        Ok(())
    }

    /// Puts everything in its place, and says how many places changed.
    pub(crate) fn finish(self) -> Result<usize, DiskError> {
        for (place, has_files) in &self.places {
            let (new, path) = (self.stage.at(place), self.directory.join(place));
            if !has_files {
                remove(&path)?;
                continue;
            }
            let failed = |error| DiskError::io("write", &path, error);
            if let Some(above) = path.parent() {
                fs::create_dir_all(above).map_err(failed)?;
            }
            let moved = if exists(&path) {
                exchange(&new, &path, &self.stage.aside())
            } else {
                fs::rename(&new, &path)
            };
            moved.map_err(failed)?;
        }
        self.stage.remove()?;
        Ok(self.places.len())
    }
}

/// Exchanges what is at two paths, at once where the system can.
#[cfg(target_os = "linux")]
fn exchange(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    match renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        // Not every file system can.
        Err(_) => exchange_in_steps(new, old, aside),
    }
}

#[cfg(not(target_os = "linux"))]
fn exchange(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
    exchange_in_steps(new, old, aside)
}

fn exchange_in_steps(new: &Path, old: &Path, aside: &Path) -> io::Result<()> {
    fs::rename(old, aside)?;
    fs::rename(new, old)?;
    fs::rename(aside, new)
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
        assert_eq!(others(root, &["east/we".to_owned()]).unwrap().len(), 2);
        assert_eq!(others(root, &["east/web".to_owned()]).unwrap().len(), 0);
        remove_files(root, &others(root, &[]).unwrap()).unwrap();
        assert!(!root.join("east").exists());
    }

    #[test]
    fn stages_are_of_one_run_and_swept_up_after_it() {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path();
        let hidden = || fs::read_dir(root).unwrap().count();
        let (first, second) = (Tree::new(root).unwrap(), Tree::new(root).unwrap());
        assert_eq!(hidden(), 2, "each run has its own");
        // As if it had been killed.
        let left = Tree::new(root).unwrap();
        drop(left);
        fs::create_dir(root.join(".helm-catalog.tmp-begun")).unwrap();
        assert_eq!(hidden(), 4);
        let third = Tree::new(root).unwrap();
        assert_eq!(hidden(), 3, "what nobody has is swept up");
        for tree in [first, second, third] {
            tree.finish().unwrap();
        }
        assert_eq!(hidden(), 0);
    }

    #[test]
    fn places_are_exchanged_in_steps_where_the_system_cannot() {
        let directory = tempfile::tempdir().unwrap();
        let at = |name: &str| directory.path().join(name);
        fs::create_dir(at("old")).unwrap();
        fs::write(at("old/a"), "1").unwrap();
        fs::write(at("new"), "2").unwrap();
        exchange_in_steps(&at("new"), &at("old"), &at("aside")).unwrap();
        assert_eq!(fs::read(at("old")).unwrap(), b"2");
        assert_eq!(fs::read(at("new/a")).unwrap(), b"1");
        assert!(!at("aside").exists());
    }
}
