//! What the tests of all crates need to know of the recordings in `fixtures/`: their levels, which part of a recording is
//! of a level, how files of cases are written, and which real Helms are at hand to run the same cases live. It is in no
//! program.
//!
//! `fixtures/helms.py` is the same for the scripts that record.
//!
//! ```
//! use homescale_recordings::{levels, of_level};
//!
//! assert_eq!(levels().first(), Some(&"3.17"));
//!
//! // The part without names is that of all levels that no part names.
//! let recorded = [("", "common.Values"), ("3.17 3.18", "chartutil.Values")];
//! assert_eq!(of_level(&recorded, "3.18"), Some(&"chartutil.Values"));
//! assert_eq!(of_level(&recorded, "4.3"), Some(&"common.Values"));
//! ```

mod cases;

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

pub use crate::cases::{Case, CaseFile, case_files, decode, fixtures, sections};

/// The levels, and the version of Helm that each is recorded with.
const VERSIONS: &str = include_str!("../../../fixtures/helm-versions.txt");

/// The names of the levels that the fixtures have recordings of, oldest first.
pub fn levels() -> Vec<&'static str> {
    versions().map(|(level, _)| level).collect()
}

/// The levels, oldest first, and the version of Helm that each is recorded with.
pub fn versions() -> impl Iterator<Item = (&'static str, &'static str)> {
    VERSIONS.lines().filter_map(|line| line.split_once(' '))
}

/// The part of a recording that is of a level: the one whose mark names it among others, or else the first, which names
/// none. `None` if there is no part at all.
pub fn of_level<'a, M: AsRef<str>, T>(parts: &'a [(M, T)], level: &str) -> Option<&'a T> {
    let names = |mark: &str| mark.split_whitespace().any(|name| name == level);
    let own = parts.iter().find(|(mark, _)| names(mark.as_ref()));
    own.or(parts.first()).map(|(_, part)| part)
}

/// Whether snapshots are accepted: then a test writes what it finds, where it would compare. It is insta's own variable, and the
/// snapshots that are plain files follow it, too: `INSTA_UPDATE=always cargo test`.
pub fn accepts_snapshots() -> bool {
    env::var("INSTA_UPDATE").is_ok_and(|update| update == "always")
}

/// A real Helm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Helm {
    /// The level that recordings with it have.
    pub level: &'static str,
    /// Its program.
    pub program: PathBuf,
}

/// The Helms at hand, oldest level first: the programs in the directories that the environment variable `HELMS` names, and
/// those that `HELM4` and `HELM3` name, as far as they have one of the versions that are recorded.
pub fn helms() -> Vec<Helm> {
    let directories = env::var_os("HELMS").unwrap_or_default();
    let mut programs: Vec<PathBuf> = env::split_paths(&directories)
        .flat_map(|path| entries(&path))
        .collect();
    programs.extend(
        ["HELM4", "HELM3"]
            .into_iter()
            .filter_map(env::var_os)
            .map(PathBuf::from),
    );
    let found: Vec<(String, PathBuf)> = programs
        .into_iter()
        .filter_map(|program| Some((version_of(&program)?, program)))
        .collect();
    let helm = |(level, version): (&'static str, &str)| {
        let (_, program) = found.iter().find(|(found, _)| found == version)?;
        let program = program.clone();
        Some(Helm { level, program })
    };
    versions().filter_map(helm).collect()
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = directory.read_dir().into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths
}

/// The version that a program says it is: `4.1.4`.
fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program)
        .args(["version", "--short"])
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let version = text.trim().trim_start_matches('v').split('+').next()?;
    output.status.success().then(|| version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_recorded_with_one_version() {
        let (names, versions): (Vec<_>, Vec<_>) = versions().unzip();
        for list in [names, versions] {
            let mut unique = list.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!(unique.len(), list.len(), "{list:?}");
        }
    }

    #[test]
    fn a_mark_names_whole_levels() {
        let parts = [("", 1), ("4.2.4", 2), ("4.1 4.2", 3)];
        assert_eq!(of_level(&parts, "4.2"), Some(&3));
        assert_eq!(of_level(&parts, "4.2.4"), Some(&2));
        assert_eq!(of_level(&parts, "4.3"), Some(&1));
        assert_eq!(of_level::<&str, u8>(&[], "4.3"), None);
    }
}
