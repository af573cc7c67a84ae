//! `helm-catalog cmp generate`: the manifests of the source.

use homescale_argocd::{ChartSource, ManifestError, ManifestOptions, NoManifests, PluginRequest};
use homescale_catalog::RenderOptions;
use homescale_chart::Limits;
use homescale_fileset::FileSet;

use super::source::Source;
use super::tree::SentTree;
use crate::commands::render;
use crate::context::Context;
use crate::effects::Effects;
use crate::failure::Failure;
use crate::findings;
use crate::terminal;

/// Prints the manifests of the source in the current directory. None at all are an error, unless they are asked for: Argo CD
/// would take an empty result for the wish to delete everything.
pub(super) fn run(
    request: &PluginRequest,
    limits: Limits,
    context: &Context,
) -> Result<(), Failure> {
    let allow_empty = request.allow_empty()?;
    let tree = SentTree::find(request, context)?;
    let (manifests, of_what) = match Source::find(request, &tree)? {
        Source::Chart(source) => {
            terminal::warn(source.note.as_slice());
            let mut options = ManifestOptions::from(request);
            options.limits = limits;
            let manifests = manifests(request, &options, &tree, &source.chart)?;
            (manifests, source.chart.path)
        }
        Source::Catalog(mut repository, cluster) => {
            repository.catalog.limit(limits);
            let effects = Effects::of_application(request)?;
            let yaml = render::yaml(&repository, &cluster, &RenderOptions::default(), &effects)?;
            (yaml, format!("apps on the cluster {cluster}"))
        }
    };
    if !allow_empty {
        let checked = NoManifests::check(&manifests, &of_what);
        checked.map_err(|error| Failure::input(&error).hinted(Some(error.hint())))?;
    }
    terminal::print(&manifests)
}

/// What a chart renders to, its patches applied.
fn manifests(
    request: &PluginRequest,
    options: &ManifestOptions,
    tree: &SentTree,
    chart: &ChartSource,
) -> Result<Vec<u8>, Failure> {
    let files = tree.files(chart)?;
    let effects = Effects::of_application(request)?;
    let manifests = chart.manifests(&files, options, effects.host());
    effects.report();
    let patched = manifests.map_err(|error| match error {
        ManifestError::Patches(found) => Failure::Findings(format!("{found}\n")),
        error => Failure::input(&error).hinted(error.hint()),
    })?;
    findings::tell(&patched.notes, &FileSet::new());
    Ok(patched.manifests)
}
