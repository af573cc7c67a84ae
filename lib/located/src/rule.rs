//! [`Rule`]: a kind of finding, and the rules that hold in any file.
//!
//! A crate that checks more has rules of its own, made by [`Rule::error`], [`Rule::warning`] and [`Rule::note`].

use std::fmt;

use serde::Serialize;

/// A kind of finding: its name, how bad it is, and what it is about.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The name, as tools and people can refer to it.
    pub name: &'static str,
    /// How bad a finding is.
    pub severity: Severity,
    /// What is found, one sentence.
    pub about: &'static str,
}

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The files cannot be used, or Kubernetes or Argo CD would refuse what they say.
    Error,
    /// They can be used, but probably not as meant.
    Warning,
    /// Worth knowing; nothing needs to change.
    Note,
}

impl Rule {
    /// A rule whose findings are errors.
    pub const fn error(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Severity::Error, about)
    }

    /// A rule whose findings are warnings.
    pub const fn warning(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Severity::Warning, about)
    }

    /// A rule whose findings are notes.
    pub const fn note(name: &'static str, about: &'static str) -> Self {
        Self::new(name, Severity::Note, about)
    }

    const fn new(name: &'static str, severity: Severity, about: &'static str) -> Self {
        Self {
            name,
            severity,
            about,
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// A file is not YAML, or not a map.
pub static YAML: Rule = Rule::error(
    "yaml",
    "A file is not YAML, or not the map that it should be.",
);

/// A value is not what a field may hold.
pub static WRONG_TYPE: Rule = Rule::error("wrong-type", "A field of an app is of the wrong type.");

/// A field says nothing that must.
pub static MISSING_FIELD: Rule = Rule::error("missing-field", "A required field is missing.");

/// A value of the right type that nobody knows.
pub static INVALID_VALUE: Rule = Rule::error(
    "invalid-value",
    "A field has a value that Argo CD or Kubernetes does not know.",
);

/// A field that is not known.
pub static UNKNOWN_FIELD: Rule = Rule::warning("unknown-field", "A field that no rule knows.");

/// A key that a map has twice.
pub static DUPLICATE_KEY: Rule = Rule::warning(
    "duplicate-key",
    "A key that occurs twice in a map; the last one counts.",
);

/// A key such as `on`, which YAML 1.1 takes for a boolean.
pub static BOOLEAN_KEY: Rule = Rule::note(
    "boolean-key",
    "A key of `values` that YAML 1.1 takes for a boolean, and Helm writes as `true` or `false`.",
);
