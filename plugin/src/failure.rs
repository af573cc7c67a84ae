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
    /// Any of these, and what to do about it.
    Hinted(Box<Failure>, Hint),
    /// The reader of standard output went away: nobody wants to know.
    PipeClosed,
}

impl Failure {
    /// The input is wrong.
    pub(crate) fn input(error: impl fmt::Display) -> Self {
        Self::Input(error.to_string())
    }

    /// The same failure, and perhaps it is clear what to do about it.
    pub(crate) fn hinted(self, hint: Option<impl Into<String>>) -> Self {
        match hint {
            Some(hint) => Self::Hinted(Box::new(self), Hint::Own(hint.into())),
            None => self,
        }
    }

    /// The same failure, and what Helm says to do about it.
    pub(crate) fn hinted_by_helm(self, hint: &'static str) -> Self {
        Self::Hinted(Box::new(self), Hint::Helm(hint))
    }

    /// The exit status: 1 where the input is wrong, 2 where the command line is, as clap says; 2 is also that of Helm where it
    /// crashes. 141 is what a shell makes of the signal SIGPIPE, which ends Helm, and most programs, when their reader goes away:
    /// what was not printed has not been done.
    pub(crate) fn status(&self) -> u8 {
        match self {
            _ if self.is_crash() => 2,
            Self::Hinted(failure, _) => failure.status(),
            Self::Input(_) | Self::Disk(_) | Self::Chart(_) | Self::Findings(_) => 1,
            Self::Usage(_) => 2,
            Self::PipeClosed => 141,
        }
    }

    /// What standard error shows of it: the message, and a line end.
    pub(crate) fn report(&self) -> String {
        match self {
            Self::Findings(text) => text.clone(),
            Self::Hinted(failure, hint) => format!("{}{hint}\n", failure.report()),
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

/// What to do about a failure.
#[derive(Debug)]
pub(crate) enum Hint {
    /// In our words.
    Own(String),
    /// In Helm's.
    Helm(&'static str),
}

impl fmt::Display for Hint {
    /// As it stands below the message.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(text) => write!(f, "  hint: {text}"),
            Self::Helm(text) => write!(f, "\n{text}"),
        }
    }
}

impl fmt::Display for Failure {
    /// The message alone, and what to do about it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(text) | Self::Usage(text) => f.write_str(text),
            Self::Findings(text) => f.write_str(text.trim_end()),
            Self::Hinted(failure, hint) => write!(f, "{failure}\n{hint}"),
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
