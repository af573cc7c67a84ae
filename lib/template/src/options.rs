//! What the caller of an execution decides: compatibility, and how much work a template may cause.

/// Options of an execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether `range 3` counts from 0 to 2, as since Go 1.24 (Helm 4, Helm 3.18); before, it is an error.
    pub range_over_integers: bool,
    /// Whether the error of `eq 1 1.0` names the two types, as since Go 1.25.
    pub comparison_names_types: bool,
    /// How much work the template may cause.
    pub limits: Limits,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            range_over_integers: true,
            comparison_names_types: true,
            limits: Limits::default(),
        }
    }
}

/// Bounds on an execution, so that a hostile template ends with an error. Go has none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How many bytes texts and actions may write, in nested executions, too.
    pub output: usize,
    /// How many statements, commands and iterations may be executed.
    pub steps: u64,
}

/// 512 MiB and 200 million steps: a large chart writes a few MiB in a million steps.
impl Default for Limits {
    fn default() -> Self {
        Self {
            output: 512 << 20,
            steps: 200_000_000,
        }
    }
}
