//! [`Failure`]: why a command ends without success.

use std::fmt;

/// What a command ends with when it cannot do its work.
#[derive(Debug)]
pub(crate) enum Failure {
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

    /// The exit status.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Input(_) | Self::Findings(_) => 1,
            Self::Usage(_) | Self::Crash(_) => 2,
            Self::PipeClosed => 0,
        }
    }

    /// A failure of reading or writing a path.
    pub(crate) fn io(doing: &str, path: &std::path::Path, error: &std::io::Error) -> Self {
        let (path, error) = (path.display(), plain(error));
        Self::Input(format!("{path}: cannot {doing}: {error}"))
    }
}

/// The text of an I/O error without the `(os error N)`.
pub(crate) fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(text) | Self::Usage(text) => writeln!(f, "Error: {text}"),
            Self::Findings(text) => f.write_str(text),
            Self::Crash(text) => writeln!(f, "{text}"),
            Self::PipeClosed => Ok(()),
        }
    }
}
