//! [`RULES`]: everything that a [`Diagnostic`](homescale_located::Diagnostic) can be about.

use homescale_located::Rule;

pub(crate) use homescale_located::rule::{
    BOOLEAN_KEY, DUPLICATE_KEY, INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE, YAML,
};
pub(crate) use homescale_manifest::{LIST_REPLACED, PATCH};

/// Every rule: errors first, then warnings, then notes. `helm-catalog lint --explain` and `docs/rules.md` are made of them.
pub static RULES: &[&Rule] = &[
    &NO_CATALOG,
    &UNKNOWN_NAME,
    &YAML,
    &BOOTSTRAP,
    &CATALOG_VALUES,
    &WRONG_TYPE,
    &MISSING_FIELD,
    &INVALID_NAME,
    &INVALID_VALUE,
    &MISSING_PATH,
    &MISSING_FILE,
    &DUPLICATE_RELEASE,
    &TOO_LARGE,
    &TEMPLATE,
    &PATCH,
    &CATALOG_DOCUMENT,
    &ENGINE,
    &UNKNOWN_FIELD,
    &UNSET_VALUE,
    &NOT_READ,
    &EMPTY_FILE,
    &UNKNOWN_CLUSTER,
    &UNKNOWN_APP,
    &CLUSTER_NAME,
    &OTHER_CLUSTER,
    &DUPLICATE_KEY,
    &BOOLEAN_NAME,
    &NO_EFFECT,
    &SILENCE,
    &COMMIT,
    &LOST_NULL,
    &ARGOCD_VERSION,
    &WAYS_DISAGREE,
    &NO_CHART,
    &NEVER_ON,
    &OWN_TEMPLATES,
    &LIST_REPLACED,
    &VALUE_REMOVED,
    &BOOLEAN_KEY,
    &POD_SECURITY_CONFLICT,
];

pub(crate) static NO_CATALOG: Rule = Rule::error("no-catalog", "The repository has no apps.")
    .because("There is nothing that could be rendered.")
    .remedy(
        "Make a directory `apps/<app>/` with an `app.yaml`, or name the repository with `--repo`.",
    );
