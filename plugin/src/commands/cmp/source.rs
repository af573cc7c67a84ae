//! [`Source`]: what the Application's source is, and what its chart is rendered with.

use std::env;

use homescale_catalog::{
    Application, ChartSource, HelmSource, Parameter, Patch, RenderOptions, helm_of_argocd,
};
use homescale_chart::Level;
use homescale_fileset::FileSet;

use super::asked::{Asked, variable};
use super::substitute::{build_environment, is_variable, substitute};
use super::tree::{Tree, normalized};
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
        let application = application_of(&repository, &cluster, tree, &path)?;
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
        level: Level::newest(),
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
        let choice = Level::choose(&version).map_err(|error| {
            Failure::Input(format!("the plugin parameter `helm-version`: {error}"))
        })?;
        terminal::warn(choice.note.as_slice());
        source.level = choice.level;
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

/// The Application whose chart is in the folder of the source. Where several apps share the chart, it is the one that
/// Argo CD names.
fn application_of(
    repository: &Repository,
    cluster: &str,
    tree: &Tree,
    path: &str,
) -> Result<Application, Failure> {
    if path.is_empty() {
        return Err(Failure::Input(
            "the source is the root of the repository; expected the catalog (apps) or the chart of an app".to_owned(),
        ));
    }
    let in_repository = tree.source_path();
    let is_source = |named: &str| {
        let named = normalized(named);
        named == path || named == in_repository
    };
    let catalog = &repository.catalog;
    let objects = catalog
        .render(cluster, &RenderOptions::default())
        .map_err(|found| repository.failure(&found))?;
    let mut on = objects.applications;
    on.retain(|application| is_source(&application.path));
    if on.len() > 1 {
        return named_by_argocd(on, path);
    }
    on.pop().ok_or_else(|| {
        let off = catalog.apps().find(|app| app.path().is_some_and(is_source));
        Failure::Input(match off {
            Some(app) => {
                let app = app.name();
                format!("{path}: the app {app} is off for the cluster {cluster}, or has another path there")
            }
            None => format!("{path}: neither the catalog (apps) nor the `path` of an apps/*/app.yaml"),
        })
    })
}

/// The one of several Applications that Argo CD is about, which says `NAMESPACE_NAME` for those outside its namespace.
fn named_by_argocd(applications: Vec<Application>, path: &str) -> Result<Application, Failure> {
    let names: Vec<&str> = applications.iter().map(|it| it.name.as_str()).collect();
    let names = names.join(", ");
    let asked = env::var("ARGOCD_APP_NAME").unwrap_or_default();
    let name = asked.rsplit('_').next().unwrap_or_default();
    let found = applications.into_iter().find(|it| it.name == name);
    found.ok_or_else(|| {
        Failure::Input(format!(
            "{path}: the chart of several Applications ({names}), and ARGOCD_APP_NAME {asked:?} is none of them"
        ))
    })
}
