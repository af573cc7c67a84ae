//! [`Constraints`]: `>=1.2, <2 || ~3.1`.

use std::cmp::Ordering;

use super::version::{Shape, Version, compare_prereleases};
use super::{Error, ErrorKind, Options};

/// Alternatives of which one must hold, each a group of constraints that must all hold.
#[derive(Clone, Debug)]
pub struct Constraints {
    groups: Vec<Vec<Constraint>>,
    options: Options,
}

#[derive(Clone, Debug)]
struct Constraint {
    operator: Operator,
    version: Version,
    /// Where the numbers given end: `*`, `1`, `1.2` or all of them.
    given: Given,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Given {
    Nothing,
    Major,
    Minor,
    All,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    /// None, or `=`.
    Equal,
    NotEqual,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    /// `~`, `~>`: the same minor version.
    Tilde,
    /// `^`: nothing that breaks.
    Caret,
}

/// The spellings, longest first.
const OPERATORS: [(&str, Operator); 12] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterOrEqual),
    ("=>", Operator::GreaterOrEqual),
    ("<=", Operator::LessOrEqual),
    ("=<", Operator::LessOrEqual),
    ("~>", Operator::Tilde),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
    ("", Operator::Equal),
];

/// How long a text of constraints may be: reading takes time in the square of it.
const MAX_LENGTH: usize = 4096;

/// The same of semver 3.5.
const MAX_LENGTH_3_5: usize = 512;

/// How many alternatives semver 3.5 takes.
const MAX_GROUPS_3_5: usize = 32;

impl Constraints {
    /// Reads constraints: alternatives between `||`, in each of them constraints between commas or spaces, and `1 - 2`
    /// for a range.
    ///
    /// # Errors
    ///
    /// What is wrong: `improper constraint: x`.
    pub fn parse(text: &str, options: Options) -> Result<Self, Error> {
        let error = |kind| Error::new(kind, options);
        if options.has_bounds && text.len() > MAX_LENGTH_3_5 {
            return Err(error(ErrorKind::ConstraintTooLong(MAX_LENGTH_3_5)));
        }
        if text.len() > MAX_LENGTH {
            return Err(error(ErrorKind::ImproperConstraint(text.to_owned())));
        }
        let text = with_ranges_rewritten(text);
        if options.has_bounds && text.matches("||").count() >= MAX_GROUPS_3_5 {
            return Err(error(ErrorKind::TooManyGroups(MAX_GROUPS_3_5)));
        }
        let groups = text.split("||").map(|group| parse_group(group, options));
        let groups = groups.collect::<Result<_, _>>()?;
        Ok(Self { groups, options })
    }

    /// Whether the version meets one of the alternatives.
    pub fn check(&self, version: &Version) -> bool {
        self.groups.iter().any(|group| {
            let group_has_prerelease = group.iter().any(|c| !c.version.prerelease.is_empty());
            group.iter().all(|constraint| {
                let admits_prereleases = if self.options.prerelease_counts_for_group {
                    group_has_prerelease
                } else {
                    constraint.admits_prereleases_by_itself()
                };
                (version.prerelease.is_empty() || admits_prereleases) && constraint.check(version)
            })
        })
    }
}

/// Constraints that follow each other with white space or a comma between them.
fn parse_group(group: &str, options: Options) -> Result<Vec<Constraint>, Error> {
    let improper = || Error::new(ErrorKind::ImproperConstraint(group.to_owned()), options);
    let mut constraints = Vec::new();
    let mut rest = group.trim_start_matches(is_space);
    loop {
        let (constraint, after) = parse_one(rest, options).ok_or_else(improper)?;
        constraints.push(constraint);
        let next = after.trim_start_matches(is_space);
        if next.is_empty() {
            // The form of all of them is looked at before any of their versions.
            return constraints.into_iter().collect();
        }
        rest = match next.strip_prefix(',') {
            Some(next) => next.trim_start_matches(is_space),
            None if next.len() < after.len() => next,
            None => return Err(improper()),
        };
    }
}

fn parse_one(text: &str, options: Options) -> Option<(Result<Constraint, Error>, &str)> {
    let (operator, after) = OPERATORS
        .iter()
        .find_map(|(spelling, operator)| Some((*operator, text.strip_prefix(spelling)?)))?;
    let (shape, rest) = Shape::at_start(after.trim_start_matches(is_space), |b| {
        b.is_ascii_digit() || matches!(b, b'x' | b'X' | b'*' | b'|')
    })?;
    Some((Constraint::new(operator, &shape, options), rest))
}

fn is_space(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\x0C' | '\r' | ' ')
}

/// Turns `1.2 - 1.4` into `>= 1.2, <= 1.4 `.
fn with_ranges_rewritten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((from, to, after)) = range_at_start(rest) {
            out.extend([">= ", from, ", <= ", to, " "]);
            rest = after;
        } else {
            let length = rest.chars().next().map_or(1, char::len_utf8);
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        }
    }
    out
}

