//! Reading the folder of a chart as Helm walks it: names in order, links followed, what `.helmignore` leaves out not
//! opened.
//!
//! A link may lead anywhere: it is the user who named the folder, and Helm follows it too, and says so. What comes from
//! a repository instead (`render`, `cmp`) is read by [`crate::disk`], where no link leads out.

use std::ffi::OsString;
use std::fs::{self, File, FileType};
use std::io;
use std::path::{Path, PathBuf};

use homescale_chart::HelmVersion;
use homescale_fileset::{FileSet, IGNORE_FILE, Ignore, Walk};

use super::os_error;
use super::reading::{MAX_FILE, Reading, read_file};
use crate::failure::Failure;

/// How many files and folders a chart may have, against links that multiply. Helm has no limit.
const MAX_ENTRIES: usize = 200_000;

/// How deep folders may be nested. Helm has no limit.
const MAX_DEPTH: usize = 256;

/// The files that Helm would load, and Chart.yaml even if it is ignored. Each link that is followed adds to `notes`.
///
/// They are being read: whether that worked has to be asked of the second result.
///
/// # Errors
/// Helm's text: a file cannot be read, is too large, is a device or the like, or a link leads nowhere.
pub(super) fn walk(
    root: &Path,
    level: HelmVersion,
    notes: &mut Vec<String>,
) -> Result<(FileSet, Reading), Failure> {
    let metadata = root.join("Chart.yaml");
    let described = level.looks_for_chart_yaml();
    if described && let Err(error) = File::open(&metadata) {
        let (place, error) = (metadata.display(), os_error("open", &metadata, &error));
        return Err(Failure::Input(format!(
            "unable to detect chart at {place}: {error}"
        )));
    }
    let mut walker = Walker {
        level,
        ignore: level.walk(rules(&root.join(IGNORE_FILE))?),
        files: FileSet::new(),
        left: MAX_ENTRIES,
        linked: Vec::new(),
        reading: Reading::new(level),
        notes,
    };
    let mut walked = walker.folder(root, "", 0);
    if walked.is_ok() && described && !walker.files.contains("Chart.yaml") {
        walked = walker.file(&metadata, "Chart.yaml", &OsString::from("Chart.yaml"));
    }
    let Walker { files, reading, .. } = walker;
    match walked {
        Ok(()) => Ok((files, reading)),
        // Helm reads each file when it comes by, and so the first that could not be read is all that it tells.
        Err(failure) => {
            super::finish(&reading, notes)?;
            Err(failure)
        }
    }
}

fn rules(path: &Path) -> Result<Ignore, Failure> {
    match read_file(path, MAX_FILE) {
        Ok(text) => Ignore::parse(&text).map_err(|error| Failure::Input(error.to_string())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Ignore::default()),
        Err(error) => Err(Failure::Input(os_error("open", path, &error))),
    }
}

struct Walker<'a> {
    level: HelmVersion,
    ignore: Walk,
    files: FileSet,
    /// How many more files and folders may come.
    left: usize,
    /// Where the links lead that are being followed.
    linked: Vec<PathBuf>,
    reading: Reading,
    /// What Helm logs.
    notes: &'a mut Vec<String>,
}

impl Walker<'_> {
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
        let (path, name) = (path.to_owned(), name.to_string_lossy());
        let contents = self.reading.add(path, relative, &name, self.notes.len());
        let inserted = self.files.insert(relative, contents);
        inserted.map_err(|error| Failure::Input(error.to_string()))
    }
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
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn what_helm_would_not_have_come_to_is_not_told() {
        let chart = tempfile::tempdir().unwrap();
        let path = |name: &str| chart.path().join(name);
        fs::write(path("Chart.yaml"), "name: a\n").unwrap();
        symlink(path("Chart.yaml"), path("a")).unwrap();
        let large = File::create(path("b")).unwrap();
        large.set_len(MAX_FILE + 1).unwrap();
        symlink(path("Chart.yaml"), path("c")).unwrap();
        symlink(path("nowhere"), path("d")).unwrap();

        let mut notes = Vec::new();
        let failure = walk(chart.path(), HelmVersion::V4_1, &mut notes).unwrap_err();
        let text = failure.to_string();
        assert!(text.contains("chart file \"b\" is larger"), "{text}");
        assert_eq!(notes.len(), 1, "{notes:?}");

        fs::remove_file(path("b")).unwrap();
        let failure = walk(chart.path(), HelmVersion::V4_1, &mut notes).unwrap_err();
        let text = failure.to_string();
        assert!(text.contains("error evaluating symlink"), "{text}");
    }
}
