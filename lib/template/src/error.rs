//! Errors of parsing and executing templates, with Go's text and position.

use std::fmt;

/// Why a function failed. The evaluator adds the place and `error calling NAME: `.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// An error text of the function itself.
    Message(String),
    /// A nested template failed: its error follows the text (which may be empty).
    Nested(String, Box<Error>),
    /// Text that could not be parsed as a template, in a nested parse; the text precedes the parser's error.
    Parse(String, Box<Error>),
    /// Helm's `fail` and `required`: a message for the user, which ends the render.
    Abort(String),
}

impl Failure {
    /// A failure with this text.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Message(message)
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Self {
        Self::Message(message.to_owned())
    }
}

/// An error of parsing or executing a template.
///
/// When a function such as Helm's `include` executes another template and that fails, the inner error is the `cause` of
/// the outer one. What is not UTF-8 in a template shows as U+FFFD, where Go shows the bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The file (the name under which the text was parsed).
    pub file: String,
    /// The line, from 1; 0 when the error has no place, because the template to execute does not exist.
    pub line: u32,
    /// The byte offset in the line, from 0; `None` for an error of parsing, which Go reports by line only.
    pub column: Option<u32>,
    /// Whether a function failed with [`Failure::Abort`] here; see [`Error::abort`].
    pub aborts: bool,
    /// The template that was executing, and the node, as Go prints it; `None` for an error of parsing.
    pub executing: Option<(String, String)>,
    /// Go's message, up to the nested error if there is one.
    pub message: String,
    /// The error of a nested template.
    pub cause: Option<Box<Error>>,
}

impl Error {
    /// This error and those that caused it, outermost first.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |error| error.cause.as_deref())
    }

    /// The message of Helm's `fail` or `required`, when one of them ended the render.
    ///
    /// Helm shows it with the place of the outermost error, which is this one: see [`Error::place`].
    pub fn abort(&self) -> Option<&str> {
        let innermost = self.chain().last()?;
        let (_calling, message) = innermost.message.split_once(": ")?;
        innermost.aborts.then_some(message)
    }

    /// `FILE:LINE:COLUMN`, without the column for an error of parsing.
    pub fn place(&self) -> String {
        match self.column {
            Some(column) => format!("{}:{}:{column}", self.file, self.line),
            None => format!("{}:{}", self.file, self.line),
        }
    }

    pub(crate) fn of_parsing(file: &str, line: usize, message: String) -> Self {
        Self {
            file: file.to_owned(),
            line: count(line),
            column: None,
            aborts: false,
            executing: None,
            message,
            cause: None,
        }
    }

    /// An error without a place.
    pub(crate) fn placeless(message: String) -> Self {
        Self::of_parsing("", 0, message)
    }
}

/// A line or column as errors hold it; no file is large enough to reach the limit.
pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Go's text: `template: FILE:LINE:COL: executing "NAME" at <NODE>: MESSAGE`, with the causes behind it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in self.chain() {
            f.write_str("template: ")?;
            if error.line > 0 {
                write!(f, "{}: ", error.place())?;
            }
            if let Some((name, node)) = &error.executing {
                let name = homescale_go::strconv::quote(name);
                write!(f, "executing {name} at <{node}>: ")?;
            }
            f.write_str(&error.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Errors are returned by value everywhere: clippy's bound on what a `Result` should carry.
    #[test]
    fn an_error_is_small() {
        assert!(size_of::<Error>() < 128, "{}", size_of::<Error>());
    }
}
