//! Errors of parsing and executing templates, with Go's text and position.

use std::fmt;

use homescale_go::strconv::quote;
use homescale_go::strings::TooLong;

use crate::options::Exceeded;

/// Why a function failed. The evaluator adds the position and `error calling NAME: `.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Failure {
    /// An error text of the function itself.
    Message(String),
    /// A nested template failed: its error follows the text (which may be empty).
    Nested(String, Error),
    /// Text that could not be parsed as a template, in a nested parse; the text precedes the parser's error.
    Parse(String, Error),
    /// A limit was exceeded; the text (which may be empty) precedes that.
    Limit(String, Exceeded),
    /// A text would be longer than [`Context::room`](crate::Context::room): the evaluator makes it a limit that is exceeded.
    TooLong,
    /// A message for the user, which ends the render: see [`Error::abort`].
    Abort(String),
}

impl Failure {
    /// A failure with this text.
    pub fn new(message: impl Into<String>) -> Self {
        Self::Message(message.into())
    }

    /// The text of the function itself.
    pub fn text(&self) -> &str {
        match self {
            Self::Message(text)
            | Self::Nested(text, _)
            | Self::Parse(text, _)
            | Self::Limit(text, _)
            | Self::Abort(text) => text,
            Self::TooLong => "",
        }
    }

    /// The error of a nested template.
    pub fn cause(&self) -> Option<&Error> {
        match self {
            Self::Nested(_, error) | Self::Parse(_, error) => Some(error),
            Self::Message(_) | Self::Limit(..) | Self::TooLong | Self::Abort(_) => None,
        }
    }
}

/// The text, and what follows it.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())?;
        match self {
            Self::Limit(_, exceeded) => exceeded.fmt(f),
            Self::Nested(_, error) | Self::Parse(_, error) => error.fmt(f),
            Self::TooLong => TooLong.fmt(f),
            Self::Message(_) | Self::Abort(_) => Ok(()),
        }
    }
}

impl std::error::Error for Failure {}

impl From<TooLong> for Failure {
    fn from(_: TooLong) -> Self {
        Self::TooLong
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

impl From<Exceeded> for Failure {
    fn from(exceeded: Exceeded) -> Self {
        Self::Limit(String::new(), exceeded)
    }
}

/// A position in a text that was parsed as templates.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The name that the text was parsed by: the path of a file, or the name of the set.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The column in bytes, from 1; `None` where Go knows no more than the line.
    pub column: Option<u32>,
}

impl Position {
    pub(crate) fn new(file: &str, line: usize, column: Option<usize>) -> Self {
        // No file is large enough to reach the limit.
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            file: file.to_owned(),
            line: count(line),
            column: column.map(count),
        }
    }

    /// The position as Go's messages have it: `FILE:LINE:COLUMN`, with a column that counts from 0.
    pub fn in_go(&self) -> String {
        let column = self.column.map(|column| column.saturating_sub(1));
        let Self { file, line, .. } = self;
        let shifted = Self {
            file: file.clone(),
            line: *line,
            column,
        };
        shifted.to_string()
    }
}

/// `FILE:LINE:COLUMN`, counted from 1.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        match self.column {
            Some(column) => write!(f, ":{column}"),
            None => Ok(()),
        }
    }
}

/// An error of parsing or executing a template.
///
/// When a function such as Helm's `include` executes another template and that fails, the inner error is the
/// [cause](Self::cause) of the outer one. What is not UTF-8 in a template shows as U+FFFD, where Go shows the bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq)]
struct Inner {
    problem: Problem,
    position: Option<Position>,
    executing: Option<(String, String)>,
}

/// What kind of error this is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is no template.
    Syntax,
    /// The text calls a function that does not exist: see [`Error::unknown_function`].
    UnknownFunction,
    /// The template to execute does not exist. Such an error has no position.
    NoTemplate,
    /// The template asks for something that Go refuses.
    Execution,
    /// A function or method failed: see [`Error::failure`].
    Function,
    /// A limit was exceeded, but not inside a function.
    Limit,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Problem {
    Syntax(String),
    UnknownFunction(String),
    NoTemplate(String),
    Execution(String),
    /// An error of execution: a field or key is not there.
    Absent(String),
    Function(&'static str, Failure),
    Limit(Exceeded),
}

impl From<String> for Problem {
    /// The message of an error of parsing.
    fn from(message: String) -> Self {
        Self::Syntax(message)
    }
}

impl From<&str> for Problem {
    fn from(message: &str) -> Self {
        Self::Syntax(message.to_owned())
    }
}

/// Go's message, up to the nested error if there is one.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(message)
            | Self::NoTemplate(message)
            | Self::Execution(message)
            | Self::Absent(message) => f.write_str(message),
            Self::UnknownFunction(name) => {
                write!(f, "function {} not defined", quote(name.as_bytes()))
            }
            Self::Function(name, failure) => {
                write!(f, "error calling {name}: {}", failure.text())?;
                match failure {
                    Failure::Limit(_, exceeded) => exceeded.fmt(f),
                    _ => Ok(()),
                }
            }
            Self::Limit(exceeded) => exceeded.fmt(f),
        }
    }
}

