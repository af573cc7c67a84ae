//! [`RULES`]: everything that a [`Diagnostic`](crate::Diagnostic) can be about.

use crate::diagnostic::Severity;

/// A kind of finding: its name, how bad it is, and what it is about.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The name, as tools and people can refer to it.
    pub name: &'static str,
    /// How bad a finding is.
    pub severity: Severity,
    /// What is found, one sentence.
    pub about: &'static str,
}

/// Every rule: errors first, then warnings, then notes.
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
    &DUPLICATE_RELEASE,
    &TEMPLATE,
    &PATCH,
    &CATALOG_DOCUMENT,
    &ENGINE,
    &UNKNOWN_FIELD,
    &UNKNOWN_CLUSTER,
    &UNKNOWN_APP,
    &CLUSTER_NAME,
    &DUPLICATE_KEY,
    &BOOLEAN_NAME,
    &NO_EFFECT,
    &WAYS_DISAGREE,
    &LIST_REPLACED,
    &VALUE_REMOVED,
    &BOOLEAN_KEY,
    &POD_SECURITY_CONFLICT,
];

const fn error(name: &'static str, about: &'static str) -> Rule {
    let severity = Severity::Error;
    Rule {
        name,
        severity,
        about,
    }
}

const fn warning(name: &'static str, about: &'static str) -> Rule {
    let severity = Severity::Warning;
    Rule {
        name,
        severity,
        about,
    }
}

const fn note(name: &'static str, about: &'static str) -> Rule {
    let severity = Severity::Note;
    Rule {
        name,
        severity,
        about,
    }
}

pub(crate) static NO_CATALOG: Rule = error("no-catalog", "The repository has no apps.");
pub(crate) static UNKNOWN_NAME: Rule = error(
    "unknown-name",
    "An app or a cluster was asked for that does not exist.",
);
pub(crate) static YAML: Rule = error(
    "yaml",
    "A file is not YAML, or not the map that it should be.",
);
pub(crate) static BOOTSTRAP: Rule = error(
    "bootstrap",
    "A cluster's `apps.yaml` has no Application with the catalog as a source, or one that cannot be read.",
);
pub(crate) static CATALOG_VALUES: Rule = error(
    "catalog-values",
    "A value of the catalog itself is missing or of the wrong type.",
);
pub(crate) static WRONG_TYPE: Rule = error("wrong-type", "A field of an app is of the wrong type.");
pub(crate) static MISSING_FIELD: Rule = error("missing-field", "A required field is missing.");
pub(crate) static INVALID_NAME: Rule =
    error("invalid-name", "A name that Kubernetes or Helm refuses.");
pub(crate) static INVALID_VALUE: Rule = error(
    "invalid-value",
    "A field has a value that Argo CD or Kubernetes does not know.",
);
pub(crate) static MISSING_PATH: Rule = error(
    "missing-path",
    "The `path` of an app is not a chart of the repository.",
);
pub(crate) static DUPLICATE_RELEASE: Rule = error(
    "duplicate-release",
    "Two apps have the same release name in one namespace of a cluster.",
);
pub(crate) static TEMPLATE: Rule = error("template", "A template in a field cannot be evaluated.");
pub(crate) static PATCH: Rule = error("patch", "A patch is malformed, or does not apply.");
pub(crate) static CATALOG_DOCUMENT: Rule = error(
    "catalog-document",
    "A document of kind Catalog is malformed.",
);
pub(crate) static UNKNOWN_FIELD: Rule = warning("unknown-field", "A field that no rule knows.");
pub(crate) static UNKNOWN_CLUSTER: Rule = warning(
    "unknown-cluster",
    "An override for a cluster that does not exist.",
);
pub(crate) static UNKNOWN_APP: Rule = warning(
    "unknown-app",
    "A cluster sets fields of an app that does not exist.",
);
pub(crate) static CLUSTER_NAME: Rule = warning(
    "cluster-name",
    "A cluster's `cluster.name` differs from the name of its folder, or from that of no other cluster.",
);
pub(crate) static DUPLICATE_KEY: Rule = warning(
    "duplicate-key",
    "A key that occurs twice in a map; the last one counts.",
);
pub(crate) static BOOLEAN_NAME: Rule = warning(
    "boolean-name",
    "The name of an app or a cluster that YAML takes for a boolean where it is not quoted.",
);
pub(crate) static NO_EFFECT: Rule =
    warning("no-effect", "A setting that Argo CD does not heed there.");
pub(crate) static LIST_REPLACED: Rule = note(
    "list-replaced",
    "A layer replaces a list that is not empty, instead of adding to it.",
);
pub(crate) static VALUE_REMOVED: Rule = note(
    "value-removed",
    "A layer sets to null what a weaker one says.",
);
pub(crate) static BOOLEAN_KEY: Rule = note(
    "boolean-key",
    "A key of `values` that YAML 1.1 takes for a boolean, and Helm writes as `true` or `false`.",
);
pub(crate) static POD_SECURITY_CONFLICT: Rule = note(
    "pod-security-conflict",
    "Apps of one namespace ask for different pod security; the first in order of path wins.",
);
pub(crate) static ENGINE: Rule = error("engine", "The catalog's chart cannot be rendered.");
pub(crate) static WAYS_DISAGREE: Rule = warning(
    "ways-disagree",
    "The catalog's chart and the native evaluation give different objects.",
);
