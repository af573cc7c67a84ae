//! The manifests of one chart: rendered as Argo CD renders it, its patches applied.

use std::rc::Rc;

use homescale_chart::{Chart, HelmVersion, Plain, Release, Rendered, Request, ValueSource, render};
use homescale_fileset::FileSet;
use homescale_functions::Host;
use homescale_located::Diagnostics;
use homescale_manifest::{Patch, patch_manifests};
use homescale_value::{Str, Value};
use homescale_yaml::from_slice;

use crate::helm_source::HelmSource;
use crate::model::objects::Application;
use crate::parameters::escaped;
use crate::value_files::{self, RepositoryFiles};

/// What Argo CD knows of the cluster when it renders a chart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestOptions {
    /// The version of Kubernetes, as `--kube-version` takes it.
    pub kube_version: Option<String>,
    /// The API versions that the cluster has, besides those that Helm knows.
    pub api_versions: Vec<String>,
}

/// A chart in a repository, and what Argo CD renders it with.
#[derive(Clone, Debug)]
pub struct ChartSource {
    /// The folder of the chart, from the root of its repository.
    pub path: String,
    /// The name of the release, where `helm` does not say it.
    pub name: String,
    /// The namespace of the destination.
    pub namespace: String,
    /// What `source.helm` says.
    pub helm: HelmSource,
    /// What changes the rendered manifests.
    pub patches: Vec<Patch>,
    /// The Helm to be.
    pub level: HelmVersion,
}

/// Why there are no manifests.
#[derive(Debug)]
pub enum ManifestError {
    /// The chart cannot be rendered: a message that begins with its folder, or with a file.
    Chart(String),
    /// A patch does not apply.
    Patches(Diagnostics),
}

impl std::fmt::Display for ManifestError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Chart(text) => f.write_str(text),
            Self::Patches(found) => found.fmt(f),
        }
    }
}

impl std::error::Error for ManifestError {}

impl From<String> for ManifestError {
    fn from(text: String) -> Self {
        Self::Chart(text)
    }
}

impl Application {
    /// The chart of the app, with what the Application says about it.
    pub fn chart_source(&self) -> ChartSource {
        ChartSource {
            path: self.path.clone(),
            name: self.name.clone(),
            namespace: self.namespace.clone(),
            helm: HelmSource::of(&self.helm),
            patches: self.patches.clone(),
            level: self.level,
        }
    }
}

impl ChartSource {
    /// The manifests that the chart renders to, as `helm template --include-crds` prints them, with the patches applied.
    /// `chart` has the files of the chart, with paths relative to its folder; `beside` gives those of its repository, for value files.
    ///
    /// # Errors
    /// The chart cannot be rendered, a value file is missing, a document has no kind, or a patch does not apply.
    pub fn manifests(
        &self,
        chart: &FileSet,
        beside: &dyn RepositoryFiles,
        options: &ManifestOptions,
        host: Rc<dyn Host>,
    ) -> Result<Vec<u8>, ManifestError> {
        let failed = |error: homescale_chart::Error| format!("{}: {error}", self.path);
        let loaded = Chart::load_as(chart, self.level).map_err(failed)?;
        let helm = &self.helm;
        let or = |own: &str, other: &str| if own.is_empty() { other } else { own }.to_owned();
        let request = Request {
            release: Release {
                name: or(&helm.release_name, &self.name),
                namespace: or(&helm.namespace, &self.namespace),
                is_upgrade: false,
            },
            values: self.values(beside)?,
            kube_version: match helm.kube_version.as_str() {
                "" => options.kube_version.clone(),
                own => Some(own.to_owned()),
            },
            api_versions: match helm.api_versions.as_slice() {
                [] => options.api_versions.clone(),
                own => own.to_vec(),
            },
            include_crds: !helm.skip_crds,
            skip_tests: helm.skip_tests,
            skip_schema_validation: helm.skip_schema_validation,
            helm: self.level,
            ..Request::default()
        };
        let rendered = render(&loaded, &request, host).map_err(failed)?;
        check_kinds(&rendered)?;
        patch_manifests(&rendered.text(), &self.patches).map_err(ManifestError::Patches)
    }

    /// The values that the chart sees when nothing is overridden: its own defaults, and those of the source over them.
    /// Empty where they cannot be had.
    ///
    /// # Errors
    /// The chart cannot be loaded, or a value file is missing.
    pub fn effective_values(
        &self,
        chart: &FileSet,
        beside: &dyn RepositoryFiles,
    ) -> Result<Value, String> {
        let failed = |error: homescale_chart::Error| format!("{}: {error}", self.path);
        let mut sources = Vec::new();
        if let Some(text) = chart.get("values.yaml") {
            let name = "values.yaml".to_owned();
            let text = Str::from(text);
            sources.push(ValueSource::File { name, text });
        }
        sources.extend(self.values(beside)?);
        homescale_chart::merge_values(&sources, self.level).map_err(failed)
    }

    /// The value files, values and parameters, weakest first.
    fn values(&self, beside: &dyn RepositoryFiles) -> Result<Vec<ValueSource>, String> {
        let failed = |error: homescale_chart::Error| format!("{}: {error}", self.path);
        let helm = &self.helm;
        let mut sources = Vec::new();
        let may_miss = helm.ignore_missing_value_files;
        for name in value_files::find(&self.path, &helm.value_files, may_miss, beside)? {
            match beside.read(&name) {
                Some(text) => sources.push(ValueSource::File {
                    name,
                    text: Str::from(text),
                }),
                None if may_miss => {}
                None => return Err(self.missing(&name, "value file")),
            }
        }
        if !helm.values.is_null() {
            let own = Plain::from_value(&helm.values.to_value()).map_err(failed)?;
            sources.push(ValueSource::Map(own));
        }
        // Helm takes texts after values of any type, and files after those, whatever their order.
        for force_string in [false, true] {
            let wanted = |it: &&crate::helm_source::Parameter| it.force_string == force_string;
            for parameter in helm.parameters.iter().filter(wanted) {
                let text = format!("{}={}", parameter.name, escaped(&parameter.value));
                sources.push(if force_string {
                    ValueSource::SetString(text)
                } else {
                    ValueSource::Set(text)
                });
            }
        }
        for (name, path) in &helm.file_parameters {
            let what = "file of a parameter";
            let found = value_files::resolve(&self.path, path, what)?;
            let content = beside.read(&found);
            let content = content.ok_or_else(|| self.missing(&found, what))?;
            sources.push(ValueSource::SetFile {
                text: format!("{name}={}", escaped(path)),
                contents: vec![(path.clone(), Ok(Str::from(content)))],
            });
        }
        Ok(sources)
    }

    fn missing(&self, path: &str, what: &str) -> String {
        format!("{}: there is no {what} {path}", self.path)
    }
}

/// Argo CD refuses an object without a kind, and cannot say which template made it.
fn check_kinds(rendered: &Rendered) -> Result<(), String> {
    let mut manifests = rendered.manifests.iter().chain(&rendered.hooks);
    let odd = manifests.find(|manifest| {
        manifest.kind.is_empty() && from_slice(&manifest.text).is_ok_and(|value| !value.is_nil())
    });
    odd.map_or(Ok(()), |manifest| {
        let source = &manifest.source;
        Err(format!(
            "{source}: a document without `kind`, which Argo CD would refuse"
        ))
    })
}
