//! [`Source`]: what the Application's source is, and what its chart is rendered with.

use homescale_catalog::{ChartSource, HelmSource, Parameter, Patch, helm_of_argocd};
use homescale_chart::HelmVersion;
use homescale_fileset::FileSet;

use super::asked::{Asked, variable};
use super::lookup;
use super::substitute::{build_environment, is_variable, substitute};
use super::tree::Tree;
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
    /// The source in the current folder: the catalog; or a chart, with what the parameter `helm` says, or else with what
    /// the catalog says about the app whose chart it is.
    ///
    /// # Errors
    /// It is neither, the cluster is not known, or the catalog cannot be read.
    pub(super) fn find(tree: &Tree, asked: &Asked) -> Result<Self, Failure> {
        let path = tree.path_in_catalog();
        let is_catalog = path.as_deref() == Some("apps");
        if let (false, Some(helm)) = (is_catalog, asked.text("helm")) {
            return chart_by_parameters(tree, asked, &helm).map(Self::of_chart);
        }
        let (Some(root), Some(path)) = (&tree.catalog, path) else {
            return Err(Failure::Input(no_catalog(tree)));
        };
        let repository =
            Repository::read(root.clone()).map_err(|failure| tree.without_root(failure))?;
        let cluster = cluster(&repository, asked)?;
        if is_catalog {
            return Ok(Self::Catalog(Box::new(repository), cluster));
        }
        let application = lookup::application_of(&repository, &cluster, tree, &path)?;
        with_overrides(application.chart_source(), asked).map(Self::of_chart)
    }

    fn of_chart(chart: ChartSource) -> Self {
        Self::Chart(Box::new(chart))
    }
}

fn no_catalog(tree: &Tree) -> String {
    let path = tree.source_path();
    let path = if path.is_empty() { "." } else { &path };
    format!(
        "{path}: no catalog here or above, and no plugin parameter `helm`\n  hint: a catalog is a folder with apps/ and \
         clusters/; if Argo CD sends only what manifest-generate-paths names, name both"
    )
}

/// The cluster that the Application names, or the only one there is.
fn cluster(repository: &Repository, asked: &Asked) -> Result<String, Failure> {
    let named: Vec<String> = asked.text("cluster").into_iter().collect();
    let known = repository.clusters(&named).map_err(|failure| match failure {
        Failure::Usage(text) => Failure::Input(format!(
            "{text} (for Argo CD: as the plugin parameter `cluster`, or as `CLUSTER` in the plugin's env)"
        )),
        other => other,
    })?;
    Ok(known.into_iter().next().unwrap_or_default())
}

/// The chart in the current folder, with nothing but what the parameters say.
fn chart_by_parameters(tree: &Tree, asked: &Asked, helm: &str) -> Result<ChartSource, Failure> {
    let none = FileSet::new();
    let failed = |found| findings::failure(&found, &none);
    let patches = asked.text("patches").unwrap_or_default();
    let name = variable("ARGOCD_APP_NAME").unwrap_or_default();
    let path = tree.source_path();
    let source = ChartSource {
        path: if path.is_empty() {
            ".".to_owned()
        } else {
            path
        },
        name: name.rsplit('_').next().unwrap_or_default().to_owned(),
        namespace: variable("ARGOCD_APP_NAMESPACE").unwrap_or_default(),
        helm: HelmSource::parse(helm.as_bytes(), "the plugin parameter `helm`").map_err(failed)?,
        patches: Patch::read_list(patches.as_bytes(), "the plugin parameter `patches`")
            .map_err(failed)?,
        level: HelmVersion::newest(),
    };
    with_overrides(source, asked)
}

/// What the Application overrides: single values, and the Helm to be. Variables are replaced, as Argo CD does for Helm.
fn with_overrides(mut source: ChartSource, asked: &Asked) -> Result<ChartSource, Failure> {
    if let Some(version) = asked.text("argocd-version") {
        source.level = helm_of_argocd(&version).map_err(|error| {
            Failure::Input(format!("the plugin parameter `argocd-version`: {error}"))
        })?;
    }
    if let Some(version) = asked.text("helm-version") {
        let choice = HelmVersion::choose(&version).map_err(|error| {
            Failure::Input(format!("the plugin parameter `helm-version`: {error}"))
        })?;
        terminal::warn(choice.note.as_slice());
        source.level = choice.helm;
    }
    let helm = &mut source.helm;
    helm.parameters.extend(
        asked
            .map("parameters")
            .into_iter()
            .map(|(name, value)| Parameter {
                name,
                value,
                force_string: false,
            }),
    );
    let files = helm.value_files.iter_mut();
    let files = files.chain(helm.file_parameters.iter_mut().map(|(_, path)| path));
    // What begins with another variable is a file of another source.
    for file in files.filter(|file| !file.starts_with('$') || is_variable(file)) {
        *file = substitute(file, build_environment);
    }
    for parameter in &mut helm.parameters {
        parameter.value = substitute(&parameter.value, build_environment);
    }
    Ok(source)
}