pub(crate) static UNKNOWN_NAME: Rule = Rule::error("unknown-name", "An app or a cluster was asked for that does not exist.").because("Nothing is rendered under a name that is misspelt.").remedy("An app is called as its directory below `apps/`, a cluster as its directory below `clusters/`.");
pub(crate) static BOOTSTRAP: Rule = Rule::error("bootstrap", "A cluster's `apps.yaml` has no Application with the catalog as a source, or one that cannot be read.").because("It is what brings the catalog to the cluster, and the only place where the cluster's values are.").remedy("Mend `clusters/<cluster>/apps.yaml`: an Application of Argo CD with a source whose path is `apps`.");
pub(crate) static CATALOG_VALUES: Rule = Rule::error(
    "catalog-values",
    "A value of the catalog itself is missing or of the wrong type.",
)
.because("Every app of the cluster is made with it.")
.remedy(
    "Set it in `apps/values.yaml` for all clusters, or in `clusters/<cluster>/apps.yaml` for one.",
);
pub(crate) static INVALID_NAME: Rule = Rule::error(
    "invalid-name",
    "A name that Kubernetes or Helm refuses.",
)
.because("The API server refuses the object, or Helm the release.")
.remedy("Take lower-case letters, digits and `-`. Names that come of a directory change with it.");
/// A path of a source is not there.
pub static MISSING_PATH: Rule = Rule::error(
    "missing-path",
    "The `path` of an app, or of a source, is not in the repository.",
)
.because("Argo CD finds nothing to render there.")
.remedy("Name the directory, from the root of the repository: for an app, the one that has the `Chart.yaml`.");
pub(crate) static DUPLICATE_RELEASE: Rule = Rule::error(
    "duplicate-release",
    "Two apps have the same release name in one namespace of a cluster.",
)
.because("Their objects have the same names: each sync of one undoes the other.")
.remedy("Give one of them another `releaseName` or `namespace`.");
pub(crate) static TEMPLATE: Rule = Rule::error(
    "template",
    "A template in a field cannot be evaluated.",
)
.because("The app cannot be rendered.")
.remedy("Mend the template. A `{{` that is for another template engine is written `{{ \"{{\" }}`.");
pub(crate) static CATALOG_DOCUMENT: Rule = Rule::error(
    "catalog-document",
    "A document of kind Catalog is malformed.",
)
.because("The post-renderer cannot expand it.")
.remedy("Let the catalog's chart print it, with `output: catalog`.");
pub(crate) static UNKNOWN_CLUSTER: Rule = Rule::warning(
    "unknown-cluster",
    "An override for a cluster that does not exist.",
)
.because("It changes nothing.")
.remedy("Overrides go by `cluster.name`, which should be the name of the cluster's directory.");
pub(crate) static UNKNOWN_APP: Rule = Rule::warning(
    "unknown-app",
    "A cluster sets fields of an app that does not exist.",
)
.because("They change nothing.")
.remedy("Apps go by the name of their directory below `apps/`.");
pub(crate) static CLUSTER_NAME: Rule = Rule::warning("cluster-name", "A cluster's `cluster.name` differs from the name of its directory, or from that of no other cluster.").because("Overrides go by one name and commands by the other; of two clusters of one name, both get the overrides of either.").remedy("Use one name for the directory and for `cluster.name`.");
pub(crate) static BOOLEAN_NAME: Rule = Rule::warning(
    "boolean-name",
    "The name of an app or a cluster that YAML takes for a boolean where it is not quoted.",
)
.because("`clusters: {no: …}` is an override for the cluster `false`.")
.remedy("Put the name in quotes wherever it is a key, or choose another.");
pub(crate) static NO_EFFECT: Rule = Rule::warning(
    "no-effect",
    "A setting that Argo CD or the catalog does not heed there.",
)
.because("It looks as if it did something.")
.remedy("Move it to where the hint says, or remove it.");
pub(crate) static COMMIT: Rule = Rule::warning(
    "commit",
    "A build variable that says which commit Argo CD renders, which is not known here.",
)
.because("What is rendered here is not, byte for byte, what Argo CD renders.")
.remedy("Say it in another way, or live with the text of the variable here.");
pub(crate) static VALUE_REMOVED: Rule = Rule::note(
    "value-removed",
    "A layer sets to null what a weaker one says.",
)
.because("It is as if nobody had said it.")
.remedy("Nothing, if that is what it is for.");
pub(crate) static POD_SECURITY_CONFLICT: Rule = Rule::note(
    "pod-security-conflict",
    "Apps of one namespace ask for different pod security; the first in order of path wins.",
)
.because("A namespace has one level.")
.remedy("Say it in the app that decides, or give an app a namespace of its own.");
pub(crate) static ENGINE: Rule = Rule::error("engine", "The catalog's chart cannot be rendered.")
    .because("Argo CD renders it as this does, and fails as well.")
    .remedy("Mend the chart `apps/`; `helm template apps` shows the same.");
