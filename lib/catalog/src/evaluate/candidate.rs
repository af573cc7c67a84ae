//! Which apps have their chart at a path.

use homescale_located::{Diagnostics, Node, Report};

use crate::evaluate::layers;
use crate::evaluate::options::RenderOptions;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APP_FILE;
use crate::model::objects::Application;
use crate::model::renderer::Renderer;

impl Catalog {
    /// The apps that are on for a cluster and whose charts are at a path that fits, by what their layers say. An app that cannot
    /// be read counts as one whose chart is in its own directory.
    ///
    /// # Errors
    /// The values of the cluster cannot be read. What is wrong with apps is left to [`Self::render`].
    pub(crate) fn apps_at(
        &self,
        cluster: &Cluster,
        fits: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Candidate>, Diagnostics> {
        let mut report = Report::new(&self.sources);
        self.repeat_errors(cluster, &mut report, &|_| false);
        if report.has_errors() {
            return Err(report.finish());
        }
        let config = &cluster.config;
        if self.renderer() == Renderer::Engine {
            let objects = self.render(cluster.name(), &RenderOptions::default())?;
            let applications = objects.applications.into_iter();
            let fitting = applications.filter(|application| fits(&application.path));
            return Ok(fitting.map(Candidate::of).collect());
        }
        let placed = self.apps.iter().filter_map(|app| {
            let own_directory = app.file.strip_suffix(&format!("/{APP_FILE}"));
            let mut unsaid = Report::new(&self.sources);
            let layered = layers::merged(app, config, &mut unsaid);
            let text = |field: &str| {
                let fields = layered
                    .as_ref()
                    .map_or(&app.base, |layered| &layered.fields);
                fields.get(field).and_then(Node::as_text)
            };
            if app.is_broken {
                own_directory.filter(|path| fits(path))?;
            } else if layered.as_ref().is_some_and(|it| !it.enablement.is_on)
                || !text("path").or(own_directory).is_some_and(fits)
            {
                return None;
            }
            let default = config.defaults.repo_url.as_text();
            let repo_url = text("repoURL").filter(|url| !url.is_empty()).or(default);
            Some(Candidate {
                app: app.name().to_owned(),
                name: format!("{}{}", config.application.name_prefix, app.name),
                repo_url: repo_url.unwrap_or_default().to_owned(),
                application: None,
            })
        });
        Ok(placed.collect())
    }

    /// The Application of a candidate, made as [`Self::render`] makes it.
    ///
    /// # Errors
    /// Something is wrong with the app.
    pub(crate) fn application_of_candidate(
        &self,
        cluster: &str,
        candidate: Candidate,
    ) -> Result<Option<Application>, Diagnostics> {
        if let Some(application) = candidate.application {
            return Ok(Some(*application));
        }
        let objects = self.render(cluster, &RenderOptions::of_app(&candidate.app))?;
        Ok(objects.applications.into_iter().next())
    }
}

/// An app whose chart is at a known path.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// The name of the app; of an Application that no app accounts for, its own.
    pub(crate) app: String,
    /// The name of its Application.
    pub(crate) name: String,
    /// The repository of its chart.
    pub(crate) repo_url: String,
    /// The Application, where it is known already.
    application: Option<Box<Application>>,
}

impl Candidate {
    fn of(application: Application) -> Self {
        Self {
            app: application.app.clone(),
            name: application.name.clone(),
            repo_url: application.repo_url.clone(),
            application: Some(Box::new(application)),
        }
    }
}
