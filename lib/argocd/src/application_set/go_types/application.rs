//! Application, and the template of one (`pkg/apis/application/v1alpha1/types.go` of 3.4 to 3.6).

use super::structure::{
    Field, GoType, Struct, TEXT_MAP, TEXTS, Written, always, field, merged, since, written,
};
use GoType::{
    Bool, BoolPointer, Int, IntOrText, IntPointer, Json, List, Map, Pointer, Text, TextPointer,
};

/// `ApplicationSetTemplate`.
pub(crate) const TEMPLATE: GoType = GoType::Struct(&APPLICATION_SET_TEMPLATE);

static APPLICATION_SET_TEMPLATE: Struct = Struct {
    name: "ApplicationSetTemplate",
    fields: &[
        always("metadata", GoType::Struct(&TEMPLATE_METADATA)),
        always("spec", GoType::Struct(&SPEC)),
    ],
};

static TEMPLATE_METADATA: Struct = Struct {
    name: "ApplicationSetTemplateMeta",
    fields: &[
        field("name", Text),
        field("namespace", Text),
        field("labels", TEXT_MAP),
        field("annotations", TEXT_MAP),
        field("finalizers", TEXTS),
    ],
};

/// An Application without its status.
pub(crate) static APPLICATION: Struct = Struct {
    name: "Application",
    fields: &[
        always("metadata", GoType::Struct(&METADATA)),
        always("spec", GoType::Struct(&SPEC)),
        field("operation", Pointer(&OPERATION)),
    ],
};

pub(super) static METADATA: Struct = Struct {
    name: "ObjectMeta",
    fields: &[
        field("name", Text),
        field("generateName", Text),
        field("namespace", Text),
        field("selfLink", Text),
        field("uid", Text),
        field("resourceVersion", Text),
        field("generation", Int),
        field("labels", TEXT_MAP),
        field("annotations", TEXT_MAP),
        merged(
            "ownerReferences",
            List(&GoType::Struct(&OWNER_REFERENCE)),
            "uid",
        ),
        merged("finalizers", TEXTS, ""),
    ],
};

static OWNER_REFERENCE: Struct = Struct {
    name: "OwnerReference",
    fields: &[
        always("apiVersion", Text),
        always("kind", Text),
        always("name", Text),
        always("uid", Text),
        field("controller", BoolPointer),
        field("blockOwnerDeletion", BoolPointer),
    ],
};

static SPEC: Struct = Struct {
    name: "ApplicationSpec",
    fields: &[
        field("source", Pointer(&SOURCE)),
        always("destination", GoType::Struct(&DESTINATION)),
        always("project", Text),
        field("syncPolicy", Pointer(&SYNC_POLICY)),
        field(
            "ignoreDifferences",
            List(&GoType::Struct(&IGNORE_DIFFERENCES)),
        ),
        field("info", List(&GoType::Struct(&NAME_VALUE))),
        field("revisionHistoryLimit", IntPointer),
        field("sources", SOURCES),
        field("sourceHydrator", Pointer(&SOURCE_HYDRATOR)),
    ],
};

const SOURCES: GoType = List(&GoType::Struct(&SOURCE));

static SOURCE: Struct = Struct {
    name: "ApplicationSource",
    fields: &[
        always("repoURL", Text),
        field("path", Text),
        field("targetRevision", Text),
        HELM_FIELD,
        KUSTOMIZE_FIELD,
        DIRECTORY_FIELD,
        PLUGIN_FIELD,
        field("chart", Text),
        field("ref", Text),
        field("name", Text),
        since(5, field("tagPrefix", Text)),
    ],
};

const HELM_FIELD: Field = field("helm", Pointer(&HELM));
const KUSTOMIZE_FIELD: Field = field("kustomize", Pointer(&KUSTOMIZE));
const DIRECTORY_FIELD: Field = field("directory", Pointer(&DIRECTORY));
const PLUGIN_FIELD: Field = field("plugin", Pointer(&PLUGIN));

static HELM: Struct = Struct {
    name: "ApplicationSourceHelm",
    fields: &[
        field("valueFiles", TEXTS),
        field("parameters", List(&GoType::Struct(&HELM_PARAMETER))),
        field("releaseName", Text),
        field("values", Text),
        field(
            "fileParameters",
            List(&GoType::Struct(&HELM_FILE_PARAMETER)),
        ),
        field("version", Text),
        field("passCredentials", Bool),
        field("ignoreMissingValueFiles", Bool),
        field("skipCrds", Bool),
        field("valuesObject", Json),
        field("namespace", Text),
        field("kubeVersion", Text),
        field("apiVersions", TEXTS),
        field("skipTests", Bool),
        field("skipSchemaValidation", Bool),
    ],
};

