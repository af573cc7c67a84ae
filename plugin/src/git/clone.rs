//! What a clone says of itself: its root, where it comes from, its branch.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::directories::Directories;

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
        let Ok(directories) = Directories::around(directory) else {
            return Self::default();
        };
        let head = std::fs::read_to_string(directories.own.join("HEAD"));
        let head = head.unwrap_or_default();
        let branch = head.trim().strip_prefix("ref: refs/heads/");
        Self {
            origin: origin(&directories.common.join("config")).map(without_password),
            branch: branch.map(str::to_owned),
            root: Some(directories.root),
        }
    }
}

/// The URL of `origin`, as Git reads it from this one file. Git runs nothing for it, and looks into no directory.
fn origin(config: &Path) -> Option<String> {
    let mut git = Command::new("git");
    git.args(["config", "--no-includes", "--file"]).arg(config);
    let output = git
        .args(["--get", "remote.origin.url"])
        .current_dir(config.parent()?)
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let url = text.trim();
    (output.status.success() && !url.is_empty()).then(|| url.to_owned())
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
