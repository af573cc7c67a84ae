//! [`Version`]: reading, comparing and printing a version.

use std::any::Any;
use std::cmp::Ordering;
use std::fmt;

use homescale_go::strconv;
use homescale_value::{Kind, Method, Number, Object, Param, Signature, Value, object};

use crate::semver::SemverOptions;

/// A semantic version, read leniently: a leading `v`, leading zeros, and missing minor and patch numbers are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    pub(super) major: u64,
    pub(super) minor: u64,
    pub(super) patch: u64,
    pub(super) prerelease: String,
    metadata: String,
    original: String,
    /// Whether this is a `semver.Version`, as `IncMinor` gives it, and not a pointer to one.
    is_plain: bool,
    /// Whether counting past the largest number is an error, as for semver 3.5.
    is_bounded: bool,
}

impl Version {
    /// Reads a version: `v1.2.3-rc.1+build`.
    ///
    /// # Errors
    ///
    /// Go's text, in the words of the given release of Helm: `invalid semantic version`.
    pub fn parse(text: &str, options: SemverOptions) -> Result<Self, String> {
        let invalid = || said("invalid semantic version", options);
        if options.has_bounds && text.len() > MAX_VERSION {
            return Err(format!(
                "version string is too long (max {MAX_VERSION} bytes)"
            ));
        }
        let shape = Shape::of(text).ok_or_else(invalid)?;
        let number = |digits: &str| {
            strconv::parse_uint(digits, 10, 64).map_err(|error| {
                format!(
                    "{}: {error}",
                    said("error parsing version segment", options)
                )
            })
        };
        let part = |digits: Option<&str>| digits.map_or(Ok(0), number);
        let version = Self {
            major: number(shape.major)?,
            minor: part(shape.minor)?,
            patch: part(shape.patch)?,
            prerelease: shape.prerelease.unwrap_or_default().to_owned(),
            metadata: shape.metadata.unwrap_or_default().to_owned(),
            original: text.to_owned(),
            is_plain: false,
            is_bounded: options.has_bounds,
        };
        let has_leading_zero = |part: &str| {
            part.len() > 1 && part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit())
        };
        if version.prerelease.split('.').any(has_leading_zero) {
            return Err(said("version segment starts with 0", options));
        }
        Ok(version)
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

    /// The next version after a change of one part, as the methods `IncMajor`, `IncMinor` and `IncPatch` give it.
    ///
    /// # Errors
    ///
    /// Go's text: there is no next number, and the release of Helm notices.
    fn incremented(&self, part: &str, change: fn(&mut Self) -> &mut u64) -> Result<Self, String> {
        let mut next = self.clone();
        let number = change(&mut next);
        match number.checked_add(1) {
            None if self.is_bounded => {
                return Err(format!("{part} version increment would overflow uint64"));
            }
            incremented => *number = incremented.unwrap_or_default(),
        }
        Ok(next.released())
    }

    /// Without prerelease and metadata.
    fn released(mut self) -> Self {
        self.prerelease.clear();
        self.metadata.clear();
        self.renamed()
    }

    /// With its original text rewritten, the leading `v` kept.
    fn renamed(mut self) -> Self {
        let prefix = if self.original.starts_with('v') {
            "v"
        } else {
            ""
        };
        self.original = format!("{prefix}{self}");
        self.is_plain = true;
        self
    }
}

/// How long a version may be for semver 3.5.
const MAX_VERSION: usize = 256;

