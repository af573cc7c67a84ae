//! The files beside a chart that its source names: one by its path, or several by a pattern
//! (`reposerver/repository/repository.go`, `resolveHelmValueFiles`; `util/helm`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use homescale_fileset::{DoublestarError, FileSet, ReadError, doublestar};

use crate::paths;

/// What a source calls a file that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamedAs {
    /// In `valueFiles`.
    ValueFile,
    /// In `fileParameters`.
    Parameter,
}

/// Why a file that a source names cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ValueFileError {
    /// The directory of the source.
    pub directory: String,
    /// What the source says; for a file that is missing, its path from the root of the repository.
    pub name: String,
    /// Where the source says it.
    pub named_as: NamedAs,
    /// What is wrong.
    pub kind: ValueFileErrorKind,
}

/// What is wrong with the name of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueFileErrorKind {
    /// The file is in another source of the Application: `$values/a.yaml`.
    OtherSource,
    /// It is a URL.
    Url,
    /// It leads out of the repository.
    Outside,
    /// There is no such file.
    Missing,
    /// It cannot be read.
    Unreadable(ReadError),
    /// No file matches the pattern.
    NoMatch,
    /// The pattern cannot be used.
    Pattern(DoublestarError),
}

impl fmt::Display for ValueFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (directory, name) = (&self.directory, &self.name);
        let what = match self.named_as {
            NamedAs::ValueFile => "value file",
            NamedAs::Parameter => "file of a parameter",
        };
        let reason = match &self.kind {
            ValueFileErrorKind::OtherSource => {
                "is in another source of the Application, which Argo CD does not send to a plugin"
            }
            ValueFileErrorKind::Url => {
                "is an address, and nothing is read from the network; commit the file"
            }
            ValueFileErrorKind::Outside => "is not in this repository, and cannot be read",
            ValueFileErrorKind::Missing => {
                return write!(f, "{directory}: there is no {what} {name}");
            }
            ValueFileErrorKind::Unreadable(error) => {
                return write!(f, "{directory}: the {what} {error}");
            }
            ValueFileErrorKind::NoMatch => {
                return write!(f, "{directory}: there are no {what}s {name}");
            }
            ValueFileErrorKind::Pattern(error) => {
                return write!(f, "{directory}: the {what}s {name}: {error}");
            }
        };
        write!(f, "{directory}: the {what} {name} {reason}")
    }
}

impl std::error::Error for ValueFileError {}

/// Where the files are that a source names: in its own repository, and in those of the Application's other sources.
#[derive(Clone, Debug)]
pub(crate) struct Reach<'f> {
    /// The directory of the source in its repository.
    directory: &'f str,
    /// The source's own repository, and others, each once.
    repositories: Vec<&'f FileSet>,
    /// What other sources are called, and which of the repositories is theirs.
    references: BTreeMap<&'f str, usize>,
}

/// The path of a file, from the root of one of the repositories of a [`Reach`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct FilePath {
    /// Which repository it is; the source's own is the first.
    pub(crate) repository: usize,
    /// The path.
    pub(crate) path: String,
}

impl<'f> Reach<'f> {
    /// The repository of a source, and nothing else.
    pub(crate) fn own(directory: &'f str, files: &'f FileSet) -> Self {
        Self {
            directory,
            repositories: vec![files],
            references: BTreeMap::new(),
        }
    }

    /// Adds the repository of another source, by what that is called.
    pub(crate) fn add(&mut self, reference: &'f str, files: &'f FileSet) {
        let mut known = self.repositories.iter();
        let known = known.position(|known| std::ptr::eq(*known, files));
        let repository = known.unwrap_or_else(|| {
            self.repositories.push(files);
            self.repositories.len() - 1
        });
        self.references.insert(reference, repository);
    }

