//! [`Failure`]: why a command ends without success. What it prints and the exit status are decided here and nowhere else.

use std::fmt;

use homescale::{ChartError, DiskError};
use homescale_chart::ErrorKind;

/// What a command ends with when it cannot do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The input is wrong.
    Input(String),
    /// A file or directory cannot be read or written.
    Disk(DiskError),
    /// A chart cannot be read or rendered.
    Chart(ChartError),
    /// The text is already what the user shall read, line by line.
    Findings(String),
    /// The command line is wrong.
    Usage(String),
    /// The reader of standard output went away: nobody wants to know.
    PipeClosed,
}

impl Failure {
    /// The input is wrong.
    pub(crate) fn input(error: impl fmt::Display) -> Self {
        Self::Input(error.to_string())
    }

    /// The input is wrong, and perhaps it is clear what to do about it.
    pub(crate) fn hinted(error: &dyn fmt::Display, hint: Option<&str>) -> Self {
        Self::Input(with_hint(error, hint))
    }

    /// The command line is wrong, and perhaps it is clear what to do about it.
    pub(crate) fn usage(error: impl fmt::Display, hint: Option<String>) -> Self {
        Self::Usage(with_hint(&error, hint.as_deref()))
    }

    /// The exit status: 1 where the input is wrong, 2 where the command line is, as clap says; 2 is also that of Helm where it
    /// crashes.
    pub(crate) fn status(&self) -> u8 {
        match self {
            _ if self.is_crash() => 2,
            Self::Input(_) | Self::Disk(_) | Self::Chart(_) | Self::Findings(_) => 1,
            Self::Usage(_) => 2,
            Self::PipeClosed => 0,
        }
    }

    /// What standard error shows of it: the message, and a line end.
    pub(crate) fn report(&self) -> String {
        match self {
            Self::Findings(text) => text.clone(),
            Self::PipeClosed => String::new(),
            // Go's runtime says this, not Helm.
            crash if crash.is_crash() => format!("{crash}\n"),
            other => format!("Error: {other}\n"),
        }
    }

    /// Whether Helm crashes on this input.
    fn is_crash(&self) -> bool {
        matches!(self, Self::Chart(ChartError::Chart(error)) if error.kind() == ErrorKind::Crash)
    }
}

fn with_hint(error: &dyn fmt::Display, hint: Option<&str>) -> String {
    match hint {
        Some(hint) => format!("{error}\n  hint: {hint}"),
        None => error.to_string(),
    }
}

impl fmt::Display for Failure {
    /// The message alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(text) | Self::Usage(text) => f.write_str(text),
            Self::Findings(text) => f.write_str(text.trim_end()),
            Self::Disk(error) => error.fmt(f),
            Self::Chart(error) => error.fmt(f),
            Self::PipeClosed => f.write_str("nobody reads standard output"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl From<ChartError> for Failure {
    fn from(error: ChartError) -> Self {
        Self::Chart(error)
    }
}

impl From<homescale_chart::Error> for Failure {
    fn from(error: homescale_chart::Error) -> Self {
        Self::Chart(error.into())
    }
}
