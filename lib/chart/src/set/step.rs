//! [`Step`]: what each part of the grammars gives, or why the reading ends there.

/// What became of reading one entry.
pub(super) enum Stop {
    /// The text has ended.
    End,
    /// It cannot be read; Helm's text.
    Failed(String),
}

pub(super) type Step<T> = Result<T, Stop>;

pub(super) fn failed<T>(text: impl Into<String>) -> Step<T> {
    Err(Stop::Failed(text.into()))
}
