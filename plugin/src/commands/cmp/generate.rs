//! `helm-catalog cmp generate`: the manifests of the source.

use std::path::Path;

use homescale_argocd::PluginRequest;
use homescale_catalog::{ChartSource, ManifestError, ManifestOptions, RenderOptions};

use super::source::Source;
use super::tree::SourceTree;
use crate::commands::render;
use crate::context::Context;
use crate::effects::Effects;
use crate::failure::Failure;
use crate::terminal;

/// What Helm says about a chart whose dependencies were not downloaded.
const MISSING_DEPENDENCIES: &str = "missing in charts/ directory:";

/// What Helm advises when a template fails.
const ADVICE: &str = "Use --debug flag to render out invalid YAML";

/// Prints the manifests of the source in the current directory. None at all are an error, unless they are asked for: Argo CD
/// would take an empty result for the wish to delete everything.
pub(super) fn run(request: &PluginRequest, context: &Context) -> Result<(), Failure> {
    let allow_empty = request.allow_empty()?;
    let tree = SourceTree::find(request, context)?;
    let (manifests, of_what) = match Source::find(&tree, request)? {
        Source::Catalog(repository, cluster) => {
            let renderer = repository.catalog.renderer();
            let yaml = render::yaml(&repository, &cluster, &RenderOptions::default(), renderer)?;
            (yaml, format!("apps on the cluster {cluster}"))
        }
        Source::Chart(chart) => (manifests(request, &tree, &chart)?, chart.path),
    };
    if is_blank(&manifests) && !allow_empty {
        return Err(Failure::Input(format!(
            "{of_what}: no manifests; Argo CD would prune everything\n  hint: if that is meant, set the plugin parameter \
             `allow-empty` to true, or `ALLOW_EMPTY` in the plugin's env"
        )));
    }
    terminal::print(&manifests)
}

/// What a chart renders to, its patches applied.
fn manifests(
    request: &PluginRequest,
    tree: &SourceTree,
    chart: &ChartSource,
) -> Result<Vec<u8>, Failure> {
    let files = tree.chart()?;
    if !files.contains("Chart.yaml") {
        let path = Path::new(&chart.path).join("Chart.yaml");
        return Err(Failure::Input(format!(
            "{}: there is no such file: the source is no chart",
            path.display()
        )));
    }
    let options = ManifestOptions {
        kube_version: request.kube_version.clone(),
        api_versions: request.api_versions.clone(),
    };
    let effects = Effects::of_environment()?;
    let manifests = chart.manifests(&files, tree, &options, effects.host());
    effects.report();
    manifests.map_err(|error| match error {
        ManifestError::Patches(found) => Failure::Findings(format!("{found}\n")),
        ManifestError::Chart(text) => tree
            .failure()
            .unwrap_or_else(|| Failure::Input(plain(&text, chart))),
    })
}

/// Helm's message without what helps only at its command line, the cause first.
fn plain(text: &str, chart: &ChartSource) -> String {
    if let Some((_, names)) = text.split_once(MISSING_DEPENDENCIES) {
        let path = &chart.path;
        return format!(
            "{path}: dependencies are not in charts/: {}\n  hint: the sidecar downloads nothing: commit the charts, or let \
             Argo CD render this one (`engine: helm`)",
            names.trim()
        );
    }
    let text = text.trim_end();
    text.strip_suffix(ADVICE)
        .unwrap_or(text)
        .trim_end()
        .to_owned()
}

/// Whether a stream has no document: only white space, comments and separators.
fn is_blank(stream: &[u8]) -> bool {
    let lines = stream.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    lines
        .into_iter()
        .all(|line| line.is_empty() || line.starts_with(b"#") || line == b"---" || line == b"null")
}
