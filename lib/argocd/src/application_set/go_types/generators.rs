//! The generators of an ApplicationSet (`pkg/apis/application/v1alpha1/applicationset_types.go` of 3.4 to 3.6).
//!
//! What a generator that asks a service has beyond `values` and `template` says where to ask, and is not here.

use super::application::TEMPLATE;
use super::structure::{Field, GoType, Struct, TEXT_MAP, TEXTS, always, field, since};
use GoType::{Bool, Json, List, Map, Pointer, Text};

/// `[]ApplicationSetGenerator`.
pub(crate) const GENERATORS: GoType = List(&GoType::Struct(&GENERATOR));

/// A generator of an ApplicationSet itself.
pub(crate) static GENERATOR: Struct = Struct {
    name: "ApplicationSetGenerator",
    fields: &[
        LIST,
        CLUSTERS,
        GIT,
        SCM_PROVIDER,
        CLUSTER_DECISION_RESOURCE,
        PULL_REQUEST,
        field("matrix", Pointer(&MATRIX)),
        field("merge", Pointer(&MERGE)),
        SELECTOR,
        PLUGIN,
        OCI,
    ],
};

/// A generator inside of a matrix or merge, whose own combinations are any JSON, because a CRD cannot be recursive.
static NESTED: Struct = Struct {
    name: "ApplicationSetNestedGenerator",
    fields: &[
        LIST,
        CLUSTERS,
        GIT,
        SCM_PROVIDER,
        CLUSTER_DECISION_RESOURCE,
        PULL_REQUEST,
        field("matrix", Json),
        field("merge", Json),
        SELECTOR,
        PLUGIN,
        OCI,
    ],
};

/// A generator inside of these: no combination.
static TERMINAL: Struct = Struct {
    name: "ApplicationSetTerminalGenerator",
    fields: &[
        LIST,
        CLUSTERS,
        GIT,
        SCM_PROVIDER,
        CLUSTER_DECISION_RESOURCE,
        PULL_REQUEST,
        PLUGIN,
        SELECTOR,
        OCI,
    ],
};

static MATRIX: Struct = Struct {
    name: "MatrixGenerator",
    fields: &[
        always("generators", List(&GoType::Struct(&NESTED))),
        TEMPLATE_FIELD,
    ],
};

static MERGE: Struct = Struct {
    name: "MergeGenerator",
    fields: &[
        always("generators", List(&GoType::Struct(&NESTED))),
        always("mergeKeys", TEXTS),
        TEMPLATE_FIELD,
    ],
};

/// What the JSON of a matrix inside of a combination is.
pub(crate) static NESTED_MATRIX: Struct = Struct {
    name: "NestedMatrixGenerator",
    fields: &[always("generators", List(&GoType::Struct(&TERMINAL)))],
};

/// What the JSON of a merge inside of a combination is.
pub(crate) static NESTED_MERGE: Struct = Struct {
    name: "NestedMergeGenerator",
    fields: &[
        always("generators", List(&GoType::Struct(&TERMINAL))),
        always("mergeKeys", TEXTS),
    ],
};

const LIST: Field = field("list", Pointer(&LIST_GENERATOR));
const CLUSTERS: Field = field("clusters", Pointer(&CLUSTER_GENERATOR));
const GIT: Field = field("git", Pointer(&GIT_GENERATOR));
const SCM_PROVIDER: Field = field("scmProvider", Pointer(&SERVICE_GENERATOR));
const CLUSTER_DECISION_RESOURCE: Field =
    field("clusterDecisionResource", Pointer(&SERVICE_GENERATOR));
const PULL_REQUEST: Field = field("pullRequest", Pointer(&SERVICE_GENERATOR));
const SELECTOR: Field = field("selector", Pointer(&LABEL_SELECTOR));
const PLUGIN: Field = field("plugin", Pointer(&PLUGIN_GENERATOR));
const OCI: Field = since(6, field("oci", Pointer(&GIT_GENERATOR)));
const TEMPLATE_FIELD: Field = always("template", TEMPLATE);
const VALUES: Field = field("values", TEXT_MAP);

static LIST_GENERATOR: Struct = Struct {
    name: "ListGenerator",
    fields: &[
        always("elements", List(&Json)),
        TEMPLATE_FIELD,
        field("elementsYaml", Text),
    ],
};

static CLUSTER_GENERATOR: Struct = Struct {
    name: "ClusterGenerator",
    fields: &[
        always("selector", GoType::Struct(&LABEL_SELECTOR)),
        TEMPLATE_FIELD,
        VALUES,
        field("flatList", Bool),
    ],
};

/// `GitGenerator` and `OciGenerator`.
static GIT_GENERATOR: Struct = Struct {
    name: "GitGenerator",
    fields: &[
        always("repoURL", Text),
        field("directories", List(&GoType::Struct(&PATH_ITEM))),
        field("files", List(&GoType::Struct(&PATH_ITEM))),
        always("revision", Text),
        TEMPLATE_FIELD,
        field("pathParamPrefix", Text),
        VALUES,
    ],
};

static PATH_ITEM: Struct = Struct {
    name: "GitDirectoryGeneratorItem",
    fields: &[always("path", Text), field("exclude", Bool)],
};

static SERVICE_GENERATOR: Struct = Struct {
    name: "SCMProviderGenerator",
    fields: &[TEMPLATE_FIELD, VALUES],
};

static PLUGIN_GENERATOR: Struct = Struct {
    name: "PluginGenerator",
    fields: &[
        always("input", GoType::Struct(&PLUGIN_INPUT)),
        TEMPLATE_FIELD,
        VALUES,
    ],
};

static PLUGIN_INPUT: Struct = Struct {
    name: "PluginInput",
    fields: &[field("parameters", Map(&Json))],
};

static LABEL_SELECTOR: Struct = Struct {
    name: "LabelSelector",
    fields: &[
        field("matchLabels", TEXT_MAP),
        field(
            "matchExpressions",
            List(&GoType::Struct(&LABEL_SELECTOR_REQUIREMENT)),
        ),
    ],
};

static LABEL_SELECTOR_REQUIREMENT: Struct = Struct {
    name: "LabelSelectorRequirement",
    fields: &[
        always("key", Text),
        always("operator", Text),
        field("values", TEXTS),
    ],
};
