//! [`Root`]: a directory that no path and no link leaves.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::disk_error::{DiskError, Problem};
use crate::file;

/// How many files and directories are looked at.
pub(crate) const MAX_ENTRIES: usize = 200_000;

/// How many links one path may lead through; Linux has the same limit.
const MAX_LINKS: usize = 40;

/// A directory that no path and no link leaves: the root of a repository.
///
/// What is outside is not looked at, so that nothing tells whether it is there: links are followed one by one, by what they
/// say. A link that says an absolute path is refused, wherever that is, as by Argo CD.
#[derive(Clone, Debug)]
pub struct Root {
    path: PathBuf,
}

/// Something in a [`Root`].
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Where it is in the root, without links.
    pub(crate) real: PathBuf,
    /// What it is: no link.
    pub(crate) kind: FileType,
}

impl Root {
    /// A directory as a root. It may be a link itself.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads the file at a path that is relative to the root. `None` where nothing is.
    ///
    /// # Errors
    /// The path leads out, or to something that is no file; the file cannot be read, or is too large.
    pub fn read_file(&self, path: impl AsRef<Path>) -> Result<Option<Arc<[u8]>>, DiskError> {
        let path = path.as_ref();
        let Some(place) = self.find(path)? else {
            return Ok(None);
        };
        self.read_place(&place, path).map(Some)
    }

    /// Whether a directory is at a path.
    ///
    /// # Errors
    /// The path leads out, or cannot be looked at.
    pub fn has_directory(&self, path: impl AsRef<Path>) -> Result<bool, DiskError> {
        let found = self.find(path.as_ref())?;
        Ok(found.is_some_and(|place| place.kind.is_dir()))
    }

    /// The path without links, relative to the root, to which a path leads. `None` where nothing is.
    ///
    /// # Errors
    /// The path leads out, or cannot be looked at.
    pub fn real_path(&self, path: impl AsRef<Path>) -> Result<Option<PathBuf>, DiskError> {
        Ok(self.find(path.as_ref())?.map(|place| place.real))
    }

    /// The paths of all files below a directory, those of Git left out, for patterns to match. A link to a directory is not
    /// followed: it could lead back. Nothing is below what is no directory.
    ///
    /// # Errors
    /// The path leads out, or a directory cannot be read; there are more files than any repository has.
    pub fn file_names(&self, directory: &str) -> Result<Vec<String>, DiskError> {
        let mut names = Vec::new();
        let mut left = MAX_ENTRIES;
        let mut open: Vec<(PathBuf, String)> = (self.find(directory.as_ref())?.into_iter())
            .filter(|place| place.kind.is_dir())
            .map(|place| (place.real, directory.to_owned()))
            .collect();
        while let Some((real, path)) = open.pop() {
            let shown = self.path.join(&path);
            let failed = |error| DiskError::io("read", &shown, error);
            for entry in fs::read_dir(self.path.join(&real)).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let too_many = || DiskError::new(&shown, Problem::TooMany(MAX_ENTRIES));
                left = left.checked_sub(1).ok_or_else(too_many)?;
                let kind = entry.file_type().map_err(failed)?;
                let Ok(name) = entry.file_name().into_string() else {
                    return Err(DiskError::new(&entry.path(), Problem::NotUtf8));
                };
                let inner = match path.as_str() {
                    "" => name.clone(),
                    path => format!("{path}/{name}"),
                };
                if kind.is_dir() {
                    open.extend((inner != ".git").then(|| (real.join(name), inner)));
                } else if !(kind.is_symlink() && self.leads_to_directory(&real, &name)) {
                    names.push(inner);
                }
            }
        }
        Ok(names)
    }

    /// Whether a link leads to a directory. Of one that leads out, whoever reads it will be told.
    fn leads_to_directory(&self, real: &Path, name: &str) -> bool {
        let found = self.find_from(real, name.as_ref());
        found.is_ok_and(|found| found.is_some_and(|place| place.kind.is_dir()))
    }

    /// Reads what is at a place that is called `path`.
    pub(crate) fn read_place(&self, place: &Place, path: &Path) -> Result<Arc<[u8]>, DiskError> {
        let shown = self.path.join(path);
        if !place.kind.is_file() {
            let problem = if place.kind.is_dir() {
                Problem::Directory
            } else {
                Problem::Irregular
            };
            return Err(DiskError::new(&shown, problem));
        }
        let limit = file::limit_of(path);
        file::read(&self.path.join(&place.real), limit)
            .map_err(|error| DiskError::reading(&shown, limit, error))
    }

    /// What is at a path that is relative to the root, links followed. `None` where nothing is.
    ///
    /// # Errors
    /// The path leads out, or cannot be looked at.
    pub(crate) fn find(&self, path: &Path) -> Result<Option<Place>, DiskError> {
        self.find_from(Path::new(""), path)
    }

    /// The same for a path that is relative to a directory without links.
    pub(crate) fn find_from(&self, real: &Path, path: &Path) -> Result<Option<Place>, DiskError> {
        let mut way = Way {
            root: self,
            real: real.to_owned(),
            link: self.path.join(real).join(path),
            links: 0,
            open: Vec::new(),
        };
        way.push(path)?;
        way.walk()
    }
}

