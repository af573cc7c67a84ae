//! Our own plugin, as the sidecar runs it (`getPluginEnvs`; the plugin's `cmp generate`).

use super::error::SourceError;
use super::failure::SourceFailure;
use super::helm::HelmRender;
use super::inputs::SourceInputs;
use super::kube_version::numbers_of;
use super::not_rendered::NotRendered;
use super::place::Place;
use super::references::References;
use super::request::SourceRequest;
use crate::application::{PluginSource, Source};
use crate::render::{ChartSource, ManifestOptions};
use crate::request::PluginRequest;

/// What our sidecar is called.
pub const PLUGIN_NAME: &str = "homescale";

/// Finds what our plugin renders, when it is the one that the source names and its parameters say all.
///
/// # Errors
/// It is another plugin, or a parameter is wrong.
pub(super) fn prepare<'a>(
    request: &SourceRequest<'a>,
    source: &Source,
    place: &Place<'a>,
    inputs: &mut SourceInputs,
) -> Result<HelmRender<'a>, SourceError> {
    let plugin = source.plugin.clone().unwrap_or_default();
    let not_run = || NotRendered::Plugin(plugin.name.clone());
    if plugin.name != PLUGIN_NAME {
        return Err(not_run().into());
    }
    let asked = asked(request, source, &plugin)?;
    let chart = ChartSource::of_request(&asked, &place.directory);
    // Without `helm`, it reads a catalog, of which this crate knows nothing.
    let chart = chart
        .map_err(SourceFailure::Parameters)?
        .ok_or_else(not_run)?;
    let (chart, _) = chart.overridden(&asked).map_err(SourceFailure::Plugin)?;
    let allow_empty = asked.allow_empty().map_err(SourceFailure::Plugin)?;
    let render = HelmRender {
        chart,
        files: place.files,
        references: References::default(),
        charts: request.charts,
        options: ManifestOptions::from(&asked),
        allow_empty,
    };
    render.with_inputs(place, inputs)
}

/// What Argo CD asks of the plugin.
fn asked(
    request: &SourceRequest<'_>,
    source: &Source,
    plugin: &PluginSource,
) -> Result<PluginRequest, SourceFailure> {
    let application = request.application;
    let environment =
        application.build_environment(source, request.argocd_namespace, request.revision);
    let kube_version = numbers_of(request.kube_version())?;
    let own = plugin.env.iter();
    let own = own.map(|(name, value)| (format!("ARGOCD_ENV_{name}"), environment.expand(value)));
    let more = [
        ("KUBE_VERSION".to_owned(), kube_version.unwrap_or_default()),
        (
            "KUBE_API_VERSIONS".to_owned(),
            request.api_versions().join(","),
        ),
        ("ARGOCD_APP_PARAMETERS".to_owned(), plugin.parameters_json()),
    ];
    let variables = environment.variables().chain(more).chain(own);
    PluginRequest::read(variables).map_err(SourceFailure::Plugin)
}
