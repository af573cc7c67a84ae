//! The rules for what is found in a fleet.

use homescale_located::Rule;

pub(crate) use crate::config::CONFIGURATION;

pub(crate) use homescale_catalog::{MISSING_FILE, MISSING_PATH, TOO_LARGE};
pub(crate) use homescale_manifest::{LIST_REPLACED, PATCH};

/// The rules of this crate, by name.
pub static RULES: &[&Rule] = &[
    &APPLICATION_CYCLE,
    &APPLICATION_INVALID,
    &APPLICATION_TWICE,
    &SET_FAILED,
    &SET_NOT_EXPANDED,
    &TOO_DEEP,
    &CAPABILITIES,
    &CHART,
    &CHART_TEMPLATE,
    &CHART_VALUES,
    &CONFIGURATION,
    &KUBE_VERSION,
    &MANIFEST,
    &MISSING_DEPENDENCY,
    &MISSING_REF,
    &NO_MANIFESTS,
    &NOT_RENDERED,
    &OBJECT_TWICE,
    &PLUGIN_PARAMETERS,
    &PROJECT,
    &RANDOM,
    &ROOT,
    &SCHEMA,
    &SOURCE,
];

/// The rules of a catalog under which a fleet is checked, too.
pub(crate) static SHARED: &[&Rule] = &[
    &LIST_REPLACED,
    &MISSING_FILE,
    &MISSING_PATH,
    &PATCH,
    &TOO_LARGE,
];

/// Every rule that a finding can be under: those of a catalog, then those of this crate.
pub fn all_rules() -> Vec<&'static Rule> {
    [homescale_catalog::RULES, RULES].concat()
}

pub(crate) static APPLICATION_CYCLE: Rule = Rule::warning(
    "application-cycle",
    "Two Applications bring each other.",
)
.because("Neither can be deleted for good: the other one makes it again, and with pruning on, each change runs in a circle.")
.remedy("Let only one of them bring the other, or let a third one bring both.");

pub(crate) static APPLICATION_INVALID: Rule = Rule::error(
    "application-invalid",
    "An object of Argo CD that the API server refuses.",
)
.because("A field is not of its type, so that the object does not come to be.")
.remedy("Correct the field that the message names.");

pub(crate) static APPLICATION_TWICE: Rule = Rule::error(
    "application-twice",
    "Two definitions of an Application that contradict each other.",
)
.because("Whoever applies last wins, and whoever syncs next undoes it.")
.remedy("Remove one of the two, or give it another name.");

pub(crate) static CAPABILITIES: Rule = Rule::error(
    "capabilities",
    "A file with the versions of a cluster that is not there.",
)
.because("What is rendered for the cluster depends on it.")
.remedy("Write it with `helm-catalog capabilities capture`, and name it from the root of the repository.");

pub(crate) static ROOT: Rule = Rule::error("root", "A root that names nothing.")
    .because("What it should bring is missing in every answer.")
    .remedy("Write the path of a file, a directory or a chart, from the root of the repository.");

pub(crate) static SET_FAILED: Rule = Rule::error(
    "application-set-failed",
    "An ApplicationSet that Argo CD cannot expand.",
)
.because("It keeps the Applications that it has, and makes no new ones.")
.remedy("Correct what the message names; `kubectl get applicationset -o yaml` shows the same in its status.");

pub(crate) static SET_NOT_EXPANDED: Rule = Rule::note(
    "application-set-not-expanded",
    "An ApplicationSet with a generator that asks a service.",
)
.because(
    "Its Applications are not known from the repository alone, and are missing in every answer.",
)
.remedy("Write the parameters that the service would give into `generators` of homescale.yaml.");

pub(crate) static TOO_DEEP: Rule = Rule::error(
    "applications-too-deep",
    "Applications that bring Applications without end.",
)
.because("Each brings a new one, so that there would always be one more.")
.remedy("Look at the Application that the message names: it probably has a counter in the name of what it brings.");

pub(crate) static CHART: Rule = Rule::error("chart", "A chart that cannot be loaded.")
    .because("Argo CD fails on it as Helm does, for every Application that has it.")
    .remedy("Correct the file that the message names; `helm lint` shows the same.");

