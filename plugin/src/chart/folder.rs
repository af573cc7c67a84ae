//! Reading the folder of a chart as Helm walks it: names in order, links followed, what `.helmignore` leaves out not
//! opened.
//!
//! A link may lead anywhere: it is the user who named the folder, and Helm follows it too, and says so. What comes from
//! a repository instead (`render`, `cmp`) is read by [`crate::disk`], where no link leads out.

use std::ffi::OsString;
use std::fs::{self, File, FileType};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use homescale_chart::{Level, is_read_to_load};
use homescale_fileset::{Contents, FileSet, IGNORE_FILE, Ignore, Walk};

use super::os_error;
use crate::failure::Failure;

/// The largest file of a chart, for the Helms that limit each, and of rules of what is ignored.
const MAX_FILE: u64 = 5 << 20;

/// The largest that all files of a chart may be together, for the Helms that do not limit each.
const MAX_CHART: u64 = 100 << 20;

/// How many files and folders a chart may have, against links that multiply. Helm has no limit.
const MAX_ENTRIES: usize = 200_000;

/// How deep folders may be nested. Helm has no limit.
const MAX_DEPTH: usize = 256;

/// What became of the files that are read when a template asks for them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unread {
    failure: Arc<OnceLock<String>>,
}

impl Unread {
    /// Fails if one of the files could be opened when the chart was loaded, but not be read later.
    pub(crate) fn check(&self) -> Result<(), Failure> {
        match self.failure.get() {
            Some(text) => Err(Failure::Input(text.clone())),
            None => Ok(()),
        }
    }

    /// The contents of a file, still to be read.
    fn contents(&self, path: &Path, relative: &str, limit: u64) -> Contents {
        let (path, relative) = (path.to_owned(), relative.to_owned());
        let failure = Arc::clone(&self.failure);
        Contents::later(move || {
            read_file(&path, limit).unwrap_or_else(|error| {
                let error = os_error("read", &path, &error);
                let text = format!("error reading {relative}: it changed meanwhile: {error}");
                // The first failure is told.
                let _ = failure.set(text);
                Arc::default()
            })
        })
    }
}

/// Finds all files that Helm would load, and Chart.yaml even if it is ignored. Each link that is followed adds to `notes`.
///
/// What loading a chart does not look into is read when somebody asks for it; whether that worked has to be checked.
///
/// # Errors
/// Helm's text: a file cannot be read, is too large, is a device or the like, or a link leads nowhere.
pub(super) fn read(
    root: &Path,
    level: Level,
    notes: &mut Vec<String>,
) -> Result<(FileSet, Unread), Failure> {
    let metadata = root.join("Chart.yaml");
    let described = level.looks_for_chart_yaml();
    if described && let Err(error) = File::open(&metadata) {
        let (place, error) = (metadata.display(), os_error("open", &metadata, &error));
        return Err(Failure::Input(format!(
            "unable to detect chart at {place}: {error}"
        )));
    }
    let mut reader = Reader {
        level,
        ignore: level.walk(rules(&root.join(IGNORE_FILE))?),
        files: FileSet::new(),
        left: MAX_ENTRIES,
        room: MAX_CHART,
        linked: Vec::new(),
        unread: Unread::default(),
        notes,
    };
    reader.folder(root, "", 0)?;
    if described && !reader.files.contains("Chart.yaml") {
        let name = OsString::from("Chart.yaml");
        reader.file(&metadata, "Chart.yaml", &name)?;
    }
    Ok((reader.files, reader.unread))
}

fn rules(path: &Path) -> Result<Ignore, Failure> {
    match read_file(path, MAX_FILE) {
        Ok(text) => Ignore::parse(&text).map_err(|error| Failure::Input(error.to_string())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ignore::default()),
        Err(error) => Err(Failure::Input(os_error("open", path, &error))),
    }
}

