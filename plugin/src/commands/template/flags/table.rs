//! The table of flags. A row is a flag of `helm template`, or one of our own.

use homescale_chart::CommandLine;

/// A flag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flag {
    /// The long name, without dashes.
    pub(super) name: &'static str,
    /// The letter, if it has one.
    pub(super) short: Option<char>,
    /// What values it takes.
    pub(super) kind: Kind,
    /// Where its value stands in the help.
    pub(super) value: &'static str,
    /// What the help says.
    pub(super) about: &'static str,
    /// Under which heading.
    pub(super) heading: &'static str,
    /// The only Helm that has it.
    pub(super) only: Option<CommandLine>,
    /// What Helm says of a flag that is going away: `use … instead`.
    pub(super) deprecated: Option<&'static str>,
    /// What becomes of it.
    pub(super) effect: Effect,
}

/// What values a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// None, or a boolean after `=`.
    Switch,
    /// One; the last wins.
    Text,
    /// One each time.
    Texts,
    /// Several, between commas, each time.
    List,
    /// `key=value`, several between commas.
    Labels,
    /// A whole number.
    Whole,
    /// A number.
    Single,
    /// A time: `5m0s`.
    Duration,
    /// `client` or `server`.
    DryRun,
    /// How to wait.
    Wait,
    /// `never`, `auto` or `always`.
    Color,
    /// The name of a post-renderer, given once.
    PostRenderer,
}

/// What becomes of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    /// It changes what is rendered or printed.
    Used,
    /// It concerns an installation, or the way to a cluster or a registry: nothing that shows here.
    Ignored,
    /// We cannot do what it asks for, and say why.
    Refused(&'static str),
}

impl Flag {
    /// Whether this command line has the flag.
    pub(super) fn is_in(&self, line: CommandLine) -> bool {
        self.only.is_none_or(|only| only == line)
    }

    const fn short(mut self, letter: char) -> Self {
        self.short = Some(letter);
        self
    }

    const fn only(mut self, line: CommandLine) -> Self {
        self.only = Some(line);
        self
    }

    const fn deprecated(mut self, instead: &'static str) -> Self {
        self.deprecated = Some(instead);
        self
    }

    const fn refused(mut self, reason: &'static str) -> Self {
        self.effect = Effect::Refused(reason);
        self
    }
}

/// A flag that has an effect.
const fn flag(
    heading: &'static str,
    name: &'static str,
    kind: Kind,
    value: &'static str,
    about: &'static str,
) -> Flag {
    Flag {
        name,
        short: None,
        kind,
        value,
        about,
        heading,
        only: None,
        deprecated: None,
        effect: Effect::Used,
    }
}

/// A flag that has none.
const fn ignored(name: &'static str, kind: Kind) -> Flag {
    let mut row = flag("", name, kind, "", "");
    row.effect = Effect::Ignored;
    row
}

const VALUES: &str = "Values";
const RELEASE: &str = "Release";
const CLUSTER: &str = "Cluster";
const OUTPUT: &str = "Output";
const CHART: &str = "Chart";
const OURS: &str = "Options of our own";

const NO_CLUSTER: &str = "it needs a cluster, and this program never talks to one";

use CommandLine::{Helm3, Helm4};
use Kind::{
    Color, DryRun, Duration, Labels, List, PostRenderer, Single, Switch, Text, Texts, Wait, Whole,
};