/// The words of semver 3.3 start with a capital.
fn said(text: &str, options: SemverOptions) -> String {
    if options.errors_in_lower_case {
        return text.to_owned();
    }
    match text {
        "invalid semantic version" => "Invalid Semantic Version".to_owned(),
        other => other[..1].to_uppercase() + &other[1..],
    }
}

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
fn identifiers(mark: char, text: &str) -> (Option<&str>, &str) {
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

/// `*semver.Version`, or `semver.Version`.
impl Object for Version {
    fn type_name(&self) -> &'static str {
        if self.is_plain {
            "semver.Version"
        } else {
            "*semver.Version"
        }
    }

    fn kind(&self) -> Kind {
        if self.is_plain {
            Kind::Struct
        } else {
            Kind::Ptr
        }
    }

    fn print(&self) -> String {
        self.to_string()
    }

    fn methods(&self) -> &'static [Method] {
        if self.is_plain {
            &METHODS[..VALUE_METHODS]
        } else {
            METHODS
        }
    }

    fn unexported_fields(&self) -> &'static [&'static str] {
        &["major", "minor", "patch", "pre", "metadata", "original"]
    }

    fn to_data(&self) -> Result<Value, String> {
        Ok(self.to_string().into())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const NONE: Signature = Signature::fixed(&[]);
const TEXT: Signature = Signature::fixed(&[Param::String]);
const OTHER: Signature = Signature::fixed(&[Param::Type("*semver.Version")]);

/// How many of the methods a version that is no pointer has.
const VALUE_METHODS: usize = 11;

/// The methods of `semver.Version`, then those of `*semver.Version` alone.
const METHODS: &[Method] = &[
    Method {
        name: "IncMajor",
        signature: NONE,
        call: |this, _| {
            let next = version(this)?.incremented("major", |next| {
                (next.minor, next.patch) = (0, 0);
                &mut next.major
            });
            next.map(object)
        },
    },
    Method {
        name: "IncMinor",
        signature: NONE,
        call: |this, _| {
            let next = version(this)?.incremented("minor", |next| {
                next.patch = 0;
                &mut next.minor
            });
            next.map(object)
        },
    },
    Method {
        name: "IncPatch",
        signature: NONE,
        call: |this, _| {
            let version = version(this)?;
            if !version.prerelease.is_empty() {
                // A prerelease comes before the version it leads to.
                return Ok(object(version.clone().released()));
            }
            version
                .incremented("patch", |next| &mut next.patch)
                .map(object)
        },
    },
    Method {
        name: "Major",
        signature: NONE,
        call: |this, _| with(this, |version| uint(version.major)),
    },
    Method {
        name: "Metadata",
        signature: NONE,
        call: |this, _| with(this, |version| version.metadata.as_str().into()),
    },
    Method {
        name: "Minor",
        signature: NONE,
        call: |this, _| with(this, |version| uint(version.minor)),
    },
    Method {
        name: "Patch",
        signature: NONE,
        call: |this, _| with(this, |version| uint(version.patch)),
    },
    Method {
        name: "Prerelease",
        signature: NONE,
        call: |this, _| with(this, |version| version.prerelease.as_str().into()),
    },
    Method {
        name: "SetMetadata",
        signature: TEXT,
        call: |this, args| changed(this, args, '+', |version, text| version.metadata = text),
    },
    Method {
        name: "SetPrerelease",
        signature: TEXT,
        call: |this, args| changed(this, args, '-', |version, text| version.prerelease = text),
    },
    Method {
        name: "String",
        signature: NONE,
        call: |this, _| with(this, |version| version.to_string().into()),
    },
    Method {
        name: "Compare",
        signature: OTHER,
        call: |this, args| {
            compared(this, args, |order| {
                Value::Int(match order {
                    Ordering::Less => -1,
                    Ordering::Equal => 0,
                    Ordering::Greater => 1,
                })
            })
        },
    },
    Method {
        name: "Equal",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_eq().into()),
    },
    Method {
        name: "GreaterThan",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_gt().into()),
    },
    Method {
        name: "GreaterThanEqual",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_ge().into()),
    },
    Method {
        name: "LessThan",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_lt().into()),
    },
    Method {
        name: "LessThanEqual",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_le().into()),
    },
    Method {
        name: "Original",
        signature: NONE,
        call: |this, _| with(this, |version| version.original.as_str().into()),
    },
];

fn with(this: &Value, get: impl Fn(&Version) -> Value) -> Result<Value, String> {
    version(this).map(get)
}

fn version(this: &Value) -> Result<&Version, String> {
    let version = this.downcast();
    version.ok_or_else(|| "the receiver is no version".to_owned())
}

fn compared(this: &Value, args: &[Value], get: fn(Ordering) -> Value) -> Result<Value, String> {
    let other: &Version = args
        .first()
        .and_then(Value::downcast)
        .ok_or("the argument is no version")?;
    with(this, |version| get(version.compare(other)))
}

fn changed(
    this: &Value,
    args: &[Value],
    mark: char,
    change: fn(&mut Version, String),
) -> Result<Value, String> {
    let text = args.first().and_then(Value::as_str);
    let text = text
        .map(|text| text.to_text().into_owned())
        .unwrap_or_default();
    let marked = format!("{mark}{text}");
    let is_valid = text.is_empty() || matches!(identifiers(mark, &marked), (Some(_), ""));
    if !is_valid {
        let part = if mark == '+' {
            "metadata"
        } else {
            "prerelease"
        };
        return Err(format!("invalid {part} string"));
    }
    with(this, |version| {
        let mut version = version.clone();
        change(&mut version, text.clone());
        object(version.renamed())
    })
}

fn uint(number: u64) -> Value {
    Value::Number(Number::Uint64(number))
}
