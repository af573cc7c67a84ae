//! The disk: finding the repository, reading files into a [`FileSet`], writing results.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use homescale_fileset::FileSet;

use crate::failure::Failure;

/// The largest file that is read; Helm has the same limit for a file of a chart.
const MAX_FILE: u64 = 5 << 20;

/// How deep folders may be nested, against a symbolic link that leads back.
const MAX_FOLDERS: usize = 64;

/// Finds the repository: the folder given, else the nearest one from the current folder upwards that has `apps/` and
/// `clusters/`.
pub(crate) fn find_repository(given: Option<&Path>) -> Result<PathBuf, Failure> {
    let is_repository = |dir: &Path| dir.join("apps").is_dir() && dir.join("clusters").is_dir();
    if let Some(dir) = given {
        if is_repository(dir) {
            return Ok(dir.to_owned());
        }
        return Err(Failure::Input(format!(
            "{}: not a catalog: expected the folders apps/ and clusters/ in it",
            dir.display()
        )));
    }
    let here =
        std::env::current_dir().map_err(|error| Failure::io("read", Path::new("."), &error))?;
    let found = here.ancestors().find(|dir| is_repository(dir));
    found.map(Path::to_owned).ok_or_else(|| {
        Failure::Input(format!(
            "{}: no catalog here or above: expected a folder with apps/ and clusters/; name one with --repo DIR",
            here.display()
        ))
    })
}

/// What is wanted of a path below a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Nothing: a folder is not looked into.
    No,
    /// That the file is there: it is not opened, and becomes an empty one.
    Presence,
    /// The contents, of a file or a folder.
    Contents,
}

/// Says what is wanted of a path: relative to the root, that of a folder with a `/` at the end.
pub(crate) type Question<'a> = &'a dyn Fn(&str) -> Wanted;

/// Reads the files below `root/folder` that are wanted into `files`, under their paths relative to `root`.
///
/// Symbolic links are followed as long as they stay inside `root`.
///
/// # Errors
/// A file or folder that cannot be read, is too large, has a name that is not UTF-8, or leads out of the root.
pub(crate) fn read(
    root: &Path,
    folder: &str,
    wanted: Question<'_>,
    files: &mut FileSet,
) -> Result<(), Failure> {
    let inside = fs::canonicalize(root).map_err(|error| Failure::io("read", root, &error))?;
    let reader = Reader {
        root,
        inside: Some(inside),
        wanted,
    };
    reader.folder(&root.join(folder), folder, 0, files)
}

/// Reads the files below `root` that are wanted, and follows symbolic links wherever they lead, as Helm does for the chart
/// that a user names.
pub(crate) fn read_linked(
    root: &Path,
    wanted: Question<'_>,
    files: &mut FileSet,
) -> Result<(), Failure> {
    let reader = Reader {
        root,
        inside: None,
        wanted,
    };
    reader.folder(root, "", 0, files)
}

struct Reader<'a> {
    root: &'a Path,
    /// Where symbolic links must stay, if they must.
    inside: Option<PathBuf>,
    wanted: Question<'a>,
}

impl Reader<'_> {
    fn folder(
        &self,
        dir: &Path,
        relative: &str,
        depth: usize,
        files: &mut FileSet,
    ) -> Result<(), Failure> {
        if depth > MAX_FOLDERS {
            let dir = dir.display();
            return Err(Failure::Input(format!(
                "{dir}: more than {MAX_FOLDERS} folders deep; is a link leading back?"
            )));
        }
        let entries = fs::read_dir(dir).map_err(|error| Failure::io("read", dir, &error))?;
        for entry in entries {
            let entry = entry.map_err(|error| Failure::io("read", dir, &error))?;
            let name = entry.file_name();
            let Some(name) = name.to_str() else {
                let path = entry.path();
                return Err(Failure::Input(format!(
                    "{}: the name is not UTF-8",
                    path.display()
                )));
            };
            let mut path = String::with_capacity(relative.len() + name.len() + 2);
            if !relative.is_empty() {
                path.push_str(relative);
                path.push('/');
            }
            path.push_str(name);
            let kind = entry
                .file_type()
                .map_err(|error| Failure::io("read", &entry.path(), &error))?;
            let is_dir = if kind.is_symlink() {
                let folder = format!("{path}/");
                if (self.wanted)(&path) == Wanted::No && (self.wanted)(&folder) == Wanted::No {
                    continue;
                }
                self.follow(&entry.path())?
            } else {
                kind.is_dir()
            };
            if is_dir {
                path.push('/');
                if (self.wanted)(&path) != Wanted::No {
                    path.pop();
                    self.folder(&entry.path(), &path, depth + 1, files)?;
                }
                continue;
            }
            let bytes = match (self.wanted)(&path) {
                Wanted::No => continue,
                Wanted::Presence => Vec::new(),
                Wanted::Contents => read_file(&entry.path())?,
            };
            let inserted = files.insert(path, bytes);
            inserted.map_err(|error| Failure::Input(error.to_string()))?;
        }
        Ok(())
    }

    /// Whether a symbolic link leads to a folder; an error when it leads out of the root.
    fn follow(&self, link: &Path) -> Result<bool, Failure> {
        let target = fs::canonicalize(link).map_err(|error| Failure::io("follow", link, &error))?;
        if self
            .inside
            .as_ref()
            .is_some_and(|inside| !target.starts_with(inside))
        {
            let (link, root) = (link.display(), self.root.display());
            return Err(Failure::Input(format!(
                "{link}: this symbolic link leads out of {root}"
            )));
        }
        Ok(target.is_dir())
    }
}

/// Reads one file.
///
/// # Errors
/// It cannot be read, or is larger than 5 MiB.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = || -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(8 << 10);
        let file = fs::File::open(path)?;
        io::Read::read_to_end(&mut io::Read::take(file, MAX_FILE + 1), &mut bytes)?;
        Ok(bytes)
    };
    let bytes = read().map_err(|error| Failure::io("read", path, &error))?;
    if bytes.len() as u64 > MAX_FILE {
        let path = path.display();
        return Err(Failure::Input(format!(
            "{path}: more than {MAX_FILE} bytes; a file of a chart may not have more"
        )));
    }
    Ok(bytes)
}

/// Writes a file whole or not at all: beside its place first, then into it.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: &io::Error| Failure::io("write", path, error);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| failed(&error))?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(name);
    let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        let _ = fs::remove_file(&beside);
        failed(&error)
    })
}
