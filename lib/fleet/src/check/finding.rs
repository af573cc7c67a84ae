//! [`Finding`]: what is found in an Application, before it is known which others have it, too.

use homescale_located::{Diagnostic, Location, Related, Rule, Severity};

/// What is found in an Application.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) rule: &'static Rule,
    pub(super) severity: Severity,
    pub(super) at: At,
    /// What is wrong, without the Application.
    pub(super) cause: String,
    pub(super) hint: Option<String>,
    pub(super) related: Vec<Related>,
}

/// Where a finding is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// At the Application as a whole.
    Application,
    /// At what the Application says about one of its sources, by the number of the source and the keys in it.
    Source(usize, &'static [&'static str]),
    /// The same, at the item of a list that names a file.
    Named(usize, &'static [&'static str], String),
    /// In a file of the repository.
    File(Location),
}

impl Finding {
    /// A finding at the Application.
    pub(super) fn new(rule: &'static Rule, cause: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.severity,
            at: At::Application,
            cause: cause.into(),
            hint: None,
            related: Vec::new(),
        }
    }

    /// What a diagnostic says of a text in the Application: its line there is none of a file.
    pub(super) fn of(rule: &'static Rule, diagnostic: &Diagnostic) -> Self {
        let (file, line) = (&diagnostic.file, diagnostic.line);
        let message = &diagnostic.message;
        let cause = match (file.as_str(), line) {
            ("", _) => message.clone(),
            (_, 0) => format!("{file}: {message}"),
            (..) => format!("{file}, line {line}: {message}"),
        };
        Self {
            severity: diagnostic.severity,
            hint: diagnostic.hint.clone(),
            ..Self::new(rule, cause)
        }
    }

    /// The same, in this place.
    pub(super) fn at(self, at: At) -> Self {
        Self { at, ..self }
    }

    /// The same, and perhaps it is clear what to do about it.
    pub(super) fn hint(self, hint: Option<impl Into<String>>) -> Self {
        Self {
            hint: hint.map(Into::into),
            ..self
        }
    }

    /// The same, with this severity in place of that of its rule.
    pub(super) fn severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }
}
