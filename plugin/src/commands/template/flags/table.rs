//! The table of flags. A row is a flag of `helm template`, or one of our own.

use homescale_chart::CommandLine;

use super::given::Flags;

/// A flag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flag {
    /// The long name, without dashes.
    pub(super) name: &'static str,
    /// The letter, if it has one.
    pub(super) short: Option<char>,
    /// What values it takes.
    pub(super) kind: Kind,
    /// Where they go.
    pub(super) field: Field,
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

/// Where the values of a flag go.
#[derive(Clone, Copy, Debug)]
pub(super) enum Field {
    /// Nowhere: they are only checked.
    None,
    /// Whether it is set.
    Switch(fn(&mut Flags) -> &mut bool),
    /// Whether it is set, if it was given.
    Choice(fn(&mut Flags) -> &mut Option<bool>),
    /// The last value.
    Text(fn(&mut Flags) -> &mut Option<String>),
    /// The last value, unless it is empty: then the flag counts as not given.
    Name(fn(&mut Flags) -> &mut Option<String>),
    /// All values.
    Texts(fn(&mut Flags) -> &mut Vec<String>),
    /// The names of post-renderers.
    PostRenderers,
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

/// The row of a flag that this command line has.
pub(super) fn find(name: &str, line: CommandLine) -> Option<&'static Flag> {
    FLAGS
        .iter()
        .find(|flag| flag.name == name && flag.is_in(line))
}

/// A flag that has an effect.
const fn flag(
    heading: &'static str,
    name: &'static str,
    kind: Kind,
    field: Field,
    value: &'static str,
    about: &'static str,
) -> Flag {
    Flag {
        name,
        short: None,
        kind,
        field,
        value,
        about,
        heading,
        only: None,
        deprecated: None,
        effect: Effect::Used,
    }
}

const fn switch(
    heading: &'static str,
    name: &'static str,
    field: fn(&mut Flags) -> &mut bool,
    about: &'static str,
) -> Flag {
    flag(heading, name, Switch, Field::Switch(field), "", about)
}

const fn text(
    heading: &'static str,
    name: &'static str,
    field: fn(&mut Flags) -> &mut Option<String>,
    value: &'static str,
    about: &'static str,
) -> Flag {
    flag(heading, name, Text, Field::Name(field), value, about)
}

const fn texts(
    heading: &'static str,
    name: &'static str,
    kind: Kind,
    field: fn(&mut Flags) -> &mut Vec<String>,
    value: &'static str,
    about: &'static str,
) -> Flag {
    flag(heading, name, kind, Field::Texts(field), value, about)
}

