//! The levels of Helm that the fixtures have recordings of, as far as functions differ.

use homescale_functions::{Options, semver};
use homescale_go::Release;

const V4_3: Options = Options::LATEST;

const V4_2: Options = Options {
    has_durations: false,
    ..V4_3
};

const V4_1: Options = Options {
    go: Release::Go1_25,
    has_must_to_toml: false,
    semver: SEMVER_3_4,
    ..V4_2
};

const V3_20: Options = Options {
    has_must_to_yaml: false,
    ..V4_1
};

const V3_22: Options = Options {
    go: Release::Go1_26,
    semver: SEMVER_3_5,
    ..V3_20
};

const V3_19: Options = Options {
    go: Release::Go1_24,
    toml_floats_with_exponent: false,
    ..V3_20
};

const V3_18: Options = Options {
    semver: SEMVER_3_3,
    ..V3_19
};

const V3_17: Options = Options {
    go: Release::Go1_23,
    toml_counts_all_fields: false,
    ..V3_18
};

const SEMVER_3_3: semver::Options = semver::Options {
    prerelease_counts_for_group: false,
    errors_in_lower_case: false,
    has_bounds: false,
};

const SEMVER_3_4: semver::Options = semver::Options {
    has_bounds: false,
    ..SEMVER_3_5
};

const SEMVER_3_5: semver::Options = semver::Options::LATEST;

/// The levels by name, the newest last.
pub(crate) const LEVELS: &[(&str, Options)] = &[
    ("3.17", V3_17),
    ("3.18", V3_18),
    ("3.19", V3_19),
    ("3.20", V3_20),
    ("3.22", V3_22),
    ("4.1", V4_1),
    ("4.2", V4_2),
    ("4.2.4", V4_2),
    ("4.3", V4_3),
];
