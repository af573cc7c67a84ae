//! [`HelmVersion`]: which Helm to be. Every difference between versions is one named switch here.

mod choice;

use std::sync::{Arc, OnceLock};

use homescale_fileset::{Ignore, Walk};
use homescale_functions::{SemverOptions, UrlOptions};
use homescale_template::Functions;

use crate::schema::{self, Dialect};

pub use choice::{Choice, UnknownVersion};

/// The versions of Helm whose results are wanted, to the byte.
///
/// The same chart can render differently in two versions of Helm. A level is a range of versions that do the same; its
/// methods are the differences, and no other code asks for a version. `docs/levels.md` shows them side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HelmVersion {
    /// Helm 3.17.
    V3_17,
    /// Helm 3.18 from 3.18.1 to 3.18.4.
    V3_18,
    /// Helm 3.19.
    V3_19,
    /// Helm 3.20 from 3.20.1.
    V3_20,
    /// Helm 3.22.
    V3_22,
    /// Helm 4.1 from 4.1.4.
    V4_1,
    /// Helm 4.2 to 4.2.3.
    V4_2,
    /// Helm 4.2 from 4.2.4.
    V4_2_4,
    /// Helm 4.3, the newest: what a render is unless another is asked for.
    #[default]
    V4_3,
}

/// How a rendered file becomes documents, and what of their white space is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whitespace {
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
pub enum LogFormat {
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

impl HelmVersion {
    /// All levels, oldest first.
    pub const ALL: &'static [Self] = &[
        Self::V3_17,
        Self::V3_18,
        Self::V3_19,
        Self::V3_20,
        Self::V3_22,
        Self::V4_1,
        Self::V4_2,
        Self::V4_2_4,
        Self::V4_3,
    ];

