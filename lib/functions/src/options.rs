//! [`Options`]: what differs between releases of Helm, one named switch each.

use homescale_go::Release;

use crate::sprig::semver;

/// How functions behave where releases of Helm differ, because of Helm itself, of a library or of the Go it was built with.
///
/// Whoever knows the releases fills in every switch; nothing here knows one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// The Go that Helm was built with.
    pub go: Release,
    /// Whether there are Helm's own functions of durations: `durationDays` and those beside it, and `mustToDuration`.
    pub has_durations: bool,
    /// Whether there is `mustToToml`.
    pub has_must_to_toml: bool,
    /// Whether there is `mustToYaml`.
    pub has_must_to_yaml: bool,
    /// Whether TOML writes large and small floats with an exponent, or with all their digits.
    pub toml_floats_with_exponent: bool,
    /// Whether TOML tells the last field of an inline struct by the number of all its fields.
    pub toml_counts_all_fields: bool,
    /// How versions and constraints are read.
    pub semver: semver::Options,
}

type Switch = fn(&Options) -> bool;

/// The functions that not every release has, and their switches.
const SWITCHED: &[(&str, Switch)] = &[
    ("durationDays", |options| options.has_durations),
    ("durationHours", |options| options.has_durations),
    ("durationMicroseconds", |options| options.has_durations),
    ("durationMilliseconds", |options| options.has_durations),
    ("durationMinutes", |options| options.has_durations),
    ("durationNanoseconds", |options| options.has_durations),
    ("durationRoundTo", |options| options.has_durations),
    ("durationSeconds", |options| options.has_durations),
    ("durationTruncateTo", |options| options.has_durations),
    ("durationWeeks", |options| options.has_durations),
    ("mustToDuration", |options| options.has_durations),
    ("mustToToml", |options| options.has_must_to_toml),
    ("mustToYaml", |options| options.has_must_to_yaml),
];

impl Options {
    /// As the newest Helm has it.
    pub const LATEST: Self = Self {
        go: Release::LATEST,
        has_durations: true,
        has_must_to_toml: true,
        has_must_to_yaml: true,
        toml_floats_with_exponent: true,
        toml_counts_all_fields: true,
        semver: semver::Options::LATEST,
    };

    /// Whether the function exists.
    pub fn has_function(&self, name: &str) -> bool {
        let mut switched = SWITCHED.iter();
        let found = switched.find(|(switched, _)| *switched == name);
        found.is_none_or(|(_, is_there)| is_there(self))
    }

    /// The methods that the values of templates do not have, with their types.
    pub fn hidden_methods(&self) -> &'static [(&'static str, &'static str)] {
        if self.go.times_append() {
            &[]
        } else {
            &[("time.Time", "AppendBinary"), ("time.Time", "AppendText")]
        }
    }
}
