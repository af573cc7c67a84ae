//! [`Config`]: what `homescale.yaml` says.

use std::collections::BTreeMap;
use std::time::Duration;

use homescale_argocd::ArgoCdVersion;
use homescale_located::{Diagnostics, Location, Node, Severity};

/// What `homescale.yaml` says. Without the file it is the default: nothing, for all of which there is a default.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The version of Argo CD, where a cluster does not say its own.
    pub argocd: Option<ArgoCdVersion>,
    /// The version of Kubernetes, where a cluster does not say its own: `1.34`.
    pub kubernetes: Option<String>,
    /// The API versions beyond those that Helm knows, where a cluster does not say its own.
    pub api_versions: Vec<String>,
    /// Where to start.
    pub roots: Vec<Root>,
    /// The clusters, each name and each server once.
    pub clusters: Vec<ClusterConfig>,
    /// Which repositories are on this disk, each once.
    pub repositories: Vec<RepositoryConfig>,
    /// What the generators of ApplicationSets get that ask a service, by the ApplicationSet's name.
    pub generators: BTreeMap<String, GeneratorConfig>,
    /// How Kustomize is run.
    pub kustomize: Option<KustomizeConfig>,
    /// How bad findings are, by the name of their rule.
    pub severities: BTreeMap<String, SeverityConfig>,
    /// How Argo CD marks what it applies.
    pub tracking: Option<Tracking>,
    /// The label by which Argo CD marks what it applies.
    pub instance_label_key: Option<String>,
    /// What may be so, but is probably not meant.
    pub notes: Diagnostics,
}

/// Where to start.
#[derive(Clone, Debug, Default)]
pub struct Root {
    /// A pattern of doublestar's, from the root of the repository: files, directories or charts.
    pub path: String,
    /// The name of the cluster whose Argo CD reads it.
    pub cluster: Option<String>,
    /// Helm's release name, of a chart.
    pub release_name: Option<String>,
    /// The namespace of the release, of a chart.
    pub namespace: Option<String>,
    /// Value files of a chart, from the root of the repository.
    pub value_files: Vec<String>,
    /// Values of a chart, a map or null.
    pub values: Node,
    /// Where it is said.
    pub location: Location,
}

/// A cluster, as the cluster secrets of Argo CD say it, and what it can.
#[derive(Clone, Debug, Default)]
pub struct ClusterConfig {
    /// Its name.
    pub name: String,
    /// The address of its API.
    pub server: Option<String>,
    /// The project of Argo CD to which it belongs.
    pub project: Option<String>,
    /// The labels of its secret.
    pub labels: BTreeMap<String, String>,
    /// The annotations of its secret.
    pub annotations: BTreeMap<String, String>,
    /// The version of its Argo CD.
    pub argocd: Option<ArgoCdVersion>,
    /// Its version of Kubernetes.
    pub kubernetes: Option<String>,
    /// Its API versions, where they are said: an empty list is none.
    pub api_versions: Option<Vec<String>>,
    /// The file with its [`Capabilities`](super::Capabilities), from the root of the repository; the two above are not said then.
    pub capabilities: Option<String>,
    /// Whether it is the cluster on which its Argo CD runs.
    pub in_cluster: bool,
    /// Where it is said.
    pub location: Location,
}

/// A repository that is on this disk.
#[derive(Clone, Debug, Default)]
pub struct RepositoryConfig {
    /// Its address.
    pub url: String,
    /// Its directory, relative to that of `homescale.yaml`; it may lead out of the repository.
    pub path: String,
    /// Where it is said.
    pub location: Location,
}

/// What the generators of one ApplicationSet get that ask a service.
#[derive(Clone, Debug, Default)]
pub struct GeneratorConfig {
    /// The parameters of each element, maps, by the kind of the generator. An empty list is an answer without elements.
    pub parameters: BTreeMap<ServiceGenerator, Vec<Node>>,
    /// Where it is said.
    pub location: Location,
}

/// A kind of generator that asks a service: what a checkout cannot answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ServiceGenerator {
    /// Repositories of a host such as GitHub.
    ScmProvider,
    /// Pull requests of a repository.
    PullRequest,
    /// A plugin of the team's own.
    Plugin,
    /// A custom resource that lists clusters.
    ClusterDecisionResource,
    /// Files and directories of an OCI artifact, since Argo CD 3.6.
    Oci,
}

impl ServiceGenerator {
    /// Each of them.
    pub const ALL: [Self; 5] = [
        Self::ScmProvider,
        Self::PullRequest,
        Self::Plugin,
        Self::ClusterDecisionResource,
        Self::Oci,
    ];

    /// Its field in a generator of an ApplicationSet: `pullRequest`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ScmProvider => "scmProvider",
            Self::PullRequest => "pullRequest",
            Self::Plugin => "plugin",
            Self::ClusterDecisionResource => "clusterDecisionResource",
            Self::Oci => "oci",
        }
    }
}

/// How Kustomize is run.
#[derive(Clone, Debug, Default)]
pub struct KustomizeConfig {
    /// The program; without it, nothing is rendered by Kustomize.
    pub program: Option<String>,
    /// The version that it must have.
    pub version: Option<String>,
    /// Further arguments of `kustomize build`, divided by blanks.
    pub build_options: Option<String>,
    /// Whether it may use the network.
    pub network: bool,
    /// How long it may take.
    pub timeout: Option<Duration>,
    /// Where it is said.
    pub location: Location,
}

/// How bad the findings of a rule are.
#[derive(Clone, Debug, Default)]
pub struct SeverityConfig {
    /// How bad; none where they are not told at all.
    pub severity: Option<Severity>,
    /// Where it is said.
    pub location: Location,
}

/// How Argo CD marks what it applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tracking {
    /// By a label.
    Label,
    /// By an annotation.
    #[default]
    Annotation,
    /// By an annotation, and a label for others to see.
    AnnotationAndLabel,
}

impl Tracking {
    /// Each of them.
    pub const ALL: [Self; 3] = [Self::Label, Self::Annotation, Self::AnnotationAndLabel];

    /// What Argo CD calls it: `annotation+label`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Annotation => "annotation",
            Self::AnnotationAndLabel => "annotation+label",
        }
    }
}
