//! The table of versions: for each of them a row of data, in which every difference is a named switch with a value.
//!
//! What versions share by their major, or by the release of Go or a library that they were built with, stands once, and
//! the rows refer to it. A row says what differs from the row that it ends with; `docs/levels.md` shows all of them side by
//! side.

use homescale_functions::semver;
use homescale_go::Release;

use super::switches::{
    CommandLine, KubeVersions, LogFormat, Major, Row, ValuesPackage, Whitespace,
};
use homescale_schema::Dialect;

const HELM_3: Major = Major {
    number: 3,
    log: LogFormat::FileAndLine,
    command_line: CommandLine::Helm3,
    values_package: ValuesPackage::Chartutil,
    metadata_package: "chart",
    head_package: "releaseutil",
    chart_limit: "maximum file size",
    post_renders_files: false,
    shows_kube_client: false,
    has_must_to_yaml: false,
    values_have_documents: false,
    chart_is_map: false,
    errors_on_lines: false,
    checks_api_version: false,
    looks_for_chart_yaml: false,
    loses_leading_slashes: true,
    hides_archive_problems: false,
    names_failing_step: false,
    copies_have_own_subcharts: false,
    unfinished_index_is_ignored: false,
    set_json_takes_objects: false,
    orders_webhooks: false,
};

const HELM_4: Major = Major {
    number: 4,
    log: LogFormat::Structured,
    command_line: CommandLine::Helm4,
    values_package: ValuesPackage::Common,
    metadata_package: "v2",
    head_package: "util",
    chart_limit: "maximum size",
    post_renders_files: true,
    shows_kube_client: true,
    has_must_to_yaml: true,
    values_have_documents: true,
    chart_is_map: true,
    errors_on_lines: true,
    checks_api_version: true,
    looks_for_chart_yaml: true,
    loses_leading_slashes: false,
    hides_archive_problems: true,
    names_failing_step: true,
    copies_have_own_subcharts: true,
    unfinished_index_is_ignored: true,
    set_json_takes_objects: true,
    orders_webhooks: true,
};

const SEMVER_3_3: semver::Options = semver::Options {
    prerelease_counts_for_group: false,
    errors_in_lower_case: false,
    has_bounds: false,
};

const SEMVER_3_4: semver::Options = semver::Options {
    prerelease_counts_for_group: true,
    errors_in_lower_case: true,
    has_bounds: false,
};

const SEMVER_3_5: semver::Options = semver::Options {
    prerelease_counts_for_group: true,
    errors_in_lower_case: true,
    has_bounds: true,
};

const CALLS_3_18: &[&[Call]] = &[SORTER];
const CALLS_3_19: &[&[Call]] = &[SORTER, DEPENDENCIES];
const CALLS_3_20: &[&[Call]] = &[SORTER, DEPENDENCIES, COALESCE];

type Call = (&'static str, &'static str);

const SORTER: &[Call] = &[("manifest_sorter.go:190", "manifest_sorter.go:199")];
const DEPENDENCIES: &[Call] = &[
    ("dependencies.go:63", "dependencies.go:64"),
    ("dependencies.go:94", "dependencies.go:95"),
    ("dependencies.go:269", "dependencies.go:270"),
    ("dependencies.go:286", "dependencies.go:287"),
];
const COALESCE: &[Call] = &[
    ("coalesce.go:298", "coalesce.go:316"),
    ("coalesce.go:301", "coalesce.go:319"),
];

/// Helm 3.17.
pub(crate) const V3_17: Row = Row {
    name: "3.17",
    recorded: "3.17.3",
    commit: "e4da49785aa6e6ee2b86efd5dd9e43400318262b",
    go_version: "go1.23.7",
    major: &HELM_3,
    minor: 17,
    patches: 3..=4,
    go: Release::Go1_23,
    kubernetes_minor: 32,
    scheme_line: 100,
    semver: SEMVER_3_3,
    schemas: Dialect::Gojsonschema,
    kube_versions: KubeVersions::Semantic,
    whitespace: Whitespace::Trimmed,
    moved_calls: &[],
    toml_floats_with_exponent: false,
    toml_counts_all_fields: false,
    has_must_to_toml: false,
    has_durations: false,
    splits_before_post_rendering: false,
    deprecates_flags_of_notes: false,
    loses_full_last_line: false,
    keeps_null_over_null: false,
    drops_default_nulls: false,
    empty_files_have_no_lines: false,
    largest_file: Some(5 << 20),
    refuses_dot_names: false,
    prints_import_paths: false,
    keeps_error_over_show_only: false,
    command_quote: '`',
};

