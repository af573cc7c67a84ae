//! [`KustomizeRender`]: a kustomization of a source, and what is run for it.

use std::fmt;

use homescale_fileset::FileSet;

use super::build::{KustomizeBuild, KustomizeStep, edits};
use super::error::KustomizeError;
use super::fields::KustomizeFields;
use super::reach::{Reach, kustomization_in};
use crate::application::Source;
use crate::bundled_kustomize::kustomize_of_argocd;
use crate::paths::normalize;
use crate::source::error::SourceError;
use crate::source::failure::SourceFailure;
use crate::source::inputs::{SourceInputs, inside};
use crate::source::kube_version::numbers_of;
use crate::source::not_rendered::NotRendered;
use crate::source::place::Place;
use crate::source::request::SourceRequest;
use crate::source::tools::{KustomizeSettings, Tools};

/// A generator by which Kustomize runs Helm, as it calls it.
const HELM_GENERATOR: &[u8] = b"HelmChartInflationGenerator";

/// A kustomization, and what is run for it.
pub(in crate::source) struct KustomizeRender<'a> {
    build: KustomizeBuild,
    tools: &'a dyn Tools,
}

impl fmt::Debug for KustomizeRender<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("KustomizeRender").field(&self.build).finish()
    }
}

impl<'a> KustomizeRender<'a> {
    /// Finds out what is run, and what that reads.
    ///
    /// # Errors
    /// Something of it is wrong, or not allowed, or there is no program.
    pub(in crate::source) fn prepare(
        request: &SourceRequest<'a>,
        source: &Source,
        place: &Place<'a>,
        inputs: &mut SourceInputs,
    ) -> Result<Self, SourceError> {
        let said = source.kustomize.as_ref();
        let fields = said.map(KustomizeFields::of).transpose().map_err(failure)?;
        let fields = fields.unwrap_or_default();
        let components = components(&fields, place);
        // What is added once it is there is asked for, too.
        let mut reach = Reach::of(place.files, &place.directory, &fields.components);
        let settings = request.tools.kustomize_settings();
        if settings.is_some_and(|it| it.is_unrestricted() && reach.has_plugins) {
            reach.directories.insert(String::new());
        }
        add_inputs(&reach, place, inputs);
        let settings = settings.ok_or(NotRendered::Kustomize)?;
        check_version(settings, &fields.version)?;
        if !settings.network {
            refuse_network(settings, &reach, place.files)?;
        }
        if let Some(outside) = reach.outside {
            return Err(failure(outside));
        }
        let file = kustomization_in(place.files, &place.directory);
        if file.is_none() && !fields.patches.is_empty() {
            let directory = place.directory.clone();
            return Err(failure(KustomizeError::NoKustomization(directory)));
        }
        let environment = request.application.build_environment(
            source,
            request.argocd_namespace,
            request.revision,
        );
        let mut steps = edits(&fields, &environment, &components, file.as_deref());
        let options = build_options(request, &fields, settings)?;
        steps.push(KustomizeStep::Build(options));
        let build = KustomizeBuild {
            files: place.files.filter(|path| reach.has(path)),
            directory: place.directory.clone(),
            steps,
            environment: environment.into(),
            bundled: kustomize_of_argocd(request.argocd),
        };
        let tools = request.tools;
        Ok(Self { build, tools })
    }

    /// Runs it.
    pub(in crate::source) fn render(self) -> Result<Vec<u8>, SourceError> {
        let printed = self.tools.kustomize(&self.build);
        printed.map_err(|error| SourceFailure::Tool(error).into())
    }
}

fn failure(error: KustomizeError) -> SourceError {
    SourceFailure::Kustomize(error).into()
}

/// The components that are added to the kustomization: those that are there, if others may be missing.
fn components(fields: &KustomizeFields, place: &Place<'_>) -> Vec<String> {
    let is_there = |component: &&String| {
        let path = normalize(&inside(&place.directory, component));
        path.is_some_and(|path| {
            path.is_empty() || place.files.contains(&path) || place.files.has_folder(&path)
        })
    };
    let all = fields.components.iter();
    let kept = all.filter(|it| !fields.ignore_missing_components || is_there(it));
    kept.cloned().collect()
}

fn add_inputs(reach: &Reach, place: &Place<'_>, inputs: &mut SourceInputs) {
    let input = |path: &String| place.input(path);
    inputs
        .directories
        .extend(reach.directories.iter().map(input));
    inputs.files.extend(reach.files.iter().map(input));
    inputs.missing.extend(reach.missing.iter().map(input));
}

/// A source may ask for a version by the name under which Argo CD's settings have it (`GetKustomizeBinaryPath`).
fn check_version(settings: &KustomizeSettings, version: &str) -> Result<(), NotRendered> {
    let numbers = |version: &str| version.strip_prefix('v').unwrap_or(version).to_owned();
    let is_known = settings.version.as_deref().map(numbers) == Some(numbers(version));
    if version.is_empty() || is_known {
        return Ok(());
    }
    Err(NotRendered::KustomizeVersion(version.to_owned()))
}

/// Refuses what would be downloaded.
fn refuse_network(
    settings: &KustomizeSettings,
    reach: &Reach,
    files: &FileSet,
) -> Result<(), NotRendered> {
    if let Some((file, address)) = reach.remote.clone() {
        return Err(NotRendered::KustomizeRemote { file, address });
    }
    if !settings.is_helm_enabled() {
        // Kustomize refuses it by itself.
        return Ok(());
    }
    let mentions_helm = |path: &&str| {
        let bytes = files.get(path).ok().flatten().unwrap_or_default();
        reach.has(path) && memchr::memmem::find(bytes, HELM_GENERATOR).is_some()
    };
    let in_plugins = || files.paths().find(mentions_helm).map(str::to_owned);
    let plugins = (reach.has_plugins).then(in_plugins).flatten();
    match reach.helm.clone().or(plugins) {
        Some(file) => Err(NotRendered::KustomizeHelm(file)),
        None => Ok(()),
    }
}

/// The further arguments of `kustomize build` (`parseKustomizeBuildOptions`).
fn build_options(
    request: &SourceRequest<'_>,
    fields: &KustomizeFields,
    settings: &KustomizeSettings,
) -> Result<Vec<String>, SourceFailure> {
    let own = fields.kube_version.as_str();
    let version = if own.is_empty() {
        request.kube_version()
    } else {
        own
    };
    let version = numbers_of(version)?;
    let options = settings.build_options.split_whitespace();
    let mut options: Vec<String> = options.map(str::to_owned).collect();
    if settings.is_helm_enabled() {
        let api_versions = match &fields.api_versions[..] {
            [] => request.api_versions(),
            own => own,
        };
        let version = version.into_iter().map(|it| ("--helm-kube-version", it));
        let api_versions = api_versions.iter().cloned();
        let api_versions = api_versions.map(|it| ("--helm-api-versions", it));
        let pairs = version.chain(api_versions);
        options.extend(pairs.flat_map(|(flag, value)| [flag.to_owned(), value]));
    }
    Ok(options)
}
