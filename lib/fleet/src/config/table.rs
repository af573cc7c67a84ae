//! [`FIELDS`]: the table of the fields of `homescale.yaml`, from which the checks, the JSON Schema and the reference are made.
//!
//! Editors show what a row says about its field, and the reference lists it, so it speaks to the author of a file.

use homescale_located::Shape;

use super::model::{ServiceGenerator, Tracking};

/// A field.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// What it is, in sentences.
    pub(crate) about: &'static str,
    pub(crate) is_required: bool,
    /// What holds where it is left out, in words.
    pub(crate) default: Option<&'static str>,
    /// A value that it may have, as JSON.
    pub(crate) example: &'static str,
}

/// What a field may hold; null is always allowed, and says nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Plain(Shape),
    /// A version of a program, which YAML takes for a number where it is not quoted.
    Version(Software),
    /// A list of `group/version`, or `group/version/Kind`.
    ApiVersions,
    /// A file or a directory of the repository.
    Path,
    /// A list of such.
    Paths,
    /// A pattern of doublestar's, for files and directories of the repository.
    Pattern,
    /// A directory of this machine.
    Directory,
    /// The address of a Kubernetes API.
    Server,
    /// A time such as `45s`.
    Time,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A map from rules to severities.
    Severities,
    /// A map with these fields.
    Map(&'static [Field]),
    /// A list of maps with these fields.
    List(&'static [Field]),
    /// A map from names to maps with these fields.
    Named(&'static [Field]),
}

/// What has a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Software {
    ArgoCd,
    Kubernetes,
    Kustomize,
}

/// How bad findings may be said to be. `off` is a boolean for YAML 1.1, and counts so, too.
pub(crate) const SEVERITIES: [&str; 4] = ["off", "note", "warning", "error"];

const TRACKINGS: [&str; 3] = [
    Tracking::Label.name(),
    Tracking::Annotation.name(),
    Tracking::AnnotationAndLabel.name(),
];

const fn field(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    example: &'static str,
) -> Field {
    Field {
        name,
        kind,
        about,
        is_required: false,
        default: None,
        example,
    }
}

impl Field {
    const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }
}

/// The fields, in the order of the documentation.
pub(crate) static FIELDS: &[Field] = &[
    field(
        "argocd",
        Kind::Version(Software::ArgoCd),
        "The version of Argo CD, where a cluster does not say its own. It decides which Helm renders.",
        r#""3.5""#,
    )
    .default("the newest that is known"),
    field(
        "kubernetes",
        Kind::Version(Software::Kubernetes),
        "The version of Kubernetes, where a cluster does not say its own.",
        r#""1.34""#,
    )
    .default("the one that the Helm of that Argo CD has built in"),
    field(
        "apiVersions",
        Kind::ApiVersions,
        "The API versions beyond those that Helm knows without a cluster, where a cluster does not say its own: `group/version`, or `group/version/Kind`.",
        r#"["monitoring.coreos.com/v1"]"#,
    ),
    field(
        "roots",
        Kind::List(ROOTS),
        "Where to start: what somebody applies to an Argo CD by hand, and all else comes from.",
        r#"[{"path": "clusters/*/apps.yaml"}]"#,
    )
    .default("the bootstrap files of the catalog, else every Application and ApplicationSet that is committed"),
    field(
        "clusters",
        Kind::List(CLUSTERS),
        "The clusters that Argo CD knows, as its cluster secrets say them, and what each can.",
        r#"[{"name": "east", "server": "https://east.example.com", "labels": {"env": "prod"}}]"#,
    ),
    field(
        "repositories",
        Kind::List(REPOSITORIES),
        "Which addresses of repositories are on this disk. What is none of them cannot be followed.",
        r#"[{"url": "https://git.example.com/team/fleet.git", "path": "."}]"#,
    )
    .default("this checkout, by the addresses of its remotes"),
    field(
        "generators",
        Kind::Named(GENERATORS),
        "What the generators of ApplicationSets get that ask a service, by the name of the ApplicationSet and the kind of the generator: a list with the parameters of each element. Without it they are not expanded; an empty list is an answer without elements.",
        r#"{"previews": {"pullRequest": [{"number": "12", "branch": "new-login"}]}}"#,
    ),
    field(
        "kustomize",
        Kind::Map(KUSTOMIZE),
        "How Kustomize is run, for sources that are its.",
        r#"{"program": "kustomize", "version": "5.8.1"}"#,
    )
    .default("it is not run, and its sources are skipped"),
    field(
        "severities",
        Kind::Severities,
        "How bad findings are, by the name of their rule: `off`, `note`, `warning` or `error`.",
        r#"{"missing-file": "warning"}"#,
    ),
    field(
        "tracking",
        Kind::Word(&TRACKINGS),
        "How Argo CD marks what it applies, which `--as-applied` adds: `application.resourceTrackingMethod` of its settings.",
        r#""annotation+label""#,
    )
    .default("`annotation`"),
    field(
        "instanceLabelKey",
        Kind::Plain(Shape::Text),
        "The label of the mark: `application.instanceLabelKey` of Argo CD's settings.",
        r#""argocd.example.com/instance""#,
    )
    .default("`app.kubernetes.io/instance`"),
];

