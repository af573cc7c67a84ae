//! Git: which paths changed since a revision, and where a clone comes from.

use std::path::{Path, PathBuf};
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

/// What a clone says of itself.
#[derive(Debug, Default)]
pub(crate) struct Clone {
    /// Its root.
    pub(crate) root: Option<PathBuf>,
    /// The URL of `origin`, without a password.
    pub(crate) origin: Option<String>,
    /// The branch that is checked out.
    pub(crate) branch: Option<String>,
}

impl Clone {
    /// The clone that a directory is in. Nothing is known where there is none, or no Git.
    pub(crate) fn around(directory: &Path) -> Self {
        let ask = |arguments: &[&str]| {
            let mut git = Command::new("git");
            let output = git.arg("-C").arg(directory).args(arguments).output().ok()?;
            let text = String::from_utf8(output.stdout).ok()?;
            (output.status.success() && !text.trim().is_empty()).then(|| text.trim().to_owned())
        };
        Self {
            root: ask(&["rev-parse", "--show-toplevel"]).map(PathBuf::from),
            origin: ask(&["config", "--get", "remote.origin.url"]).map(without_password),
            branch: ask(&["symbolic-ref", "--quiet", "--short", "HEAD"]),
        }
    }
}

/// A URL as it may be committed: who reads it must not be who wrote it.
fn without_password(url: String) -> String {
    let Some((scheme, rest)) = url.split_once("://").filter(|(scheme, _)| *scheme != "ssh") else {
        return url;
    };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("{scheme}://{host}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_stay_out_of_files() {
        for (url, kept) in [
            (
                "https://git.example.com/fleet.git",
                "https://git.example.com/fleet.git",
            ),
            (
                "https://me:secret@git.example.com/fleet.git", // pragma: allowlist secret
                "https://git.example.com/fleet.git",
            ),
            (
                "https://token@git.example.com/a@b.git",
                "https://git.example.com/a@b.git",
            ),
            (
                "ssh://git@git.example.com/fleet.git",
                "ssh://git@git.example.com/fleet.git",
            ),
            (
                "git@git.example.com:fleet.git",
                "git@git.example.com:fleet.git",
            ),
        ] {
            assert_eq!(without_password(url.to_owned()), kept);
        }
    }
}
