//! [`Level`]: which Helm to be. Every difference between versions is one named switch here.

use std::sync::{Arc, OnceLock};

use homescale_template::Functions;

/// The version of Helm whose results are wanted, to the byte.
///
/// The same chart can render differently in two versions of Helm. A level is a version whose results have been recorded;
/// its methods are the differences, and no other code asks for a version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Helm 3.17 (recorded with 3.17.3).
    V3_17,
    /// Helm 4.1 (recorded with 4.1.4).
    #[default]
    V4_1,
}

/// How a rendered file becomes documents, and what of their white space is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whitespace {
    /// Files and documents are trimmed at both ends: no blank line between documents. Helm 3 to 3.21, 4.0 and 4.1.
    Trimmed,
    /// Files and documents are trimmed at the start only: the last document of a file keeps its final newlines.
    /// Helm 4.2.0 to 4.2.3.
    LeftTrimmed,
    /// Only a line that starts with `---` separates, and each document keeps its final newlines. Helm 4.2.4.
    Kept,
}

/// How Helm writes what it tells the user besides the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Log {
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

impl Level {
    /// All levels, oldest first.
    pub const ALL: &'static [Self] = &[Self::V3_17, Self::V4_1];

    /// The name by which users choose the level: `3.17`.
    pub fn name(self) -> &'static str {
        match self {
            Self::V3_17 => "3.17",
            Self::V4_1 => "4.1",
        }
    }

    /// The level of that name; the name of a whole version such as `v4.1.4` gives its level too.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.strip_prefix('v').unwrap_or(name);
        Self::ALL.iter().copied().find(|level| {
            name.strip_prefix(level.name())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// How rendered files are split into documents.
    pub fn whitespace(self) -> Whitespace {
        match self {
            Self::V3_17 | Self::V4_1 => Whitespace::Trimmed,
        }
    }

    /// How warnings are written.
    pub fn log(self) -> Log {
        match self {
            Self::V3_17 => Log::FileAndLine,
            Self::V4_1 => Log::Structured,
        }
    }

    /// Whose flags `helm template` has.
    pub fn command_line(self) -> CommandLine {
        if self >= Self::V4_1 {
            CommandLine::Helm4
        } else {
            CommandLine::Helm3
        }
    }

    /// Whether a file of values may hold several YAML documents, which are merged. Helm 3 reads the first only.
    pub(crate) fn values_have_documents(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether the last line of a file of values is lost if it has no newline and its length is a multiple of 4096
    /// bytes. Helm 4 before 4.2 has that fault.
    pub(crate) fn loses_full_last_line(self) -> bool {
        self == Self::V4_1
    }

    /// Whether a null of the user, for a nested key whose default is null too, stays. Before 3.20.1 and 4.1.3 it removed
    /// the key.
    pub(crate) fn keeps_null_over_null(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether `.Chart` is a map. In Helm 3 it is a Go struct.
    pub(crate) fn chart_is_map(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether an error of executing a template is printed on several lines, a place and a message each.
    pub(crate) fn errors_on_lines(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether only some values of Chart.yaml's `apiVersion` are accepted.
    pub(crate) fn checks_api_version(self) -> bool {
        self >= Self::V4_1
    }

    /// What the error of an archive that is too large calls the limit.
    pub(crate) fn chart_limit(self) -> &'static str {
        if self >= Self::V4_1 {
            "maximum size"
        } else {
            "maximum file size"
        }
    }

    /// Whether the error of a chart's own archive says only that it cannot be loaded.
    pub(crate) fn hides_archive_problems(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether a chart called `.` or `..` is refused by a message of its own.
    pub(crate) fn refuses_dot_names(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether the version of Kubernetes is reduced to its numbers before it is compared with a constraint.
    pub(crate) fn normalizes_kube_version(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether errors of preparing a release say which step failed, and are logged as well.
    pub(crate) fn names_failing_step(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether a copy of a chart, as every declared dependency is one, has copies of its subcharts too. Before, subcharts
    /// that are not declared stay below the original, under its path.
    pub(crate) fn copies_have_own_subcharts(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether `import-values` accepts anything as `child` and `parent`. In Helm 3 anything but a string is fatal.
    pub(crate) fn prints_import_paths(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether the end of a `--set` inside an index is no error.
    pub(crate) fn unfinished_index_is_ignored(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether `--set-json` accepts a whole object.
    pub(crate) fn set_json_takes_objects(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether webhook configurations have a place of their own in the order of kinds.
    pub(crate) fn orders_webhooks(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether templates range over integers.
    pub(crate) fn ranges_over_integers(self) -> bool {
        self >= Self::V4_1
    }

    /// Whether the error of comparing two types names them.
    pub(crate) fn names_compared_types(self) -> bool {
        self >= Self::V4_1
    }

    /// The level of the functions that templates call.
    pub(crate) fn functions(self) -> homescale_functions::Level {
        match self {
            Self::V3_17 => homescale_functions::Level::V3_17,
            Self::V4_1 => homescale_functions::Level::V4_1,
        }
    }

    /// The functions that templates call, by name.
    pub(crate) fn function_table(self) -> &'static Arc<Functions> {
        static TABLES: [OnceLock<Arc<Functions>>; Level::ALL.len()] =
            [const { OnceLock::new() }; Level::ALL.len()];
        TABLES[self as usize].get_or_init(|| {
            let all = Functions::new(homescale_functions::FAMILIES);
            Arc::new(all.filtered(|name| self.functions().has_function(name)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_found_by_name_and_version() {
        for &level in Level::ALL {
            assert_eq!(Level::from_name(level.name()), Some(level));
            assert_eq!(
                Level::from_name(&format!("v{}.9", level.name())),
                Some(level)
            );
        }
        assert_eq!(Level::from_name("3.170"), None);
        assert_eq!(Level::from_name(""), None);
    }
}
