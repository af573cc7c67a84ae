//! From what a user calls a chart to the chart: where it is, and how it comes from the disk into memory.

mod folder;
mod locate;
mod reading;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use homescale_chart::{Chart, ErrorKind, HelmVersion};

use crate::failure::{Failure, plain};
use crate::terminal;

pub(crate) use locate::locate;
use reading::{Reading, Unreadable};

/// The largest archive that is read, compressed as it is. Helm has no limit.
const MAX_ARCHIVE: u64 = 256 << 20;

/// What Helm looks at to see whether a file is an archive.
const HEAD: u64 = 512;

/// Loads the folder or the archive, whose path is absolute. What Helm logs on the way is added to `notes`.
///
/// # Errors
/// Helm's text: a file cannot be read, or the chart is not valid.
pub(crate) fn load(
    path: &Path,
    level: HelmVersion,
    notes: &mut Vec<String>,
) -> Result<Chart, Failure> {
    let loaded = if path.is_dir() {
        let (files, reading) = folder::walk(path, level, notes)?;
        let loaded = Chart::load_as(&files, level);
        finish(&reading, notes)?;
        loaded
    } else {
        let archive =
            read_archive(path).map_err(|error| Failure::Input(os_error("open", path, &error)))?;
        Chart::load_archive(&path.to_string_lossy(), &archive, level)
    };
    match loaded {
        Ok(chart) => Ok(chart),
        Err(error) => {
            notes.extend_from_slice(error.warnings());
            Err(as_failure(&error))
        }
    }
}

/// Waits until the files have been read. If one could not be, Helm has logged nothing after it.
fn finish(reading: &Reading, notes: &mut Vec<String>) -> Result<(), Failure> {
    reading.finish().map_err(
        |Unreadable {
             failure,
             notes: logged,
         }| {
            notes.truncate(logged);
            failure
        },
    )
}

/// Helm's warnings, which go to standard error at once, and its error.
pub(crate) fn failed(error: &homescale_chart::Error) -> Failure {
    terminal::warn(error.warnings());
    as_failure(error)
}

fn as_failure(error: &homescale_chart::Error) -> Failure {
    match error.kind() {
        ErrorKind::Crash => Failure::Crash(error.to_string()),
        _ => Failure::Input(error.to_string()),
    }
}

/// Reads a file whole if it is an archive, else only its beginning: it could be anything.
fn read_archive(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len().min(MAX_ARCHIVE);
    let mut bytes = Vec::with_capacity(size as usize);
    (&mut file).take(HEAD).read_to_end(&mut bytes)?;
    if bytes.starts_with(b"\x1f\x8b") {
        file.take(MAX_ARCHIVE).read_to_end(&mut bytes)?;
    }
    if bytes.len() as u64 > MAX_ARCHIVE {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("more than {MAX_ARCHIVE} bytes"),
        ));
    }
    Ok(bytes)
}

/// Go's text of an error of the system.
fn os_error(doing: &str, path: &Path, error: &io::Error) -> String {
    format!("{doing} {}: {}", path.display(), plain(error))
}