impl Error {
    /// An error of parsing, on a line from 1.
    pub(crate) fn of_parsing(file: &str, line: usize, problem: impl Into<Problem>) -> Self {
        Self(Box::new(Inner {
            problem: problem.into(),
            position: Some(Position::new(file, line, None)),
            executing: None,
        }))
    }

    /// The error of a template to execute that does not exist.
    pub(crate) fn no_template(message: String) -> Self {
        Self(Box::new(Inner {
            problem: Problem::NoTemplate(message),
            position: None,
            executing: None,
        }))
    }

    /// An error at a node of a template, both as Go prints them.
    pub(crate) fn of_execution(
        problem: Problem,
        position: Position,
        executing: (String, String),
    ) -> Self {
        Self(Box::new(Inner {
            problem,
            position: Some(position),
            executing: Some(executing),
        }))
    }

    /// What kind of error this is.
    pub fn kind(&self) -> ErrorKind {
        match self.0.problem {
            Problem::Syntax(_) => ErrorKind::Syntax,
            Problem::UnknownFunction(_) => ErrorKind::UnknownFunction,
            Problem::NoTemplate(_) => ErrorKind::NoTemplate,
            Problem::Execution(_) | Problem::Absent(_) => ErrorKind::Execution,
            Problem::Function(..) => ErrorKind::Function,
            Problem::Limit(_) => ErrorKind::Limit,
        }
    }

    /// Where the error is.
    pub fn position(&self) -> Option<&Position> {
        self.0.position.as_ref()
    }

    /// The template that was executing, and the node, as Go prints it; `None` for an error of parsing.
    pub fn executing(&self) -> Option<(&str, &str)> {
        let (template, node) = self.0.executing.as_ref()?;
        Some((template, node))
    }

    /// Go's message, up to the nested error if there is one: `error calling include: `.
    pub fn message(&self) -> String {
        self.0.problem.to_string()
    }

    /// The function or method that failed here, and why.
    pub fn failure(&self) -> Option<(&'static str, &Failure)> {
        match &self.0.problem {
            Problem::Function(name, failure) => Some((name, failure)),
            _ => None,
        }
    }

    /// The name that is no function's.
    pub fn unknown_function(&self) -> Option<&str> {
        match &self.0.problem {
            Problem::UnknownFunction(name) => Some(name),
            _ => None,
        }
    }

    /// Whether this was, here or in a nested template, for a field that a type does not have or a key that a map does not.
    pub fn is_for_absent_field(&self) -> bool {
        self.chain()
            .any(|error| matches!(error.0.problem, Problem::Absent(_)))
    }

    /// The error of a nested template.
    pub fn cause(&self) -> Option<&Self> {
        self.failure()?.1.cause()
    }

    /// This error and those that caused it, outermost first.
    pub fn chain(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |error| error.cause())
    }

    /// The message of a function that ended the render, such as Helm's `fail` or `required`: see [`Failure::Abort`].
    pub fn abort(&self) -> Option<&str> {
        match self.chain().last()?.failure()? {
            (_, Failure::Abort(message)) => Some(message),
            _ => None,
        }
    }

    /// The limit that was exceeded, here or in a nested template.
    pub fn exceeded(&self) -> Option<Exceeded> {
        match &self.chain().last()?.0.problem {
            Problem::Limit(exceeded) | Problem::Function(_, Failure::Limit(_, exceeded)) => {
                Some(*exceeded)
            }
            _ => None,
        }
    }
}

/// Go's text: `template: FILE:LINE:COL: executing "NAME" at <NODE>: MESSAGE`, with the causes behind it.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for error in self.chain() {
            f.write_str("template: ")?;
            if let Some(position) = error.position() {
                write!(f, "{}: ", position.in_go())?;
            }
            if let Some((name, node)) = error.executing() {
                write!(f, "executing {} at <{node}>: ", quote(name.as_bytes()))?;
            }
            error.0.problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
