//! [`Error`]: why a text could not be read, in Go's words and with our own positions.

use std::fmt;

use crate::position::Position;

/// What kind of thing went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The bytes are not text that YAML allows: not UTF-8, or control characters.
    Encoding,
    /// The text is not YAML: found while splitting it into tokens.
    Scanner,
    /// The text is not YAML: found while putting tokens together.
    Parser,
    /// A good document that cannot be turned into a value: aliases, merge keys, tags, keys.
    Content,
    /// Duplicate keys, where those are an error.
    Duplicate,
    /// A value that JSON cannot express.
    Json,
    /// A value that is not of the wanted type.
    Type,
}

/// What makes a text no YAML, where it is one of the mistakes that people make: for messages in other words than Go's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Mistake {
    /// `: ` where no key can be.
    MisplacedValue,
    /// `*name`, and nothing before it is called so.
    UnknownAnchor,
    /// `*` or `&` without a name.
    Nameless,
    /// A quote that is not closed.
    OpenQuote,
    /// A key on a line without `: `.
    KeyWithoutColon,
    /// Something in a map that is no key, often by its indentation.
    NoKey,
    /// A tab that indents.
    Tab,
    /// A text that begins with a character that YAML keeps for itself, or with a tab.
    ReservedCharacter,
}

/// Why a text could not be read.
///
/// `Display` gives the text that `sigs.k8s.io/yaml` v1.6 gives, wrapper included, so that an error of Helm's can be
/// reproduced to the byte. [`Error::problem`] with [`Error::position`] is the better choice for messages of our own: Go leaves
/// the line out on the first line of a text and is off by one in places.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Inner>);

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    problem: String,
    mistake: Option<Mistake>,
    mark: Option<Position>,
    context: Option<(&'static str, Position)>,
    path: Vec<Segment>,
}

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    Key(String),
    Index(usize),
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, problem: impl Into<String>, mark: Option<Position>) -> Self {
        Self(Box::new(Inner {
            kind,
            problem: problem.into(),
            mistake: None,
            mark,
            context: None,
            path: Vec::new(),
        }))
    }

    pub(crate) fn scanner(problem: &'static str, mark: Position) -> Self {
        Self::new(ErrorKind::Scanner, problem, Some(mark))
    }

    pub(crate) fn parser(problem: &'static str, mark: Position) -> Self {
        Self::new(ErrorKind::Parser, problem, Some(mark))
    }

    pub(crate) fn content(problem: impl Into<String>, mark: Position) -> Self {
        Self::new(ErrorKind::Content, problem, Some(mark))
    }

    /// Says what was being read when the problem was met, and where that began.
    pub(crate) fn within(mut self, context: &'static str, mark: Position) -> Self {
        self.0.context = Some((context, mark));
        self
    }

    /// Says which mistake it is.
    pub(crate) fn by(mut self, mistake: Mistake) -> Self {
        self.0.mistake = Some(mistake);
        self
    }

    /// Gives the error a place, if it has none.
    pub(crate) fn or_at(mut self, mark: Position) -> Self {
        self.0.mark.get_or_insert(mark);
        self
    }

    /// Puts a step before the path to the value.
    pub(crate) fn under(mut self, segment: Segment) -> Self {
        self.0.path.insert(0, segment);
        self
    }

    /// What kind of thing went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The bare problem, without any place: `mapping values are not allowed in this context`.
    pub fn problem(&self) -> &str {
        &self.0.problem
    }

    /// Which mistake it is, where that is known.
    ///
    /// ```
    /// use homescale_yaml::{Mistake, parse};
    ///
    /// let error = parse(b"a: b: c\n").unwrap_err();
    /// assert_eq!(error.mistake(), Some(Mistake::MisplacedValue));
    /// ```
    pub fn mistake(&self) -> Option<Mistake> {
        self.0.mistake
    }

    /// Where the problem was met, if that is known.
    pub fn position(&self) -> Option<Position> {
        self.0.mark
    }

    /// What was being read when the problem was met, and where it began: `while scanning a quoted scalar`.
    pub fn context(&self) -> Option<(&'static str, Position)> {
        self.0.context
    }

    /// The true line, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.0.mark.map(Position::line)
    }

    /// The true column in characters, counted from 1.
    pub fn column(&self) -> Option<usize> {
        self.0.mark.map(Position::column)
    }

    /// The error as the YAML or JSON library of Go words it, without what `sigs.k8s.io/yaml` puts before it:
    /// `yaml: line 2: mapping values are not allowed in this context`.
    pub fn message(&self) -> String {
        match self.0.kind {
            ErrorKind::Json => self.problem().to_string(),
            ErrorKind::Type if self.0.mark.is_none() => self.problem().to_string(),
            ErrorKind::Type => self.to_string(),
            ErrorKind::Duplicate => format!("yaml: unmarshal errors:\n{}", self.problem()),
            ErrorKind::Scanner | ErrorKind::Parser => match self.go_line() {
                Some(line) => format!("yaml: line {line}: {}", self.problem()),
                None => format!("yaml: {}", self.problem()),
            },
            ErrorKind::Encoding | ErrorKind::Content => format!("yaml: {}", self.problem()),
        }
    }

    /// The line that Go prints: none on the first line, and one too low when the parser met the problem.
    fn go_line(&self) -> Option<u32> {
        let line = self.0.mark?.line;
        match self.0.kind {
            _ if line == 0 => None,
            ErrorKind::Scanner => Some(line + 1),
            _ => Some(line),
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for segment in &self.0.path {
            match segment {
                Segment::Key(key) if path.is_empty() => path.push_str(key),
                Segment::Key(key) => path.extend([".", key]),
                Segment::Index(index) => path.extend(["[", &index.to_string(), "]"]),
            }
        }
        path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.kind, self.0.mark) {
            (ErrorKind::Type, Some(mark)) => {
                write!(f, "{mark}: ")?;
                if !self.0.path.is_empty() {
                    write!(f, "{}: ", self.path())?;
                }
                f.write_str(self.problem())
            }
            (ErrorKind::Type, None) => {
                write!(
                    f,
                    "error unmarshaling JSON: while decoding JSON: {}",
                    self.problem()
                )
            }
            _ => write!(f, "error converting YAML to JSON: {}", self.message()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.0.kind)
    }
}

impl std::error::Error for Error {}