struct Reader<'a> {
    level: Level,
    ignore: Walk,
    files: FileSet,
    /// How many more files and folders may come.
    left: usize,
    /// How many more bytes may come, unless each file has a limit.
    room: u64,
    /// Where the links lead that are being followed.
    linked: Vec<PathBuf>,
    unread: Unread,
    /// What Helm logs.
    notes: &'a mut Vec<String>,
}

impl Reader<'_> {
    /// Reads a folder and all below it.
    fn folder(&mut self, dir: &Path, relative: &str, depth: usize) -> Result<(), Failure> {
        if depth > MAX_DEPTH {
            return Err(Failure::Input(format!(
                "{}: more than {MAX_DEPTH} folders deep",
                dir.display()
            )));
        }
        let failed = |error: io::Error| Failure::Input(os_error("open", dir, &error));
        let mut entries = Vec::new();
        for entry in fs::read_dir(dir).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            entries.push((entry.file_name(), entry.file_type().map_err(failed)?));
        }
        entries.sort_unstable_by(|(a, _), (b, _)| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
        for (name, kind) in entries {
            self.left = self.left.checked_sub(1).ok_or_else(|| {
                Failure::Input(format!(
                    "{}: more than {MAX_ENTRIES} files and folders in a chart",
                    dir.display()
                ))
            })?;
            let path = dir.join(&name);
            let Some(name_text) = name.to_str() else {
                let path = path.display();
                return Err(Failure::Input(format!("{path}: the name is not UTF-8")));
            };
            let relative = match relative {
                "" => name_text.to_owned(),
                relative => format!("{relative}/{name_text}"),
            };
            if kind.is_symlink() {
                self.link(&path, &relative, depth)?;
            } else {
                self.entry(&path, &relative, kind, &name, depth)?;
            }
        }
        Ok(())
    }

    /// Reads what a link leads to, under the path of the link.
    fn link(&mut self, path: &Path, relative: &str, depth: usize) -> Result<(), Failure> {
        let target = fs::canonicalize(path).map_err(|error| {
            let shown = path.display();
            let error = match error.kind() {
                io::ErrorKind::NotFound => os_error("lstat", &missing_part(path), &error),
                // Rust has no stable name for a link that leads to itself.
                _ => "EvalSymlinks: too many links".to_owned(),
            };
            Failure::Input(format!("error evaluating symlink {shown}: {error}"))
        })?;
        let (from, to) = (path.to_string_lossy(), target.to_string_lossy());
        self.notes.push(self.level.note_of_link(&from, &to));
        let kind = fs::symlink_metadata(&target)
            .map_err(|error| Failure::Input(os_error("lstat", &target, &error)))?
            .file_type();
        if kind.is_dir() {
            let parent = path.parent().unwrap_or(path);
            let place = fs::canonicalize(parent)
                .map_err(|error| Failure::Input(os_error("lstat", parent, &error)))?;
            if place.starts_with(&target) || self.linked.contains(&target) {
                let shown = path.display();
                return Err(Failure::Input(format!(
                    "{shown}: this symbolic link leads back to a folder that it is in"
                )));
            }
        }
        let name = target.file_name().unwrap_or_default().to_owned();
        self.linked.push(target);
        self.entry(path, relative, kind, &name, depth)?;
        self.linked.pop();
        Ok(())
    }

    fn entry(
        &mut self,
        path: &Path,
        relative: &str,
        kind: FileType,
        name: &OsString,
        depth: usize,
    ) -> Result<(), Failure> {
        if self.ignore.ignores(relative, kind.is_dir()) {
            return Ok(());
        }
        if kind.is_dir() {
            return self.folder(path, relative, depth + 1);
        }
        if !kind.is_file() {
            return Err(Failure::Input(format!(
                "cannot load irregular file {} as it has file mode type bits set",
                path.display()
            )));
        }
        self.file(path, relative, name)
    }

    fn file(&mut self, path: &Path, relative: &str, name: &OsString) -> Result<(), Failure> {
        let limits_each = self.level.limits_each_file();
        let limit = if limits_each { MAX_FILE } else { self.room };
        let failed = |error: io::Error| {
            Failure::Input(match error.kind() {
                io::ErrorKind::FileTooLarge if limits_each => {
                    let name = homescale_value::quote(&*name.to_string_lossy());
                    format!("chart file {name} is larger than the maximum file size {MAX_FILE}")
                }
                io::ErrorKind::FileTooLarge => format!(
                    "error reading {relative}: chart exceeds maximum decompressed size of {MAX_CHART} bytes"
                ),
                _ => format!(
                    "error reading {relative}: {}",
                    os_error("open", path, &error)
                ),
            })
        };
        let (size, contents) = if is_read_to_load(relative) {
            let bytes = read_file(path, limit).map_err(failed)?;
            (bytes.len() as u64, bytes.into())
        } else {
            match size_of(path, limit).map_err(failed)? {
                // Some files do not say how large they are.
                0 => {
                    let bytes = read_file(path, limit).map_err(failed)?;
                    (bytes.len() as u64, bytes.into())
                }
                size => (size, self.unread.contents(path, relative, limit)),
            }
        };
        if !limits_each {
            self.room -= size;
        }
        let inserted = self.files.insert(relative, contents);
        inserted.map_err(|error| Failure::Input(error.to_string()))
    }
}

