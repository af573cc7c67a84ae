//! [`Error`]: why a chart could not be loaded or rendered, in Helm's words.

use std::fmt;

/// What Helm adds to an error of a render.
const HINT: &str = "\n\nUse --debug flag to render out invalid YAML";

/// Why a chart could not be loaded or rendered.
///
/// `Display` gives what `helm template` writes after `Error: `, the hint at `--debug` included. What Helm writes before
/// it is in [`Error::warnings`].
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq)]
struct Inner {
    kind: ErrorKind,
    text: String,
    warnings: Vec<String>,
    template: Option<homescale_template::Error>,
    unfinished: Vec<u8>,
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
    pub(crate) fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            text: text.into(),
            warnings: Vec::new(),
            template: None,
            unfinished: vec![b'\n'],
        }))
    }

    /// An error of the user's values that was found outside of this crate: a file that cannot be read, for example.
    pub fn of_values(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Values, text)
    }

    pub(crate) fn load(text: impl Into<String>) -> Self {
        Self::new(ErrorKind::Load, text)
    }

    pub(crate) fn with_template(mut self, error: homescale_template::Error) -> Self {
        self.0.template = Some(error);
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

    /// The same error with a text in front of it.
    pub(crate) fn within(mut self, prefix: &str) -> Self {
        self.0.text.insert_str(0, prefix);
        self
    }

    /// At which step it went wrong.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// Helm's text without the hint.
    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// What Helm had logged before it failed, a line each.
    pub fn warnings(&self) -> &[String] {
        &self.0.warnings
    }

    /// The error of the template, with its place, when it was one.
    pub fn template(&self) -> Option<&homescale_template::Error> {
        self.0.template.as_ref()
    }

    /// Whether Helm had started to render: then it hints at its `--debug` flag.
    pub fn has_hint(&self) -> bool {
        matches!(
            self.0.kind,
            ErrorKind::KubeVersion
                | ErrorKind::Template
                | ErrorKind::Failed
                | ErrorKind::Manifest
                | ErrorKind::PostRender
        )
    }

    /// What Helm prints with `--debug` all the same: the files that are not valid, and the hooks up to there. `None` if
    /// it had not started to render.
    pub fn unfinished(&self) -> Option<&[u8]> {
        self.has_hint().then_some(&self.0.unfinished)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.text)?;
        if self.has_hint() {
            f.write_str(HINT)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