/// A path that is walked, part by part.
struct Way<'a> {
    root: &'a Root,
    /// Where it has come to, without links.
    real: PathBuf,
    /// What is to blame if it leads out: the last link, or else the path.
    link: PathBuf,
    links: usize,
    /// What is still to be walked, the next part last.
    open: Vec<Part>,
}

enum Part {
    Up,
    Down(OsString),
}

impl Way<'_> {
    fn walk(mut self) -> Result<Option<Place>, DiskError> {
        while let Some(part) = self.open.pop() {
            match part {
                Part::Up if self.real.pop() => {}
                Part::Up => return Err(self.leads_out()),
                Part::Down(name) => {
                    if !self.enter(name)? {
                        return Ok(None);
                    }
                }
            }
        }
        let here = self.root.path.join(&self.real);
        let found = fs::symlink_metadata(&here);
        // Only the root itself may still be a link here.
        let found = match found {
            Ok(link) if link.is_symlink() => fs::metadata(&here),
            found => found,
        };
        let kind = found.map_err(|error| DiskError::io("read", &here, error))?;
        Ok(Some(Place {
            real: self.real,
            kind: kind.file_type(),
        }))
    }

    /// Goes into what is called so here, or where a link of that name leads; whether it is there.
    fn enter(&mut self, name: OsString) -> Result<bool, DiskError> {
        let place = self.root.path.join(&self.real).join(&name);
        let found = match fs::symlink_metadata(&place) {
            Ok(found) => found,
            Err(error) if is_missing(&error) => return Ok(false),
            Err(error) => return Err(DiskError::io("read", &place, error)),
        };
        if !found.is_symlink() {
            self.real.push(name);
            return Ok(true);
        }
        self.links += 1;
        if self.links > MAX_LINKS {
            return Err(DiskError::new(&place, Problem::TooManyLinks(MAX_LINKS)));
        }
        let target =
            fs::read_link(&place).map_err(|error| DiskError::io("follow", &place, error))?;
        self.link = place;
        self.push(&target)?;
        Ok(true)
    }

    /// Adds the parts of a path to what is to be walked first.
    fn push(&mut self, path: &Path) -> Result<(), DiskError> {
        let before = self.open.len();
        for part in path.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => self.open.push(Part::Up),
                Component::Normal(name) => self.open.push(Part::Down(name.to_owned())),
                Component::RootDir | Component::Prefix(_) if self.links > 0 => {
                    return Err(DiskError::new(&self.link, Problem::AbsoluteLink));
                }
                Component::RootDir | Component::Prefix(_) => return Err(self.leads_out()),
            }
        }
        self.open[before..].reverse();
        Ok(())
    }

    fn leads_out(&self) -> DiskError {
        let problem = match self.links {
            0 => Problem::Outside,
            _ => Problem::LeadsOut(Some(self.root.path.clone())),
        };
        DiskError::new(&self.link, problem)
    }
}

/// Whether the system says that nothing is there.
fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
