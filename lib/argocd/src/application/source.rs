//! [`Source`]: one source of an Application.

use homescale_located::Node;

use super::error::ApplicationError;
use super::field::Field;
use super::plugin::PluginSource;
use crate::helm_source::HelmSource;

/// One source of an Application: where it is, and what is to be done with it. What it does not say is empty.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Source {
    /// The address of the repository.
    pub repo_url: String,
    /// The path of a directory in it.
    pub path: String,
    /// The name of a chart, in a repository of charts.
    pub chart: String,
    /// The branch, tag or commit; of a chart, its version.
    pub target_revision: String,
    /// `ref`: what other sources call it in `$REF/values.yaml`.
    pub reference: String,
    /// What it is called.
    pub name: String,
    /// What it says for Helm.
    pub helm: Option<HelmSource>,
    /// What it says for Kustomize, as it is written.
    pub kustomize: Option<Node>,
    /// What it says for a plain directory.
    pub directory: Option<DirectorySource>,
    /// What it says for a config management plugin.
    pub plugin: Option<PluginSource>,
    /// All that it says, as it is written.
    pub(crate) said: Node,
}

/// What `source.directory` says about a plain directory of manifests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DirectorySource {
    /// Whether directories in it count, too.
    pub recurse: bool,
    /// The pattern of files that are the only ones to count.
    pub include: String,
    /// The pattern of files that do not count.
    pub exclude: String,
    /// Whether files count whatever their extension is. Argo CD knows it since 3.6.
    pub disable_extension_filter: bool,
    /// Jsonnet's external variables.
    pub jsonnet_variables: Vec<JsonnetVariable>,
    /// The arguments of Jsonnet's top level.
    pub jsonnet_arguments: Vec<JsonnetVariable>,
    /// The directories of Jsonnet's libraries, from the root of the repository.
    pub jsonnet_libraries: Vec<String>,
}

/// A variable or an argument of Jsonnet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonnetVariable {
    /// Its name.
    pub name: String,
    /// What it is set to.
    pub value: String,
    /// Whether that is code.
    pub is_code: bool,
}

impl Source {
    /// Takes apart a source.
    pub(crate) fn of(field: &Field) -> Result<Self, ApplicationError> {
        let text = |name: &str| field.get(name)?.text();
        Ok(Self {
            repo_url: text("repoURL")?,
            path: text("path")?,
            chart: text("chart")?,
            target_revision: text("targetRevision")?,
            reference: text("ref")?,
            name: text("name")?,
            helm: HelmSource::of_field(&field.get("helm")?)?,
            kustomize: field.get("kustomize")?.map()?,
            directory: DirectorySource::of(&field.get("directory")?)?,
            plugin: PluginSource::of(&field.get("plugin")?)?,
            said: field.map()?.unwrap_or_default(),
        })
    }

    /// Whether it is a source of an OCI registry.
    pub fn is_oci(&self) -> bool {
        self.repo_url.starts_with("oci://")
    }

    /// Whether, in a list of sources, it is there for the others only: Argo CD makes nothing of it.
    pub fn is_reference_only(&self) -> bool {
        self.path.is_empty() && self.chart.is_empty()
    }
}

impl DirectorySource {
    fn of(field: &Field) -> Result<Option<Self>, ApplicationError> {
        let text = |name: &str| field.get(name)?.text();
        let jsonnet = field.get("jsonnet")?;
        let variables = |name: &str| {
            let items = jsonnet.get(name)?.items()?;
            items
                .iter()
                .map(JsonnetVariable::of)
                .collect::<Result<_, _>>()
        };
        let read = Self {
            recurse: field.get("recurse")?.flag()?,
            include: text("include")?,
            exclude: text("exclude")?,
            disable_extension_filter: field.get("disableExtensionFilter")?.flag()?,
            jsonnet_variables: variables("extVars")?,
            jsonnet_arguments: variables("tlas")?,
            jsonnet_libraries: jsonnet.get("libs")?.texts()?,
        };
        Ok(field.is_said().then_some(read))
    }
}

impl JsonnetVariable {
    fn of(field: &Field) -> Result<Self, ApplicationError> {
        Ok(Self {
            name: field.get("name")?.text()?,
            value: field.get("value")?.text()?,
            is_code: field.get("code")?.flag()?,
        })
    }
}
