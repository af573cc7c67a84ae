//! `--output-dir`: a file for each template, instead of one stream.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use homescale_chart::{Manifest, Rendered};
use homescale_go::os::error_text;
use homescale_go::path;

use crate::failure::Failure;
use crate::terminal;

/// Where the files go.
pub(super) struct OutputDir<'a> {
    /// The directory, as it was given.
    pub(super) path: &'a str,
    /// The directory below it for all but CRDs, with `--release-name`.
    pub(super) release: Option<&'a str>,
}

impl OutputDir<'_> {
    /// Writes CRDs and manifests, and says so on standard output. The first document of a file replaces what was there,
    /// the others follow it.
    ///
    /// # Errors
    /// Go's message of what failed.
    pub(super) fn write(&self, rendered: &Rendered) -> Result<(), Failure> {
        let mut written = BTreeSet::new();
        for crd in &rendered.crds {
            let append = !written.insert((true, crd.source.as_str()));
            document(self.path, &crd.source, &crd.text, append)?;
        }
        let directory = self.directory();
        for manifest in &rendered.manifests {
            let append = !written.insert((false, manifest.source.as_str()));
            document(&directory, &manifest.source, &manifest.text, append)?;
        }
        Ok(())
    }

    /// Writes hooks, after what is in their files already: of this run or of an earlier one, as Helm does.
    ///
    /// # Errors
    /// Go's message of what failed.
    pub(super) fn write_hooks(&self, hooks: &[Manifest]) -> Result<(), Failure> {
        let directory = self.directory();
        for hook in hooks {
            let append = Path::new(&directory).join(&hook.source).exists();
            document(&directory, &hook.source, &hook.text, append)?;
        }
        Ok(())
    }

    fn directory(&self) -> String {
        match self.release {
            Some(release) => Path::new(self.path).join(release).display().to_string(),
            None => self.path.to_owned(),
        }
    }
}

/// Writes one document below the directory, and says so.
fn document(directory: &str, source: &str, text: &[u8], append: bool) -> Result<(), Failure> {
    let stays = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    if !Path::new(source).components().all(stays) {
        return Err(Failure::Input(format!(
            "{source}: leads out of {directory}"
        )));
    }
    let path = format!("{directory}/{source}");
    write(&path, source, text, append).map_err(Failure::input)?;
    terminal::print(format!("wrote {path}\n").as_bytes())
}

fn write(path: &str, source: &str, text: &[u8], append: bool) -> Result<(), WriteError> {
    // Go makes the directory by its shortest path, and then opens the file by the path as it is.
    let parent = path::dir(path.as_bytes());
    let parent = String::from_utf8_lossy(&parent).into_owned();
    let (path, parent) = (Path::new(path), Path::new(&parent));
    match fs::metadata(parent) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(problem("stat", parent, error));
        }
        _ => make_directory(parent)?,
    }
    let file = if append {
        OpenOptions::new().append(true).open(path)
    } else {
        File::create(path)
    };
    let mut document = format!("---\n# Source: {source}\n").into_bytes();
    document.extend_from_slice(text);
    document.push(b'\n');
    let mut file = file.map_err(|error| problem("open", path, error))?;
    file.write_all(&document)
        .map_err(|error| problem("write", path, error))
}

/// Go's `os.MkdirAll`, whose message names the directory that cannot be made.
fn make_directory(path: &Path) -> Result<(), WriteError> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    if path.exists() {
        let error = io::ErrorKind::NotADirectory.into();
        return Err(problem("mkdir", path, error));
    }
    if let Some(parent) = path.parent() {
        make_directory(parent)?;
    }
    match fs::create_dir(path) {
        Err(error) if !path.is_dir() => Err(problem("mkdir", path, error)),
        _ => Ok(()),
    }
}

/// What the system refused, in Go's words.
#[derive(Debug)]
struct WriteError {
    doing: &'static str,
    path: PathBuf,
    error: io::Error,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (doing, path) = (self.doing, self.path.display());
        write!(f, "{doing} {path}: {}", error_text(&self.error))
    }
}

impl std::error::Error for WriteError {}

fn problem(doing: &'static str, path: &Path, error: io::Error) -> WriteError {
    let path = path.to_owned();
    WriteError { doing, path, error }
}
