//! [`Error`]: why a chart could not be loaded or rendered, in Helm's words.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

/// What Helm adds to an error of a render.
const HINTS: &[&str] = &["Use --debug flag to render out invalid YAML"];

/// Why a chart could not be loaded or rendered: its kind, where it is, what caused it, and what helps.
///
/// `Display` gives what `helm template` writes after `Error: `, the hint at `--debug` included. What Helm writes before
/// it is in [`Error::warnings`].
///
/// ```
/// use homescale_chart::{Chart, ErrorKind};
/// use homescale_fileset::FileSet;
///
/// let error = Chart::load(&FileSet::new()).unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Load);
/// assert_eq!(error.to_string(), "Chart.yaml file is missing");
/// ```
#[derive(Clone, Debug)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    kind: ErrorKind,
    /// What Helm says before the message, the innermost first.
    contexts: Vec<String>,
    message: String,
    /// What it comes from. Its text follows the message, unless the message has it already.
    cause: Option<Arc<dyn StdError + Send + Sync>>,
    cause_follows: bool,
    place: Option<Place>,
    warnings: Vec<String>,
    unfinished: Vec<u8>,
}

/// Where in a chart, or in the values of the user, something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Place {
    /// The path of the file; of a template, the name of its chart included.
    pub file: String,
    /// The line, from 1, if it is known.
    pub line: Option<u32>,
    /// The byte in the line, from 1, if it is known.
    pub column: Option<u32>,
}

/// At which step it went wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file of the chart could not be read, or the chart is not valid.
    Load,
    /// The values of the user could not be read.
    Values,
    /// The name of the release, or another part of the request, is not valid.
    Request,
    /// Dependencies are missing or cannot be processed.
    Dependencies,
    /// The values do not satisfy a schema.
    Schema,
    /// The chart does not accept this version of Kubernetes.
    KubeVersion,
    /// A template could not be parsed or executed.
    Template,
    /// A template called `fail` or `required`.
    Failed,
    /// What a template gave is not YAML.
    Manifest,
    /// A post-renderer failed.
    PostRender,
    /// A template that was asked for is not there.
    ShowOnly,
    /// Helm itself crashes on this chart, with exit status 2. The text is what it writes first.
    Crash,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            contexts: Vec::new(),
            message: message.into(),
            cause: None,
            cause_follows: false,
            place: None,
            warnings: Vec::new(),
            unfinished: vec![b'\n'],
        }))
    }

    pub(crate) fn load(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Load, message)
    }

    /// The same error with its cause, whose text follows the message.
    pub(crate) fn because(self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let mut error = self.caused_by(cause);
        error.0.cause_follows = true;
        error
    }

    /// The same error with its cause, of which the message tells already.
    pub(crate) fn caused_by(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.cause = Some(Arc::from(cause.into()));
        self
    }

    /// The same error in this place.
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.0.place = Some(place);
        self
    }

    pub(crate) fn with_unfinished(mut self, text: Vec<u8>) -> Self {
        self.0.unfinished = text;
        self
    }

    /// The same error, preceded by what was logged before it.
    pub(crate) fn after(mut self, mut warnings: Vec<String>) -> Self {
        warnings.append(&mut self.0.warnings);
        self.0.warnings = warnings;
        self
    }

    /// The same error, seen from further outside: Helm says this before it.
    pub(crate) fn within(mut self, context: impl Into<String>) -> Self {
        self.0.contexts.push(context.into());
        self
    }

    /// At which step it went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Where it went wrong, if that is known.
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// The declared dependencies that are not in `charts/`, when that is what is wrong.
    pub fn missing_dependencies(&self) -> Option<&[String]> {
        let cause = self.0.cause.as_deref()?;
        let missing = cause.downcast_ref::<MissingDependencies>()?;
        Some(&missing.0)
    }

    /// Helm's text without hints.
    pub fn message(&self) -> String {
        let inner = &self.0;
        let mut text: String = inner.contexts.iter().rev().map(String::as_str).collect();
        text.push_str(&inner.message);
        if let Some(cause) = inner.cause.as_ref().filter(|_| inner.cause_follows) {
            text.push_str(&cause.to_string());
        }
        text
    }

    /// What Helm had logged before it failed, a line each.
    pub fn warnings(&self) -> &[String] {
        &self.0.warnings
    }

    /// The error of the template, when it was one.
    pub fn template(&self) -> Option<&homescale_template::Error> {
        self.0.cause.as_deref()?.downcast_ref()
    }

    /// What may help at Helm's command line. Helm says it once it has started to render.
    pub fn hints(&self) -> &'static [&'static str] {
        match self.0.kind {
            ErrorKind::KubeVersion
            | ErrorKind::Template
            | ErrorKind::Failed
            | ErrorKind::Manifest
            | ErrorKind::PostRender => HINTS,
            _ => &[],
        }
    }

    /// What Helm prints with `--debug` all the same: the files that are not valid, and the hooks up to there. `None` if
    /// it had not started to render.
    pub fn unfinished(&self) -> Option<&[u8]> {
        (!self.hints().is_empty()).then_some(&self.0.unfinished)
    }
}

impl Place {
    /// Somewhere in a file.
    pub(crate) fn in_file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line: None,
            column: None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())?;
        let mut hints = self.hints().iter();
        hints.try_for_each(|hint| write!(f, "\n\n{hint}"))
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let cause = self.0.cause.as_deref()?;
        Some(cause)
    }
}

/// Dependencies that Chart.yaml declares, and that are not in `charts/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MissingDependencies(pub(crate) Vec<String>);

impl fmt::Display for MissingDependencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.0.join(", ");
        write!(
            f,
            "found in Chart.yaml, but missing in charts/ directory: {names}"
        )
    }
}

impl std::error::Error for MissingDependencies {}
