//! [`Version`]: reading, comparing and printing a version.

use std::cmp::Ordering;
use std::fmt;

use homescale_go::strconv;

use super::{Error, ErrorKind, Options};

/// A semantic version, read leniently: a leading `v`, leading zeros, and missing minor and patch numbers are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    pub(super) major: u64,
    pub(super) minor: u64,
    pub(super) patch: u64,
    pub(super) prerelease: String,
    pub(super) metadata: String,
    pub(super) original: String,
}

impl Version {
    /// Reads a version: `v1.2.3-rc.1+build`.
    ///
    /// # Errors
    ///
    /// What is wrong, in the words of that release of the library: `invalid semantic version`.
    pub fn parse(text: &str, options: Options) -> Result<Self, Error> {
        let error = |kind| Error::new(kind, options);
        if options.has_bounds && text.len() > MAX_VERSION {
            return Err(error(ErrorKind::VersionTooLong(MAX_VERSION)));
        }
        let shape = Shape::of(text).ok_or_else(|| error(ErrorKind::InvalidVersion))?;
        let number = |digits: &str| {
            let number = strconv::parse_uint(digits, 10, 64);
            number.map_err(|problem| error(ErrorKind::Segment(problem)))
        };
        let part = |digits: Option<&str>| digits.map_or(Ok(0), number);
        let version = Self {
            major: number(shape.major)?,
            minor: part(shape.minor)?,
            patch: part(shape.patch)?,
            prerelease: shape.prerelease.unwrap_or_default().to_owned(),
            metadata: shape.metadata.unwrap_or_default().to_owned(),
            original: text.to_owned(),
        };
        let has_leading_zero = |part: &str| {
            part.len() > 1 && part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit())
        };
        if version.prerelease.split('.').any(has_leading_zero) {
            return Err(error(ErrorKind::LeadingZero));
        }
        Ok(version)
    }

    /// The first number.
    pub fn major(&self) -> u64 {
        self.major
    }

    /// The second number.
    pub fn minor(&self) -> u64 {
        self.minor
    }

    /// Compares by number, then by prerelease; metadata does not count.
    pub fn compare(&self, other: &Self) -> Ordering {
        let numbers = |v: &Self| (v.major, v.minor, v.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| {
            match (self.prerelease.is_empty(), other.prerelease.is_empty()) {
                (true, true) => Ordering::Equal,
                (true, false) => Ordering::Greater,
                (false, true) => Ordering::Less,
                (false, false) => compare_prereleases(&self.prerelease, &other.prerelease),
            }
        })
    }
}

/// How long a version may be for semver 3.5.
const MAX_VERSION: usize = 256;

/// Compares part by part; a version with fewer parts is the smaller one.
pub(super) fn compare_prereleases(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let (x, y) = (a.next(), b.next());
        if x.is_none() && y.is_none() {
            return Ordering::Equal;
        }
        match compare_parts(x.unwrap_or_default(), y.unwrap_or_default()) {
            Ordering::Equal => {}
            different => return different,
        }
    }
}

/// Numbers by value and before words, words by their bytes.
fn compare_parts(a: &str, b: &str) -> Ordering {
    if a == b {
        return Ordering::Equal;
    }
    if a.is_empty() || b.is_empty() {
        return a.len().cmp(&b.len());
    }
    let number = |text: &str| strconv::parse_uint(text, 10, 64).ok();
    match (number(a), number(b)) {
        (Some(x), Some(y)) if x > y => Ordering::Greater,
        (Some(_), Some(_)) => Ordering::Less,
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => a.cmp(b),
    }
}

/// The parts of a version's text, not yet read.
pub(super) struct Shape<'a> {
    pub(super) major: &'a str,
    pub(super) minor: Option<&'a str>,
    pub(super) patch: Option<&'a str>,
    pub(super) prerelease: Option<&'a str>,
    pub(super) metadata: Option<&'a str>,
}

impl<'a> Shape<'a> {
    /// The parts, if all of the text is a version.
    fn of(text: &'a str) -> Option<Self> {
        let (shape, rest) = Self::at_start(text, |b| b.is_ascii_digit())?;
        rest.is_empty().then_some(shape)
    }

    /// The longest version at the start of the text, and what follows it. `in_number` says what numbers are made of.
    pub(super) fn at_start(text: &'a str, in_number: fn(u8) -> bool) -> Option<(Self, &'a str)> {
        let text = text.strip_prefix('v').unwrap_or(text);
        let (major, rest) = span(text, in_number)?;
        let (minor, rest) = after('.', rest, in_number);
        let (patch, rest) = if minor.is_some() {
            after('.', rest, in_number)
        } else {
            (None, rest)
        };
        let (prerelease, rest) = identifiers('-', rest);
        let (metadata, rest) = identifiers('+', rest);
        let shape = Self {
            major,
            minor,
            patch,
            prerelease,
            metadata,
        };
        Some((shape, rest))
    }
}

fn span(text: &str, accepts: fn(u8) -> bool) -> Option<(&str, &str)> {
    let end = text.bytes().position(|b| !accepts(b)).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn after(mark: char, text: &str, accepts: fn(u8) -> bool) -> (Option<&str>, &str) {
    let found = text.strip_prefix(mark).and_then(|rest| span(rest, accepts));
    found.map_or((None, text), |(part, rest)| (Some(part), rest))
}

/// `rc.1-x` after a mark: letters, digits and hyphens, with single dots between.
pub(super) fn identifiers(mark: char, text: &str) -> (Option<&str>, &str) {
    let is_part = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let Some(start) = text.strip_prefix(mark) else {
        return (None, text);
    };
    let Some((first, mut rest)) = span(start, is_part) else {
        return (None, text);
    };
    let mut length = first.len();
    while let (Some(part), next) = after('.', rest, is_part) {
        length += 1 + part.len();
        rest = next;
    }
    (Some(&start[..length]), rest)
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.prerelease.is_empty() {
            write!(f, "-{}", self.prerelease)?;
        }
        if !self.metadata.is_empty() {
            write!(f, "+{}", self.metadata)?;
        }
        Ok(())
    }
}
