//! [`ApplicationError`]: a field of an object that is not of its type.

use std::fmt;

/// A field of an object that is not of its type. The API server refuses such an object.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ApplicationError {
    /// The path of the field: `spec.sources[0].path`.
    pub field: String,
    /// What it is.
    pub found: &'static str,
    /// What it must be.
    pub expected: &'static str,
}

impl fmt::Display for ApplicationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            field,
            found,
            expected,
        } = self;
        let field = if field.is_empty() {
            "the object"
        } else {
            field
        };
        write!(f, "{field} is {found}; it must be {expected}")
    }
}

impl std::error::Error for ApplicationError {}