/// Where to start.
static ROOTS: &[Field] = &[
    field(
        "path",
        Kind::Pattern,
        "Files, directories or charts, from the root of the repository: a path, or a pattern with `*`, `**`, `?`, `[a-z]` and `{a,b}`.",
        r#""clusters/*/apps.yaml""#,
    )
    .required(),
    field(
        "cluster",
        Kind::Plain(Shape::Text),
        "The cluster whose Argo CD reads it: the name of one of `clusters`.",
        r#""east""#,
    ),
    field(
        "releaseName",
        Kind::Plain(Shape::Text),
        "Helm's release name, of a chart.",
        r#""science-platform""#,
    )
    .default("the name of the directory"),
    field(
        "namespace",
        Kind::Plain(Shape::Text),
        "The namespace of the release, of a chart; and that of Applications that do not say theirs.",
        r#""argocd""#,
    )
    .default("`argocd`"),
    field(
        "valueFiles",
        Kind::Paths,
        "Value files of a chart, from the root of the repository; a later one overrides an earlier one.",
        r#"["environments/values-east.yaml"]"#,
    ),
    field(
        "values",
        Kind::Plain(Shape::Map),
        "Values of a chart, over those of the files.",
        r#"{"environment": "east"}"#,
    ),
];

/// A cluster.
static CLUSTERS: &[Field] = &[
    field(
        "name",
        Kind::Plain(Shape::Text),
        "Its name, by which destinations and this file know it.",
        r#""east""#,
    )
    .required(),
    field(
        "server",
        Kind::Server,
        "The address of its API, by which destinations know it.",
        r#""https://east.example.com""#,
    )
    .default("none; `https://kubernetes.default.svc` where `inCluster` holds"),
    field(
        "project",
        Kind::Plain(Shape::Text),
        "The project of Argo CD to which the cluster belongs.",
        r#""default""#,
    ),
    field(
        "labels",
        Kind::Plain(Shape::TextMap),
        "The labels of its secret, which generators select by.",
        r#"{"env": "prod"}"#,
    ),
    field(
        "annotations",
        Kind::Plain(Shape::TextMap),
        "The annotations of its secret, which generators hand on.",
        r#"{"example.com/region": "eu-1"}"#,
    ),
    field(
        "argocd",
        Kind::Version(Software::ArgoCd),
        "The version of the Argo CD that deploys to it.",
        r#""3.4""#,
    )
    .default("`argocd` at the top"),
    field(
        "kubernetes",
        Kind::Version(Software::Kubernetes),
        "Its version of Kubernetes.",
        r#""1.33.2""#,
    )
    .default("`kubernetes` at the top"),
    field(
        "apiVersions",
        Kind::ApiVersions,
        "Its API versions beyond those that Helm knows without a cluster.",
        r#"["monitoring.coreos.com/v1"]"#,
    )
    .default("`apiVersions` at the top"),
    field(
        "capabilities",
        Kind::Path,
        "A file that `helm-catalog capabilities capture` wrote, from the root of the repository, in place of `kubernetes` and `apiVersions`.",
        r#""clusters/east/capabilities.yaml""#,
    ),
    field(
        "inCluster",
        Kind::Plain(Shape::Boolean),
        "Whether it is the cluster on which its Argo CD runs: the one that the destinations `https://kubernetes.default.svc` and `in-cluster` mean.",
        "true",
    )
    .default("`true` where `server` or `name` is one of the two, else `false`"),
];

