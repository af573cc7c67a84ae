//! Reading the directory of a chart as Helm walks it: names in order, links followed, what `.helmignore` leaves out not
//! opened.
//!
//! A link may lead anywhere: it is the user who named the directory, and Helm follows it too, and says so. What comes from
//! a repository instead is read by [`crate::disk`], where no link leads out.

use std::ffi::OsString;
use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use homescale_chart::{HelmVersion, MAX_PARSED};
use homescale_fileset::{FileSet, IGNORE_FILE, Ignore, Walk, text_of_name};

use crate::chart_error::{ChartError, SystemError};
use crate::file;
use crate::lazy_files::LazyFiles;

/// How many files and directories a chart may have, against links that multiply. Helm has no limit.
const MAX_ENTRIES: usize = 200_000;

/// How many of them may be reached through links. Helm has no limit.
const MAX_LINKED: usize = 10_000;

/// How deep directories may be nested. Helm has no limit.
const MAX_DEPTH: usize = 256;

/// The files that Helm would load, and Chart.yaml and `.helmignore` even if they are ignored. Each link that is followed adds to `notes`.
///
/// They are being read: whether that worked has to be asked of the second result, and whether those work that are read later.
///
/// # Errors
/// Helm's text: a file cannot be read, is too large, is a device or the like, or a link leads nowhere.
pub(crate) fn walk(
    root: &Path,
    helm: HelmVersion,
    notes: &mut Vec<String>,
) -> Result<(FileSet, LazyFiles), ChartError> {
    let metadata = root.join("Chart.yaml");
    let described = helm.looks_for_chart_yaml();
    if fs::metadata(&metadata).is_ok_and(|it| !(it.is_file() || it.is_dir())) {
        return Err(ChartError::Irregular(metadata));
    }
    if described && let Err(error) = file::read(&metadata, HelmVersion::LARGEST_CHART) {
        return Err(ChartError::NoChart(SystemError::reading(metadata, error)));
    }
    let ignore_file = root.join(IGNORE_FILE);
    let rules = rules(&ignore_file)?;
    let mut walker = Walker {
        helm,
        ignore: helm.walk(rules.clone().unwrap_or_default()),
        files: FileSet::new(),
        left: MAX_ENTRIES,
        left_linked: MAX_LINKED,
        linked: Vec::new(),
        lazy: LazyFiles::new(helm),
        notes,
    };
    let mut walked = walker.directory(root, "", 0);
    // What decides about the chart is there, even if it leaves out itself: the load leaves it out again.
    let deciding = [
        (described, "Chart.yaml", &metadata),
        (rules.is_some(), IGNORE_FILE, &ignore_file),
    ];
    for (is_there, name, path) in deciding {
        if walked.is_ok() && is_there && !walker.files.contains(name) {
            walked = walker.file(path, name, &OsString::from(name));
        }
    }
    let Walker { files, lazy, .. } = walker;
    match walked {
        Ok(()) => Ok((files, lazy)),
        // Helm reads each file when it comes by, and so the first that could not be read is all that it tells.
        Err(failure) => {
            lazy.finish(notes)?;
            Err(failure)
        }
    }
}

/// The rules of `.helmignore`, if there is one.
fn rules(path: &Path) -> Result<Option<Ignore>, ChartError> {
    match file::read(path, MAX_PARSED) {
        Ok(text) => Ignore::parse(&text).map(Some).map_err(ChartError::Ignore),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ChartError::System(SystemError::reading(path, error))),
    }
}

/// An error of the system, about this path.
fn system(doing: &'static str, path: &Path) -> impl Fn(io::Error) -> ChartError {
    move |error| ChartError::System(SystemError::new(doing, path, error))
}

struct Walker<'a> {
    helm: HelmVersion,
    ignore: Walk,
    files: FileSet,
    /// How many more files and directories may come.
    left: usize,
    /// How many more may come through links.
    left_linked: usize,
    /// Where the links lead that are being followed.
    linked: Vec<PathBuf>,
    lazy: LazyFiles,
    /// What Helm logs.
    notes: &'a mut Vec<String>,
}

