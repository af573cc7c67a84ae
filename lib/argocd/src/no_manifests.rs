//! [`NoManifests`]: an empty result, which is an error unless it is asked for.

use std::fmt;

use homescale_manifest::has_objects;

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
    /// assert!(NoManifests::check(b"# nothing\n---\n~\n", "apps/web").is_err());
    /// assert!(NoManifests::check(b"kind: List\nitems: []\n", "apps/web").is_err());
    /// ```
    ///
    /// # Errors
    /// The stream has only comments, separators, nulls and lists without items.
    pub fn check(manifests: &[u8], source: &str) -> Result<(), Self> {
        if has_objects(manifests) {
            return Ok(());
        }
        let source = source.to_owned();
        Err(Self { source })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_argo_cd_makes_nothing_of_is_nothing() {
        for nothing in [
            "",
            "# nothing\n",
            "---\n# Source: c/templates/a.yaml\nnull\n",
            "~\n",
            "null # why\n---\n~ # not\n",
            "---\n!!null null\n",
            "kind: List\napiVersion: v1\nitems: []\n",
            "kind: ConfigMapList\nitems:\n",
            "--- ~\n",
        ] {
            assert!(
                NoManifests::check(nothing.as_bytes(), "c").is_err(),
                "{nothing:?}"
            );
        }
        for something in [
            "kind: A\n",
            "~\n---\nkind: A\n",
            "kind: List\nitems: [{kind: A}]\n",
            "a: [\n",
            "--- {kind: A}\n",
        ] {
            assert!(
                NoManifests::check(something.as_bytes(), "c").is_ok(),
                "{something:?}"
            );
        }
    }
}
