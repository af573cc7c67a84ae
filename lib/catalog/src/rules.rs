//! [`RULES`]: everything that a [`Diagnostic`](homescale_located::Diagnostic) can be about.

use homescale_located::Rule;

pub(crate) use homescale_located::rule::{
    BOOLEAN_KEY, DUPLICATE_KEY, INVALID_VALUE, MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE, YAML,
};
pub(crate) use homescale_manifest::PATCH;

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

pub(crate) static NO_CATALOG: Rule = Rule::error("no-catalog", "The repository has no apps.");
pub(crate) static UNKNOWN_NAME: Rule = Rule::error(
    "unknown-name",
    "An app or a cluster was asked for that does not exist.",
);
pub(crate) static BOOTSTRAP: Rule = Rule::error(
    "bootstrap",
    "A cluster's `apps.yaml` has no Application with the catalog as a source, or one that cannot be read.",
);
pub(crate) static CATALOG_VALUES: Rule = Rule::error(
    "catalog-values",
    "A value of the catalog itself is missing or of the wrong type.",
);
pub(crate) static INVALID_NAME: Rule =
    Rule::error("invalid-name", "A name that Kubernetes or Helm refuses.");
pub(crate) static MISSING_PATH: Rule = Rule::error(
    "missing-path",
    "The `path` of an app is not a chart of the repository.",
);
pub(crate) static DUPLICATE_RELEASE: Rule = Rule::error(
    "duplicate-release",
    "Two apps have the same release name in one namespace of a cluster.",
);
pub(crate) static TEMPLATE: Rule =
    Rule::error("template", "A template in a field cannot be evaluated.");
pub(crate) static CATALOG_DOCUMENT: Rule = Rule::error(
    "catalog-document",
    "A document of kind Catalog is malformed.",
);
pub(crate) static UNKNOWN_CLUSTER: Rule = Rule::warning(
    "unknown-cluster",
    "An override for a cluster that does not exist.",
);
pub(crate) static UNKNOWN_APP: Rule = Rule::warning(
    "unknown-app",
    "A cluster sets fields of an app that does not exist.",
);
pub(crate) static CLUSTER_NAME: Rule = Rule::warning(
    "cluster-name",
    "A cluster's `cluster.name` differs from the name of its directory, or from that of no other cluster.",
);
pub(crate) static BOOLEAN_NAME: Rule = Rule::warning(
    "boolean-name",
    "The name of an app or a cluster that YAML takes for a boolean where it is not quoted.",
);
pub(crate) static NO_EFFECT: Rule =
    Rule::warning("no-effect", "A setting that Argo CD does not heed there.");
pub(crate) static LIST_REPLACED: Rule = Rule::note(
    "list-replaced",
    "A layer replaces a list that is not empty, instead of adding to it.",
);
pub(crate) static VALUE_REMOVED: Rule = Rule::note(
    "value-removed",
    "A layer sets to null what a weaker one says.",
);
pub(crate) static POD_SECURITY_CONFLICT: Rule = Rule::note(
    "pod-security-conflict",
    "Apps of one namespace ask for different pod security; the first in order of path wins.",
);
pub(crate) static ENGINE: Rule = Rule::error("engine", "The catalog's chart cannot be rendered.");
pub(crate) static WAYS_DISAGREE: Rule = Rule::warning(
    "ways-disagree",
    "The catalog's chart and the native evaluation give different objects.",
);
