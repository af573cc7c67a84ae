//! [`NoManifests`]: an empty result, which is an error unless it is asked for.

use std::fmt;

/// A plugin's source has no manifests at all. Argo CD would take that for the wish to delete everything: a plugin that prints
/// nothing and succeeds is only a warning there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoManifests {
    source: String,
}

impl NoManifests {
    /// Refuses manifests that are none. `source` is what messages call the source of them.
    ///
    /// ```
    /// use homescale_argocd::NoManifests;
    ///
    /// assert!(NoManifests::check(b"kind: App\n", "apps/web").is_ok());
    /// assert!(NoManifests::check(b"# nothing\n---\nnull\n", "apps/web").is_err());
    /// ```
    ///
    /// # Errors
    /// The stream has only white space, comments, separators and nulls.
    pub fn check(manifests: &[u8], source: &str) -> Result<(), Self> {
        let mut lines = manifests
            .split(|byte| *byte == b'\n')
            .map(<[u8]>::trim_ascii);
        let is_blank = |line: &[u8]| {
            line.is_empty() || line.starts_with(b"#") || line == b"---" || line == b"null"
        };
        if lines.all(is_blank) {
            let source = source.to_owned();
            return Err(Self { source });
        }
        Ok(())
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        "if that is meant, set the plugin parameter `allow-empty` to true, or `ALLOW_EMPTY` in the plugin's env"
    }
}

impl fmt::Display for NoManifests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let source = &self.source;
        write!(f, "{source}: no manifests; Argo CD would prune everything")
    }
}

impl std::error::Error for NoManifests {}
