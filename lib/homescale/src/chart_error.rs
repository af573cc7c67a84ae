//! [`ChartError`]: why a chart cannot be read from the disk, or not be rendered.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use homescale_fileset::{IgnoreError, PathError};
use homescale_go::os::error_text;
use homescale_go::strconv::quote;

/// Why a chart cannot be read from the disk, in Helm's words, or not be loaded or rendered.
#[derive(Debug)]
#[non_exhaustive]
pub enum ChartError {
    /// The directory has no Chart.yaml that can be read.
    NoChart(SystemError),
    /// The system refuses something.
    System(SystemError),
    /// A symbolic link cannot be followed.
    Link {
        /// The link.
        path: PathBuf,
        /// What the system says of the part of its target that is missing; nothing where it leads to itself.
        cause: Option<SystemError>,
    },
    /// A symbolic link leads to a directory that it is in.
    LeadsBack(PathBuf),
    /// A device or the like.
    Irregular(PathBuf),
    /// No set of files takes the name of a file.
    Name(PathError),
    /// `.helmignore` cannot be read.
    Ignore(IgnoreError),
    /// The directories are nested more deeply than this.
    TooDeep(PathBuf, usize),
    /// There are more files and directories than this.
    TooMany(PathBuf, usize),
    /// More files and directories than this are reached through symbolic links.
    TooManyLinked(PathBuf, usize),
    /// A file of the chart, by its path in it, cannot be read.
    File {
        /// The path in the chart.
        path: String,
        /// Why not.
        cause: SystemError,
    },
    /// A file is larger than this.
    FileTooLarge {
        /// The name of the file.
        name: String,
        /// The limit.
        most: u64,
    },
    /// The files together are larger than this, with this file.
    ChartTooLarge {
        /// The path of the file in the chart.
        path: String,
        /// The limit.
        most: u64,
    },
    /// A file could be opened when the chart was loaded, but not be read when a template asked for it.
    Changed {
        /// The path in the chart.
        path: String,
        /// Why it cannot be read.
        cause: SystemError,
    },
    /// The files are no chart, or it cannot be rendered.
    Chart(homescale_chart::Error),
    /// The system starts no thread to render on.
    Thread(io::Error),
}

/// What the system refuses: prints as Go does.
#[derive(Clone, Debug)]
pub struct SystemError {
    doing: &'static str,
    path: PathBuf,
    cause: Arc<io::Error>,
}

impl SystemError {
    pub(crate) fn new(
        doing: &'static str,
        path: impl Into<PathBuf>,
        cause: impl Into<Arc<io::Error>>,
    ) -> Self {
        let (path, cause) = (path.into(), cause.into());
        Self { doing, path, cause }
    }

    /// A file could not be read. A directory opens like a file.
    ///
    /// ```
    /// use homescale::SystemError;
    ///
    /// let error = SystemError::reading("values.yaml", std::io::ErrorKind::NotFound.into());
    /// assert!(error.to_string().starts_with("open values.yaml: "));
    /// ```
    pub fn reading(path: impl Into<PathBuf>, cause: io::Error) -> Self {
        let doing = match cause.kind() {
            io::ErrorKind::IsADirectory => "read",
            _ => "open",
        };
        Self::new(doing, path, cause)
    }
}

impl fmt::Display for SystemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (doing, path) = (self.doing, self.path.display());
        write!(f, "{doing} {path}: {}", error_text(&self.cause))
    }
}

impl Error for SystemError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoChart(cause) => {
                let path = cause.path.display();
                write!(f, "unable to detect chart at {path}: {cause}")
            }
            Self::System(cause) => cause.fmt(f),
            Self::Link { path, cause } => {
                write!(f, "error evaluating symlink {}: ", path.display())?;
                match cause {
                    Some(cause) => cause.fmt(f),
                    None => f.write_str("EvalSymlinks: too many links"),
                }
            }
            Self::LeadsBack(path) => write!(
                f,
                "{}: this symbolic link leads back to a directory that it is in",
                path.display()
            ),
            Self::Irregular(path) => write!(
                f,
                "cannot load irregular file {} as it has file mode type bits set",
                path.display()
            ),
            Self::Name(error) => error.fmt(f),
            Self::Ignore(error) => error.fmt(f),
            Self::TooDeep(path, most) => {
                write!(f, "{}: more than {most} directories deep", path.display())
            }
            Self::TooMany(path, most) => write!(
                f,
                "{}: more than {most} files and directories in a chart",
                path.display()
            ),
            Self::TooManyLinked(path, most) => write!(
                f,
                "{}: more than {most} files and directories of the chart are reached through symbolic links; links to directories with links multiply",
                path.display()
            ),
            Self::File { path, cause } => write!(f, "error reading {path}: {cause}"),
            Self::FileTooLarge { name, most } => write!(
                f,
                "chart file {} is larger than the maximum file size {most}",
                quote(name)
            ),
            Self::ChartTooLarge { path, most } => write!(
                f,
                "error reading {path}: chart exceeds maximum decompressed size of {most} bytes"
            ),
            Self::Changed { path, cause } => {
                write!(f, "error reading {path}: it changed meanwhile: {cause}")
            }
            Self::Chart(error) => error.fmt(f),
            Self::Thread(error) => write!(f, "no thread to render on: {}", error_text(error)),
        }
    }
}

impl Error for ChartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoChart(cause)
            | Self::System(cause)
            | Self::Link {
                cause: Some(cause), ..
            }
            | Self::File { cause, .. }
            | Self::Changed { cause, .. } => Some(cause),
            Self::Name(error) => Some(error),
            Self::Ignore(error) => Some(error),
            Self::Chart(error) => Some(error),
            Self::Thread(error) => Some(error),
            _ => None,
        }
    }
}

impl From<homescale_chart::Error> for ChartError {
    fn from(error: homescale_chart::Error) -> Self {
        Self::Chart(error)
    }
}