/// The size of a file that can be opened, which is at most the limit.
fn size_of(path: &Path, limit: u64) -> io::Result<u64> {
    match File::open(path)?.metadata()?.len() {
        size if size > limit => Err(io::ErrorKind::FileTooLarge.into()),
        size => Ok(size),
    }
}

/// Reads a file into memory of just its size, which is at most the limit.
fn read_file(path: &Path, limit: u64) -> io::Result<Arc<[u8]>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    if size > limit {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    if size == 0 {
        // Some files do not say how large they are.
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        return Ok(bytes.into());
    }
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, size as usize).collect();
    let buffer = Arc::get_mut(&mut bytes).expect("nobody else has it yet");
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => return Ok(buffer[..filled].into()),
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(bytes)
}

/// The part of a link's target that is not there, as the system would name it on the way.
fn missing_part(link: &Path) -> PathBuf {
    let mut place = link.to_owned();
    // As many links as Go follows.
    for _ in 0..255 {
        let parent = place.parent().unwrap_or(Path::new("/"));
        let Ok(parent) = fs::canonicalize(parent) else {
            // Something above is missing: the topmost of it is.
            let mut missing = place.as_path();
            while let Some(above) = missing.parent()
                && !above.exists()
            {
                missing = above;
            }
            let (above, name) = (missing.parent(), missing.file_name());
            let above = above.and_then(|above| fs::canonicalize(above).ok());
            return match (above, name) {
                (Some(above), Some(name)) => above.join(name),
                _ => missing.to_owned(),
            };
        };
        let here = parent.join(place.file_name().unwrap_or_default());
        match fs::read_link(&here) {
            Ok(target) => place = parent.join(target),
            Err(_) => return here,
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_vanishes_before_it_is_read_fails_the_render() {
        let chart = tempfile::tempdir().unwrap();
        for (name, text) in [("Chart.yaml", "name: a\n"), ("README.md", "read me")] {
            fs::write(chart.path().join(name), text).unwrap();
        }
        let read = || read(chart.path(), Level::default(), &mut Vec::new()).unwrap();
        let (files, unread) = read();
        assert_eq!(files.get("README.md"), Some(&b"read me"[..]));
        assert!(unread.check().is_ok());

        let (files, unread) = read();
        fs::remove_file(chart.path().join("README.md")).unwrap();
        assert!(unread.check().is_ok());
        assert_eq!(files.get("README.md"), Some(&b""[..]));
        let text = unread.check().unwrap_err().to_string();
        assert!(
            text.starts_with("Error: error reading README.md: it changed meanwhile: read /"),
            "{text}"
        );
    }
}