static HELM_PARAMETER: Struct = Struct {
    name: "HelmParameter",
    fields: &[
        field("name", Text),
        field("value", Text),
        field("forceString", Bool),
    ],
};

static HELM_FILE_PARAMETER: Struct = Struct {
    name: "HelmFileParameter",
    fields: &[field("name", Text), field("path", Text)],
};

static KUSTOMIZE: Struct = Struct {
    name: "ApplicationSourceKustomize",
    fields: &[
        field("namePrefix", Text),
        field("nameSuffix", Text),
        field("images", TEXTS),
        field("commonLabels", TEXT_MAP),
        field("version", Text),
        field("commonAnnotations", TEXT_MAP),
        field("forceCommonLabels", Bool),
        field("forceCommonAnnotations", Bool),
        field("namespace", Text),
        field("commonAnnotationsEnvsubst", Bool),
        field("replicas", List(&GoType::Struct(&KUSTOMIZE_REPLICA))),
        field("patches", List(&GoType::Struct(&KUSTOMIZE_PATCH))),
        field("components", TEXTS),
        field("ignoreMissingComponents", Bool),
        field("labelWithoutSelector", Bool),
        field("kubeVersion", Text),
        field("apiVersions", TEXTS),
        field("labelIncludeTemplates", Bool),
    ],
};

static KUSTOMIZE_REPLICA: Struct = Struct {
    name: "KustomizeReplica",
    fields: &[always("name", Text), always("count", IntOrText)],
};

static KUSTOMIZE_PATCH: Struct = Struct {
    name: "KustomizePatch",
    fields: &[
        field("path", Text),
        field("patch", Text),
        field("target", Pointer(&KUSTOMIZE_SELECTOR)),
        field("options", Map(&Bool)),
    ],
};

static KUSTOMIZE_SELECTOR: Struct = Struct {
    name: "KustomizeSelector",
    fields: &[
        field("group", Text),
        field("version", Text),
        field("kind", Text),
        field("name", Text),
        field("namespace", Text),
        field("annotationSelector", Text),
        field("labelSelector", Text),
    ],
};

static DIRECTORY: Struct = Struct {
    name: "ApplicationSourceDirectory",
    fields: &[
        field("recurse", Bool),
        written("jsonnet", GoType::Struct(&JSONNET), Written::IfNotZero),
        field("exclude", Text),
        field("include", Text),
        since(6, field("disableExtensionFilter", Bool)),
    ],
};

static JSONNET: Struct = Struct {
    name: "ApplicationSourceJsonnet",
    fields: &[
        field("extVars", List(&GoType::Struct(&JSONNET_VAR))),
        field("tlas", List(&GoType::Struct(&JSONNET_VAR))),
        field("libs", TEXTS),
    ],
};

static JSONNET_VAR: Struct = Struct {
    name: "JsonnetVar",
    fields: &[
        always("name", Text),
        always("value", Text),
        field("code", Bool),
    ],
};

static PLUGIN: Struct = Struct {
    name: "ApplicationSourcePlugin",
    fields: &[
        field("name", Text),
        field("env", List(&Pointer(&NAME_VALUE))),
        field("parameters", List(&GoType::Struct(&PLUGIN_PARAMETER))),
    ],
};

static PLUGIN_PARAMETER: Struct = Struct {
    name: "ApplicationSourcePluginParameter",
    fields: &[
        always("name", Text),
        written("string", TextPointer, Written::IfThere),
        written("map", TEXT_MAP, Written::IfThere),
        written("array", TEXTS, Written::IfThere),
    ],
};

/// `Info` and `EnvEntry`.
static NAME_VALUE: Struct = Struct {
    name: "Info",
    fields: &[always("name", Text), always("value", Text)],
};

static DESTINATION: Struct = Struct {
    name: "ApplicationDestination",
    fields: &[
        field("server", Text),
        field("namespace", Text),
        field("name", Text),
    ],
};