fn range_at_start(text: &str) -> Option<(&str, &str, &str)> {
    let wild = |b: u8| b.is_ascii_digit() || matches!(b, b'x' | b'X' | b'*' | b'|');
    let version = |text: &str| Shape::at_start(text, wild).map(|(_, rest)| rest.len());
    let start = text.trim_start_matches(is_space);
    let from = &start[..start.len() - version(start)?];
    let after = &start[from.len()..];
    let hyphen = after.trim_start_matches(is_space);
    let to = hyphen
        .strip_prefix('-')
        .filter(|_| hyphen.len() < after.len())?;
    let spaced = to.trim_start_matches(is_space);
    if spaced.len() == to.len() {
        return None;
    }
    let rest_length = version(spaced)?;
    let (to, rest) = spaced.split_at(spaced.len() - rest_length);
    Some((from, to, rest.trim_start_matches(is_space)))
}

impl Constraint {
    fn new(operator: Operator, shape: &Shape<'_>, options: Options) -> Result<Self, Error> {
        let is_wild = |part: Option<&str>| part.is_none_or(|part| matches!(part, "x" | "X" | "*"));
        let given = if is_wild(Some(shape.major)) {
            Given::Nothing
        } else if is_wild(shape.minor) {
            Given::Major
        } else if is_wild(shape.patch) {
            Given::Minor
        } else {
            Given::All
        };
        let part = |is_given: bool, part: Option<&str>| {
            if is_given {
                part.unwrap_or("0").to_owned()
            } else {
                "0".to_owned()
            }
        };
        let mut text = format!(
            "{}.{}.{}",
            part(given != Given::Nothing, Some(shape.major)),
            part(matches!(given, Given::Minor | Given::All), shape.minor),
            part(given == Given::All, shape.patch),
        );
        if let Some(prerelease) = shape.prerelease {
            text = format!("{text}-{prerelease}");
        }
        let version = Version::parse(&text, options)
            .map_err(|_| Error::new(ErrorKind::ConstraintVersion, options))?;
        Ok(Self {
            operator,
            version,
            given,
        })
    }

    fn is_partial(&self) -> bool {
        self.given != Given::All
    }

    /// The rule of semver 3.3. A complete version after `!=` or `=` is just compared.
    fn admits_prereleases_by_itself(&self) -> bool {
        self.operator == Operator::NotEqual && !self.is_partial()
            || !self.version.prerelease.is_empty()
    }

    fn check(&self, v: &Version) -> bool {
        match self.operator {
            Operator::Equal if self.is_partial() => self.tilde(v),
            Operator::Equal => v.compare(&self.version).is_eq(),
            Operator::NotEqual => self.not_equal(v),
            Operator::Greater => self.greater(v),
            Operator::Less => v.compare(&self.version).is_lt(),
            Operator::GreaterOrEqual => v.compare(&self.version).is_ge(),
            Operator::LessOrEqual => self.less_or_equal(v),
            Operator::Tilde => self.tilde(v),
            Operator::Caret => self.caret(v),
        }
    }

    fn not_equal(&self, v: &Version) -> bool {
        let c = &self.version;
        if self.is_partial() {
            if c.major != v.major {
                return true;
            }
            if c.minor != v.minor && self.given != Given::Major {
                return true;
            }
            match self.given {
                Given::Major => return false,
                Given::Minor => {
                    let has_prerelease = !v.prerelease.is_empty() || !c.prerelease.is_empty();
                    return has_prerelease
                        && compare_prereleases(&v.prerelease, &c.prerelease).is_ne();
                }
                Given::Nothing if c.patch != v.patch => return true,
                Given::Nothing | Given::All => {}
            }
        }
        v.compare(c).is_ne()
    }

    /// `>11` wants 12, and `>11.1` wants 11.2.
    fn greater(&self, v: &Version) -> bool {
        let c = &self.version;
        match self.given {
            Given::All => v.compare(c).is_gt(),
            given => match v.major.cmp(&c.major) {
                Ordering::Greater => true,
                Ordering::Less => false,
                Ordering::Equal if given == Given::Major => false,
                Ordering::Equal if given == Given::Minor => v.minor > c.minor,
                Ordering::Equal => v.compare(c).is_gt(),
            },
        }
    }

    /// `<=11` takes all of 11, and `<=11.1` all of 11.1.
    fn less_or_equal(&self, v: &Version) -> bool {
        let c = &self.version;
        match self.given {
            Given::All => v.compare(c).is_le(),
            Given::Major => v.major <= c.major,
            _ => (v.major, v.minor) <= (c.major, c.minor),
        }
    }

    fn tilde(&self, v: &Version) -> bool {
        let c = &self.version;
        if v.compare(c).is_lt() {
            return false;
        }
        let is_zero = (c.major, c.minor, c.patch) == (0, 0, 0);
        if is_zero && matches!(self.given, Given::Nothing | Given::All) {
            return true;
        }
        v.major == c.major && (v.minor == c.minor || self.given == Given::Major)
    }

    /// The first number that is not zero must stay.
    fn caret(&self, v: &Version) -> bool {
        let c = &self.version;
        if v.compare(c).is_lt() {
            return false;
        }
        if c.major > 0 || self.given == Given::Major {
            return v.major == c.major;
        }
        if v.major > 0 {
            return false;
        }
        if c.minor > 0 || self.given == Given::Minor {
            return v.minor == c.minor;
        }
        v.minor == 0 && v.patch == c.patch
    }
}
