//! [`ManifestError`]: why there are no manifests of a chart.

use std::fmt;

use homescale_chart::Error;
use homescale_fileset::{ReadError, printable};
use homescale_located::Diagnostics;

use crate::value_files::ValueFileError;

/// Why there are no manifests. Prints as the cause, without what is to be done: [`Self::hint`].
#[derive(Debug)]
#[non_exhaustive]
pub enum ManifestError {
    /// There is no Chart.yaml in this directory.
    NoChart(String),
    /// The chart in this directory cannot be loaded or rendered.
    Chart(String, Error),
    /// A file of the chart cannot be read.
    Unreadable(ReadError),
    /// A file that the source names cannot be had.
    ValueFile(ValueFileError),
    /// This template printed an object without `kind`.
    NoKind(String),
    /// The path of this template, from an archive among the chart's dependencies, has control characters or line breaks.
    Unprintable(String),
    /// A patch does not apply.
    Patches(Diagnostics),
}

impl ManifestError {
    /// What to do about it, where that is clear.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Chart(_, error) if error.missing_dependencies().is_some() => Some(
                "the sidecar downloads nothing: commit the charts, or let Argo CD render this one (`engine: helm`)",
            ),
            _ => None,
        }
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoChart(path) => {
                let file = match path.as_str() {
                    "" => "Chart.yaml".to_owned(),
                    path => format!("{path}/Chart.yaml"),
                };
                write!(f, "{file}: there is no such file: the source is no chart")
            }
            // Without Helm's hint at its flag --debug, which Argo CD's users cannot set.
            Self::Chart(path, error) => match error.missing_dependencies() {
                Some(names) => {
                    let names = names.join(", ");
                    write!(f, "{path}: dependencies are not in charts/: {names}")
                }
                None => write!(f, "{path}: {}", error.message()),
            },
            Self::Unreadable(error) => error.fmt(f),
            Self::ValueFile(error) => error.fmt(f),
            Self::NoKind(template) => write!(
                f,
                "{template}: a document without `kind`, which Argo CD would refuse"
            ),
            Self::Unprintable(template) => write!(
                f,
                "{}: the name of this template has control characters or line breaks, shown as escapes here; rename it",
                printable(template)
            ),
            Self::Patches(found) => found.fmt(f),
        }
    }
}

impl std::error::Error for ManifestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Chart(_, error) => Some(error),
            _ => None,
        }
    }
}

impl From<ValueFileError> for ManifestError {
    fn from(error: ValueFileError) -> Self {
        Self::ValueFile(error)
    }
}
