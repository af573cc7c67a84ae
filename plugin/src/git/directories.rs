//! [`Directories`]: where the files of Git are.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use homescale::DiskError;

use super::error::GitError;

/// The longest text of a file by which one directory of Git names another.
const MAX_POINTER: u64 = 16 << 10;

/// Where a working tree is, and the files of Git that belong to it.
pub(super) struct Directories {
    /// The working tree.
    pub(super) root: PathBuf,
    /// Where in it the directory is that was asked for.
    pub(super) inside: PathBuf,
    /// The directory with its HEAD.
    pub(super) own: PathBuf,
    /// The directory with what several working trees share.
    pub(super) common: PathBuf,
}

impl Directories {
    /// Those of the nearest `.git` upwards from a directory. A working tree beside the first one, whose `.git` is a file, has its
    /// own HEAD and shares the rest.
    ///
    /// # Errors
    /// There is none, or its files cannot be read.
    pub(super) fn around(directory: &Path) -> Result<Self, GitError> {
        let here = directory.canonicalize();
        let here = here.map_err(|error| DiskError::io("read", directory, error));
        let here = here.map_err(GitError::Disk)?;
        let root = here.ancestors().find(|dir| dir.join(".git").exists());
        let root = root.ok_or_else(|| GitError::NoRepository(directory.to_owned()))?;
        let own = own_directory(&root.join(".git"))?;
        Ok(Self {
            common: common_directory(&own)?,
            own,
            inside: here.strip_prefix(root).unwrap_or(Path::new("")).to_owned(),
            root: root.to_owned(),
        })
    }
}

/// The directory with HEAD: `.git` itself, or the one that it names as a file.
fn own_directory(git: &Path) -> Result<PathBuf, GitError> {
    if git.is_dir() {
        return Ok(git.to_owned());
    }
    let text = pointer(git)?.unwrap_or_default();
    let named = text.strip_prefix("gitdir:").map(str::trim);
    let named = named.filter(|named| !named.is_empty());
    let named = named.ok_or_else(|| GitError::NoGitDirectory(git.to_owned()))?;
    Ok(git.with_file_name("").join(named))
}

/// The directory with the objects, which several working trees share.
fn common_directory(own: &Path) -> Result<PathBuf, GitError> {
    let text = pointer(&own.join("commondir"))?;
    Ok(text.map_or_else(|| own.to_owned(), |text| own.join(text.trim())))
}

/// The text of a file that names a directory, if there is such a file.
fn pointer(path: &Path) -> Result<Option<String>, GitError> {
    let unreadable = |error| GitError::Unreadable(path.to_owned(), error);
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(unreadable(error)),
        Ok(found) if !found.is_file() || found.len() > MAX_POINTER => {
            Err(GitError::NoGitDirectory(path.to_owned()))
        }
        Ok(_) => fs::read_to_string(path).map(Some).map_err(unreadable),
    }
}
