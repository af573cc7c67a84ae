//! [`SourceKind`]: which tool renders a source.

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SourceKind {
    /// A chart.
    Helm,
    /// A kustomization.
    Kustomize,
    /// A directory of manifests.
    Directory,
    /// What a config management plugin renders.
    Plugin,
    /// Nothing: other sources read its files.
    ReferenceOnly,
}

impl SourceKind {
    /// What Argo CD calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Helm => "Helm",
            Self::Kustomize => "Kustomize",
            Self::Directory => "Directory",
            Self::Plugin => "Plugin",
            Self::ReferenceOnly => "reference only",
        }
    }
}
