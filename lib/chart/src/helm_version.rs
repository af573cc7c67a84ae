//! [`HelmVersion`]: which Helm to be.

mod choice;
mod switches;
mod table;

use std::sync::{Arc, OnceLock};

use homescale_fileset::{Ignore, Walk};
use homescale_template::{Functions, MissingKey};

use crate::limits::Limits;

pub use choice::{Choice, UnknownVersion};
pub use switches::CommandLine;
pub(crate) use switches::{KubeVersions, LogFormat, Row, ValuesPackage, Whitespace};

/// The versions of Helm whose results are wanted, to the byte.
///
/// The same chart can render differently in two versions of Helm. Each of these stands for a range of versions that do the
/// same. What differs between them is a table: no other code asks for a version. `docs/levels.md` shows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
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

impl HelmVersion {
    /// All of them, oldest first.
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

    /// The newest.
    pub const NEWEST: Self = Self::ALL[Self::ALL.len() - 1];

    /// The largest that the files of a chart may be together: those of an archive, and those of a directory where
    /// [`Self::largest_file`] does not limit each.
    pub const LARGEST_CHART: u64 = 100 << 20;

    /// What it does.
    pub(crate) const fn row(self) -> &'static Row {
        match self {
            Self::V3_17 => &table::V3_17,
            Self::V3_18 => &table::V3_18,
            Self::V3_19 => &table::V3_19,
            Self::V3_20 => &table::V3_20,
            Self::V3_22 => &table::V3_22,
            Self::V4_1 => &table::V4_1,
            Self::V4_2 => &table::V4_2,
            Self::V4_2_4 => &table::V4_2_4,
            Self::V4_3 => &table::V4_3,
        }
    }

    /// The name by which users choose it: `3.17`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The version of Helm that its results are recorded from: `4.1.4`.
    pub fn recorded_version(self) -> &'static str {
        self.row().recorded
    }

    /// Whose flags `helm template` has.
    pub fn command_line(self) -> CommandLine {
        self.row().major.command_line
    }

    /// Whether `--hide-notes` and `--render-subchart-notes` are said to go away.
    pub fn deprecates_flags_of_notes(self) -> bool {
        self.row().deprecates_flags_of_notes
    }

    /// The largest that a file of a chart may be. `None` where only all files together are limited, to
    /// [`Self::LARGEST_CHART`].
    pub fn largest_file(self) -> Option<u64> {
        self.row().largest_file
    }

    /// Whether a directory without Chart.yaml is refused before anything else of it is read, by a message that names the
    /// file.
    pub fn looks_for_chart_yaml(self) -> bool {
        self.row().major.looks_for_chart_yaml
    }

    /// Begins a walk through a chart's directory with the rules of its `.helmignore`.
    pub fn walk(self, rules: Ignore) -> Walk {
        if self.row().major.loses_leading_slashes {
            rules.walk().losing_slashes()
        } else {
            rules.walk()
        }
    }

    /// How values are checked against schemas.
    pub(crate) fn schemas(self) -> homescale_schema::Options {
        let row = self.row();
        homescale_schema::Options {
            dialect: row.schemas,
            go: row.go,
        }
    }

    /// How templates are executed.
    pub(crate) fn templates(self, limits: &Limits) -> homescale_template::Options {
        let go = self.row().go;
        homescale_template::Options {
            range_over_integers: go.ranges_over_integers(),
            comparison_names_types: go.names_compared_types(),
            hidden_methods: self.functions().hidden_methods(),
            missing_key: MissingKey::Zero,
            limits: limits.of_templates(),
        }
    }

    /// How the functions behave that templates call.
    pub(crate) fn functions(self) -> homescale_functions::Options {
        let row = self.row();
        homescale_functions::Options {
            go: row.go,
            has_durations: row.has_durations,
            has_must_to_toml: row.has_must_to_toml,
            has_must_to_yaml: row.major.has_must_to_yaml,
            toml_floats_with_exponent: row.toml_floats_with_exponent,
            toml_counts_all_fields: row.toml_counts_all_fields,
            semver: row.semver,
        }
    }

    /// The functions that templates call, by name.
    pub(crate) fn function_table(self) -> &'static Arc<Functions> {
        static TABLES: [OnceLock<Arc<Functions>>; HelmVersion::ALL.len()] =
            [const { OnceLock::new() }; HelmVersion::ALL.len()];
        TABLES[self as usize].get_or_init(|| {
            let all = Functions::new(homescale_functions::GROUPS);
            Arc::new(all.filtered(|name| self.functions().has_function(name)))
        })
    }
}
