//! [`Failure`]: why a command ends without success.

use std::fmt;

use crate::disk_error::DiskError;
pub(crate) use crate::disk_error::plain;

/// What a command ends with when it cannot do its work.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A file or directory cannot be read or written: exit status 1.
    Disk(DiskError),
    /// The input is wrong: exit status 1. The text is complete, without an `Error: ` in front.
    Input(String),
    /// The text is already what the user shall read, line by line: exit status 1.
    Findings(String),
    /// The command line is wrong: exit status 2.
    Usage(String),
    /// Helm crashes on this input, and says this first: exit status 2.
    Crash(String),
    /// The reader of standard output went away: no message, exit status 0, as other tools do.
    PipeClosed,
}

impl Failure {
    /// The input is wrong.
    pub(crate) fn input(error: impl fmt::Display) -> Self {
        Self::Input(error.to_string())
    }

    /// The input is wrong, and perhaps it is clear what to do about it.
    pub(crate) fn hinted(error: &dyn fmt::Display, hint: Option<&str>) -> Self {
        let hint = hint.map(|hint| format!("\n  hint: {hint}"));
        Self::Input(format!("{error}{}", hint.unwrap_or_default()))
    }

    /// What went wrong, for who shows it inside another message.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Input(text) | Self::Usage(text) | Self::Findings(text) | Self::Crash(text) => {
                text.trim_end().to_owned()
            }
            Self::Disk(error) => error.to_string(),
            Self::PipeClosed => String::new(),
        }
    }

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Disk(_) | Self::Input(_) | Self::Findings(_) => 1,
            Self::Usage(_) | Self::Crash(_) => 2,
            Self::PipeClosed => 0,
        }
    }
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Self {
        Self::Disk(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(text) | Self::Usage(text) => writeln!(f, "Error: {text}"),
            Self::Disk(error) => writeln!(f, "Error: {error}"),
            Self::Findings(text) => f.write_str(text),
            Self::Crash(text) => writeln!(f, "{text}"),
            Self::PipeClosed => Ok(()),
        }
    }
}