impl Walker<'_> {
    /// Reads a directory and all below it.
    fn directory(&mut self, dir: &Path, relative: &str, depth: usize) -> Result<(), ChartError> {
        if depth > MAX_DEPTH {
            return Err(ChartError::TooDeep(dir.to_owned(), MAX_DEPTH));
        }
        let failed = system("open", dir);
        let mut entries = Vec::new();
        for entry in fs::read_dir(dir).map_err(&failed)? {
            let entry = entry.map_err(&failed)?;
            entries.push((entry.file_name(), entry.file_type().map_err(&failed)?));
        }
        entries.sort_unstable_by(|(a, _), (b, _)| a.as_encoded_bytes().cmp(b.as_encoded_bytes()));
        for (name, kind) in entries {
            self.count(dir)?;
            let path = dir.join(&name);
            let name_text = text_of_name(name.as_encoded_bytes());
            let relative = match relative {
                "" => name_text.into_owned(),
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

    /// Counts an entry of a directory.
    fn count(&mut self, dir: &Path) -> Result<(), ChartError> {
        let less = |left: usize, by| left.checked_sub(by);
        let is_linked = !self.linked.is_empty();
        self.left =
            less(self.left, 1).ok_or_else(|| ChartError::TooMany(dir.to_owned(), MAX_ENTRIES))?;
        self.left_linked = less(self.left_linked, usize::from(is_linked))
            .ok_or_else(|| ChartError::TooManyLinked(dir.to_owned(), MAX_LINKED))?;
        Ok(())
    }

    /// Reads what a link leads to, under the path of the link.
    fn link(&mut self, path: &Path, relative: &str, depth: usize) -> Result<(), ChartError> {
        let target = fs::canonicalize(path).map_err(|error| ChartError::Link {
            path: path.to_owned(),
            // Rust has no stable name for a link that leads to itself.
            cause: (error.kind() == io::ErrorKind::NotFound)
                .then(|| SystemError::new("lstat", missing_part(path), error)),
        })?;
        let (from, to) = (path.to_string_lossy(), target.to_string_lossy());
        self.notes.push(self.helm.note_of_link(&from, &to));
        let kind = fs::symlink_metadata(&target)
            .map_err(system("lstat", &target))?
            .file_type();
        if kind.is_dir() {
            let parent = path.parent().unwrap_or(path);
            let place = fs::canonicalize(parent).map_err(system("lstat", parent))?;
            if place.starts_with(&target) || self.linked.contains(&target) {
                return Err(ChartError::LeadsBack(path.to_owned()));
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
    ) -> Result<(), ChartError> {
        if self.ignore.ignores(relative, kind.is_dir()) {
            return Ok(());
        }
        if kind.is_dir() {
            return self.directory(path, relative, depth + 1);
        }
        if !kind.is_file() {
            return Err(ChartError::Irregular(path.to_owned()));
        }
        self.file(path, relative, name)
    }

    fn file(&mut self, path: &Path, relative: &str, name: &OsString) -> Result<(), ChartError> {
        let (path, name) = (path.to_owned(), name.to_string_lossy());
        let contents = self.lazy.add(path, relative, &name, self.notes.len());
        let inserted = self.files.insert(relative, contents);
        inserted.map_err(ChartError::Name)
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

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::symlink;

    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn names_need_not_be_utf_8() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        use homescale_chart::{Chart, Request, render};

        let chart = tempfile::tempdir().unwrap();
        let template = "a: 1\n# {{ range $name, $text := .Files.Glob \"*.txt\" }}{{ printf \"%q=%s \" $name $text }}{{ end }}";
        fs::create_dir(chart.path().join("templates")).unwrap();
        for (name, text) in [
            (
                &b"Chart.yaml"[..],
                "apiVersion: v2\nname: c\nversion: 1.0.0\n",
            ),
            (b".helmignore", "b?.txt\n"),
            (b"templates/a.yaml", template),
            (b"a\xe8.txt", "1"),
            (b"a\xe9.txt", "2"),
            (b"b\xe9.txt", "3"),
        ] {
            fs::write(chart.path().join(OsStr::from_bytes(name)), text).unwrap();
        }
        let (files, _) = walk(chart.path(), HelmVersion::V4_1, &mut Vec::new()).unwrap();
        let chart = Chart::load(&files).unwrap();
        let host = std::rc::Rc::new(crate::SystemHost::new());
        let rendered = render(&chart, &Request::default(), host).unwrap();
        let text = String::from_utf8(rendered.text()).unwrap();
        let last = text.lines().last().unwrap().trim_end();
        assert_eq!(last, r#"# "a\xe8.txt"=1 "a\xe9.txt"=2"#);
    }

    #[test]
    fn what_helm_would_not_have_come_to_is_not_told() {
        let chart = tempfile::tempdir().unwrap();
        let path = |name: &str| chart.path().join(name);
        fs::write(path("Chart.yaml"), "name: a\n").unwrap();
        symlink(path("Chart.yaml"), path("a")).unwrap();
        let large = File::create(path("b")).unwrap();
        large
            .set_len(HelmVersion::V4_1.largest_file().unwrap() + 1)
            .unwrap();
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
