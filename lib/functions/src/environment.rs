//! [`Environment`]: what the caller of a render gives its functions, and what they remember during it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::rc::Rc;

use homescale_template::{Context, Failure};
use homescale_value::Str;

use crate::Host;
use crate::dates::METHODS_OF_GO_1_24;
use crate::regex::{Cost, Pattern, SyntaxError};

/// The release of Helm whose functions are wanted. All have Sprig 3.3; the libraries below it differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Helm 3.17: semver 3.3, BurntSushi/toml 1.4.
    V3_17,
    /// Helm 3.18: semver 3.3, toml 1.5.
    V3_18,
    /// Helm 3.19: semver 3.4, toml 1.5.
    V3_19,
    /// Helm 3.20: semver 3.4, toml 1.6.
    V3_20,
    /// Helm 3.22: semver 3.5, toml 1.6.
    V3_22,
    /// Helm 4.1: semver 3.4, toml 1.6.
    V4_1,
    /// Helm 4.2: semver 3.5, toml 1.6.
    V4_2,
    /// Helm 4.3: semver 3.5, toml 1.6.
    #[default]
    V4_3,
}

/// The functions that not every release has, and those that have them.
const NEWER_FUNCTIONS: &[(&str, Level)] = &[
    ("durationDays", Level::V4_3),
    ("durationHours", Level::V4_3),
    ("durationMicroseconds", Level::V4_3),
    ("durationMilliseconds", Level::V4_3),
    ("durationMinutes", Level::V4_3),
    ("durationNanoseconds", Level::V4_3),
    ("durationRoundTo", Level::V4_3),
    ("durationSeconds", Level::V4_3),
    ("durationTruncateTo", Level::V4_3),
    ("durationWeeks", Level::V4_3),
    ("mustToDuration", Level::V4_3),
    ("mustToToml", Level::V4_2),
    ("mustToYaml", Level::V4_1),
];

impl Level {
    /// Methods that Go does not have yet, with their types: those of Go 1.24.
    pub fn hidden_methods(self) -> &'static [(&'static str, &'static str)] {
        if self >= Self::V3_18 {
            &[]
        } else {
            METHODS_OF_GO_1_24
        }
    }

    /// In a group of constraints that must all hold, whether one prerelease admits prereleases for all (semver 3.4), or
    /// each constraint speaks for itself (semver 3.3).
    pub fn prerelease_counts_for_group(self) -> bool {
        self >= Self::V3_19
    }

    /// Whether the errors of versions start in lower case.
    pub fn semver_errors_in_lower_case(self) -> bool {
        self >= Self::V3_19
    }

    /// Whether semver quotes the constraint it cannot read, and bounds the length of versions and constraints (3.5).
    pub fn semver_has_bounds(self) -> bool {
        matches!(self, Self::V3_22 | Self::V4_2 | Self::V4_3)
    }

    /// Whether TOML writes large and small floats with an exponent (toml 1.6), or with all their digits
    /// (before).
    pub fn toml_floats_with_exponent(self) -> bool {
        self >= Self::V3_20
    }

    /// Whether brackets in the host of a URL must have an IPv6 address in them, and be all of the host (Go 1.25.2).
    pub fn urls_check_brackets(self) -> bool {
        self >= Self::V3_20
    }

    /// Whether the host of a URL of http or https has no colon but that before its port (Go 1.26).
    pub fn urls_have_one_colon(self) -> bool {
        matches!(self, Self::V3_22 | Self::V4_2 | Self::V4_3)
    }

    /// Whether the identifier of an authority's key is cut from its SHA-256, as Go 1.25 has it, or is its SHA-1.
    pub fn key_ids_are_sha256(self) -> bool {
        self >= Self::V3_20
    }

    /// Whether the function exists in this release.
    pub fn has_function(self, name: &str) -> bool {
        let mut newer = NEWER_FUNCTIONS.iter();
        newer.all(|(newer, since)| *newer != name || self >= *since)
    }
}

/// What functions reach through [`Context::environment`]: one per render.
pub struct Environment {
    host: Rc<dyn Host>,
    level: Level,
    includes: RefCell<HashMap<Str, usize>>,
    /// Those for all texts, and those for texts of ASCII only.
    patterns: [RefCell<BTreeMap<Str, Rc<Pattern>>>; 2],
}

/// How many compiled patterns are kept: more than any chart has, unless it makes them up as it goes.
const MAX_PATTERNS: usize = 1_000;

impl Environment {
    /// An environment with this way out, behaving like this release.
    pub fn new(host: Rc<dyn Host>, level: Level) -> Self {
        Self {
            host,
            level,
            includes: RefCell::default(),
            patterns: Default::default(),
        }
    }

    /// The world outside.
    pub fn host(&self) -> &dyn Host {
        self.host.as_ref()
    }

    /// The release of Helm to behave like.
    pub fn level(&self) -> Level {
        self.level
    }

    /// The compiled form of a regular expression, for texts of ASCII only or for all: compiled once per render, because charts
    /// match in loops. Says what that cost, if it is new.
    pub(crate) fn pattern(
        &self,
        text: &Str,
        for_ascii: bool,
    ) -> Result<(Rc<Pattern>, Option<Cost>), SyntaxError> {
        let patterns = &self.patterns[usize::from(for_ascii)];
        if let Some(pattern) = patterns.borrow().get(text) {
            return Ok((Rc::clone(pattern), None));
        }
        let pattern = Rc::new(if for_ascii {
            Pattern::for_ascii(text)?
        } else {
            Pattern::new(text)?
        });
        let mut patterns = patterns.borrow_mut();
        if patterns.len() == MAX_PATTERNS {
            patterns.clear();
        }
        patterns.insert(text.clone(), Rc::clone(&pattern));
        let cost = pattern.cost();
        Ok((pattern, Some(cost)))
    }

    /// Counts a call of `include NAME` in, unless `limit` of them are running already.
    pub(crate) fn enter(&self, name: &Str, limit: usize) -> bool {
        let mut includes = self.includes.borrow_mut();
        let Some(running) = includes.get_mut(name.as_bytes()) else {
            includes.insert(name.clone(), 1);
            return limit > 0;
        };
        let room = *running < limit;
        if room {
            *running += 1;
        }
        room
    }

    /// Counts a call of `include NAME` out.
    pub(crate) fn leave(&self, name: &Str) {
        if let Some(running) = self.includes.borrow_mut().get_mut(name.as_bytes()) {
            *running = running.saturating_sub(1);
        }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment")
            .field("level", &self.level)
            .finish_non_exhaustive()
    }
}

/// The environment of the render in progress.
pub(crate) fn environment(context: &dyn Context) -> Result<&Environment, Failure> {
    context.environment().downcast_ref().ok_or_else(|| {
        Failure::new("this function needs the render's Environment, which its caller did not pass")
    })
}

/// The world outside, which is told about the call in progress. To be used once a call.
pub(crate) fn outside(context: &dyn Context) -> Result<&dyn Host, Failure> {
    let host = environment(context)?.host();
    host.called(&|| context.call());
    Ok(host)
}
