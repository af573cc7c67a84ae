//! What the caller of an execution decides: compatibility, and how much work a template may cause.

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
    /// How much work the template may cause.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            range_over_integers: true,
            comparison_names_types: true,
            hidden_methods: &[],
            limits: Limits::default(),
        }
    }
}

/// Bounds on an execution, so that a hostile template ends with an error. Go has none of them.
///
/// The error names the limit as a setting: `limit work=200000000 exceeded: …`, and has the place where it was reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many statements, commands and iterations may be executed; long arguments of functions count for their length.
    pub work: u64,
    /// How many bytes texts and actions may write, in nested executions, too.
    pub output: u64,
    /// How many bytes of values functions may make, whether they are still used or not.
    pub memory: u64,
    /// How deep functions such as Helm's `include` and `tpl` may execute templates in one another. Helm stops at 1,001 for
    /// each name of an `include`, so that only a cycle of more than ten names, or of texts, comes here.
    pub depth: u64,
    /// How many bytes the text of a list, map or the like may have, and all that one `printf` makes of such.
    pub text: u64,
    /// How many elements copying a value, or comparing two, may visit.
    pub elements: u64,
}

/// A large chart writes a few MiB, makes some hundred MiB of values, and takes a million steps.
impl Default for Limits {
    fn default() -> Self {
        Self {
            work: 200_000_000,
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
}

/// The error of a limit, the same wherever one is reached: its setting, what it bounds, and what to do.
///
/// ```
/// let text = homescale_template::exceeded("output", 9, "templates write more bytes than that");
/// assert_eq!(
///     text,
///     "limit output=9 exceeded: templates write more bytes than that; \
///      if the chart is trusted, allow more with --limit output=90"
/// );
/// ```
pub fn exceeded(name: &str, value: u64, what: &str) -> String {
    let more = value.max(1).saturating_mul(10);
    format!(
        "limit {name}={value} exceeded: {what}; if the chart is trusted, allow more with --limit {name}={more}"
    )
}