/// A repository that is on this disk.
static REPOSITORIES: &[Field] = &[
    field(
        "url",
        Kind::Plain(Shape::Text),
        "The address, as sources say it: with or without `.git`, by HTTPS or SSH.",
        r#""https://git.example.com/team/fleet.git""#,
    )
    .required(),
    field(
        "path",
        Kind::Directory,
        "Its directory, relative to that of this file: `.` is this checkout, `../charts` another one beside it.",
        r#""../charts""#,
    )
    .required(),
];

/// Generators that ask a service, by kind.
static GENERATORS: &[Field] = &[
    field(
        ServiceGenerator::ScmProvider.name(),
        Kind::Plain(Shape::Maps),
        "Repositories that a host such as GitHub has.",
        r#"[{"organization": "team", "repository": "shop", "branch": "main"}]"#,
    ),
    field(
        ServiceGenerator::PullRequest.name(),
        Kind::Plain(Shape::Maps),
        "Pull requests of a repository.",
        r#"[{"number": "12", "branch": "new-login"}]"#,
    ),
    field(
        ServiceGenerator::Plugin.name(),
        Kind::Plain(Shape::Maps),
        "What a plugin of a team's own answers.",
        r#"[{"tenant": "blue"}]"#,
    ),
    field(
        ServiceGenerator::ClusterDecisionResource.name(),
        Kind::Plain(Shape::Maps),
        "The clusters that a custom resource lists.",
        r#"[{"name": "east", "server": "https://east.example.com"}]"#,
    ),
    field(
        ServiceGenerator::Oci.name(),
        Kind::Plain(Shape::Maps),
        "Files or directories of an OCI artifact, since Argo CD 3.6.",
        r#"[{"path": "apps/web"}]"#,
    ),
];

/// How Kustomize is run.
static KUSTOMIZE: &[Field] = &[
    field(
        "program",
        Kind::Plain(Shape::Text),
        "The program: its name, or its absolute path; it cannot be in the repository.",
        r#""kustomize""#,
    )
    .default("none: sources of Kustomize's are skipped"),
    field(
        "version",
        Kind::Version(Software::Kustomize),
        "The version that it must have.",
        r#""5.8.1""#,
    )
    .default("that of the Argo CD"),
    field(
        "buildOptions",
        Kind::Plain(Shape::Text),
        "Further arguments of `kustomize build`: `kustomize.buildOptions` of Argo CD's settings.",
        r#""--enable-helm""#,
    ),
    field(
        "network",
        Kind::Plain(Shape::Boolean),
        "Whether it may use the network, for remote bases.",
        "true",
    )
    .default("`false`"),
    field(
        "timeout",
        Kind::Time,
        "How long it may take for one source.",
        r#""60s""#,
    )
    .default("`90s`, as in Argo CD"),
];

/// The fields of a file that `capabilities` of a cluster names.
pub(crate) static CAPABILITIES: &[Field] = &[
    field(
        "kubernetes",
        Kind::Version(Software::Kubernetes),
        "The version of Kubernetes.",
        r#""1.33.2""#,
    )
    .required(),
    field(
        "apiVersions",
        Kind::ApiVersions,
        "The API versions that the cluster has.",
        r#"["apps/v1", "v1"]"#,
    )
    .required(),
];
