//! What single values must be: versions, paths, patterns, addresses, times.

use homescale_argocd::{helm_of_argocd, normalize, parse_deadline};
use homescale_chart::{HelmVersion, KubeVersion};
use homescale_fileset::{FileSet, doublestar};

use super::table::Software;

/// What is wrong with a value: the end of a sentence that begins with the value, and what to do.
pub(crate) struct Wrong {
    pub(crate) problem: String,
    pub(crate) hint: Option<String>,
}

impl Wrong {
    fn new(problem: impl Into<String>) -> Self {
        Self {
            problem: problem.into(),
            hint: None,
        }
    }

    fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A value, or what is wrong with it.
type Checked = Result<(), Wrong>;

pub(crate) fn version(text: &str, of: Software) -> Checked {
    match of {
        Software::ArgoCd => helm_of_argocd(text).map(drop).map_err(|_| {
            Wrong::new("it must be a version of Argo CD from 3.0 on, such as \"3.5\"")
        }),
        Software::Kubernetes => {
            let parsed = KubeVersion::parse(text, HelmVersion::default());
            let expected = "it must be a version of Kubernetes, such as \"1.34\" or \"1.33.2\"";
            parsed.map(drop).map_err(|_| Wrong::new(expected))
        }
        Software::Kustomize => {
            let numbers = text.strip_prefix('v').unwrap_or(text).split('.');
            let numbers: Result<Vec<u64>, _> = numbers.map(str::parse).collect();
            match numbers {
                Ok(numbers) if matches!(numbers.len(), 2 | 3) => Ok(()),
                _ => Err(Wrong::new(
                    "it must be a version of Kustomize, such as \"5.8.1\"",
                )),
            }
        }
    }
}

/// `v1`, `apps/v1`, `apps/v1/Deployment`.
pub(crate) fn api_version(text: &str) -> Checked {
    let is_part = |part: &str| {
        let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
        !part.is_empty() && part.chars().all(is_letter)
    };
    let parts: Vec<&str> = text.split('/').collect();
    if parts.len() <= 3 && parts.into_iter().all(is_part) {
        return Ok(());
    }
    Err(Wrong::new(
        "it must be an API version such as `v1`, `apps/v1` or `apps/v1/Deployment`",
    ))
}

/// A path from the root of the repository, which stays in it.
pub(crate) fn path(text: &str) -> Checked {
    if text.is_empty() {
        return Err(Wrong::new("it must be a path").hinted("`.` is the root of the repository"));
    }
    if let Some(rest) = text.strip_prefix('/') {
        let wrong = Wrong::new("it must be a path from the root of the repository");
        return Err(wrong.hinted(format!("write `{}`", rest.trim_start_matches('/'))));
    }
    match normalize(text) {
        Some(_) => Ok(()),
        None => Err(Wrong::new("it leads out of the repository")
            .hinted("what is beside the repository is one of `repositories`")),
    }
}

/// A pattern for paths from the root of the repository.
pub(crate) fn pattern(text: &str) -> Checked {
    path(text)?;
    match doublestar(text, &FileSet::new()) {
        Ok(_) => Ok(()),
        Err(error) => Err(Wrong::new(format!("it is no pattern: {error}")).hinted(
            "`[` and `{` are closed by `]` and `}`; before a letter of a name, write `\\`",
        )),
    }
}

pub(crate) fn directory(text: &str) -> Checked {
    if text.is_empty() {
        return Err(Wrong::new("it must be a directory").hinted("`.` is this checkout"));
    }
    if text.starts_with('~') {
        let wrong = Wrong::new("it must be a path; only a shell knows `~`");
        return Err(wrong.hinted("write it relative to the directory of this file"));
    }
    Ok(())
}

pub(crate) fn server(text: &str) -> Checked {
    let host = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(char::is_whitespace) => Ok(()),
        Some(_) => Err(Wrong::new("it must be a URL with a host")),
        None => {
            let hint = format!("write `https://{text}`");
            let is_host = text.contains('.') && !text.contains([' ', '/']);
            let wrong = Wrong::new("it must be a URL");
            Err(if is_host { wrong.hinted(hint) } else { wrong })
        }
    }
}

pub(crate) fn time(text: &str) -> Checked {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let wrong = Wrong::new("it must be a time such as \"45s\" or \"1m30s\"");
    match parse_deadline(text) {
        Ok(_) => Ok(()),
        Err(_) if is_number => Err(wrong.hinted(format!("write \"{text}s\""))),
        Err(_) => Err(wrong),
    }
}