pub(crate) static CHART_TEMPLATE: Rule = Rule::error(
    "chart-template",
    "A template of a chart that fails with the values of an Application.",
)
.because("Argo CD shows the same error, and applies nothing: neither this change nor a later one.")
.remedy(
    "Set the value that the template asks for, or mend the template at the line that is named.",
);

pub(crate) static CHART_VALUES: Rule = Rule::error(
    "chart-values",
    "Values of an Application that Helm cannot read or merge.",
)
.because("Argo CD shows the same error, and applies nothing.")
.remedy("Mend the value file or the parameter that the message names.");

pub(crate) static KUBE_VERSION: Rule = Rule::error(
    "kube-version",
    "A chart that refuses the version of Kubernetes of the cluster.",
)
.because("Helm renders nothing for a version that `kubeVersion` of the Chart.yaml excludes.")
.remedy("Upgrade the cluster, take another version of the chart, or correct the cluster's `kubernetes` in homescale.yaml.");

pub(crate) static MANIFEST: Rule = Rule::error(
    "manifest",
    "A manifest that is no object of Kubernetes.",
)
.because("Argo CD refuses all manifests of the Application because of the one.")
.remedy("Mend the file or the template that the message names. What is no manifest is left out by `directory.exclude`.");

pub(crate) static MISSING_DEPENDENCY: Rule = Rule::warning(
    "missing-dependency",
    "A dependency of a chart that is neither in charts/ nor anywhere from where it could come.",
)
.because("`helm dependency build`, which Argo CD runs, cannot find it either.")
.remedy("Commit the dependency in charts/, or mend its `repository` in the Chart.yaml.");

pub(crate) static MISSING_REF: Rule = Rule::error(
    "missing-ref",
    "A value file of a source that the Application does not have: `$values/web.yaml`.",
)
.because("Argo CD fails to find the file.")
.remedy("Add the source with that `ref` to `sources`, or correct the name.");

pub(crate) static NO_MANIFESTS: Rule = Rule::warning(
    "no-manifests",
    "An Application that renders to nothing.",
)
.because("With pruning on, Argo CD deletes everything that the Application has applied before.")
.remedy("Look at the path, the values that switch things off, and `directory.include`; remove the Application if it is not needed any more.");

/// An Application needs what is not at hand.
pub static NOT_RENDERED: Rule = Rule::note(
    "not-rendered",
    "An Application with a source that needs something that is not at hand.",
)
.because("Nothing is known of its manifests here: whether it can be rendered, Argo CD will tell.")
.remedy("The hint is the command that brings what is missing. A repository that is on this disk is named with `--map`, or in `repositories` of homescale.yaml.");

pub(crate) static OBJECT_TWICE: Rule = Rule::warning(
    "object-twice",
    "An object that two Applications of a cluster apply, or one applies twice.",
)
.because("Each sync of one undoes what the other says; and when one of the two goes, the object goes with it.")
.remedy("Let only one of them have the object, or give one of the two another name or namespace.");

pub(crate) static PLUGIN_PARAMETERS: Rule = Rule::error(
    "plugin-parameters",
    "What an Application says to the sidecar cannot be read.",
)
.because("The sidecar refuses it, and Argo CD applies nothing.")
.remedy("Mend what the message names in `source.plugin`.");

pub(crate) static PROJECT: Rule = Rule::error(
    "project",
    "An Application that is, or has, what its AppProject does not allow.",
)
.because("Argo CD refuses the Application, or its sync.")
.remedy("Allow it in the field of the AppProject that the hint names, or put the Application into another project.");

pub(crate) static RANDOM: Rule = Rule::note(
    "random-result",
    "Manifests that are different each time they are rendered.",
)
.because("Argo CD finds the Application out of sync again and again, and each sync changes a key or a password.")
.remedy("Set the value that is generated, or let the chart find what is there; `--seed-file` makes renders here repeat.");

pub(crate) static SCHEMA: Rule = Rule::error(
    "schema",
    "Values that the `values.schema.json` of a chart refuses.",
)
.because("Argo CD shows the same error, and applies nothing.")
.remedy("Correct the value that the message names.");

pub(crate) static SOURCE: Rule = Rule::error(
    "source",
    "A source of an Application that Argo CD cannot render.",
)
.because("Argo CD shows the same error, and applies nothing.")
.remedy("Correct what the message names in the Application.");
