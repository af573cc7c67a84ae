//! [`ChartSource`]: a chart and what Argo CD renders it with, and the manifests that come of it
//! (`reposerver/repository/repository.go`, `helmTemplate`).

use std::rc::Rc;

use homescale_chart::{
    Chart, HelmVersion, Limits, Plain, Release, Rendered, Request, ValueSource, merge_values,
    render,
};
use homescale_fileset::{FileSet, is_printable};
use homescale_functions::Host;
use homescale_located::{Diagnostics, Origin, Report, Sources, read_all, rule};
use homescale_manifest::{Patch, Patched, patch_manifests};
use homescale_value::{Str, Value};
use homescale_yaml::from_slice;

use crate::helm_source::{HelmSource, Values};
use crate::manifest_error::ManifestError;
use crate::parameters::{FileParameter, Parameter, set_order};
use crate::paths::{normalize, resolve};
use crate::request::{PluginRequest, RequestError};
use crate::value_files::{self, FilePath, NamedAs, Reach, ValueFileError};

/// What holds for all charts that are rendered for a cluster.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ManifestOptions {
    /// The version of Kubernetes, as `--kube-version` takes it.
    pub kube_version: Option<String>,
    /// The API versions that the cluster has, besides those that Helm knows.
    pub api_versions: Vec<String>,
    /// How much a chart may cause.
    pub limits: Limits,
}

impl From<&PluginRequest> for ManifestOptions {
    fn from(request: &PluginRequest) -> Self {
        Self {
            kube_version: request.kube_version.clone(),
            api_versions: request.api_versions.clone(),
            limits: PLUGIN_LIMITS,
        }
    }
}

/// How much a chart may cause in the sidecar, where others wait: it ends within seconds, and in a part of the memory that the
/// container has.
pub const PLUGIN_LIMITS: Limits = Limits {
    fuel: 100_000_000,
    output: 64 << 20,
    memory: 1 << 30,
    depth: 10_000,
    text: 16 << 20,
    elements: 1 << 20,
    values: 1_000_000,
    charts: 1_000,
};

/// Where files are that a source reads besides its chart, or looks for.
#[derive(Debug, Default)]
pub(crate) struct Searched {
    /// Directories, with all that is below them.
    pub(crate) directories: Vec<FilePath>,
    /// Files.
    pub(crate) files: Vec<FilePath>,
}

/// The namespace of a release for which none is said: Helm's own default.
const DEFAULT_NAMESPACE: &str = "default";

/// A chart in a repository, and what Argo CD renders it with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ChartSource {
    /// The directory of the chart, from the root of its repository.
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
    pub helm_version: HelmVersion,
}

impl ChartSource {
    /// The chart at `path` with what `source.helm` says, by the newest Helm that is known.
    pub fn new(path: impl Into<String>, helm: HelmSource) -> Self {
        Self {
            path: path.into(),
            name: String::new(),
            namespace: String::new(),
            helm,
            patches: Vec::new(),
            helm_version: HelmVersion::NEWEST,
        }
    }

    /// The chart at `path` as a request says it: with its parameters `helm` and `patches`. `None` when it has no `helm`.
    ///
    /// # Errors
    /// One of the parameters is malformed.
    pub fn of_request(request: &PluginRequest, path: &str) -> Result<Option<Self>, Diagnostics> {
        let Some(helm) = &request.helm else {
            return Ok(None);
        };
        let patches = request.patches.as_deref().unwrap_or_default();
        for (name, text) in [("helm", helm.as_str()), ("patches", patches)] {
            check_documents(text, &format!("the plugin parameter `{name}`"))?;
        }
        let helm = HelmSource::parse(helm.as_bytes(), "the plugin parameter `helm`")?;
        Ok(Some(Self {
            name: request.application_name().to_owned(),
            namespace: request.namespace.clone(),
            patches: Patch::read_list(patches.as_bytes(), "the plugin parameter `patches`")?,
            ..Self::new(path, helm)
        }))
    }

