//! [`Catalog`]: a repository's apps and clusters, read once, rendered any number of times on any thread.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use homescale_chart::{Chart, Error, Limits};
use homescale_fileset::FileSet;
use homescale_located::{Diagnostic, Report, Sources};

use crate::model::app::App;
use crate::model::cluster::Cluster;
use crate::model::layout::app_file;
use crate::model::renderer::Templates;
use crate::model::selection_error::SelectionError;

/// A catalog: the apps and clusters of a repository, and the default values of its chart.
///
/// It is immutable and can be shared between threads; rendering a cluster changes nothing.
#[derive(Debug)]
pub struct Catalog {
    pub(crate) sources: Sources,
    /// All files of the repository.
    pub(crate) files: FileSet,
    /// In byte order of the paths of their files.
    pub(crate) apps: Vec<App>,
    /// In byte order of their names.
    pub(crate) clusters: Vec<Cluster>,
    /// What was found while reading the apps and the chart's values.
    pub(crate) findings: Vec<Diagnostic>,
    /// The catalog as a chart, loaded when it is first rendered.
    pub(crate) chart: OnceLock<Result<Chart, Error>>,
    /// The chart without what the native evaluation does, loaded when it is first needed.
    pub(crate) frame: OnceLock<Result<Chart, Error>>,
    /// Whose templates the chart has, found when it is first asked.
    pub(crate) templates: OnceLock<Templates>,
    /// How much the templates of its chart and of fields may cause.
    pub(crate) limits: Limits,
}

impl Catalog {
    /// Sets how much the catalog's chart may cause for a cluster, and the templates in fields together.
    pub fn limit(&mut self, limits: Limits) {
        self.limits = limits;
    }

    /// The apps, in byte order of the paths of their `app.yaml`.
    pub fn apps(&self) -> impl ExactSizeIterator<Item = &App> {
        self.apps.iter()
    }

    /// The app of that name.
    pub fn app(&self, name: &str) -> Option<&App> {
        let file = app_file(name);
        let found = self.apps.binary_search_by(|app| app.file().cmp(&file));
        self.apps.get(found.ok()?)
    }

    /// The clusters, by name.
    pub fn clusters(&self) -> impl ExactSizeIterator<Item = &Cluster> {
        self.clusters.iter()
    }

    /// The cluster of that name.
    pub fn cluster(&self, name: &str) -> Option<&Cluster> {
        let found = (self.clusters).binary_search_by(|cluster| cluster.name().cmp(name));
        self.clusters.get(found.ok()?)
    }

    /// The names of the fields that other tools read, on any cluster.
    pub fn further_fields(&self) -> Vec<&str> {
        let fields = self
            .clusters
            .iter()
            .flat_map(|cluster| &cluster.config.fields);
        fields
            .map(String::as_str)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The cluster that is named, or the only one there is.
    ///
    /// # Errors
    /// The name is unknown, or none was given and there are several, or there is no cluster at all.
    pub fn select_cluster(&self, name: Option<&str>) -> Result<&Cluster, SelectionError> {
        let known = || self.clusters().map(|it| it.name().to_owned()).collect();
        match (name, self.clusters.as_slice()) {
            (_, []) => Err(SelectionError::NoClusters),
            (None, [only]) => Ok(only),
            (None, _) => Err(SelectionError::WhichCluster(known())),
            (Some(name), _) => (self.cluster(name))
                .ok_or_else(|| SelectionError::UnknownCluster(name.to_owned(), known())),
        }
    }

    /// The app that is named.
    ///
    /// # Errors
    /// The name is unknown.
    pub fn select_app(&self, name: &str) -> Result<&App, SelectionError> {
        self.app(name).ok_or_else(|| {
            let known = self.apps().map(|it| it.name().to_owned()).collect();
            SelectionError::UnknownApp(name.to_owned(), known)
        })
    }

    /// Repeats the errors that were found in the files on which a render of these apps on the cluster depends.
    pub(crate) fn repeat_errors(
        &self,
        cluster: &Cluster,
        report: &mut Report<'_>,
        wants: &dyn Fn(&App) -> bool,
    ) {
        let others: BTreeSet<&str> = (self.apps.iter())
            .filter(|app| !wants(app))
            .map(App::file)
            .collect();
        let findings = self.findings.iter().chain(&cluster.findings);
        let errors = findings.filter(|finding| finding.is_error());
        report.extend(
            errors
                .filter(|error| !others.contains(error.file.as_str()))
                .cloned(),
        );
    }
}
