//! The rules for what is found in a fleet.

use homescale_located::Rule;

/// The rules of this crate, by name.
pub static RULES: &[&Rule] = &[
    &APPLICATION_CYCLE,
    &APPLICATION_INVALID,
    &APPLICATION_TWICE,
    &CAPABILITIES,
    &ROOT,
    &SET_FAILED,
    &SET_NOT_EXPANDED,
    &TOO_DEEP,
];

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
