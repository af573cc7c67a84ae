//! [`Place`]: where something is written; [`Sources`]: the files that places point into.

use std::sync::Arc;

use homescale_fileset::FileSet;

/// A place in a file of the repository, small enough to be kept with every key and value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The number of the file, from 1; 0 for what no file says.
    file: u32,
    /// The line, from 1; 0 for the file as a whole.
    line: u32,
    /// The column in characters, from 1; 0 for the line as a whole.
    column: u32,
}

impl Place {
    /// Of what no file says.
    pub const NOWHERE: Self = Self {
        file: 0,
        line: 0,
        column: 0,
    };

    /// A place by line and column, each from 1, or 0 where it is not known.
    pub fn new(file: FileId, line: usize, column: usize) -> Self {
        Self {
            file: file.0,
            line: u32::try_from(line).unwrap_or(0),
            column: u32::try_from(column).unwrap_or(0),
        }
    }

    /// The file.
    pub fn file(self) -> FileId {
        FileId(self.file)
    }

    /// The line, from 1; 0 for the file as a whole.
    pub fn line(self) -> usize {
        self.line as usize
    }

    /// The column in characters, from 1.
    pub fn column(self) -> usize {
        self.column as usize
    }

    /// Whether no file says it.
    pub fn is_nowhere(self) -> bool {
        self.file == 0
    }
}

/// A file of [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileId(u32);

impl FileId {
    /// The file as a whole.
    pub fn whole(self) -> Place {
        Place::new(self, 0, 0)
    }
}

/// The paths of the files that places point into: those of a repository that can be YAML, in byte order.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    paths: Vec<Arc<str>>,
}

impl Sources {
    /// The files of a repository.
    pub fn of(files: &FileSet) -> Self {
        let is_yaml = |path: &&str| {
            let (_, extension) = path.rsplit_once('.').unwrap_or_default();
            matches!(extension, "yaml" | "yml" | "json")
        };
        Self {
            paths: files.paths().filter(is_yaml).map(Arc::from).collect(),
        }
    }

    /// A single file.
    pub fn one(path: &str) -> Self {
        Self {
            paths: vec![path.into()],
        }
    }

    /// The number of a file. A file that cannot be YAML has none, and its places are nowhere.
    pub fn file(&self, path: &str) -> FileId {
        let index = self
            .paths
            .binary_search_by(|known| known.as_ref().cmp(path));
        FileId(index.map_or(0, |index| u32::try_from(index + 1).unwrap_or(0)))
    }

    /// The path of the file of a place; empty for what no file says.
    pub fn path(&self, place: Place) -> &str {
        let index = (place.file as usize).checked_sub(1);
        let path = index.and_then(|index| self.paths.get(index));
        path.map_or("", AsRef::as_ref)
    }

    /// The place in full.
    pub fn location(&self, place: Place) -> Location {
        Location {
            file: self.path(place).to_owned(),
            line: place.line as usize,
            column: place.column as usize,
        }
    }
}

/// A place in a file of the repository. Prints as `apps/web/app.yaml:7:3`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Location {
    /// The path from the root of the repository; empty for what no file says.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 for the line as a whole.
    pub column: usize,
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        if self.column > 0 {
            write!(f, ":{}", self.column)?;
        }
        Ok(())
    }
}
