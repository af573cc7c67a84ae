//! [`Row`]: what differs between versions of Helm, a named switch each. The values are in [`super::table`].

use std::ops::RangeInclusive;

use homescale_functions::semver;
use homescale_go::Release;

use homescale_schema::Dialect;

/// A version of Helm, or a range of versions that do the same.
pub(crate) struct Row {
    /// The name by which users choose it: `3.17`.
    pub(crate) name: &'static str,
    /// The version that its results are recorded from: `3.17.3`.
    pub(crate) recorded: &'static str,
    /// The commit that it was built from, as `.Capabilities.HelmVersion` says.
    pub(crate) commit: &'static str,
    /// The Go that it was built with, as `.Capabilities.HelmVersion` says.
    pub(crate) go_version: &'static str,
    /// What its major version does.
    pub(crate) major: &'static Major,
    /// The minor version.
    pub(crate) minor: u64,
    /// The patches that were compared, or whose sources do not differ from them.
    pub(crate) patches: RangeInclusive<u64>,
    /// The release of Go, which does what all of that release do.
    pub(crate) go: Release,
    /// The minor version of the Kubernetes client library, which is the default of `.Capabilities.KubeVersion` and says
    /// which API versions there are.
    pub(crate) kubernetes_minor: u8,
    /// The line of Kubernetes' code that errors of a kubeconfig name.
    pub(crate) scheme_line: u32,
    /// How Masterminds/semver reads versions and constraints.
    pub(crate) semver: semver::Options,
    /// How values are checked against schemas.
    pub(crate) schemas: Dialect,
    /// How `--kube-version` is read.
    pub(crate) kube_versions: KubeVersions,
    /// How rendered files are split into documents.
    pub(crate) whitespace: Whitespace,
    /// Calls that log from another line than in Helm 3.17: there, and here.
    pub(crate) moved_calls: &'static [&'static [(&'static str, &'static str)]],
    /// Whether TOML writes large and small floats with an exponent (BurntSushi/toml 1.6), or with all their digits.
    pub(crate) toml_floats_with_exponent: bool,
    /// Whether TOML tells the last field of an inline struct by the number of all its fields (BurntSushi/toml 1.5).
    pub(crate) toml_counts_all_fields: bool,
    /// Whether there is `mustToToml`.
    pub(crate) has_must_to_toml: bool,
    /// Whether there are Helm's own functions of durations.
    pub(crate) has_durations: bool,
    /// Whether a file goes to a post-renderer in the documents that it has as a manifest. Before, every line that starts
    /// with `---` was made a separator.
    pub(crate) splits_before_post_rendering: bool,
    /// Whether `--hide-notes` and `--render-subchart-notes` are said to go away.
    pub(crate) deprecates_flags_of_notes: bool,
    /// Whether the last line of a file of values is lost if it has no newline and its length is a multiple of 4096
    /// bytes. Helm 4 before 4.3 has that fault.
    pub(crate) loses_full_last_line: bool,
    /// Whether a null of the user, for a nested key whose default is null too, stays. Before 3.20.1 and 4.1.3 it removed
    /// the key.
    pub(crate) keeps_null_over_null: bool,
    /// Whether nulls among the defaults of a chart count as if they were not there, at any depth. Before 4.2 they are
    /// values like any other, and hide a global of the same name.
    pub(crate) drops_default_nulls: bool,
    /// Whether `.Files.Lines` of an empty file is an empty list. Before 3.21 and 4.3 it is an error.
    pub(crate) empty_files_have_no_lines: bool,
    /// The largest that a file of a chart may be. Helm 4.3 bounds the sum of all files only.
    pub(crate) largest_file: Option<u64>,
    /// Whether a chart called `.` or `..` is refused by a message of its own. Since 3.20.2 and 4.1.4.
    pub(crate) refuses_dot_names: bool,
    /// Whether `import-values` accepts anything as `child` and `parent`. Before 3.18.5 anything but a string is fatal.
    pub(crate) prints_import_paths: bool,
    /// Whether, with `--debug`, the error of a render is told even where `--show-only` finds nothing in what there is of it.
    /// Before 4.2.4 it is told that nothing was found.
    pub(crate) keeps_error_over_show_only: bool,
    /// The mark around the command that the error about missing dependencies advises.
    pub(crate) command_quote: char,
}

