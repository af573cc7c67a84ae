//! Where a chart is (Helm's `LocateChart`): a path on this machine. What would have to be downloaded is refused.

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use homescale::DiskError;
use homescale_chart::HelmVersion;
use homescale_chart::command::{Home, Reference, has_repository};

use crate::failure::Failure;

/// The absolute path of the chart that a user means.
///
/// # Errors
/// Helm's text if there is no such chart; our own if the chart would come from the network.
pub(super) fn locate(reference: &str, helm: HelmVersion) -> Result<PathBuf, Failure> {
    let name = reference.trim();
    if !name.is_empty() && fs::metadata(name).is_ok() {
        let here = |error| DiskError::io("read", Path::new("."), error);
        return Ok(absolute(Path::new(name)).map_err(here)?);
    }
    if name.starts_with(['/', '.']) {
        return Err(Failure::Input(format!("path {name:?} not found")));
    }
    let reference = Reference::parse(name, helm).map_err(Failure::input)?;
    Err(Failure::Input(match reference {
        Reference::InRepository(repository) if !is_configured(&repository) => {
            format!("repo {repository} not found")
        }
        Reference::Url | Reference::InRepository(_) => format!(
            "{name}: charts are not downloaded; get it with `helm pull {name}`, and name the file"
        ),
    }))
}

/// The path from the root, without `.` and `..`; those are taken as text, whatever links there are, as Go does.
///
/// # Errors
/// The current directory is not known.
pub(super) fn absolute(name: &Path) -> io::Result<PathBuf> {
    let mut path = PathBuf::new();
    if !name.is_absolute() {
        path = current_dir()?;
    }
    for component in name.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                path.pop();
            }
            other => path.push(other),
        }
    }
    Ok(path)
}

/// The current directory by the name that the shell has for it, which can have links, if that is right.
fn current_dir() -> io::Result<PathBuf> {
    let current = env::current_dir()?;
    match env::var_os("PWD").map(PathBuf::from) {
        Some(named)
            if named.is_absolute()
                && named != current
                && fs::canonicalize(&named).is_ok_and(|named| named == current) =>
        {
            Ok(named)
        }
        _ => Ok(current),
    }
}

/// Whether the user has told Helm of a repository of that name.
fn is_configured(name: &str) -> bool {
    let home = Home::of(|name| env::var_os(name));
    let file = home.repositories.and_then(|path| fs::read(path).ok());
    file.is_some_and(|file| has_repository(&file, name))
}