    /// The same chart with what a request overrides: the Helm to be, and single values. Variables are replaced, as Argo CD
    /// does for Helm. With what the user should know.
    ///
    /// # Errors
    /// The Helm to be is not known.
    pub fn overridden(
        mut self,
        request: &PluginRequest,
    ) -> Result<(Self, Option<String>), RequestError> {
        let choice = request.helm_version()?;
        let note = choice.and_then(|choice| {
            self.helm_version = choice.helm;
            choice.note
        });
        let helm = &mut self.helm;
        let values = request.values.iter().map(|(name, value)| Parameter {
            name: name.clone(),
            value: value.clone(),
            force_string: false,
        });
        helm.parameters.extend(values);
        let files = helm.value_files.iter_mut();
        for file in files.chain(helm.file_parameters.iter_mut().map(|it| &mut it.path)) {
            *file = request.environment.expand_file_name(file);
        }
        for parameter in &mut helm.parameters {
            parameter.value = request.environment.expand(&parameter.value);
        }
        Ok((self, note))
    }

    /// The directories of the repository in which files may be that the source means by patterns.
    pub fn searched_directories(&self) -> Vec<String> {
        let names = self.helm.value_files.iter();
        let paths = names.filter_map(|name| resolve(&self.path, name));
        let patterns = paths.filter(|path| value_files::is_pattern(path));
        let fixed = patterns.map(|path| value_files::fixed_part(&path).to_owned());
        fixed.collect()
    }

    /// Where files are that the source reads besides its chart, or looks for.
    ///
    /// # Errors
    /// A name is not one of a file that can be reached.
    pub(crate) fn searched(&self, reach: &Reach<'_>) -> Result<Searched, ValueFileError> {
        let mut searched = Searched::default();
        let files = self.helm.value_files.iter();
        let files = files.map(|name| (name, NamedAs::ValueFile));
        let parameters = self.helm.file_parameters.iter();
        let parameters = parameters.map(|it| (&it.path, NamedAs::Parameter));
        for (name, named_as) in files.chain(parameters) {
            let mut file = reach.resolve(name, named_as)?;
            if named_as == NamedAs::ValueFile && value_files::is_pattern(&file.path) {
                file.path
                    .truncate(value_files::fixed_part(&file.path).len());
                searched.directories.push(file);
            } else {
                searched.files.push(file);
            }
        }
        Ok(searched)
    }

    /// The files of the repository that the source reads besides its chart, by their paths. `files` has the names, at least,
    /// of all that is in [`Self::searched_directories`].
    ///
    /// # Errors
    /// A file cannot be in the repository, or a pattern is malformed or matches nothing.
    pub fn named_files(&self, files: &FileSet) -> Result<Vec<String>, ValueFileError> {
        let helm = &self.helm;
        let may_miss = helm.ignore_missing_value_files;
        let reach = Reach::own(&self.path, files);
        let mut named = reach.find(&helm.value_files, may_miss)?;
        for file in &helm.file_parameters {
            named.push(reach.resolve(&file.path, NamedAs::Parameter)?);
        }
        Ok(named.into_iter().map(|file| file.path).collect())
    }

    /// The value files that there are, weakest first: their paths in the repository.
    ///
    /// # Errors
    /// A file is not in the repository, or a pattern is malformed or matches nothing.
    pub fn value_files(&self, files: &FileSet) -> Result<Vec<String>, ValueFileError> {
        let found = self.find_value_files(&Reach::own(&self.path, files))?;
        Ok(found.into_iter().map(|file| file.path).collect())
    }

    /// The value files that there are, weakest first.
    pub(crate) fn find_value_files(
        &self,
        reach: &Reach<'_>,
    ) -> Result<Vec<FilePath>, ValueFileError> {
        let may_miss = self.helm.ignore_missing_value_files;
        let mut found = reach.find(&self.helm.value_files, may_miss)?;
        if may_miss {
            found.retain(|file| reach.has(file));
        }
        Ok(found)
    }

