//! [`capture`]: what a cluster can, from what `kubectl` prints about it.

use std::collections::BTreeSet;
use std::fmt;

use homescale_chart::{HelmVersion, KubeVersion};
use serde_json::{Deserializer, Value};

use crate::config::Capabilities;

/// What to do where it cannot be captured: the commands that print what is read.
pub const CAPTURE_HINT: &str = "pipe what two commands print about the cluster: \
     `{ kubectl version -o json; kubectl api-versions; } | helm-catalog capabilities capture`";

/// Why nothing can be captured.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CaptureError {
    /// There is no text.
    Nothing,
    /// It is no text.
    NotText,
    /// A line that none of the commands prints; its number, from 1.
    Line(usize, String),
    /// JSON that is broken; the number of the line where it begins.
    Json(usize),
    /// No version of Kubernetes.
    NoVersion,
    /// The version of `kubectl` alone: the cluster was not asked.
    OnlyClient,
    /// What is given as the version of Kubernetes is none.
    NotAVersion(String),
    /// Two versions of Kubernetes that differ: those of two clusters.
    TwoVersions(String, String),
    /// No API versions.
    NoApiVersions,
}

impl fmt::Display for CaptureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("there is nothing to read"),
            Self::NotText => f.write_str("it is not UTF-8"),
            Self::Line(number, line) => write!(
                f,
                "line {number} is `{line}`, which neither `kubectl version` nor `kubectl api-versions` prints"
            ),
            Self::Json(number) => write!(f, "the JSON that begins on line {number} is broken"),
            Self::NoVersion => f.write_str("there is no version of Kubernetes, only API versions"),
            Self::OnlyClient => f.write_str(
                "there is the version of `kubectl`, but not that of the cluster, which it did not reach",
            ),
            Self::NotAVersion(text) => write!(f, "`{text}` is no version of Kubernetes"),
            Self::TwoVersions(one, other) => {
                write!(f, "there are two versions of Kubernetes, {one} and {other}")
            }
            Self::NoApiVersions => {
                f.write_str("there is the version of Kubernetes, but no API versions")
            }
        }
    }
}

impl std::error::Error for CaptureError {}

/// What a cluster can, from what `kubectl version` (as text, JSON or YAML) and `kubectl api-versions` print about it, one after
/// the other in any order. What `kubectl api-resources` prints may be there, too: it tells the kinds, which Argo CD lets charts
/// ask for.
///
/// The version is as Argo CD hands it to Helm since 3.4, numbers alone: `v1.33.2-gke.1240000` is `1.33.2` (`GetServerVersion`
/// of its package `gitops-engine/pkg/utils/kube`).
///
/// ```
/// use homescale_fleet::capture;
///
/// let printed = b"Client Version: v1.34.1\nServer Version: v1.33.2\nv1\napps/v1\n";
/// let capabilities = capture(printed)?;
/// assert_eq!(capabilities.kubernetes, "1.33.2");
/// assert_eq!(capabilities.api_versions, ["apps/v1", "v1"]);
/// # Ok::<(), homescale_fleet::CaptureError>(())
/// ```
///
/// # Errors
/// Something else was printed, or not all that is needed.
pub fn capture(printed: &[u8]) -> Result<Capabilities, CaptureError> {
    let text = std::str::from_utf8(printed).map_err(|_| CaptureError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut found = Found::default();
    let (mut rest, mut number) = (text, 1);
    while !rest.is_empty() {
        let after = if rest.starts_with('{') {
            found.json(rest, number)?
        } else {
            let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
            found.line(line.trim_end(), number)?;
            after
        };
        number += rest[..rest.len() - after.len()].matches('\n').count();
        rest = after;
    }
    found.finish()
}

/// Which version a line of YAML is about.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Of {
    #[default]
    Nothing,
    Client,
    Server,
}

/// What has been found so far.
#[derive(Default)]
struct Found {
    client: Option<String>,
    server: Option<String>,
    api_versions: BTreeSet<String>,
    /// In YAML: which version the lines below are about that are indented.
    of: Of,
}

