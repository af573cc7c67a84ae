//! [`Workspace`]: a directory of one build, which nobody else reads or writes, and which is removed with it.

use std::borrow::Cow;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use homescale_argocd::ToolError;
use homescale_fileset::{FileSet, name_of_text};
use tempfile::TempDir;

/// A directory of one build.
#[derive(Debug)]
pub(super) struct Workspace {
    root: PathBuf,
    home: PathBuf,
    /// It is removed when this is dropped.
    _directory: TempDir,
}

impl Workspace {
    /// An empty one.
    pub(super) fn new() -> Result<Self, ToolError> {
        let directory = TempDir::with_prefix("homescale-").map_err(unusable)?;
        // Kustomize compares real paths.
        let real = fs::canonicalize(directory.path()).map_err(unusable)?;
        let (root, home) = (real.join("repository"), real.join("home"));
        fs::create_dir(&root).map_err(unusable)?;
        fs::create_dir(&home).map_err(unusable)?;
        Ok(Self {
            root,
            home,
            _directory: directory,
        })
    }

    /// Where the repository is.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// A directory for what programs write elsewhere.
    pub(super) fn home(&self) -> &Path {
        &self.home
    }

    /// Where a path of the repository is.
    pub(super) fn path_of(&self, path: &str) -> PathBuf {
        if path.is_empty() {
            return self.root.clone();
        }
        self.root.join(native(path).as_ref())
    }

    /// Writes the files, and the directory even if it has none.
    pub(super) fn lay_out(&self, files: &FileSet, directory: &str) -> Result<(), ToolError> {
        fs::create_dir_all(self.path_of(directory)).map_err(unusable)?;
        for (path, contents) in files.contents() {
            let bytes = contents.bytes().map_err(unusable)?;
            let path = self.path_of(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(unusable)?;
            }
            fs::write(path, bytes).map_err(unusable)?;
        }
        Ok(())
    }

    /// Changes a file.
    pub(super) fn change(
        &self,
        path: &str,
        change: impl FnOnce(&[u8]) -> Result<Vec<u8>, ToolError>,
    ) -> Result<(), ToolError> {
        let path = self.path_of(path);
        let text = fs::read(&path).map_err(unusable)?;
        fs::write(&path, change(&text)?).map_err(unusable)
    }
}

fn unusable(error: impl Display) -> ToolError {
    ToolError::NoDirectory(error.to_string())
}

/// A path as the system has it.
#[cfg(unix)]
fn native(path: &str) -> Cow<'_, Path> {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    match name_of_text(path) {
        Cow::Borrowed(bytes) => Cow::Borrowed(Path::new(OsStr::from_bytes(bytes))),
        Cow::Owned(bytes) => Cow::Owned(PathBuf::from(OsStr::from_bytes(&bytes))),
    }
}

#[cfg(not(unix))]
fn native(path: &str) -> Cow<'_, Path> {
    let _ = name_of_text;
    Cow::Borrowed(Path::new(path))
}
