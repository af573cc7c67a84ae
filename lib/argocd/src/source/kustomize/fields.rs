//! [`KustomizeFields`]: what `source.kustomize` says (`pkg/apis/application/v1alpha1/types.go`).

use std::collections::BTreeMap;

use homescale_located::Node;
use serde_json::{Map, Value as Json};

use super::error::KustomizeError;
use crate::application::{ApplicationError, Field};

/// The texts of the target of a patch.
const TARGET: [&str; 7] = [
    "group",
    "version",
    "kind",
    "name",
    "namespace",
    "annotationSelector",
    "labelSelector",
];

/// What `source.kustomize` says. What it does not say is empty.
#[derive(Clone, Debug, Default)]
pub(super) struct KustomizeFields {
    pub(super) name_prefix: String,
    pub(super) name_suffix: String,
    pub(super) namespace: String,
    pub(super) images: Vec<String>,
    /// Names with numbers.
    pub(super) replicas: Vec<(String, i64)>,
    pub(super) common_labels: BTreeMap<String, String>,
    pub(super) force_common_labels: bool,
    pub(super) label_without_selector: bool,
    pub(super) label_include_templates: bool,
    pub(super) common_annotations: BTreeMap<String, String>,
    pub(super) common_annotations_envsubst: bool,
    pub(super) force_common_annotations: bool,
    /// As Argo CD writes them into a kustomization.
    pub(super) patches: Vec<Json>,
    pub(super) components: Vec<String>,
    pub(super) ignore_missing_components: bool,
    pub(super) version: String,
    pub(super) kube_version: String,
    pub(super) api_versions: Vec<String>,
}

impl KustomizeFields {
    /// Reads what a source says.
    ///
    /// # Errors
    /// A field is not of its type.
    pub(super) fn of(said: &Node) -> Result<Self, KustomizeError> {
        let holder = Node::map([("kustomize", said.clone())]).to_value();
        let field = Field::root(&holder).get("kustomize")?;
        let text = |name: &str| field.get(name)?.text();
        let flag = |name: &str| field.get(name)?.flag();
        let patches = field.get("patches")?.items()?;
        Ok(Self {
            name_prefix: text("namePrefix")?,
            name_suffix: text("nameSuffix")?,
            namespace: text("namespace")?,
            images: field.get("images")?.texts()?,
            replicas: replicas(&field, said)?,
            common_labels: field.get("commonLabels")?.text_map()?,
            force_common_labels: flag("forceCommonLabels")?,
            label_without_selector: flag("labelWithoutSelector")?,
            label_include_templates: flag("labelIncludeTemplates")?,
            common_annotations: field.get("commonAnnotations")?.text_map()?,
            common_annotations_envsubst: flag("commonAnnotationsEnvsubst")?,
            force_common_annotations: flag("forceCommonAnnotations")?,
            patches: patches.iter().map(patch).collect::<Result<_, _>>()?,
            components: field.get("components")?.texts()?,
            ignore_missing_components: flag("ignoreMissingComponents")?,
            version: text("version")?,
            kube_version: text("kubeVersion")?,
            api_versions: field.get("apiVersions")?.texts()?,
        })
    }
}

/// Numbers of replicas: an integer, or a text that is one (`GetIntCount`).
fn replicas(field: &Field, said: &Node) -> Result<Vec<(String, i64)>, KustomizeError> {
    let items = field.get("replicas")?.items()?;
    let said = said.get("replicas").and_then(Node::as_list);
    let mut replicas = Vec::new();
    for (item, said) in items.iter().zip(said.unwrap_or_default()) {
        let name = item.get("name")?.text()?;
        let count = said.get("count").map_or(Json::Null, Node::to_json);
        let number = match &count {
            Json::Null => Some(0),
            Json::String(text) => text.parse().ok(),
            other => other.as_i64(),
        };
        let wrong = || KustomizeError::Count {
            name: name.clone(),
            count: count
                .as_str()
                .map_or_else(|| count.to_string(), str::to_owned),
        };
        let number = number.ok_or_else(wrong)?;
        replicas.push((name, number));
    }
    Ok(replicas)
}

/// A patch as Argo CD writes it: what it does not know, or what is empty, is left out.
fn patch(field: &Field) -> Result<Json, ApplicationError> {
    let mut patch = Map::new();
    for name in ["path", "patch"] {
        insert(&mut patch, name, field.get(name)?.text()?);
    }
    let target = field.get("target")?;
    if target.is_said() {
        let mut selector = Map::new();
        for name in TARGET {
            insert(&mut selector, name, target.get(name)?.text()?);
        }
        patch.insert("target".to_owned(), selector.into());
    }
    let options = field.get("options")?.entries()?.into_iter();
    let options = options.map(|(name, value)| Ok((name, Json::Bool(value.flag()?))));
    let options: Map<String, Json> = options.collect::<Result<_, ApplicationError>>()?;
    if !options.is_empty() {
        patch.insert("options".to_owned(), options.into());
    }
    Ok(patch.into())
}

fn insert(map: &mut Map<String, Json>, name: &str, text: String) {
    if !text.is_empty() {
        map.insert(name.to_owned(), text.into());
    }
}
