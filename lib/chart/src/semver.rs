//! Versions and constraints on them, as the semver library of a level reads them.

use homescale_functions::{Constraints, Version};

use crate::level::Level;

/// Whether the text is a version.
pub(crate) fn is_version(text: &str, level: Level) -> bool {
    Version::parse(text, level.functions()).is_ok()
}

/// Whether the version satisfies the constraint; if either cannot be read, it does not.
pub(crate) fn satisfies(version: &str, constraint: &str, level: Level) -> bool {
    let level = level.functions();
    match (
        Version::parse(version, level),
        Constraints::parse(constraint, level),
    ) {
        (Ok(version), Ok(constraints)) => constraints.check(&version),
        _ => false,
    }
}

/// The version in its full form, its major and its minor number.
///
/// # Errors
/// The library's text: it is no version.
pub(crate) fn parts(text: &str, level: Level) -> Result<(String, u64, u64), String> {
    let version = Version::parse(text, level.functions())?.to_string();
    let mut numbers = version
        .split(['.', '-', '+'])
        .map(|part| part.parse().unwrap_or_default());
    let major = numbers.next().unwrap_or_default();
    let minor = numbers.next().unwrap_or_default();
    drop(numbers);
    Ok((version, major, minor))
}
