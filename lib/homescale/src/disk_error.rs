//! [`DiskError`]: why a file or directory cannot be read or written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use homescale_fileset::{PathError, printable};
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
    /// The name has control characters or line breaks.
    Unprintable,
    /// It is a directory, where a file is expected.
    Directory,
    /// It is neither a file nor a directory.
    Irregular,
    /// A symbolic link to something that is not there.
    LeadsNowhere,
    /// There are more files and directories than these.
    TooMany(usize),
    /// More files and directories than these are reached through symbolic links.
    TooManyLinked(usize),
    /// The path leads through more symbolic links than these.
    TooManyLinks(usize),
    /// The files have more bytes than these together.
    TooMuch(u64),
    /// No set of files takes the name.
    Name(PathError),
    /// A symbolic link, and the root that it leaves; none where that is the repository, wherever it is.
    LeadsOut(Option<PathBuf>),
    /// A symbolic link that says an absolute path.
    AbsoluteLink,
    /// The path leads out of the repository, and not by a link.
    Outside,
}

impl DiskError {
    /// Why the system refuses to read or write a path.
    pub fn io(doing: &'static str, path: &Path, error: io::Error) -> Self {
        Self::new(path, Problem::Io(doing, error))
    }

    /// Why a file that is limited in size cannot be read.
    pub(crate) fn reading(path: &Path, limit: u64, error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Self::new(path, Problem::TooLarge(limit)),
            _ => Self::io("read", path, error),
        }
    }

    /// Something that is wrong with a path.
    pub fn new(path: &Path, problem: Problem) -> Self {
        let path = path.to_owned();
        Self { path, problem }
    }

    /// Whether it is about a directory where a file was expected.
    pub(crate) fn is_of_directory(&self) -> bool {
        matches!(self.problem, Problem::Directory)
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
        write!(f, "{}: ", printable(&self.path.to_string_lossy()))?;
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
            Problem::Unprintable => f.write_str(
                "the name has control characters or line breaks, shown as escapes here; rename it",
            ),
            Problem::Directory => f.write_str("a directory; expected a file"),
            Problem::Irregular => f.write_str(
                "neither a file nor a directory, but a FIFO, a device, a socket or the like",
            ),
            Problem::TooMany(most) => write!(f, "more than {most} files and directories"),
            Problem::TooManyLinked(most) => write!(
                f,
                "more than {most} files and directories are reached through symbolic links; links to directories with links multiply"
            ),
            Problem::TooManyLinks(most) => write!(
                f,
                "more than {most} symbolic links, one leading to the next; is one leading back?"
            ),
            Problem::TooMuch(most) => {
                write!(f, "more than {most} bytes in all of its files together")
            }
            Problem::LeadsNowhere => f.write_str("this symbolic link leads nowhere"),
            Problem::LeadsOut(None) => {
                f.write_str("this symbolic link leads out of the repository")
            }
            Problem::LeadsOut(Some(root)) => {
                let root = root.to_string_lossy();
                write!(f, "this symbolic link leads out of {}", printable(&root))
            }
            Problem::AbsoluteLink => f.write_str(
                "this symbolic link leads out of the repository: it says an absolute path, which is elsewhere on each machine",
            ),
            Problem::Outside => f.write_str("not in the repository"),
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
