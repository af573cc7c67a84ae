//! The document of kind Catalog.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde_json::{Map, Value};

/// A catalog in one document, which the post-renderer replaces by the Namespaces and Applications that it describes.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct CatalogDocument {
    /// The version of the format.
    #[schemars(extend("const" = "homescale.cloud/v1alpha1"))]
    api_version: String,
    /// What the document is.
    #[schemars(extend("const" = "Catalog"))]
    kind: String,
    /// The name, and the annotations that go on to every object.
    metadata: Option<Map<String, Value>>,
    /// The catalog.
    spec: CatalogSpec,
}

/// What a catalog consists of.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct CatalogSpec {
    /// The values of the catalog, with the defaults of its chart: `cluster`, `application`, `defaults`, `namespaces`,
    /// `fields`, `apps`, and what else templates in fields need.
    values: Map<String, Value>,
    /// What templates in fields see as `.Release`.
    #[schemars(default)]
    release: Release,
    /// The text of each `app.yaml` by its path in the catalog's chart: `cilium/app.yaml`.
    files: BTreeMap<String, String>,
}

/// The Helm release of the catalog's chart.
#[derive(Default, JsonSchema, serde::Serialize)]
#[schemars(rename_all = "camelCase", deny_unknown_fields)]
struct Release {
    /// `.Release.Name`.
    #[schemars(default)]
    name: String,
    /// `.Release.Namespace`.
    #[schemars(default)]
    namespace: String,
}
