//! Snapshots: texts that the repository keeps, one file each.

use std::fs;
use std::path::Path;

use libtest_mimic::Failed;

use crate::disk;

/// Compares a text with a snapshot; with `INSTA_UPDATE=always` in the environment, writes it instead.
pub(crate) fn check(path: &Path, text: &str) -> Result<(), Failed> {
    let known = fs::read_to_string(path).unwrap_or_default();
    if known == text {
        return Ok(());
    }
    if homescale_recordings::accepts_snapshots() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(known.as_str(), text);
    let diff = diff.unified_diff().header("snapshot", "now").to_string();
    Err(format!(
        "{}:\n{diff}\nINSTA_UPDATE=always accepts it",
        path.display()
    )
    .into())
}

/// Fails when a folder of snapshots has one that no test wrote.
pub(crate) fn check_no_others(folder: &Path, known: &[String]) -> Result<(), Failed> {
    let files = disk::entries(folder)
        .into_iter()
        .map(|path| disk::file_name(&path));
    let others: Vec<String> = files.filter(|file| !known.contains(file)).collect();
    if others.is_empty() {
        return Ok(());
    }
    Err(format!(
        "no test owns these files of {}: {}",
        folder.display(),
        others.join(", ")
    )
    .into())
}
