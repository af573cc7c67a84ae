//! Git: which paths changed since a revision.

use std::path::Path;
use std::process::Command;

use homescale_go::os::error_text;

use crate::failure::Failure;

/// The paths that differ between the common ancestor of `base` and HEAD, and HEAD.
///
/// Gives `None`, which means everything, without a base and for the null revision that a push of a new branch has.
///
/// # Errors
/// Git is missing, this is not a Git repository, or the base is unknown (in CI: a shallow clone).
pub(crate) fn changed_paths(
    repo: &Path,
    base: Option<&str>,
) -> Result<Option<Vec<String>>, Failure> {
    let Some(base) = base.filter(|base| !base.is_empty() && !base.bytes().all(|b| b == b'0'))
    else {
        return Ok(None);
    };
    if base.starts_with('-') {
        return Err(Failure::Usage(format!("--base {base}: not a revision")));
    }
    let range = format!("{base}...HEAD");
    let output = Command::new("git")
        .arg("-C")
        .arg(repo)
        .args([
            "diff",
            "--name-only",
            "--no-renames",
            "--relative",
            "-z",
            &range,
            "--",
        ])
        .output()
        .map_err(|error| Failure::Input(format!("git: cannot run it: {}", error_text(&error))))?;
    if !output.status.success() {
        let cause = String::from_utf8_lossy(&output.stderr);
        let cause = cause
            .lines()
            .next()
            .unwrap_or("git diff failed")
            .trim_start_matches("fatal: ");
        return Err(Failure::Input(format!(
            "--base {base}: {cause}; is it in this clone? (a shallow clone has no history: fetch-depth: 0)"
        )));
    }
    let paths = output
        .stdout
        .split(|byte| *byte == 0)
        .filter(|path| !path.is_empty());
    Ok(Some(
        paths
            .map(|path| String::from_utf8_lossy(path).into_owned())
            .collect(),
    ))
}
