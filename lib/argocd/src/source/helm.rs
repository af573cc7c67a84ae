//! [`HelmRender`]: a chart of a source, and what it is rendered with (`helmTemplate`, `runManifestGenAsync`).

use std::fmt;
use std::rc::Rc;

use homescale_chart::{BuildError, local_dependencies};
use homescale_fileset::FileSet;
use homescale_functions::Host;
use homescale_located::Diagnostics;

use super::charts::{ChartError, Charts};
use super::error::SourceError;
use super::failure::SourceFailure;
use super::inputs::SourceInputs;
use super::kube_version::numbers_of;
use super::not_rendered::NotRendered;
use super::place::Place;
use super::references::References;
use super::request::SourceRequest;
use crate::application::Source;
use crate::build_environment::BuildEnvironment;
use crate::bundled_helm::bundled_helm;
use crate::helm_source::HelmSource;
use crate::manifest_error::ManifestError;
use crate::no_manifests::NoManifests;
use crate::render::{ChartSource, ManifestOptions};
use crate::value_files::{ValueFileError, ValueFileErrorKind};
use crate::version::ArgoCdVersion;

/// A chart of a source, and what it is rendered with.
pub(super) struct HelmRender<'a> {
    pub(super) chart: ChartSource,
    pub(super) files: &'a FileSet,
    pub(super) references: References<'a>,
    pub(super) charts: &'a dyn Charts,
    pub(super) options: ManifestOptions,
    /// Whether no manifests are a result.
    pub(super) allow_empty: bool,
}

impl fmt::Debug for HelmRender<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HelmRender")
            .field("chart", &self.chart)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl<'a> HelmRender<'a> {
    /// Finds all that the chart is rendered with.
    ///
    /// # Errors
    /// Something of it is wrong, or not at hand.
    pub(super) fn prepare(
        request: &SourceRequest<'a>,
        source: &Source,
        place: &Place<'a>,
        inputs: &mut SourceInputs,
    ) -> Result<Self, SourceError> {
        let application = request.application;
        let environment =
            application.build_environment(source, request.argocd_namespace, request.revision);
        let helm = source.helm.clone().unwrap_or_default();
        check_version(request.argocd, &helm.version)?;
        let options = options(request, &helm)?;
        let references = References::of(request, &helm)?;
        let helm = expanded(helm, &references, &environment);
        let chart = ChartSource {
            name: application.name.clone(),
            namespace: application.destination.namespace.clone(),
            helm_version: bundled_helm(request.argocd)
                .ok_or_else(|| SourceFailure::ArgoCd(request.argocd.into()))?,
            ..ChartSource::new(place.directory.as_str(), helm)
        };
        let render = Self {
            options,
            chart,
            files: place.files,
            references,
            charts: request.charts,
            allow_empty: true,
        };
        render.with_inputs(place, inputs)
    }

    /// The same, once what it reads has been added to the inputs.
    ///
    /// # Errors
    /// A file cannot be reached.
    pub(super) fn with_inputs(
        self,
        place: &Place<'a>,
        inputs: &mut SourceInputs,
    ) -> Result<Self, SourceError> {
        inputs.directories.insert(place.input(&place.directory));
        let dependencies = local_dependencies(place.files, &place.directory);
        let dependencies = dependencies.iter().map(|path| place.input(path));
        inputs.directories.extend(dependencies);
        self.add_inputs(place, inputs)?;
        Ok(self)
    }

    /// Adds the files beside the chart that are read, and those that are looked for.
    fn add_inputs(&self, place: &Place<'a>, inputs: &mut SourceInputs) -> Result<(), SourceError> {
        let reach = self.references.reach(&self.chart.path, self.files);
        let places = self.chart.searched(&reach).map_err(value_file)?;
        for directory in places.directories {
            let input = self.references.input(place, &reach, &directory);
            inputs.directories.insert(input);
        }
        for file in places.files {
            let is_there = reach.contains(&file);
            let input = self.references.input(place, &reach, &file);
            let list = if is_there {
                &mut inputs.files
            } else {
                &mut inputs.missing
            };
            list.insert(input);
        }
        Ok(())
    }

    /// Renders the chart.
    pub(super) fn render(self, host: Rc<dyn Host>) -> Result<(Vec<u8>, Diagnostics), SourceError> {
        let path = self.chart.path.clone();
        let chart = self
            .charts
            .chart(self.files, &path, self.chart.helm_version);
        let chart = chart.map_err(|error| not_loaded(&path, error))?;
        let reach = self.references.reach(&self.chart.path, self.files);
        let patched = self.chart.manifests_of(&chart, &reach, &self.options, host);
        let patched = patched.map_err(SourceFailure::Chart)?;
        if !self.allow_empty {
            NoManifests::check(&patched.manifests, &path).map_err(SourceFailure::Empty)?;
        }
        Ok((patched.manifests, patched.notes))
    }
}

/// Why a chart has not been loaded.
fn not_loaded(path: &str, error: ChartError) -> SourceError {
    let path = path.to_owned();
    let failure = match error {
        ChartError::NoChart => SourceFailure::Chart(ManifestError::NoChart(path)),
        ChartError::Load(BuildError::Download(missing)) => {
            return NotRendered::Dependencies { path, missing }.into();
        }
        ChartError::Load(BuildError::Load(error)) => {
            SourceFailure::Chart(ManifestError::Chart(path, error))
        }
        ChartError::Load(error) => SourceFailure::Dependencies(path, error),
    };
    failure.into()
}

/// Refuses a version of Helm that an Argo CD refuses (`util/helm`, `NewCmd`).
fn check_version(argocd: ArgoCdVersion, version: &str) -> Result<(), SourceFailure> {
    match version {
        "" | "v3" => Ok(()),
        "v4" if argocd >= ArgoCdVersion::new(3, 5) => Ok(()),
        other => Err(SourceFailure::HelmVersion(other.to_owned())),
    }
}

/// What holds for the cluster, as the source overrides it.
fn options(
    request: &SourceRequest<'_>,
    helm: &HelmSource,
) -> Result<ManifestOptions, SourceFailure> {
    let own = helm.kube_version.as_str();
    let of_cluster = || request.kube_version();
    let version = if own.is_empty() { of_cluster() } else { own };
    Ok(ManifestOptions {
        kube_version: numbers_of(version)?,
        api_versions: request.api_versions().to_vec(),
        limits: request.cluster.limits.clone(),
    })
}

/// What `helm` says, with its variables replaced.
fn expanded(
    mut helm: HelmSource,
    references: &References<'_>,
    environment: &BuildEnvironment,
) -> HelmSource {
    let files = helm.value_files.iter_mut();
    for name in files.chain(helm.file_parameters.iter_mut().map(|it| &mut it.path)) {
        *name = match references.split(name) {
            Some((reference, path)) => format!("{reference}{}", environment.expand(path)),
            None => environment.expand(name),
        };
    }
    for parameter in &mut helm.parameters {
        parameter.value = environment.expand(&parameter.value);
    }
    // It is among the options, where it has been read.
    helm.kube_version = String::new();
    helm
}

/// A file at an address that Argo CD would read is not wrong, but not read here.
fn value_file(error: ValueFileError) -> SourceError {
    let is_read = |name: &str| {
        let scheme = name
            .split_once(':')
            .map(|(scheme, _)| scheme.to_lowercase());
        matches!(scheme.as_deref(), Some("http" | "https"))
    };
    match error.kind {
        ValueFileErrorKind::Url if is_read(&error.name) => {
            NotRendered::ValueFile(error.name).into()
        }
        _ => SourceFailure::Chart(error.into()).into(),
    }
}