    /// What Helm is given for a parameter whose value is in a file.
    ///
    /// # Errors
    /// The file cannot be had.
    pub fn file_parameter(
        &self,
        parameter: &FileParameter,
        files: &FileSet,
    ) -> Result<ValueSource, ValueFileError> {
        read_parameter(parameter, &Reach::own(&self.path, files))
    }

    /// The manifests that the chart renders to, as `helm template --include-crds` prints them, with the patches applied.
    /// `files` has files of the repository: those of the chart, and those that [`Self::named_files`] names.
    ///
    /// # Errors
    /// The chart cannot be rendered, a value file is missing, a document has no kind, or a patch does not apply.
    pub fn manifests(
        &self,
        files: &FileSet,
        options: &ManifestOptions,
        host: Rc<dyn Host>,
    ) -> Result<Patched, ManifestError> {
        let chart = self.chart(files);
        if !chart.contains("Chart.yaml") {
            return Err(ManifestError::NoChart(self.path.clone()));
        }
        let chart = Chart::load_as(&chart, self.helm_version);
        let chart = chart.map_err(|error| ManifestError::Chart(self.path.clone(), error))?;
        self.manifests_of(&chart, &Reach::own(&self.path, files), options, host)
    }

    /// The manifests of this chart, which has been loaded: many sources may have the same one.
    pub(crate) fn manifests_of(
        &self,
        chart: &Chart,
        reach: &Reach<'_>,
        options: &ManifestOptions,
        host: Rc<dyn Host>,
    ) -> Result<Patched, ManifestError> {
        let failed = |error| ManifestError::Chart(self.path.clone(), error);
        let helm = &self.helm;
        let or = |own: &str, other: &str| if own.is_empty() { other } else { own }.to_owned();
        let request = Request {
            helm: self.helm_version,
            release: Release {
                name: or(&helm.release_name, &self.name),
                namespace: or(
                    or(&helm.namespace, &self.namespace).as_str(),
                    DEFAULT_NAMESPACE,
                ),
                is_upgrade: false,
            },
            values: self.values(reach)?,
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
            limits: options.limits.clone(),
            ..Request::default()
        };
        let rendered = render(chart, &request, host).map_err(failed)?;
        check_names(&rendered)?;
        check_kinds(&rendered)?;
        patch_manifests(&rendered.text(), &self.patches).map_err(ManifestError::Patches)
    }

    /// The values that the chart sees when nothing is overridden: its own defaults, and those of the source over them.
    /// Empty where they cannot be had.
    ///
    /// # Errors
    /// The values cannot be read, or a value file is missing.
    pub fn effective_values(&self, files: &FileSet) -> Result<Value, ManifestError> {
        let mut sources = Vec::new();
        let chart = self.chart(files);
        let own = chart.get("values.yaml");
        if let Some(text) = own.map_err(|error| ManifestError::Unreadable(error.clone()))? {
            let name = "values.yaml".to_owned();
            let text = Str::from(text);
            sources.push(ValueSource::File { name, text });
        }
        sources.extend(self.values(&Reach::own(&self.path, files))?);
        let merged = merge_values(&sources, self.helm_version);
        merged.map_err(|error| ManifestError::Chart(self.path.clone(), error))
    }

    /// The files of the chart.
    fn chart(&self, files: &FileSet) -> FileSet {
        match normalize(&self.path).as_deref() {
            None | Some("") => files.clone(),
            Some(directory) => files.subtree(directory),
        }
    }

    /// The value files, values and parameters, weakest first.
    fn values(&self, reach: &Reach<'_>) -> Result<Vec<ValueSource>, ManifestError> {
        let helm = &self.helm;
        let mut sources = Vec::new();
        for file in self.find_value_files(reach)? {
            let text = Str::from(reach.read(&file, NamedAs::ValueFile)?);
            let name = file.path;
            sources.push(ValueSource::File { name, text });
        }
        match &helm.values {
            Values::None => {}
            Values::Object(values) => {
                let own = Plain::from_value(&values.to_value());
                let own = own.map_err(|error| ManifestError::Chart(self.path.clone(), error))?;
                sources.push(ValueSource::Map(own));
            }
            Values::Text(text) => sources.push(ValueSource::File {
                name: "values of the source".to_owned(),
                text: Str::from(text.as_str()),
            }),
        }
        let mut set: Vec<ValueSource> = helm
            .parameters
            .iter()
            .map(Parameter::value_source)
            .collect();
        for parameter in &helm.file_parameters {
            set.push(read_parameter(parameter, reach)?);
        }
        set.sort_by_key(set_order);
        sources.extend(set);
        Ok(sources)
    }
}