/// Every flag, by heading.
pub(super) const FLAGS: &[Flag] = &[
    flag(VALUES, "values", List, "FILE", "A file of values; `-` is standard input. Repeat it for several, stronger ones last").short('f'),
    flag(VALUES, "set", Texts, "VALUES", "Values on the command line: `key=value,list[0].key=value`"),
    flag(VALUES, "set-string", Texts, "VALUES", "The same, but every value is a string"),
    flag(VALUES, "set-json", Texts, "VALUES", "The same, but every value is JSON"),
    flag(VALUES, "set-file", Texts, "VALUES", "The same, but every value is the path of a file that holds it"),
    flag(VALUES, "set-literal", Texts, "VALUE", "One value, taken as it stands"),
    flag(VALUES, "skip-schema-validation", Switch, "", "Do not check the values against `values.schema.json`"),

    flag(RELEASE, "namespace", Text, "NAMESPACE", "The namespace of the release (default: $HELM_NAMESPACE, else `default`)").short('n'),
    flag(RELEASE, "name-template", Text, "TEMPLATE", "A template that gives the name of the release"),
    flag(RELEASE, "generate-name", Switch, "", "Take no NAME argument; as in Helm, the name is still `release-name`").short('g'),
    flag(RELEASE, "is-upgrade", Switch, "", "Render as for an upgrade, not an install"),
    flag(RELEASE, "labels", Labels, "LABELS", "Labels of the release: only checked").short('l'),

    flag(CLUSTER, "kube-version", Text, "VERSION", "The version of Kubernetes for `.Capabilities`"),
    flag(CLUSTER, "api-versions", List, "VERSION", "A further API version for `.Capabilities`; repeat it for several").short('a'),
    flag(CLUSTER, "enable-dns", Switch, "", "Let `getHostByName` resolve names"),
    flag(CLUSTER, "dry-run", DryRun, "STRATEGY", "`client`; `server` needs a cluster and is refused"),
    flag(CLUSTER, "validate", Switch, "", "Validate against a cluster").only(Helm3).refused(NO_CLUSTER),
    flag(CLUSTER, "validate", Switch, "", "Validate against a cluster").only(Helm4).deprecated("use '--dry-run=server' instead").refused(NO_CLUSTER),

    flag(OUTPUT, "show-only", Texts, "TEMPLATE", "Print only what this template gave (a glob, from the root of the chart); repeat it for several").short('s'),
    flag(OUTPUT, "include-crds", Switch, "", "Print the files below `crds/` too"),
    flag(OUTPUT, "skip-tests", Switch, "", "Leave out tests"),
    flag(OUTPUT, "no-hooks", Switch, "", "Leave out hooks"),
    flag(OUTPUT, "output-dir", Text, "DIR", "Write a file for each template below this folder instead of printing"),
    flag(OUTPUT, "release-name", Switch, "", "Put the name of the release into the paths below --output-dir"),
    flag(OUTPUT, "post-renderer", PostRenderer, "NAME", "What the manifests go through: `catalog`, our own; a plugin, as Helm 4; the path of an executable"),
    flag(OUTPUT, "post-renderer-args", Texts, "ARGUMENT", "An argument of the post-renderer; repeat it for several"),
    flag(OUTPUT, "debug", Switch, "", "Say more on standard error; print invalid YAML too (default: $HELM_DEBUG)"),

    flag(CHART, "repo", Text, "URL", "A repository of charts").refused("charts are not downloaded; get it with `helm pull`, and name the file"),
    flag(CHART, "verify", Switch, "", "Verify the signature of the chart").refused("signatures are not checked; check it with `helm verify`"),
    flag(CHART, "dependency-update", Switch, "", "Download missing dependencies: refused where some are"),
    ignored("version", Text),
    ignored("devel", Switch),
    ignored("ca-file", Text),
    ignored("cert-file", Text),
    ignored("key-file", Text),
    ignored("keyring", Text),
    ignored("insecure-skip-tls-verify", Switch),
    ignored("pass-credentials", Switch),
    ignored("password", Text),
    ignored("plain-http", Switch),
    ignored("username", Text),

    flag(OURS, "helm-version", Text, "VERSION", "Which Helm to be: a version such as 4.1 or v3.19.4, a major version, or latest"),
    flag(OURS, "seed-file", Text, "FILE", "Derive what is random from the secret in FILE, so that a render repeats [env: HELM_CATALOG_SEED_FILE]"),
    flag(OURS, "seed-time", Text, "TIME", "With a seed, what time it is (RFC 3339) [env: SOURCE_DATE_EPOCH] [default: 2026-01-01T00:00:00Z]"),
    flag(OURS, "report-nondeterminism", Switch, "", "Say on standard error which calls give something else each time"),
    flag(OURS, "limit", Text, "NAME=N,…", "How much the chart may cause: `work` in steps, `output` and `memory` in bytes, `depth` of includes, `text` and `elements` of a value, number of `values`"),
    flag(OURS, "help", Switch, "", "Print help").short('h'),

    ignored("skip-crds", Switch),
    ignored("atomic", Switch).only(Helm3),
    ignored("atomic", Switch).only(Helm4).deprecated("use --rollback-on-failure instead"),
    ignored("create-namespace", Switch),
    ignored("description", Text),
    ignored("disable-openapi-validation", Switch),
    ignored("force", Switch).only(Helm3),
    ignored("force", Switch).only(Helm4).deprecated("use --force-replace instead"),
    ignored("force-conflicts", Switch).only(Helm4),
    ignored("force-replace", Switch).only(Helm4),
    ignored("hide-notes", Switch),
    ignored("render-subchart-notes", Switch),
    ignored("replace", Switch),
    ignored("rollback-on-failure", Switch).only(Helm4),
    ignored("server-side", Switch).only(Helm4),
    ignored("take-ownership", Switch),
    ignored("timeout", Duration),
    ignored("wait", Switch).only(Helm3),
    ignored("wait", Wait).only(Helm4),
    ignored("wait-for-jobs", Switch),

    ignored("burst-limit", Whole),
    ignored("color", Color).only(Helm4),
    ignored("colour", Color).only(Helm4),
    ignored("content-cache", Text).only(Helm4),
    ignored("kube-apiserver", Text),
    ignored("kube-as-group", Texts),
    ignored("kube-as-user", Text),
    ignored("kube-ca-file", Text),
    ignored("kube-context", Text),
    ignored("kube-insecure-skip-tls-verify", Switch),
    ignored("kube-tls-server-name", Text),
    ignored("kube-token", Text),
    ignored("kubeconfig", Text),
    ignored("qps", Single),
    ignored("registry-config", Text),
    ignored("repository-cache", Text),
    ignored("repository-config", Text),

    // Those of Kubernetes' logger, which Helm has and hides.
    ignored("add-dir-header", Switch),
    ignored("alsologtostderr", Switch),
    ignored("log-backtrace-at", Text),
    ignored("log-dir", Text),
    ignored("log-file", Text),
    ignored("log-file-max-size", Text),
    ignored("logtostderr", Switch),
    ignored("one-output", Switch),
    ignored("skip-headers", Switch),
    ignored("skip-log-headers", Switch),
    ignored("stderrthreshold", Text),
    ignored("v", Whole).short('v'),
    ignored("vmodule", Text),
];

/// The flags that are about notes, which `helm template` never prints.
pub(super) const OF_NOTES: [&str; 2] = ["hide-notes", "render-subchart-notes"];

/// What newer Helms say of them.
pub(super) const WITHOUT_NOTES: &str =
    "this flag has no effect for 'helm template' and will be removed in Helm 5";

/// The flags of which only one may be given, each with the Helm that says so; in the order in which they are checked.
pub(super) const EXCLUSIVE: &[(&[&str], CommandLine)] = &[
    (&["force", "force-conflicts"], Helm4),
    (&["force-replace", "force-conflicts"], Helm4),
    (&["validate", "dry-run"], Helm4),
];