impl Found {
    /// Takes what begins with a map of JSON. Returns what follows it.
    fn json<'t>(&mut self, text: &'t str, number: usize) -> Result<&'t str, CaptureError> {
        let mut values = Deserializer::from_str(text).into_iter::<Value>();
        let Some(Ok(value)) = values.next() else {
            return Err(CaptureError::Json(number));
        };
        let version = |of: &str| value[of]["gitVersion"].as_str();
        if let Some(client) = version("clientVersion") {
            self.client = Some(client.to_owned());
        }
        if let Some(server) = version("serverVersion") {
            self.server(server)?;
        }
        let rest = &text[values.byte_offset()..];
        Ok(rest.trim_start_matches([' ', '\r', '\n']))
    }

    /// Takes a line of the text, of YAML, or of a table.
    fn line(&mut self, line: &str, number: usize) -> Result<(), CaptureError> {
        if line.starts_with(' ') && self.of != Of::Nothing {
            return match (line.trim_start().strip_prefix("gitVersion: "), self.of) {
                (Some(version), Of::Server) => self.server(version.trim_matches('"')),
                (Some(version), _) => {
                    self.client = Some(version.trim_matches('"').to_owned());
                    Ok(())
                }
                (None, _) => Ok(()),
            };
        }
        self.of = Of::Nothing;
        match line {
            "clientVersion:" => self.of = Of::Client,
            "serverVersion:" => self.of = Of::Server,
            "" | "---" => {}
            _ => match line.split_once(": ") {
                Some(("Client Version", version)) => self.client = Some(git_version(version)),
                Some(("Server Version", version)) => self.server(&git_version(version))?,
                // What else `kubectl version` prints.
                Some(("Kustomize Version" | "kustomizeVersion" | "WARNING" | "Warning", _)) => {}
                _ => self.api(line, number)?,
            },
        }
        Ok(())
    }

    fn server(&mut self, version: &str) -> Result<(), CaptureError> {
        let parsed = KubeVersion::parse(version, HelmVersion::default());
        let parsed = parsed.map_err(|_| CaptureError::NotAVersion(version.to_owned()))?;
        let version = parsed.normalized.trim_start_matches('v').to_owned();
        match self.server.replace(version.clone()) {
            Some(before) if before != version => Err(CaptureError::TwoVersions(before, version)),
            _ => Ok(()),
        }
    }

    /// Takes a line of `kubectl api-versions` or `kubectl api-resources`.
    fn api(&mut self, line: &str, number: usize) -> Result<(), CaptureError> {
        let unknown = || CaptureError::Line(number, line.to_owned());
        let words: Vec<&str> = line.split_whitespace().collect();
        if let [version] = words[..] {
            self.api_version(version).ok_or_else(unknown)?;
            return Ok(());
        }
        if words.starts_with(&["NAME"]) && words.contains(&"APIVERSION") && words.contains(&"KIND")
        {
            return Ok(());
        }
        // name, perhaps short names, API version, whether it is in a namespace, kind, and perhaps more.
        let is_flag = |word: &&str| matches!(*word, "true" | "false");
        let at = words.iter().position(is_flag).ok_or_else(unknown)?;
        let version = at
            .checked_sub(1)
            .filter(|at| *at > 0)
            .and_then(|at| words.get(at));
        let (Some(version), Some(kind)) = (version, words.get(at + 1)) else {
            return Err(unknown());
        };
        self.api_version(version).ok_or_else(unknown)?;
        self.api_versions.insert(format!("{version}/{kind}"));
        Ok(())
    }

    /// Takes `v1` or `apps/v1`. `None` where it is neither.
    fn api_version(&mut self, text: &str) -> Option<()> {
        let (group, version) = text.split_once('/').unwrap_or(("core", text));
        let is_name = |text: &str| {
            let is_letter = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.');
            !text.is_empty() && text.chars().all(is_letter)
        };
        // Of the core there are `v1`, `v2`; a custom resource may call its version as it likes.
        let is_version = text.contains('/') || version.starts_with('v');
        if !is_name(group) || !is_name(version) || !is_version {
            return None;
        }
        self.api_versions.insert(text.to_owned());
        Some(())
    }

    fn finish(self) -> Result<Capabilities, CaptureError> {
        let is_empty = self.api_versions.is_empty();
        match (self.server, self.client) {
            (Some(_), _) if is_empty => Err(CaptureError::NoApiVersions),
            (Some(kubernetes), _) => Ok(Capabilities {
                kubernetes,
                api_versions: self.api_versions.into_iter().collect(),
            }),
            (None, Some(_)) => Err(CaptureError::OnlyClient),
            (None, None) if is_empty => Err(CaptureError::Nothing),
            (None, None) => Err(CaptureError::NoVersion),
        }
    }
}

/// The version in what follows `Server Version: `; until Kubernetes 1.27 it is a Go struct.
fn git_version(text: &str) -> String {
    let inside = text.split_once("GitVersion:\"").map(|(_, rest)| rest);
    let inside = inside.and_then(|rest| rest.split('"').next());
    inside.unwrap_or(text).to_owned()
}