    /// The files that a list of names means, in its order, each once.
    ///
    /// What a pattern matches comes in the order of the walk; what the list names as well stays where it is named. A file need
    /// not exist, unless it is meant by a pattern and `may_miss` does not hold.
    ///
    /// # Errors
    /// A name is not one of a file that can be reached, or a pattern is malformed or matches nothing.
    pub(crate) fn find(
        &self,
        names: &[String],
        may_miss: bool,
    ) -> Result<Vec<FilePath>, ValueFileError> {
        let mut resolved = Vec::with_capacity(names.len());
        for name in names {
            resolved.push((name, self.resolve(name, NamedAs::ValueFile)?));
        }
        let named: BTreeSet<&FilePath> = (resolved.iter().map(|(_, file)| file))
            .filter(|file| !is_pattern(&file.path))
            .collect();
        let mut seen = BTreeSet::new();
        let mut found: Vec<FilePath> = Vec::new();
        let mut add = |file: FilePath| {
            if seen.insert(file.clone()) {
                found.push(file);
            }
        };
        for (name, file) in &resolved {
            if !is_pattern(&file.path) {
                add(file.clone());
                continue;
            }
            let failed = |kind| error(self.directory, name, NamedAs::ValueFile, kind);
            let matches = doublestar(&file.path, self.files(file));
            let matches = matches.map_err(|error| failed(ValueFileErrorKind::Pattern(error)))?;
            if matches.is_empty() && !may_miss {
                return Err(failed(ValueFileErrorKind::NoMatch));
            }
            let matches = matches.into_iter().map(|path| FilePath {
                repository: file.repository,
                path,
            });
            matches
                .filter(|file| !named.contains(file))
                .for_each(&mut add);
        }
        Ok(found)
    }

    /// The path of a file that the source names.
    ///
    /// # Errors
    /// It cannot be reached.
    pub(crate) fn resolve(
        &self,
        name: &str,
        named_as: NamedAs,
    ) -> Result<FilePath, ValueFileError> {
        if let Some((repository, path)) = self.of_another(name) {
            let path = paths::resolve("", path);
            let outside = || error(self.directory, name, named_as, ValueFileErrorKind::Outside);
            let path = path.ok_or_else(outside)?;
            return Ok(FilePath { repository, path });
        }
        let path = paths::resolve(self.directory, name).ok_or_else(|| {
            let kind = if name.starts_with('$') {
                ValueFileErrorKind::OtherSource
            } else if paths::has_scheme(name) {
                ValueFileErrorKind::Url
            } else {
                ValueFileErrorKind::Outside
            };
            error(self.directory, name, named_as, kind)
        })?;
        let repository = 0;
        Ok(FilePath { repository, path })
    }

    /// The repository and the path of a name that begins with what another source is called: `$values/a.yaml`.
    fn of_another<'n>(&self, name: &'n str) -> Option<(usize, &'n str)> {
        let name = name.strip_prefix('$')?;
        let end = name.find('/').unwrap_or(name.len());
        let repository = self.references.get(&name[..end])?;
        Some((*repository, &name[end..]))
    }

    /// The repository of a file.
    pub(crate) fn files(&self, file: &FilePath) -> &'f FileSet {
        self.repositories[file.repository]
    }

    /// Whether there is a file.
    pub(crate) fn contains(&self, file: &FilePath) -> bool {
        self.files(file).contains(&file.path)
    }

    /// Whether there is something at a path, even if it cannot be read as a file.
    pub(crate) fn has(&self, file: &FilePath) -> bool {
        let files = self.files(file);
        files.contains(&file.path) || files.has_folder(&file.path)
    }

    /// The file at a path that the source names.
    ///
    /// # Errors
    /// There is none.
    pub(crate) fn read(
        &self,
        file: &FilePath,
        named_as: NamedAs,
    ) -> Result<&'f [u8], ValueFileError> {
        let failed = |kind| error(self.directory, &file.path, named_as, kind);
        let found = self.files(file).get(&file.path);
        let found = found.map_err(|cause| failed(ValueFileErrorKind::Unreadable(cause.clone())))?;
        found.ok_or_else(|| failed(ValueFileErrorKind::Missing))
    }
}

