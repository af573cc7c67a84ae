//! [`Checked`]: what a format says about a text.

/// Nothing, or what is wrong; the error is the library's text.
pub(super) type Checked = Result<(), String>;

/// An error of these words.
pub(super) fn wrong(text: impl Into<String>) -> Checked {
    Err(text.into())
}
