//! [`Refs`]: by which names the catalog's source may name files of other sources: `$values/east.yaml`
//! (`reposerver/repository/repository.go`, `resolveReferencedSources`; `util/argo`, `GetRefSources`).

use std::collections::BTreeMap;
use std::fmt;

use homescale_argocd::{BuildEnvironment, is_same_repository};
use homescale_located::Node;

/// How many names a message lists.
const MOST_SHOWN: usize = 10;

/// The sources of an Application that have a `ref`.
pub(crate) struct Refs<'n> {
    /// Of an Application with a single `source`, a dollar sign begins a variable and nothing else.
    are_several: bool,
    /// The first source of each name.
    sources: BTreeMap<&'n str, &'n Node>,
    /// The names, in the order of the sources; as many as a message has room for.
    shown: Vec<String>,
}

/// Why a name of a file leads to no file of this repository. Prints as the end of a sentence that begins with the name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum RefError {
    /// No source has this `ref`; there are those.
    Unknown(String, Vec<String>),
    /// The source is a chart of a Helm repository.
    Chart(String),
    /// The source is another repository.
    Elsewhere(String, String),
}

impl fmt::Display for RefError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(name, known) if known.is_empty() => {
                write!(f, "names the source `{name}`, but no source has a `ref`")
            }
            Self::Unknown(name, known) => {
                let known = known.join("`, `");
                write!(
                    f,
                    "names the source `{name}`; the sources with a `ref` are `{known}`"
                )
            }
            Self::Chart(name) => write!(
                f,
                "is in the source `{name}`, which is a chart; Argo CD reads files of Git repositories only"
            ),
            Self::Elsewhere(name, url) => {
                write!(
                    f,
                    "is in the source `{name}`, another repository ({url}), and cannot be read"
                )
            }
        }
    }
}

impl<'n> Refs<'n> {
    /// Those of an Application.
    pub(crate) fn of(application: &'n Node) -> Self {
        let sources = application.at(&["spec", "sources"]).and_then(Node::as_list);
        let sources = sources.unwrap_or_default();
        let named = sources.iter().filter_map(|source| {
            let name = source.get("ref").and_then(Node::as_text)?;
            Some((name, source)).filter(|(name, _)| !name.is_empty())
        });
        let shown = named.clone().take(MOST_SHOWN);
        Self {
            are_several: !sources.is_empty(),
            shown: shown.map(|(name, _)| format!("${name}")).collect(),
            // Of several, the first is collected last.
            sources: named.rev().collect(),
        }
    }

    /// What the source says of a file as a path, relative to the chart or from the root of the repository with a leading
    /// `/`: its variables are replaced, and the name of another source that is this repository, too.
    ///
    /// # Errors
    /// The file is in another repository, or in a source that there is not.
    pub(crate) fn resolve(
        &self,
        name: &str,
        own_url: &str,
        environment: &BuildEnvironment,
    ) -> Result<String, RefError> {
        let Some(named) = name.strip_prefix('$').filter(|_| self.are_several) else {
            return Ok(environment.expand(name));
        };
        let (named, path) = named.split_once('/').unwrap_or((named, ""));
        let text = |source: &Node, key: &str| {
            let text = source.get(key).and_then(Node::as_text);
            text.unwrap_or_default().to_owned()
        };
        let Some(source) = self.sources.get(named) else {
            return Err(RefError::Unknown(format!("${named}"), self.shown.clone()));
        };
        let named = format!("${named}");
        let url = text(source, "repoURL");
        if !text(source, "chart").is_empty() {
            Err(RefError::Chart(named))
        } else if is_same_repository(&url, own_url) {
            Ok(format!("/{}", environment.expand(path)))
        } else {
            Err(RefError::Elsewhere(named, url))
        }
    }
}