/// The directory in which all files are that a pattern may match.
pub(crate) fn fixed_part(pattern: &str) -> &str {
    let end = pattern.find(['*', '?', '[', '{', '\\']);
    let fixed = &pattern[..end.unwrap_or(pattern.len())];
    fixed
        .rsplit_once('/')
        .map_or("", |(directory, _)| directory)
}

pub(crate) fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

fn error(
    directory: &str,
    name: &str,
    named_as: NamedAs,
    kind: ValueFileErrorKind,
) -> ValueFileError {
    ValueFileError {
        directory: directory.to_owned(),
        name: name.to_owned(),
        named_as,
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> FileSet {
        let mut files = FileSet::new();
        for path in paths {
            files.insert(*path, *b"").unwrap();
        }
        files
    }

    fn found(names: &[&str]) -> Result<Vec<String>, String> {
        let own = files(&[
            "a.yaml",
            "apps/web/a.yaml",
            "apps/web/b.yaml",
            "apps/web/c1.yaml",
        ]);
        let other = files(&["env/a.yaml", "env/b.yaml"]);
        let mut reach = Reach::own("apps/web", &own);
        reach.add("other", &other);
        reach.add("same", &own);
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let found = reach
            .find(&names, false)
            .map_err(|error| error.to_string())?;
        let shown = |file: FilePath| match file.repository {
            0 => file.path,
            _ => format!("other:{}", file.path),
        };
        Ok(found.into_iter().map(shown).collect())
    }

    #[test]
    fn files_of_other_sources_are_from_the_root_of_their_repositories() {
        let names = [
            "$other/env/b.yaml",
            "$other/**/*.yaml",
            "$same/a.yaml",
            "/a.yaml",
        ];
        let expected = ["other:env/b.yaml", "other:env/a.yaml", "a.yaml"];
        assert_eq!(found(&names).unwrap(), expected);
        assert_eq!(found(&["$other/./env/../x"]).unwrap(), ["other:x"]);
        assert!(found(&["$other/../a.yaml"]).is_err());
    }

    #[test]
    fn patterns_are_relative_to_the_chart() {
        for (pattern, expected) in [
            ("c[0-9].yaml", "apps/web/c1.yaml"),
            ("../../?.yaml", "a.yaml"),
            ("/**/c*", "apps/web/c1.yaml"),
        ] {
            assert_eq!(
                found(&[pattern]),
                Ok(vec![expected.to_owned()]),
                "{pattern}"
            );
        }
    }

    #[test]
    fn what_is_named_stays_where_it_is_named() {
        let names = ["[ab].yaml", "c1.yaml", "a.yaml", "c1.yaml"];
        let expected = ["apps/web/b.yaml", "apps/web/c1.yaml", "apps/web/a.yaml"];
        assert_eq!(found(&names).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_found_is_said() {
        for (name, problem) in [
            ("*.json", "there are no value files *.json"),
            ("[a", "the value files [a: syntax error in pattern"),
            (
                "$values/a.yaml",
                "the value file $values/a.yaml is in another source of the Application, which Argo CD does not send to a plugin",
            ),
            (
                "https://example.com/a.yaml",
                "the value file https://example.com/a.yaml is an address, and nothing is read from the network; commit the file",
            ),
            (
                "data:a.yaml",
                "the value file data:a.yaml is an address, and nothing is read from the network; commit the file",
            ),
            (
                "../../../*.yaml",
                "the value file ../../../*.yaml is not in this repository, and cannot be read",
            ),
        ] {
            assert_eq!(found(&[name]), Err(format!("apps/web: {problem}")));
        }
    }

    #[test]
    fn a_pattern_has_a_fixed_part() {
        for (path, expected) in [
            ("env/*/prod.yaml", "env"),
            ("env/p?.yaml", "env"),
            ("env/{a,b}/*.yaml", "env"),
            ("**/a.yaml", ""),
        ] {
            assert_eq!(fixed_part(path), expected, "{path}");
        }
    }
}