/// Helm 3.18 from 3.18.1 to 3.18.4.
pub(crate) const V3_18: Row = Row {
    name: "3.18",
    recorded: "3.18.4",
    commit: "d80839cf37d860c8aa9a0503fe463278f26cd5e2",
    go_version: "go1.24.4",
    minor: 18,
    patches: 1..=4,
    go: Release::Go1_24,
    kubernetes_minor: 33,
    scheme_line: 110,
    moved_calls: CALLS_3_18,
    toml_counts_all_fields: true,
    ..V3_17
};

/// Helm 3.19.
pub(crate) const V3_19: Row = Row {
    name: "3.19",
    recorded: "3.19.4",
    commit: "7cfb6e486dac026202556836bb910c37d847793e",
    go_version: "go1.24.11",
    minor: 19,
    patches: 0..=4,
    kubernetes_minor: 34,
    semver: SEMVER_3_4,
    schemas: Dialect::Jsonschema6,
    kube_versions: KubeVersions::Numbers,
    moved_calls: CALLS_3_19,
    prints_import_paths: true,
    ..V3_18
};

/// Helm 3.20 from 3.20.1.
pub(crate) const V3_20: Row = Row {
    name: "3.20",
    recorded: "3.20.2",
    commit: "8fb76d6ab555577e98e23b7500009537a471feee",
    go_version: "go1.25.9",
    minor: 20,
    patches: 2..=2,
    go: Release::Go1_25,
    kubernetes_minor: 35,
    scheme_line: 111,
    moved_calls: CALLS_3_20,
    toml_floats_with_exponent: true,
    keeps_null_over_null: true,
    refuses_dot_names: true,
    ..V3_19
};

/// Helm 3.22.
pub(crate) const V3_22: Row = Row {
    name: "3.22",
    recorded: "3.22.0",
    commit: "",
    go_version: "go1.26.8",
    minor: 22,
    patches: 0..=0,
    go: Release::Go1_26,
    kubernetes_minor: 37,
    semver: SEMVER_3_5,
    schemas: Dialect::Jsonschema603,
    empty_files_have_no_lines: true,
    ..V3_20
};

/// Helm 4.1 from 4.1.4.
pub(crate) const V4_1: Row = Row {
    name: "4.1",
    recorded: "4.1.4",
    commit: "05fa37973dc9e42b76e1d2883494c87174b6074f",
    go_version: "go1.25.9",
    major: &HELM_4,
    minor: 1,
    patches: 4..=4,
    kube_versions: KubeVersions::Generic,
    moved_calls: &[],
    loses_full_last_line: true,
    ..V3_20
};

/// Helm 4.2 to 4.2.3.
pub(crate) const V4_2: Row = Row {
    name: "4.2",
    recorded: "4.2.3",
    commit: "43e8b7feece8beb0fcba47059ec9b522fd929a64",
    go_version: "go1.26.5",
    minor: 2,
    patches: 0..=3,
    go: Release::Go1_26,
    kubernetes_minor: 36,
    semver: SEMVER_3_5,
    whitespace: Whitespace::LeftTrimmed,
    has_must_to_toml: true,
    splits_before_post_rendering: true,
    deprecates_flags_of_notes: true,
    drops_default_nulls: true,
    command_quote: '\'',
    ..V4_1
};

/// Helm 4.2 from 4.2.4.
pub(crate) const V4_2_4: Row = Row {
    name: "4.2.4",
    recorded: "4.2.4",
    commit: "3900f434fd3ef2b84065dc04508df48f288dba00",
    go_version: "go1.26.8",
    minor: 2,
    patches: 4..=4,
    whitespace: Whitespace::Kept,
    keeps_error_over_show_only: true,
    ..V4_2
};

/// Helm 4.3.
pub(crate) const V4_3: Row = Row {
    name: "4.3",
    recorded: "4.3.1",
    commit: "",
    go_version: "go1.26.8",
    minor: 3,
    patches: 1..=1,
    kubernetes_minor: 37,
    schemas: Dialect::Jsonschema603,
    has_durations: true,
    loses_full_last_line: false,
    empty_files_have_no_lines: true,
    largest_file: None,
    ..V4_2_4
};