/// A flag that has none.
const fn ignored(name: &'static str, kind: Kind) -> Flag {
    let mut row = flag("", name, kind, Field::None, "", "");
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
    texts(VALUES, "values", List, |f| &mut f.values, "FILE", "A file of values; `-` is standard input. Repeat it for several, stronger ones last").short('f'),
    texts(VALUES, "set", Texts, |f| &mut f.set, "VALUES", "Values on the command line: `key=value,list[0].key=value`"),
    texts(VALUES, "set-string", Texts, |f| &mut f.set_string, "VALUES", "The same, but every value is a string"),
    texts(VALUES, "set-json", Texts, |f| &mut f.set_json, "VALUES", "The same, but every value is JSON"),
    texts(VALUES, "set-file", Texts, |f| &mut f.set_file, "VALUES", "The same, but every value is the path of a file that holds it"),
    texts(VALUES, "set-literal", Texts, |f| &mut f.set_literal, "VALUE", "One value, taken as it stands"),
    switch(VALUES, "skip-schema-validation", |f| &mut f.skip_schema_validation, "Do not check the values against `values.schema.json`"),

    flag(RELEASE, "namespace", Text, Field::Text(|f| &mut f.kube.namespace), "NAMESPACE", "The namespace of the release (default: $HELM_NAMESPACE, else that of the kubeconfig's context, else `default`)").short('n'),
    flag(RELEASE, "kubeconfig", Text, Field::Text(|f| &mut f.kube.kubeconfig), "FILE", "Where the namespace is looked for (default: the files of $KUBECONFIG, else ~/.kube/config)"),
    flag(RELEASE, "kube-context", Text, Field::Text(|f| &mut f.kube.context), "NAME", "The context whose namespace counts (default: $HELM_KUBECONTEXT, else the current one)"),
    text(RELEASE, "name-template", |f| &mut f.name_template, "TEMPLATE", "A template that gives the name of the release"),
    switch(RELEASE, "generate-name", |f| &mut f.generate_name, "Take no NAME argument; as in Helm, the name is still `release-name`").short('g'),
    switch(RELEASE, "is-upgrade", |f| &mut f.is_upgrade, "Render as for an upgrade, not an install"),
    texts(RELEASE, "labels", Labels, |f| &mut f.labels, "LABELS", "Labels of the release: only checked").short('l'),

    text(CLUSTER, "kube-version", |f| &mut f.kube_version, "VERSION", "The version of Kubernetes for `.Capabilities`"),
    texts(CLUSTER, "api-versions", List, |f| &mut f.api_versions, "VERSION", "A further API version for `.Capabilities`; repeat it for several").short('a'),
    switch(CLUSTER, "enable-dns", |f| &mut f.enable_dns, "Let `getHostByName` resolve names"),
    flag(CLUSTER, "dry-run", DryRun, Field::Text(|f| &mut f.dry_run), "STRATEGY", "`client`; `server` needs a cluster and is refused; as Helm 3, only its `lookup` is"),
    flag(CLUSTER, "validate", Switch, Field::None, "", "Validate against a cluster").only(Helm3).refused(NO_CLUSTER),
    flag(CLUSTER, "validate", Switch, Field::None, "", "Validate against a cluster").only(Helm4).deprecated("use '--dry-run=server' instead").refused(NO_CLUSTER),

    texts(OUTPUT, "show-only", Texts, |f| &mut f.show_only, "TEMPLATE", "Print only what this template gave (a glob, from the root of the chart); repeat it for several").short('s'),
    switch(OUTPUT, "include-crds", |f| &mut f.include_crds, "Print the files below `crds/` too"),
    switch(OUTPUT, "skip-tests", |f| &mut f.skip_tests, "Leave out tests"),
    switch(OUTPUT, "no-hooks", |f| &mut f.no_hooks, "Leave out hooks"),
    text(OUTPUT, "output-dir", |f| &mut f.output_dir, "DIR", "Write a file for each template below this directory instead of printing"),
    switch(OUTPUT, "release-name", |f| &mut f.release_name, "Put the name of the release into the paths below --output-dir"),
    flag(OUTPUT, "post-renderer", PostRenderer, Field::PostRenderers, "NAME", "What the manifests go through: `catalog`, our own; a plugin, as Helm 4; the path of an executable"),
    texts(OUTPUT, "post-renderer-args", Texts, |f| &mut f.post_renderer_args, "ARGUMENT", "An argument of the post-renderer; repeat it for several"),
    flag(OUTPUT, "debug", Switch, Field::Choice(|f| &mut f.debug), "", "Say more on standard error; print invalid YAML too (default: $HELM_DEBUG)"),

    flag(CHART, "repo", Text, Field::None, "URL", "A repository of charts").refused("charts are not downloaded; get it with `helm pull`, and name the file"),
    flag(CHART, "verify", Switch, Field::None, "", "Verify the signature of the chart").refused("signatures are not checked; check it with `helm verify`"),
    switch(CHART, "dependency-update", |f| &mut f.dependency_update, "Download missing dependencies: refused where some are"),
    Flag { field: Field::Name(|f| &mut f.version), ..ignored("version", Text) },
    Flag { field: Field::Switch(|f| &mut f.devel), ..ignored("devel", Switch) },
    ignored("ca-file", Text),
    ignored("cert-file", Text),
    ignored("key-file", Text),
    ignored("keyring", Text),
    ignored("insecure-skip-tls-verify", Switch),
    ignored("pass-credentials", Switch),
    ignored("password", Text),
    ignored("plain-http", Switch),
    ignored("username", Text),

    flag(OURS, "helm-version", Text, Field::None, "VERSION", "Which Helm to be: a version such as 4.1 or v3.19.4, a major version, or latest"),
    text(OURS, "seed-file", |f| &mut f.seed_file, "FILE", "Derive what is random from the secret in FILE, so that a render repeats [env: HELM_CATALOG_SEED_FILE]"),
    text(OURS, "seed-time", |f| &mut f.seed_time, "TIME", "With a seed, what time it is (RFC 3339) [env: SOURCE_DATE_EPOCH] [default: 2026-01-01T00:00:00Z]"),
    switch(OURS, "report-nondeterminism", |f| &mut f.report_nondeterminism, "Say on standard error which calls give something else each time"),
    text(OURS, "limit", |f| &mut f.limit, "NAME=N,…", "How much the chart may cause: `fuel` in steps, `output` and `memory` in bytes, `depth` of includes, `text` and `elements` of a value, number of `values` and `charts`"),
    text(OURS, "max-memory", |f| &mut f.max_memory, "SIZE", "End with a message when the process takes more memory [default: 4Gi]; on Linux only"),
    switch(OURS, "help", |f| &mut f.help, "Print help").short('h'),

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
    Flag { field: Field::Texts(|f| &mut f.kube.as_groups), ..ignored("kube-as-group", Texts) },
    Flag { field: Field::Text(|f| &mut f.kube.as_user), ..ignored("kube-as-user", Text) },
    Flag { field: Field::Text(|f| &mut f.kube.ca_file), ..ignored("kube-ca-file", Text) },
    Flag { field: Field::Choice(|f| &mut f.kube.insecure), ..ignored("kube-insecure-skip-tls-verify", Switch) },
    ignored("kube-tls-server-name", Text),
    Flag { field: Field::Text(|f| &mut f.kube.token), ..ignored("kube-token", Text) },
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
