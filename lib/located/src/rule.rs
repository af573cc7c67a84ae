//! [`Rule`]: a kind of finding, and the rules that hold in any file.
//!
//! A crate that checks more has rules of its own, made by [`Rule::error`], [`Rule::warning`] and [`Rule::note`].

use std::fmt;

use serde::Serialize;

/// A kind of finding: its name, how bad it is, what it is about, why it matters, and what is to be done.
///
/// ```
/// use homescale_located::Rule;
///
/// static RULE: Rule = Rule::warning("loud-name", "A name in capitals.")
///     .because("Nobody reads it to the end.")
///     .remedy("Write it in lower case.");
/// assert_eq!(RULE.to_string(), "loud-name");
/// ```
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The name, as tools and people can refer to it.
    pub name: &'static str,
    /// How bad a finding is.
    pub severity: Severity,
    /// What is found, one sentence.
    pub about: &'static str,
    /// Why it matters, in sentences.
    pub reason: &'static str,
    /// What is to be done, in sentences.
    pub remedy: &'static str,
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
            reason: "",
            remedy: "",
        }
    }

    /// The same rule, and why it matters.
    pub const fn because(mut self, reason: &'static str) -> Self {
        self.reason = reason;
        self
    }

    /// The same rule, and what is to be done.
    pub const fn remedy(mut self, remedy: &'static str) -> Self {
        self.remedy = remedy;
        self
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
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
)
.because("Nothing can be read from it, and Helm and Argo CD fail on it too.")
.remedy(
    "Mend the line that is named, or the one above it. A text with `: `, ` #` or `{{` in it, or one that begins with `@`, \
     `%`, `*`, `&`, `!` or a backtick, is put in quotes; lines are indented with blanks.",
);

/// A value is not what a field may hold.
pub static WRONG_TYPE: Rule = Rule::error("wrong-type", "A field is of the wrong type.")
    .because("Argo CD and Kubernetes refuse an object with it, or read something else than was meant.")
    .remedy(
        "Write what the message asks for. YAML reads `1.10` as a number and `yes`, `no`, `on` and `off` as booleans: in quotes \
         they are strings.",
    );

/// A field says nothing that must.
pub static MISSING_FIELD: Rule = Rule::error("missing-field", "A required field is missing.")
    .because("Without it there is no Application, or Argo CD refuses it.")
    .remedy("Set it in `app.yaml`, or where every app gets it from: `defaults` in the catalog's values.");

/// A value of the right type that nobody knows.
pub static INVALID_VALUE: Rule = Rule::error(
    "invalid-value",
    "A field has a value that Argo CD, Helm or Kubernetes does not know.",
)
.because("It would be refused when it is applied, or fail when it is rendered: later, and without the line.")
.remedy("Write one of the values that the message or its hint names.");

/// A field that is not known.
pub static UNKNOWN_FIELD: Rule =
    Rule::warning("unknown-field", "A field or a value that no rule knows.")
        .because("Nobody reads it: a misspelt field is as if it were not there.")
        .remedy(
            "Mend its name. If another tool reads it, name it in `fields` of the catalog's values.",
        );

/// A key that a map has twice.
pub static DUPLICATE_KEY: Rule = Rule::warning(
    "duplicate-key",
    "A key that occurs twice in a map; the last one counts.",
)
.because("What the first one says is lost without a word.")
.remedy("Merge the two, or remove one.");

/// A key such as `on`, which YAML 1.1 takes for a boolean.
pub static BOOLEAN_KEY: Rule = Rule::note(
    "boolean-key",
    "A key of `values` that YAML 1.1 takes for a boolean, and Helm writes as `true` or `false`.",
)
.because("A chart that looks for `on` finds `true` instead.")
.remedy("Put the key in quotes.");