/// A major version of Helm: what all its versions do alike, and those of the other do not.
pub(crate) struct Major {
    /// The number.
    pub(crate) number: u64,
    /// How warnings are written.
    pub(crate) log: LogFormat,
    /// Whose flags `helm template` has.
    pub(crate) command_line: CommandLine,
    /// The Go package of the types of `.Values` and `.Capabilities`, which `printf "%T"` and errors show.
    pub(crate) values_package: ValuesPackage,
    /// The Go package of Chart.yaml's type, which errors show.
    pub(crate) metadata_package: &'static str,
    /// The Go package of a manifest's head, which errors show.
    pub(crate) head_package: &'static str,
    /// What the error of an archive that is too large calls the limit.
    pub(crate) chart_limit: &'static str,
    /// Whether a post-renderer gets hooks and manifests, and what it gives becomes manifests again; else it gets what is
    /// printed before the hooks.
    pub(crate) post_renders_files: bool,
    /// Whether `.Capabilities.HelmVersion` has the version of the Kubernetes client.
    pub(crate) shows_kube_client: bool,
    /// Whether there is `mustToYaml`.
    pub(crate) has_must_to_yaml: bool,
    /// Whether a file of values may hold several YAML documents, which are merged. Helm 3 reads the first only.
    pub(crate) values_have_documents: bool,
    /// Whether `.Chart` is a map. In Helm 3 it is a Go struct.
    pub(crate) chart_is_map: bool,
    /// Whether an error of executing a template is printed on several lines, a place and a message each.
    pub(crate) errors_on_lines: bool,
    /// Whether only some values of Chart.yaml's `apiVersion` are accepted.
    pub(crate) checks_api_version: bool,
    /// Whether a directory without Chart.yaml is refused before anything else of it is read, by a message that names the
    /// file.
    pub(crate) looks_for_chart_yaml: bool,
    /// Whether several slashes at the start of a rule of `.helmignore` are as good as one, if only from the second path on.
    pub(crate) loses_leading_slashes: bool,
    /// Whether the error of a chart's own archive says only that it cannot be loaded.
    pub(crate) hides_archive_problems: bool,
    /// Whether errors of preparing a release say which step failed, and are logged as well.
    pub(crate) names_failing_step: bool,
    /// Whether a copy of a chart, as every declared dependency is one, has copies of its subcharts too. Before, subcharts
    /// that are not declared stay below the original, under its path.
    pub(crate) copies_have_own_subcharts: bool,
    /// Whether the end of a `--set` inside an index is no error.
    pub(crate) unfinished_index_is_ignored: bool,
    /// Whether `--set-json` accepts a whole object.
    pub(crate) set_json_takes_objects: bool,
    /// Whether webhook configurations have a place of their own in the order of kinds.
    pub(crate) orders_webhooks: bool,
}

/// How a rendered file becomes documents, and what of their white space is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Whitespace {
    /// Files and documents are trimmed at both ends: no blank line between documents. Helm 3, and 4 to 4.1.
    Trimmed,
    /// Files and documents are trimmed at the start only: the last document of a file keeps its final newlines.
    /// Helm 4.2.0 to 4.2.3.
    LeftTrimmed,
    /// Every line that starts with `---` separates, and each document keeps its final newlines. Since Helm 4.2.4.
    Kept,
}

/// How Helm writes what it tells the user besides the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LogFormat {
    /// Go's `log` with the file and line of the call: `coalesce.go:237: warning: …`.
    FileAndLine,
    /// Go's `slog` as text: `level=WARN msg="…"`.
    Structured,
}

/// Whose flags `helm template` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommandLine {
    /// Helm 3: a post-renderer is an executable, and gets the manifests as they are printed.
    Helm3,
    /// Helm 4: a post-renderer is a plugin.
    Helm4,
}

/// How `--kube-version` is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KubeVersions {
    /// As a semantic version, completed to three numbers. Up to Helm 3.18.
    Semantic,
    /// As Kubernetes reads versions; what follows the numbers is lost. Helm 3 since 3.19.
    Numbers,
    /// As Kubernetes reads versions; `.Version` keeps the whole text, and constraints see the numbers. Helm 4.
    Generic,
}

/// The Go package of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValuesPackage {
    /// `chartutil`, of Helm 3.
    Chartutil,
    /// `common`, of Helm 4.
    Common,
}
