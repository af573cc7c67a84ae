//! [`Step`]: what each part of the grammars gives, or why the reading ends there.

use super::error::SetError;

/// What became of reading one entry.
pub(super) enum Stop {
    /// The text has ended.
    End,
    /// It cannot be read.
    Failed(SetError),
}

pub(super) type Step<T> = Result<T, Stop>;

impl From<SetError> for Stop {
    fn from(error: SetError) -> Self {
        Self::Failed(error)
    }
}
