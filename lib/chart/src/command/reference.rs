//! [`Reference`]: what a chart is called that is no path.

use std::fmt;

use homescale_go::url::Url;
use homescale_yaml::from_slice;

use crate::helm_version::HelmVersion;

/// Where a chart comes from that is no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// From the network, by a whole URL.
    Url,
    /// From a repository that Helm knows by this name.
    InRepository(String),
}

/// Why a name is no reference, in Helm's words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReferenceError {
    /// It is no URL, as this.
    Malformed(String),
    /// It names no repository. This is how Go prints it as a URL.
    NoRepository(String),
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(name) => write!(f, "invalid chart URL format: {name}"),
            Self::NoRepository(shown) => write!(
                f,
                "non-absolute URLs should be in form of repo_name/path_to_chart, got: {shown}"
            ),
        }
    }
}

impl std::error::Error for ReferenceError {}

impl Reference {
    /// Reads a reference, as Helm's `ChartDownloader.ResolveChartVersion`.
    ///
    /// # Errors
    /// It is no URL, and not `REPOSITORY/CHART`.
    ///
    /// ```
    /// use homescale_chart::HelmVersion;
    /// use homescale_chart::command::Reference;
    ///
    /// let parse = |text| Reference::parse(text, HelmVersion::default());
    /// assert_eq!(parse("oci://example.com/web"), Ok(Reference::Url));
    /// assert_eq!(parse("stable/web"), Ok(Reference::InRepository("stable".to_owned())));
    /// assert!(parse("web").is_err());
    /// ```
    pub fn parse(name: &str, helm: HelmVersion) -> Result<Self, ReferenceError> {
        if name.starts_with("oci://") {
            return Ok(Self::Url);
        }
        let url = Url::parse(name.as_bytes(), helm.row().go)
            .map_err(|_| ReferenceError::Malformed(name.to_owned()))?;
        if !url.scheme.is_empty() && !url.host.is_empty() && !url.path.is_empty() {
            return Ok(Self::Url);
        }
        if let Some(end) = url.path.iter().position(|byte| *byte == b'/') {
            let repository = String::from_utf8_lossy(&url.path[..end]);
            return Ok(Self::InRepository(repository.into_owned()));
        }
        let shown = url.to_bytes();
        let shown = String::from_utf8_lossy(&shown).into_owned();
        Err(ReferenceError::NoRepository(shown))
    }
}

/// Whether Helm knows a repository of this name, by the contents of its `repositories.yaml`.
pub fn has_repository(repositories: &[u8], name: &str) -> bool {
    let Ok(config) = from_slice(repositories) else {
        return false;
    };
    let list = config
        .as_map()
        .and_then(|config| config.get("repositories"));
    let Some(homescale_value::Value::List(list)) = list else {
        return false;
    };
    list.items().iter().any(|repository| {
        let found = repository.as_map().and_then(|map| map.get("name"));
        found.is_some_and(|found| found.as_str().is_some_and(|found| found == name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_helm_reads_them() {
        let word = |shown: &str| Err(ReferenceError::NoRepository(shown.to_owned()));
        let repository = |name: &str| Ok(Reference::InRepository(name.to_owned()));
        let malformed = |name: &str| Err(ReferenceError::Malformed(name.to_owned()));
        for (text, expected) in [
            ("web", word("web")),
            ("", word("")),
            ("a b", word("a%20b")),
            ("x:y", word("x:y")),
            ("oci:web", word("oci:web")),
            ("http://h", word("http://h")),
            ("stable/web", repository("stable")),
            ("a b/web", repository("a b")),
            ("file:///web", repository("")),
            ("https://h/web.tgz", Ok(Reference::Url)),
            ("oci://h/web", Ok(Reference::Url)),
            ("%zz", malformed("%zz")),
            ("1:2", malformed("1:2")),
            (":web", malformed(":web")),
        ] {
            let found = Reference::parse(text, HelmVersion::default());
            assert_eq!(found, expected, "{text}");
        }
    }
}
