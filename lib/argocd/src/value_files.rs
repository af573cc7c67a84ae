//! The files beside a chart that its source names: one by its path, or several by a pattern
//! (`reposerver/repository/repository.go`, `resolveHelmValueFiles`; `util/helm`).

use std::collections::BTreeSet;
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

/// The files that a list of names means, in its order: their paths from the root, each once. `directory` is that of the
/// source.
///
/// What a pattern matches comes in the order of the walk; what the list names as well stays where it is named. A file need not
/// exist, unless it is meant by a pattern and `may_miss` does not hold.
///
/// # Errors
/// A name is not one of a file in the repository, or a pattern is malformed or matches nothing.
pub(crate) fn find(
    directory: &str,
    names: &[String],
    may_miss: bool,
    files: &FileSet,
) -> Result<Vec<String>, ValueFileError> {
    let mut resolved = Vec::with_capacity(names.len());
    for name in names {
        resolved.push((name, resolve(directory, name, NamedAs::ValueFile)?));
    }
    let named: BTreeSet<&str> = (resolved.iter().map(|(_, path)| path.as_str()))
        .filter(|path| !is_pattern(path))
        .collect();
    let mut found: Vec<String> = Vec::new();
    for (name, path) in &resolved {
        let mut add = |path: String| {
            if !found.contains(&path) {
                found.push(path);
            }
        };
        if !is_pattern(path) {
            add(path.clone());
            continue;
        }
        let failed = |kind| error(directory, name, NamedAs::ValueFile, kind);
        let matches = doublestar(path, files);
        let matches = matches.map_err(|error| failed(ValueFileErrorKind::Pattern(error)))?;
        if matches.is_empty() && !may_miss {
            return Err(failed(ValueFileErrorKind::NoMatch));
        }
        matches
            .into_iter()
            .filter(|path| !named.contains(path.as_str()))
            .for_each(&mut add);
    }
    Ok(found)
}

/// The path of a file that the source in `directory` names.
///
/// # Errors
/// It cannot be in this repository.
pub(crate) fn resolve(
    directory: &str,
    name: &str,
    named_as: NamedAs,
) -> Result<String, ValueFileError> {
    paths::resolve(directory, name).ok_or_else(|| {
        let kind = if name.starts_with('$') {
            ValueFileErrorKind::OtherSource
        } else if paths::has_scheme(name) {
            ValueFileErrorKind::Url
        } else {
            ValueFileErrorKind::Outside
        };
        error(directory, name, named_as, kind)
    })
}

/// The file at a path that a source names.
///
/// # Errors
/// There is none.
pub(crate) fn read<'f>(
    directory: &str,
    path: &str,
    named_as: NamedAs,
    files: &'f FileSet,
) -> Result<&'f [u8], ValueFileError> {
    let missing = || error(directory, path, named_as, ValueFileErrorKind::Missing);
    let failed = |cause: &ReadError| {
        let kind = ValueFileErrorKind::Unreadable(cause.clone());
        error(directory, path, named_as, kind)
    };
    files.get(path).map_err(failed)?.ok_or_else(missing)
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

    fn found(names: &[&str]) -> Result<Vec<String>, String> {
        let mut files = FileSet::new();
        for path in [
            "a.yaml",
            "apps/web/a.yaml",
            "apps/web/b.yaml",
            "apps/web/c1.yaml",
        ] {
            files.insert(path, *b"").unwrap();
        }
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        find("apps/web", &names, false, &files).map_err(|error| error.to_string())
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
