//! [`PluginSource`]: what Argo CD wants manifests of when it asks the plugin.

use homescale_argocd::{
    ChartSource, PluginRequest, RequestError, SourceTree, is_same_repository, normalize,
};

use crate::evaluate::candidate::Candidate;
use crate::evaluate::plugin_source_error::PluginSourceError;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::model::objects::Application;

/// What Argo CD wants manifests of.
#[derive(Clone, Debug)]
pub enum PluginSource {
    /// The catalog, for the cluster of this name.
    Catalog(String),
    /// A chart.
    Chart(Box<PluginChart>),
}

/// A chart that Argo CD wants manifests of.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PluginChart {
    /// The chart, with what it is rendered with.
    pub chart: ChartSource,
    /// What the user should know of the Helm that was chosen.
    pub note: Option<String>,
}

impl PluginChart {
    /// The chart, where the parameters of the request say how to render it: then no catalog is needed. `path` is that of the
    /// source in the catalog, if there is one around it.
    ///
    /// # Errors
    /// A parameter is malformed.
    pub fn of_parameters(
        request: &PluginRequest,
        tree: &SourceTree,
        path: Option<&str>,
    ) -> Result<Option<Self>, PluginSourceError> {
        if path == Some(APPS) {
            return Ok(None);
        }
        let in_repository = tree.source_path();
        let directory = match in_repository.as_str() {
            "" => ".",
            path => path,
        };
        let chart = ChartSource::of_request(request, directory)?;
        let chart = chart.map(|chart| Self::overridden(chart, request));
        Ok(chart.transpose()?)
    }

    fn overridden(chart: ChartSource, request: &PluginRequest) -> Result<Self, RequestError> {
        let (chart, note) = chart.overridden(request)?;
        Ok(Self { chart, note })
    }
}

impl Catalog {
    /// What a request wants, whose source is at `path` in the catalog: the catalog itself, or the chart of an app, with what
    /// the catalog says about it. Where several apps share the chart, it is the one that Argo CD names. What is wrong with
    /// other apps does not matter.
    ///
    /// # Errors
    /// It is neither, the cluster cannot be told, or something is wrong with the app.
    pub fn plugin_source(
        &self,
        request: &PluginRequest,
        tree: &SourceTree,
        path: &str,
    ) -> Result<PluginSource, PluginSourceError> {
        let cluster = self.select_cluster(request.cluster.as_deref())?;
        if path == APPS {
            return Ok(PluginSource::Catalog(cluster.name().to_owned()));
        }
        let application = self.application_of(request, cluster, tree, path)?;
        let mut chart = application.chart_source();
        chart.path = tree.source_path();
        let chart = PluginChart::overridden(chart, request)?;
        Ok(PluginSource::Chart(Box::new(chart)))
    }

    fn application_of(
        &self,
        request: &PluginRequest,
        cluster: &Cluster,
        tree: &SourceTree,
        path: &str,
    ) -> Result<Application, PluginSourceError> {
        if path.is_empty() {
            return Err(PluginSourceError::Root);
        }
        let in_repository = tree.source_path();
        let is_source = |named: &str| {
            normalize(named).is_some_and(|named| named == path || named == in_repository)
        };
        let path = path.to_owned();
        // The repository that Argo CD sent, or that of the catalog, which is in what was sent, whatever Argo CD calls it.
        let own = cluster.bootstrap().repo_url.as_str();
        let is_here = |url: &str| {
            let sent = request.repo_url.as_deref();
            sent.is_none_or(|sent| [sent, own].iter().any(|it| is_same_repository(it, url)))
        };
        let candidates = self.apps_at(cluster, &is_source)?;
        let (candidates, elsewhere): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|it| is_here(&it.repo_url));
        let Some(chosen) = choose(candidates, request, &path)? else {
            let off = self.apps().find(|app| app.path().is_some_and(is_source));
            return Err(match (elsewhere.into_iter().next(), off) {
                (Some(candidate), _) => PluginSourceError::OtherRepository {
                    path,
                    app: candidate.app,
                    repo_url: candidate.repo_url,
                },
                (None, Some(app)) => PluginSourceError::Off {
                    path,
                    app: app.name().to_owned(),
                    cluster: cluster.name().to_owned(),
                },
                (None, None) => PluginSourceError::NoApp(path),
            });
        };
        let application = self.application_of_candidate(cluster.name(), chosen)?;
        application.ok_or(PluginSourceError::NoApp(path))
    }
}

/// The only app, or the one of several that Argo CD is about.
fn choose(
    mut candidates: Vec<Candidate>,
    request: &PluginRequest,
    path: &str,
) -> Result<Option<Candidate>, PluginSourceError> {
    if candidates.len() < 2 {
        return Ok(candidates.pop());
    }
    let name = request.application_name();
    if let Some(found) = candidates.iter().position(|it| it.name == name) {
        return Ok(Some(candidates.swap_remove(found)));
    }
    let applications = candidates.into_iter().map(|it| it.name);
    Err(PluginSourceError::SeveralApps {
        path: path.to_owned(),
        applications: applications.collect(),
        named: request.application.clone(),
    })
}