    /// The name by which users choose the level: `3.17`.
    pub fn name(self) -> &'static str {
        match self {
            Self::V3_17 => "3.17",
            Self::V3_18 => "3.18",
            Self::V3_19 => "3.19",
            Self::V3_20 => "3.20",
            Self::V3_22 => "3.22",
            Self::V4_1 => "4.1",
            Self::V4_2 => "4.2",
            Self::V4_2_4 => "4.2.4",
            Self::V4_3 => "4.3",
        }
    }

    pub(crate) fn is_helm_4(self) -> bool {
        self >= Self::V4_1
    }

    /// How rendered files are split into documents.
    pub fn whitespace(self) -> Whitespace {
        if self >= Self::V4_2_4 {
            Whitespace::Kept
        } else if self >= Self::V4_2 {
            Whitespace::LeftTrimmed
        } else {
            Whitespace::Trimmed
        }
    }

    /// How warnings are written.
    pub fn log(self) -> LogFormat {
        if self.is_helm_4() {
            LogFormat::Structured
        } else {
            LogFormat::FileAndLine
        }
    }

    /// How values are checked against schemas.
    pub(crate) fn schemas(self) -> schema::Options {
        let dialect = match self {
            Self::V3_22 | Self::V4_3 => Dialect::Jsonschema603,
            _ if self >= Self::V3_19 => Dialect::Jsonschema6,
            _ => Dialect::Gojsonschema,
        };
        let urls = self.functions().urls;
        schema::Options { dialect, urls }
    }

    /// How `--kube-version` is read.
    pub(crate) fn kube_versions(self) -> KubeVersions {
        if self.is_helm_4() {
            KubeVersions::Generic
        } else if self >= Self::V3_19 {
            KubeVersions::Numbers
        } else {
            KubeVersions::Semantic
        }
    }

    /// The minor version of the Kubernetes client library, which is the default of `.Capabilities.KubeVersion` and says
    /// which API versions there are.
    pub(crate) fn kubernetes_minor(self) -> u8 {
        match self {
            Self::V3_17 => 32,
            Self::V3_18 => 33,
            Self::V3_19 => 34,
            Self::V3_20 | Self::V4_1 => 35,
            Self::V4_2 | Self::V4_2_4 => 36,
            Self::V3_22 | Self::V4_3 => 37,
        }
    }

    /// The Go package of the types of `.Values` and `.Capabilities`, which `printf "%T"` and errors show.
    pub(crate) fn values_package(self) -> ValuesPackage {
        if self.is_helm_4() {
            ValuesPackage::Common
        } else {
            ValuesPackage::Chartutil
        }
    }

    /// Whose flags `helm template` has.
    pub fn command_line(self) -> CommandLine {
        if self.is_helm_4() {
            CommandLine::Helm4
        } else {
            CommandLine::Helm3
        }
    }

    /// Whether `--hide-notes` and `--render-subchart-notes` are said to go away.
    pub fn deprecates_flags_of_notes(self) -> bool {
        self >= Self::V4_2
    }

    /// Whether a file of values may hold several YAML documents, which are merged. Helm 3 reads the first only.
    pub(crate) fn values_have_documents(self) -> bool {
        self.is_helm_4()
    }

    /// Whether the last line of a file of values is lost if it has no newline and its length is a multiple of 4096
    /// bytes. Helm 4 before 4.3 has that fault.
    pub(crate) fn loses_full_last_line(self) -> bool {
        self.is_helm_4() && self < Self::V4_3
    }

    /// Whether a null of the user, for a nested key whose default is null too, stays. Before 3.20.1 and 4.1.3 it removed
    /// the key.
    pub(crate) fn keeps_null_over_null(self) -> bool {
        self >= Self::V3_20
    }

    /// Whether nulls among the defaults of a chart count as if they were not there, at any depth. Before 4.2 they are
    /// values like any other, and hide a global of the same name.
    pub(crate) fn drops_default_nulls(self) -> bool {
        self >= Self::V4_2
    }

    /// Whether `.Chart` is a map. In Helm 3 it is a Go struct.
    pub(crate) fn chart_is_map(self) -> bool {
        self.is_helm_4()
    }

    /// Whether `.Files.Lines` of an empty file is an empty list. Before 3.21 and 4.3 it is an error.
    pub(crate) fn empty_files_have_no_lines(self) -> bool {
        matches!(self, Self::V3_22 | Self::V4_3)
    }

    /// Whether an error of executing a template is printed on several lines, a place and a message each.
    pub(crate) fn errors_on_lines(self) -> bool {
        self.is_helm_4()
    }

    /// Whether only some values of Chart.yaml's `apiVersion` are accepted.
    pub(crate) fn checks_api_version(self) -> bool {
        self.is_helm_4()
    }

    /// What the error of an archive that is too large calls the limit.
    pub(crate) fn chart_limit(self) -> &'static str {
        if self.is_helm_4() {
            "maximum size"
        } else {
            "maximum file size"
        }
    }

    /// Whether a file of more than 5 MiB is refused. Helm 4.3 bounds the sum of all files only, at 100 MiB.
    pub fn limits_each_file(self) -> bool {
        self < Self::V4_3
    }

    /// Whether a folder without Chart.yaml is refused before anything else of it is read, by a message that names the
    /// file.
    pub fn looks_for_chart_yaml(self) -> bool {
        self >= Self::V4_1
    }

    /// Begins a walk through a chart's folder with the rules of its `.helmignore`: several slashes at the start of a rule
    /// are as good as one in Helm 3, if only from the second path on.
    pub fn walk(self, rules: Ignore) -> Walk {
        if self.is_helm_4() {
            rules.walk()
        } else {
            rules.walk().losing_slashes()
        }
    }

    /// Whether the error of a chart's own archive says only that it cannot be loaded.
    pub(crate) fn hides_archive_problems(self) -> bool {
        self.is_helm_4()
    }

    /// Whether a chart called `.` or `..` is refused by a message of its own. Since 3.20.2 and 4.1.4.
    pub(crate) fn refuses_dot_names(self) -> bool {
        self >= Self::V3_20
    }

    /// Whether errors of preparing a release say which step failed, and are logged as well.
    pub(crate) fn names_failing_step(self) -> bool {
        self.is_helm_4()
    }

    /// The mark around the command that the error about missing dependencies advises.
    pub(crate) fn command_quote(self) -> char {
        if self >= Self::V4_2 { '\'' } else { '`' }
    }

    /// Whether a copy of a chart, as every declared dependency is one, has copies of its subcharts too. Before, subcharts
    /// that are not declared stay below the original, under its path.
    pub(crate) fn copies_have_own_subcharts(self) -> bool {
        self.is_helm_4()
    }

    /// Whether `import-values` accepts anything as `child` and `parent`. Before 3.18.5 anything but a string is fatal.
    pub(crate) fn prints_import_paths(self) -> bool {
        self >= Self::V3_19
    }

    /// Whether the end of a `--set` inside an index is no error.
    pub(crate) fn unfinished_index_is_ignored(self) -> bool {
        self.is_helm_4()
    }

    /// Whether `--set-json` accepts a whole object.
    pub(crate) fn set_json_takes_objects(self) -> bool {
        self.is_helm_4()
    }

    /// Whether webhook configurations have a place of their own in the order of kinds.
    pub(crate) fn orders_webhooks(self) -> bool {
        self.is_helm_4()
    }

    /// Whether templates range over integers: Helm was built with Go 1.24 or later.
    pub(crate) fn ranges_over_integers(self) -> bool {
        self >= Self::V3_18
    }

    /// Whether the error of comparing two types names them: Helm was built with Go 1.25 or later.
    pub(crate) fn names_compared_types(self) -> bool {
        self >= Self::V3_20
    }

    /// How the functions behave that templates call.
    pub(crate) fn functions(self) -> homescale_functions::Options {
        let has_newest_libraries =
            matches!(self, Self::V3_22 | Self::V4_2 | Self::V4_2_4 | Self::V4_3);
        homescale_functions::Options {
            has_durations: self >= Self::V4_3,
            has_must_to_toml: self >= Self::V4_2,
            has_must_to_yaml: self >= Self::V4_1,
            // Go 1.24.
            times_append: self >= Self::V3_18,
            // BurntSushi/toml 1.6.
            toml_floats_with_exponent: self >= Self::V3_20,
            // Go 1.25.
            key_ids_are_sha256: self >= Self::V3_20,
            semver: SemverOptions {
                // Masterminds/semver 3.4.
                prerelease_counts_for_group: self >= Self::V3_19,
                errors_in_lower_case: self >= Self::V3_19,
                // Masterminds/semver 3.5.
                has_bounds: has_newest_libraries,
            },
            urls: UrlOptions {
                // Go 1.25.2.
                checks_brackets: self >= Self::V3_20,
                // Go 1.26.
                has_one_colon: has_newest_libraries,
            },
        }
    }

    /// The functions that templates call, by name.
    pub(crate) fn function_table(self) -> &'static Arc<Functions> {
        static TABLES: [OnceLock<Arc<Functions>>; HelmVersion::ALL.len()] =
            [const { OnceLock::new() }; HelmVersion::ALL.len()];
        TABLES[self as usize].get_or_init(|| {
            let all = Functions::new(homescale_functions::FAMILIES);
            Arc::new(all.filtered(|name| self.functions().has_function(name)))
        })
    }
}

/// See [`HelmVersion::values_package`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ValuesPackage {
    /// `chartutil`, of Helm 3.
    Chartutil,
    /// `common`, of Helm 4.
    Common,
}
