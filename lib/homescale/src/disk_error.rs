//! [`DiskError`]: why a file or directory cannot be read or written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use homescale_fileset::PathError;
use homescale_go::os::error_text;

/// Why a file or directory cannot be read or written.
#[derive(Debug)]
pub struct DiskError {
    path: PathBuf,
    problem: Problem,
}

/// What is wrong with a path.
#[derive(Debug)]
#[non_exhaustive]
pub enum Problem {
    /// What was tried, and why the system refused it.
    Io(&'static str, io::Error),
    /// More bytes than these.
    TooLarge(u64),
    /// More directories inside each other than these.
    TooDeep(usize),
    /// The name is not UTF-8.
    NotUtf8,
    /// No set of files takes the name.
    Name(PathError),
    /// A symbolic link, and the root that it leaves; none where that is the repository, wherever it is.
    LeadsOut(Option<PathBuf>),
}

impl DiskError {
    /// Why the system refuses to read or write a path.
    pub fn io(doing: &'static str, path: &Path, error: io::Error) -> Self {
        Self::new(path, Problem::Io(doing, error))
    }

    /// A symbolic link that leads out of the repository.
    pub fn leads_out(path: &Path) -> Self {
        Self::new(path, Problem::LeadsOut(None))
    }

    /// Something that is wrong with a path.
    pub fn new(path: &Path, problem: Problem) -> Self {
        let path = path.to_owned();
        Self { path, problem }
    }

    /// The same error, with a path as the repository at `root` has it.
    pub fn within(mut self, root: &Path) -> Self {
        match self.path.strip_prefix(root) {
            Ok(inside) if inside.as_os_str().is_empty() => self.path = "the repository".into(),
            Ok(inside) => self.path = inside.to_owned(),
            Err(_) => {}
        }
        if matches!(&self.problem, Problem::LeadsOut(Some(left)) if left == root) {
            self.problem = Problem::LeadsOut(None);
        }
        self
    }
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.problem {
            Problem::Io(doing, error) => write!(f, "cannot {doing}: {}", error_text(error)),
            Problem::TooLarge(most) => write!(
                f,
                "more than {most} bytes; a file of a chart may not have more"
            ),
            Problem::TooDeep(most) => {
                write!(
                    f,
                    "more than {most} directories deep; is a link leading back?"
                )
            }
            Problem::Name(error) => error.fmt(f),
            Problem::NotUtf8 => f.write_str("the name is not UTF-8"),
            Problem::LeadsOut(None) => {
                f.write_str("this symbolic link leads out of the repository")
            }
            Problem::LeadsOut(Some(root)) => {
                write!(f, "this symbolic link leads out of {}", root.display())
            }
        }
    }
}

impl Error for DiskError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.problem {
            Problem::Io(_, error) => Some(error),
            Problem::Name(error) => Some(error),
            _ => None,
        }
    }
}
