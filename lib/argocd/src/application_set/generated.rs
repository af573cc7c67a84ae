//! [`Generated`]: what comes of an ApplicationSet.

use std::fmt;

use homescale_value::Value;

/// What comes of an ApplicationSet.
#[derive(Clone, Debug, Default)]
pub struct Generated {
    /// The Applications as Argo CD creates them, in the order of the generators.
    pub applications: Vec<Value>,
    /// The generators that could not be expanded: more Applications than these may come of the set.
    pub not_expanded: Vec<NotExpanded>,
    /// What was read of repositories, in order, each once.
    pub files: Vec<FileRead>,
}

/// A generator that needs what is not at hand, or an entry without one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotExpanded {
    /// Where it is in the ApplicationSet: `spec.generators[0].matrix.generators[1].pullRequest`.
    pub place: String,
    /// Which generator it is; `None` for an entry that has none which this Argo CD knows.
    pub generator: Option<GeneratorKind>,
    /// What it needs.
    pub reason: NotExpandedReason,
}

/// What a generator needs that is not at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NotExpandedReason {
    /// A generator that the Argo CD knows: it makes nothing of the entry, and says so in its log only.
    NoGenerator,
    /// The answer of a service.
    Service {
        /// The ApplicationSet, by whose name the answer is asked for.
        application_set: String,
    },
    /// The files of a repository.
    Repository {
        /// Its address.
        repo_url: String,
    },
}

/// A kind of generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum GeneratorKind {
    /// `list`: parameters that the ApplicationSet itself has.
    List,
    /// `clusters`: the clusters of Argo CD.
    Clusters,
    /// `git`: directories or files of a Git repository.
    Git,
    /// `scmProvider`: the repositories of an organization.
    ScmProvider,
    /// `clusterDecisionResource`: the clusters that an object of Kubernetes lists.
    ClusterDecisionResource,
    /// `pullRequest`: the open pull requests of a repository.
    PullRequest,
    /// `matrix`: each of one generator with each of another.
    Matrix,
    /// `merge`: one generator, with what others know about the same.
    Merge,
    /// `plugin`: a service of one's own.
    Plugin,
    /// `oci`: directories or files of an OCI artifact.
    Oci,
}

impl GeneratorKind {
    /// The kinds, in the order in which Argo CD looks for them in an entry.
    pub(crate) const ALL: [Self; 10] = [
        Self::List,
        Self::Clusters,
        Self::Git,
        Self::ScmProvider,
        Self::ClusterDecisionResource,
        Self::PullRequest,
        Self::Matrix,
        Self::Merge,
        Self::Plugin,
        Self::Oci,
    ];

    /// The field of an ApplicationSet.
    ///
    /// ```
    /// use homescale_argocd::GeneratorKind;
    ///
    /// assert_eq!(GeneratorKind::PullRequest.field(), "pullRequest");
    /// ```
    pub fn field(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Clusters => "clusters",
            Self::Git => "git",
            Self::ScmProvider => "scmProvider",
            Self::ClusterDecisionResource => "clusterDecisionResource",
            Self::PullRequest => "pullRequest",
            Self::Matrix => "matrix",
            Self::Merge => "merge",
            Self::Plugin => "plugin",
            Self::Oci => "oci",
        }
    }
}

/// A file or directory of a repository that a generator read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileRead {
    /// The address of the repository.
    pub repo_url: String,
    /// The revision.
    pub revision: String,
    /// The path in the repository.
    pub path: String,
    /// Whether it is a directory, of which only the path counts.
    pub is_directory: bool,
}

impl NotExpanded {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match &self.reason {
            NotExpandedReason::NoGenerator => {
                let known = GeneratorKind::ALL.map(GeneratorKind::field);
                format!(
                    "an entry has one of {}; `oci` since Argo CD 3.6",
                    known.join(", ")
                )
            }
            NotExpandedReason::Service { application_set } => {
                let field = self.generator.map(GeneratorKind::field).unwrap_or_default();
                format!(
                    "write its parameters into homescale.yaml, under `generators.{application_set}.{field}`"
                )
            }
            NotExpandedReason::Repository { repo_url } => {
                format!(
                    "say in homescale.yaml, under `repositories`, where a checkout of `{repo_url}` is"
                )
            }
        }
    }
}

impl fmt::Display for NotExpanded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        match &self.reason {
            NotExpandedReason::NoGenerator => {
                f.write_str("there is no generator that this Argo CD has, and nothing comes of it")
            }
            NotExpandedReason::Service { .. } => f.write_str("the generator asks a service"),
            NotExpandedReason::Repository { repo_url } => {
                write!(f, "the repository `{repo_url}` is not at hand")
            }
        }
    }
}