pub(crate) static OWN_TEMPLATES: Rule = Rule::note(
    "own-templates",
    "The catalog's chart has templates of its own, which do not do as the documentation of the catalog says.",
)
.because("They decide what Argo CD applies, and every command tells what they make; checks that know only the files may not hold.")
.remedy("Nothing, where that is meant; otherwise take the templates of this repository.");
pub(crate) static WAYS_DISAGREE: Rule = Rule::warning("ways-disagree", "The catalog's chart and the native evaluation give different objects.").because("Argo CD applies what the chart makes; rules of this program that know only the files do not hold for it.").remedy("Take the templates of this repository, or let it be so: the chart decides.");
pub(crate) static ARGOCD_VERSION: Rule = Rule::warning(
    "argocd-version",
    "A field that the version of Argo CD does not know yet.",
)
.because("The API server of that version drops it without a word, or refuses the Application.")
.remedy("Upgrade Argo CD, and say so in `argocd.version` of the catalog's values; or do without the field.");
/// Something is too large.
pub static TOO_LARGE: Rule = Rule::error(
    "too-large",
    "Something is larger than Linux, Kubernetes or Argo CD takes.",
)
.because(
    "What an app with `engine: catalog` says reaches the sidecar in one variable of its environment, for which Linux has room \
     for 128 KiB: beyond it Argo CD fails with `argument list too long`. An argument of Helm has the same bound.",
)
.remedy(
    "Move values into a value file beside the chart, and name it in `valueFiles`: files are read from the repository.",
);
pub(crate) static LOST_NULL: Rule = Rule::warning(
    "lost-null",
    "A null in `values`, which is to take a value of the chart away, and is lost.",
)
.because(
    "The values are in `valuesObject` of the Application. When Argo CD changes an Application that is there, null says that \
     the key is removed from the object, so that it never reaches Helm.",
)
.remedy("Say it in a value file beside the chart, and name that in `valueFiles`; or take `engine: catalog`.");
pub(crate) static OTHER_CLUSTER: Rule = Rule::warning(
    "other-cluster",
    "The bootstrap Application of a cluster deploys the directory of another one.",
)
.because("It was copied: the cluster gets the raw manifests of the other, and its own are missing.")
.remedy("Name the directory that the file is in.");
pub(crate) static NO_CHART: Rule = Rule::warning(
    "no-chart",
    "The catalog is no Helm chart, but a cluster's bootstrap Application has it rendered by Helm.",
)
.because("This program evaluates it natively; stock Helm and Argo CD cannot.")
.remedy("The command `init` writes the chart. Or let the sidecar render the catalog: `plugin` in the source of the bootstrap Application.");
/// A file that is named beside a chart is not there.
pub static MISSING_FILE: Rule = Rule::error(
    "missing-file",
    "A file that an app or a source names in `valueFiles` or `fileParameters` is not there.",
)
.because("Argo CD fails with `no such file or directory` when it renders the chart.")
.remedy("Commit the file, or mend its name: relative to the chart, with a leading `/` from the root of the repository, or with `$name/` in the source that has this `ref`: one of `extraSources` of an app.");
pub(crate) static UNSET_VALUE: Rule = Rule::warning(
    "unset-value",
    "A template in a field reaches a value that nobody sets.",
)
.because("Helm gives an empty text for it, without a word: `web..example.com`.")
.remedy("Set the value for the cluster or in `apps/values.yaml`, mend the name, or say with `default` what stands in its place.");
pub(crate) static NOT_READ: Rule = Rule::warning(
    "not-read",
    "A file, a directory or a document that looks like a part of the catalog, and that nobody reads.",
)
.because("What it says is as if it were not there: the app is not deployed, the cluster is not rendered.")
.remedy("Give the file the name that the hint says. What is meant to be no app is left out by `apps/.helmignore`.");
pub(crate) static EMPTY_FILE: Rule =
    Rule::warning("empty-file", "An `app.yaml` that says nothing.")
        .because("The app is on nowhere.")
        .remedy("Say at least its `path` and its `namespace`, or remove the file.");
pub(crate) static NEVER_ON: Rule = Rule::note("never-on", "An app that is on for no cluster.")
    .because("It is not deployed.")
    .remedy("Nothing, if that is so on purpose. Else set `defaultDeploy: true`, or `deploy: true` for a cluster.");
pub(crate) static SILENCE: Rule = Rule::warning(
    "silence",
    "Something is to silence a finding, and has no reason, names no rule, or silences nothing.",
)
.because("A silence without a reason is a fault that somebody will find; one that is no longer needed hides the next.")
.remedy("Say the rule and the reason, or remove it.");
