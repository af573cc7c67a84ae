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
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The file (the name under which the text was parsed).
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The byte offset in the line, from 0; `None` for an error of parsing, which Go reports by line only.
    pub column: Option<usize>,
    /// The template that was executing, and the node, as Go prints it; `None` for an error of parsing.
    pub executing: Option<(String, String)>,
    /// Go's message, up to the nested error if there is one.
    pub message: String,
    /// The error of a nested template.
    pub cause: Option<Box<Error>>,
}

/// Go's text: `template: FILE:LINE:COL: executing "NAME" at <NODE>: MESSAGE`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "template: {}:{}:", self.file, self.line)?;
        if let Some(column) = self.column {
            write!(f, "{column}:")?;
        }
        if let Some((name, node)) = &self.executing {
            write!(f, " executing \"{name}\" at <{node}>:")?;
        }
        write!(f, " {}", self.message)?;
        match &self.cause {
            Some(cause) => write!(f, "{cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}
