//! What the caller of an execution decides: compatibility, and how much a template may cause.

use std::fmt;

use homescale_value::{Bounds, MAX_ELEMENTS, MAX_TEXT};

/// Options of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether `range 3` counts from 0 to 2, as since Go 1.24 (Helm 4, Helm 3.18); before, it is an error.
    pub range_over_integers: bool,
    /// Whether the error of `eq 1 1.0` names the two types, as since Go 1.25.
    pub comparison_names_types: bool,
    /// Types and methods of theirs that Go does not have yet.
    pub hidden_methods: &'static [(&'static str, &'static str)],
    /// What a map gives for a key that it does not have: Go's option `missingkey`.
    pub missing_key: MissingKey,
    /// How much the template may cause.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            range_over_integers: true,
            comparison_names_types: true,
            hidden_methods: &[],
            missing_key: MissingKey::Zero,
            limits: Limits::default(),
        }
    }
}

/// What `.name` gives if a map has no such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingKey {
    /// No value at all, of which all fields are no value either (`missingkey=default`, which Go has if nothing is said).
    Invalid,
    /// The zero value of the elements of the map (`missingkey=zero`, which Helm has).
    Zero,
    /// An error (`missingkey=error`).
    Error,
}

/// Bounds on an execution, so that a hostile template ends with an error: [`Exceeded`]. Go has none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many statements, commands and iterations may be executed; long arguments of functions count for their length.
    pub fuel: u64,
    /// How many bytes texts and actions may write, in nested executions, too.
    pub output: u64,
    /// How many bytes of values functions may make, whether they are still used or not.
    pub memory: u64,
    /// How deep functions such as Helm's `include` and `tpl` may execute templates in one another. Helm stops at 1,001 for
    /// each name of an `include`, so that only a cycle of more than ten names, or of texts, comes here.
    pub depth: u64,
    /// How many bytes the text of a list, map or the like may have, and all that one `printf` makes of such.
    pub text: u64,
    /// How many elements copying or writing a value, or comparing two, may visit.
    pub elements: u64,
}

/// A large chart writes a few MiB, makes some hundred MiB of values, and takes a million steps.
impl Default for Limits {
    fn default() -> Self {
        Self {
            fuel: 200_000_000,
            output: 512 << 20,
            memory: 2 << 30,
            depth: 10_000,
            text: MAX_TEXT as u64,
            elements: MAX_ELEMENTS as u64,
        }
    }
}

impl Limits {
    /// What bounds single values.
    pub(crate) fn bounds(&self) -> Bounds {
        let size = |limit: u64| usize::try_from(limit).unwrap_or(usize::MAX);
        Bounds {
            text: size(self.text),
            elements: size(self.elements),
        }
    }

    /// What to say when more than this was needed.
    pub fn exceeded(&self, limit: Limit) -> Exceeded {
        let value = match limit {
            Limit::Fuel => self.fuel,
            Limit::Output => self.output,
            Limit::Memory => self.memory,
            Limit::Depth => self.depth,
            Limit::Text => self.text,
            Limit::Elements => self.elements,
        };
        Exceeded { limit, value }
    }
}

/// One of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Limit {
    /// [`Limits::fuel`].
    Fuel,
    /// [`Limits::output`].
    Output,
    /// [`Limits::memory`].
    Memory,
    /// [`Limits::depth`].
    Depth,
    /// [`Limits::text`].
    Text,
    /// [`Limits::elements`].
    Elements,
}

impl Limit {
    /// The name of the field.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// The name, and what exceeds the limit.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Fuel => ("fuel", "templates take more steps than that"),
            Self::Output => ("output", "templates write more bytes than that"),
            Self::Memory => ("memory", "functions make more bytes of values than that"),
            Self::Depth => ("depth", "templates execute one another deeper than that"),
            Self::Text => ("text", "the text of a value is longer than that"),
            Self::Elements => (
                "elements",
                "a value that is copied, compared or written has more elements than that",
            ),
        }
    }
}

/// A limit that was exceeded.
///
/// ```
/// use homescale_template::{Exceeded, Limit};
///
/// let exceeded = Exceeded { limit: Limit::Output, value: 9 };
/// assert_eq!(exceeded.to_string(), "limit output=9 exceeded: templates write more bytes than that");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exceeded {
    /// Which limit.
    pub limit: Limit,
    /// What it was.
    pub value: u64,
}

impl fmt::Display for Exceeded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, what) = self.limit.words();
        write!(f, "limit {name}={} exceeded: {what}", self.value)
    }
}

impl std::error::Error for Exceeded {}