/// What Helm is given for a parameter whose value is in a file.
fn read_parameter(
    parameter: &FileParameter,
    reach: &Reach<'_>,
) -> Result<ValueSource, ValueFileError> {
    let file = reach.resolve(&parameter.path, NamedAs::Parameter)?;
    let contents = reach.read(&file, NamedAs::Parameter)?;
    Ok(parameter.value_source(contents))
}

/// Refuses a text with further documents: nobody would read them. What else is wrong with it, whoever reads it will say.
fn check_documents(text: &str, name: &str) -> Result<(), Diagnostics> {
    let sources = Sources::one(name);
    let mut report = Report::new(&sources);
    let documents = read_all(
        text.as_bytes(),
        Origin::file(sources.file(name)),
        &mut Report::new(&sources),
    );
    let further = documents.as_deref().and_then(|all| all.get(1));
    further.map_or(Ok(()), |further| {
        let message = "a further document; expected one, without `---` in it";
        report.emit(&rule::YAML, further.place, message);
        Err(report.finish())
    })
}

/// Refuses templates whose names would add lines to the manifests: each stands in a comment. From a directory, none comes here.
fn check_names(rendered: &Rendered) -> Result<(), ManifestError> {
    let all = rendered.crds.iter().map(|crd| &crd.source);
    let all = all.chain(rendered.manifests.iter().map(|it| &it.source));
    let mut all = all.chain(rendered.hooks.iter().map(|it| &it.source));
    let refused = all.find(|source| !is_printable(source));
    refused.map_or(Ok(()), |source| {
        Err(ManifestError::Unprintable(source.clone()))
    })
}

/// Argo CD refuses an object without a kind, and cannot say which template made it.
fn check_kinds(rendered: &Rendered) -> Result<(), ManifestError> {
    let mut manifests = rendered.manifests.iter().chain(&rendered.hooks);
    let refused = manifests.find(|manifest| {
        manifest.kind.is_empty() && from_slice(&manifest.text).is_ok_and(|value| !value.is_nil())
    });
    refused.map_or(Ok(()), |manifest| {
        Err(ManifestError::NoKind(manifest.source.clone()))
    })
}

#[cfg(test)]
mod tests {
    use homescale_functions::FixedHost;

    use super::*;

    #[test]
    fn a_large_file_is_for_the_helms_that_take_it() {
        let mut files = FileSet::new();
        let chart = *b"apiVersion: v2\nname: web\nversion: 1.0.0\n";
        files.insert("web/Chart.yaml", chart).unwrap();
        files
            .insert("web/templates/it.yaml", *b"kind: App\n")
            .unwrap();
        files
            .insert("web/data.bin", vec![b'x'; (5 << 20) + 1])
            .unwrap();
        let manifests = |files: &FileSet, helm| {
            let mut source = ChartSource::new("web", HelmSource::default());
            source.name = "web".to_owned();
            source.helm_version = helm;
            let host = Rc::new(FixedHost::default());
            source.manifests(files, &ManifestOptions::default(), host)
        };
        assert!(manifests(&files, HelmVersion::NEWEST).is_ok());
        let error = manifests(&files, HelmVersion::V3_19).unwrap_err();
        let expected = "web: chart file \"data.bin\" is larger than the maximum file size 5242880";
        assert_eq!(error.to_string(), expected);

        // What is ignored is not loaded, however large.
        files.insert("web/.helmignore", *b"*.bin\n").unwrap();
        assert!(manifests(&files, HelmVersion::V3_19).is_ok());
    }
}