static SYNC_POLICY: Struct = Struct {
    name: "SyncPolicy",
    fields: &[
        field("automated", Pointer(&AUTOMATED)),
        field("syncOptions", TEXTS),
        field("retry", Pointer(&RETRY)),
        field("managedNamespaceMetadata", Pointer(&NAMESPACE_METADATA)),
    ],
};

static AUTOMATED: Struct = Struct {
    name: "SyncPolicyAutomated",
    fields: &[
        field("prune", BoolPointer),
        field("selfHeal", BoolPointer),
        field("allowEmpty", BoolPointer),
        field("enabled", BoolPointer),
    ],
};

static RETRY: Struct = Struct {
    name: "RetryStrategy",
    fields: &[
        field("limit", Int),
        field("backoff", Pointer(&BACKOFF)),
        field("refresh", Bool),
    ],
};

static BACKOFF: Struct = Struct {
    name: "Backoff",
    fields: &[
        field("duration", Text),
        field("factor", IntPointer),
        field("maxDuration", Text),
    ],
};

static NAMESPACE_METADATA: Struct = Struct {
    name: "ManagedNamespaceMetadata",
    fields: &[field("labels", TEXT_MAP), field("annotations", TEXT_MAP)],
};

static IGNORE_DIFFERENCES: Struct = Struct {
    name: "ResourceIgnoreDifferences",
    fields: &[
        field("group", Text),
        always("kind", Text),
        field("name", Text),
        field("namespace", Text),
        field("jsonPointers", TEXTS),
        field("jqPathExpressions", TEXTS),
        field("managedFieldsManagers", TEXTS),
    ],
};

static SOURCE_HYDRATOR: Struct = Struct {
    name: "SourceHydrator",
    fields: &[
        always("drySource", GoType::Struct(&DRY_SOURCE)),
        always("syncSource", GoType::Struct(&SYNC_SOURCE)),
        field("hydrateTo", Pointer(&HYDRATE_TO)),
    ],
};

static DRY_SOURCE: Struct = Struct {
    name: "DrySource",
    fields: &[
        always("repoURL", Text),
        always("targetRevision", Text),
        always("path", Text),
        HELM_FIELD,
        KUSTOMIZE_FIELD,
        DIRECTORY_FIELD,
        PLUGIN_FIELD,
    ],
};

static SYNC_SOURCE: Struct = Struct {
    name: "SyncSource",
    fields: &[
        always("targetBranch", Text),
        always("path", Text),
        since(5, field("repoURL", Text)),
    ],
};

static HYDRATE_TO: Struct = Struct {
    name: "HydrateTo",
    fields: &[always("targetBranch", Text)],
};

static OPERATION: Struct = Struct {
    name: "Operation",
    fields: &[
        field("sync", Pointer(&SYNC_OPERATION)),
        always("initiatedBy", GoType::Struct(&OPERATION_INITIATOR)),
        field("info", List(&Pointer(&NAME_VALUE))),
        always("retry", GoType::Struct(&RETRY)),
    ],
};

static SYNC_OPERATION: Struct = Struct {
    name: "SyncOperation",
    fields: &[
        field("revision", Text),
        field("prune", Bool),
        field("dryRun", Bool),
        field("syncStrategy", Pointer(&SYNC_STRATEGY)),
        field("resources", List(&GoType::Struct(&SYNC_OPERATION_RESOURCE))),
        field("source", Pointer(&SOURCE)),
        field("manifests", TEXTS),
        field("syncOptions", TEXTS),
        field("sources", SOURCES),
        field("revisions", TEXTS),
        field("autoHealAttemptsCount", Int),
    ],
};

static SYNC_STRATEGY: Struct = Struct {
    name: "SyncStrategy",
    fields: &[
        field("apply", Pointer(&SYNC_STRATEGY_APPLY)),
        field("hook", Pointer(&SYNC_STRATEGY_APPLY)),
    ],
};

static SYNC_STRATEGY_APPLY: Struct = Struct {
    name: "SyncStrategyApply",
    fields: &[field("force", Bool)],
};

static SYNC_OPERATION_RESOURCE: Struct = Struct {
    name: "SyncOperationResource",
    fields: &[
        field("group", Text),
        always("kind", Text),
        always("name", Text),
        field("namespace", Text),
    ],
};

static OPERATION_INITIATOR: Struct = Struct {
    name: "OperationInitiator",
    fields: &[field("username", Text), field("automated", Bool)],
};
