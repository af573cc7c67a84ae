//! [`ArgoCdVersion`]: a release line of Argo CD, for what differs between them.

use std::fmt;

/// A release line of Argo CD: `3.5` of `v3.5.2`. Prints as `3.5`.
///
/// ```
/// use homescale_argocd::ArgoCdVersion;
///
/// let version = ArgoCdVersion::parse("v3.5.2").expect("a version");
/// assert!(version > ArgoCdVersion::new(3, 1));
/// assert_eq!(version.to_string(), "3.5");
/// assert_eq!(ArgoCdVersion::parse("latest"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArgoCdVersion {
    major: u64,
    minor: u64,
}

impl ArgoCdVersion {
    /// A release line by its numbers.
    pub const fn new(major: u64, minor: u64) -> Self {
        Self { major, minor }
    }

    /// Reads `3.5`, `v3.5` or `3.5.2`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let numbers = text.strip_prefix('v').unwrap_or(text).split('.');
        let numbers: Result<Vec<u64>, _> = numbers.map(str::parse).collect();
        match numbers.ok()?[..] {
            [major, minor] | [major, minor, _] => Some(Self { major, minor }),
            _ => None,
        }
    }
}

impl fmt::Display for ArgoCdVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}
