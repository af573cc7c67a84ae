//! [`Source`]: what the Application's source is, and what its chart is rendered with.

use homescale_argocd::PluginRequest;
use homescale_catalog::{ChartSource, HelmSource, Parameter};
use homescale_chart::HelmVersion;
use homescale_fileset::FileSet;
use homescale_manifest::Patch;

use super::lookup;
use super::tree::SourceTree;
use crate::failure::Failure;
use crate::findings;
use crate::repository::Repository;
use crate::terminal;

/// What Argo CD wants manifests of.
pub(super) enum Source {
    /// The catalog, for a cluster.
    Catalog(Box<Repository>, String),
    /// A chart.
    Chart(Box<ChartSource>),
}

impl Source {
    /// The source in the current directory: the catalog; or a chart, with what the parameter `helm` says, or else with what
    /// the catalog says about the app whose chart it is.
    ///
    /// # Errors
    /// It is neither, the cluster is not known, or the catalog cannot be read.
    pub(super) fn find(tree: &SourceTree, request: &PluginRequest) -> Result<Self, Failure> {
        let path = tree.path_in_catalog();
        let is_catalog = path.as_deref() == Some("apps");
        if let (false, Some(helm)) = (is_catalog, &request.helm) {
            return chart_by_parameters(tree, request, helm).map(Self::of_chart);
        }
        let (Some(root), Some(path)) = (&tree.catalog, path) else {
            return Err(Failure::Input(no_catalog(tree)));
        };
        let repository =
            Repository::read(root.clone()).map_err(|failure| tree.without_root(failure))?;
        let cluster = cluster(&repository, request)?;
        if is_catalog {
            return Ok(Self::Catalog(Box::new(repository), cluster));
        }
        let application = lookup::application_of(&repository, &cluster, tree, request, &path)?;
        with_overrides(application.chart_source(), request).map(Self::of_chart)
    }

    fn of_chart(chart: ChartSource) -> Self {
        Self::Chart(Box::new(chart))
    }
}

fn no_catalog(tree: &SourceTree) -> String {
    let path = tree.source_path();
    let path = if path.is_empty() { "." } else { &path };
    format!(
        "{path}: no catalog here or above, and no plugin parameter `helm`\n  hint: a catalog is a directory with apps/ and \
         clusters/; if Argo CD sends only what manifest-generate-paths names, name both"
    )
}

/// The cluster that the Application names, or the only one there is.
fn cluster(repository: &Repository, request: &PluginRequest) -> Result<String, Failure> {
    let named: Vec<String> = request.cluster.iter().cloned().collect();
    let known = repository.clusters(&named).map_err(|failure| match failure {
        Failure::Usage(text) => Failure::Input(format!(
            "{text} (for Argo CD: as the plugin parameter `cluster`, or as `CLUSTER` in the plugin's env)"
        )),
        other => other,
    })?;
    Ok(known.into_iter().next().unwrap_or_default())
}

/// The chart in the current directory, with nothing but what the parameters say.
fn chart_by_parameters(
    tree: &SourceTree,
    request: &PluginRequest,
    helm: &str,
) -> Result<ChartSource, Failure> {
    let none = FileSet::new();
    let failed = |found| findings::failure(&found, &none);
    let patches = request.patches.as_deref().unwrap_or_default();
    let path = tree.source_path();
    let source = ChartSource {
        path: if path.is_empty() {
            ".".to_owned()
        } else {
            path
        },
        name: request.application_name().to_owned(),
        namespace: request.namespace.clone(),
        helm: HelmSource::parse(helm.as_bytes(), "the plugin parameter `helm`").map_err(failed)?,
        patches: Patch::read_list(patches.as_bytes(), "the plugin parameter `patches`")
            .map_err(failed)?,
        level: HelmVersion::newest(),
    };
    with_overrides(source, request)
}

/// What the Application overrides: single values, and the Helm to be. Variables are replaced, as Argo CD does for Helm.
fn with_overrides(
    mut source: ChartSource,
    request: &PluginRequest,
) -> Result<ChartSource, Failure> {
    if let Some(choice) = request.helm_version()? {
        terminal::warn(choice.note.as_slice());
        source.level = choice.helm;
    }
    let helm = &mut source.helm;
    helm.parameters
        .extend(request.values.iter().map(|(name, value)| Parameter {
            name: name.clone(),
            value: value.clone(),
            force_string: false,
        }));
    let files = helm.value_files.iter_mut();
    let files = files.chain(helm.file_parameters.iter_mut().map(|(_, path)| path));
    for file in files {
        *file = request.environment.expand_file_name(file);
    }
    for parameter in &mut helm.parameters {
        parameter.value = request.environment.expand(&parameter.value);
    }
    Ok(source)
}
