//! Changes to rendered manifests.

use schemars::JsonSchema;
use serde_json::{Map, Value};

/// A change to rendered manifests: `jsonPatch`, `merge` or `delete`.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Patch {
    /// Which manifests are changed: those that fit everything it says. Without a target, all.
    target: Option<Target>,
    /// A JSON Patch (RFC 6902).
    #[schemars(rename = "jsonPatch")]
    operations: Option<Vec<Operation>>,
    /// A JSON Merge Patch (RFC 7396): maps are merged, lists are replaced, null removes.
    merge: Option<Map<String, Value>>,
    /// Whether the manifests are dropped, which needs a target. Default: false.
    delete: Option<bool>,
    /// Whether the patch may fit no manifest; otherwise that is an error. Default: false.
    optional: Option<bool>,
}

/// Which manifests a patch changes.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Target {
    /// The group of the API: `apps`; empty for the core group.
    group: Option<String>,
    /// The version of the API: `v1`.
    version: Option<String>,
    /// The kind: `Deployment`.
    kind: Option<String>,
    /// The name of the object.
    name: Option<String>,
    /// The namespace of the object as it is rendered.
    namespace: Option<String>,
    /// A selector of labels as `kubectl -l` takes it: `app=web,tier!=cache`.
    label_selector: Option<String>,
}

/// An operation of a JSON Patch.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Operation {
    /// What to do.
    op: OperationKind,
    /// Where, as a JSON Pointer: `/spec/template/spec/containers/0/image`; `~1` stands for `/` in a key.
    path: String,
    /// Where from: for `move` and `copy`.
    #[schemars(default)]
    from: Option<String>,
    /// The value: for `add`, `replace` and `test`.
    #[schemars(default)]
    value: Value,
}

#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
enum OperationKind {
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}
