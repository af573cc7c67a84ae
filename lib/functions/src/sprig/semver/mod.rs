//! Semantic versions and constraints on them, as Masterminds/semver 3 has them.

mod constraint;
mod error;
mod object;
mod version;

pub use self::constraint::Constraints;
pub use self::error::{Error, ErrorKind};
pub use self::version::Version;

/// How versions and constraints are read, where releases of Masterminds/semver differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// In a group of constraints that must all hold, whether one prerelease admits prereleases for all, or each constraint
    /// speaks for itself.
    pub prerelease_counts_for_group: bool,
    /// Whether the errors of versions start in lower case.
    pub errors_in_lower_case: bool,
    /// Whether the constraint that cannot be read is quoted, and the length of versions and constraints is bounded.
    pub has_bounds: bool,
}

impl Options {
    /// As the newest release has it.
    pub const LATEST: Self = Self {
        prerelease_counts_for_group: true,
        errors_in_lower_case: true,
        has_bounds: true,
    };
}
