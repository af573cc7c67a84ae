//! [`FileSet`]: a tree of files in memory.

use std::collections::BTreeMap;
use std::fmt;

use crate::contents::{Contents, ReadError};

/// Files by path, in byte order of their paths. Clones share the contents.
///
/// Paths are relative to the root of the set, separated by `/`, without `.`, `..` or empty segments: no file of a set
/// can name anything outside it.
///
/// ```
/// use homescale_fileset::FileSet;
///
/// let mut files = FileSet::new();
/// files.insert("apps/web/app.yaml", *b"namespace: web\n").unwrap();
/// let apps = files.subtree("apps");
/// assert_eq!(apps.paths().collect::<Vec<_>>(), ["web/app.yaml"]);
/// assert!(files.insert("../secrets", *b"").is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, Contents>,
}

/// A path that a [`FileSet`] refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathError {
    path: String,
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        write!(
            f,
            "{path:?} is not a path inside the tree; use relative paths without \".\" or \"..\""
        )
    }
}

impl std::error::Error for PathError {}

impl FileSet {
    /// A set without files.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, in place of any earlier one of that path.
    ///
    /// # Errors
    /// The path is empty, absolute, or has an empty, `.` or `..` segment.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        contents: impl Into<Contents>,
    ) -> Result<(), PathError> {
        let path = path.into();
        if path
            .split('/')
            .any(|segment| matches!(segment, "" | "." | ".."))
        {
            return Err(PathError { path });
        }
        self.files.insert(path, contents.into());
        Ok(())
    }

    /// The bytes of a file, if there is one of that path.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn get(&self, path: &str) -> Result<Option<&[u8]>, &ReadError> {
        self.files.get(path).map(Contents::bytes).transpose()
    }

    /// The contents of a file, read or not.
    pub fn get_contents(&self, path: &str) -> Option<&Contents> {
        self.files.get(path)
    }

    /// All files in byte order of their paths, read or not.
    pub fn contents(&self) -> impl Iterator<Item = (&str, &Contents)> {
        let files = self.files.iter();
        files.map(|(path, contents)| (path.as_str(), contents))
    }

    /// Whether there is a file of that path.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether there is a file below that folder.
    pub fn has_folder(&self, folder: &str) -> bool {
        self.below(folder).next().is_some()
    }

    /// The names in a directory (that of the set, when it is empty) in byte order, and whether each is a directory.
    ///
    /// ```
    /// use homescale_fileset::FileSet;
    ///
    /// let mut files = FileSet::new();
    /// files.insert("apps/web/app.yaml", *b"").unwrap();
    /// files.insert("apps/values.yaml", *b"").unwrap();
    /// assert_eq!(files.entries("apps"), [("values.yaml", false), ("web", true)]);
    /// ```
    pub fn entries(&self, directory: &str) -> Vec<(&str, bool)> {
        let prefix = match directory {
            "" => String::new(),
            directory => format!("{directory}/"),
        };
        let mut entries = Vec::new();
        let mut next = prefix.clone();
        while let Some((path, _)) = self.files.range(next..).next() {
            let Some(inside) = path.strip_prefix(&prefix) else {
                break;
            };
            let (name, is_directory) = match inside.split_once('/') {
                Some((name, _)) => (name, true),
                None => (inside, false),
            };
            entries.push((name, is_directory));
            // Nothing is between a directory and what follows all of its files, whose paths have `/` where this has `0`.
            let after = if is_directory { '0' } else { '\0' };
            next = format!("{prefix}{name}{after}");
        }
        entries.sort_unstable();
        entries
    }

    /// All paths in byte order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The paths below a folder (all, when it is empty) in byte order, from the root of the set.
    pub fn paths_below(&self, folder: &str) -> impl Iterator<Item = &str> {
        let all = folder.is_empty().then(|| self.paths());
        let below = (!folder.is_empty()).then(|| self.below(folder));
        let below = below.into_iter().flatten().map(|(path, _)| path.as_str());
        all.into_iter().flatten().chain(below)
    }

    /// The number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are no files.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files below a folder, with paths relative to it. The contents are shared with this set.
    pub fn subtree(&self, folder: &str) -> FileSet {
        let start = folder.len() + 1;
        let files = self
            .below(folder)
            .map(|(path, contents)| (path[start..].to_owned(), contents.clone()))
            .collect();
        FileSet { files }
    }

    /// The files whose path the function accepts; it is asked in byte order. The contents are shared with this set.
    pub fn filter(&self, mut keep: impl FnMut(&str) -> bool) -> FileSet {
        let files = self
            .files
            .iter()
            .filter(|(path, _)| keep(path))
            .map(|(path, contents)| (path.clone(), contents.clone()))
            .collect();
        FileSet { files }
    }

    fn below(&self, folder: &str) -> impl Iterator<Item = (&String, &Contents)> {
        let prefix = format!("{folder}/");
        self.files
            .range(prefix.clone()..)
            .take_while(move |(path, _)| path.starts_with(&prefix))
    }
}
