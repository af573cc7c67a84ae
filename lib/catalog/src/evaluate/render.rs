//! The objects of a cluster, whichever renderer makes them.

use std::rc::Rc;

use homescale_functions::{FixedHost, Host};
use homescale_located::{Diagnostics, Place, Report};

use crate::evaluate::native;
use crate::evaluate::options::RenderOptions;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::objects::Objects;
use crate::model::renderer::Renderer;
use crate::model::selection_error::SelectionError;
use crate::rules;

impl Catalog {
    /// What a cluster gets: what Argo CD would apply of the catalog. Templates see a fixed time, and no randomness.
    ///
    /// # Errors
    /// There is no such cluster, its values cannot be read, or a wanted app cannot be rendered on it: everything that is wrong.
    pub fn render(&self, cluster: &str, options: &RenderOptions) -> Result<Objects, Diagnostics> {
        self.render_with(cluster, options, Rc::new(FixedHost::default()))
    }

    /// The same, where the templates of the catalog's own chart see this clock and randomness.
    ///
    /// # Errors
    /// Those of [`Self::render`]; or the catalog's chart cannot be rendered. Where the native evaluation finds errors too,
    /// those are given, because they name file and line.
    pub fn render_with(
        &self,
        cluster: &str,
        options: &RenderOptions,
        host: Rc<dyn Host>,
    ) -> Result<Objects, Diagnostics> {
        let mut report = Report::new(&self.sources);
        let cluster = self.asked_for(cluster, options, &mut report);
        let Some(cluster) = cluster.filter(|_| !report.has_errors()) else {
            return Err(report.finish());
        };
        let is_readable = !cluster.own_values.is_null();
        if options.renderer.unwrap_or_else(|| self.renderer()) == Renderer::Native || !is_readable {
            return self.render_natively(cluster, options, host);
        }
        let error = match self.rendered(cluster, Rc::clone(&host)) {
            Ok(rendered) => return self.recognized(&rendered, cluster, options),
            Err(error) => error,
        };
        // The chart is rendered as a whole: what is wrong with any app matters.
        self.render_natively(cluster, &RenderOptions::default(), host)?;
        self.report_refused(&error, &mut report);
        Err(report.finish())
    }

    fn render_natively(
        &self,
        cluster: &Cluster,
        options: &RenderOptions,
        host: Rc<dyn Host>,
    ) -> Result<Objects, Diagnostics> {
        let mut report = Report::new(&self.sources);
        self.repeat_errors(cluster, &mut report, &|app| options.wants(app));
        // Without the values of the cluster, more errors would only be what comes of that.
        let objects =
            (!cluster.is_broken).then(|| native::objects(self, cluster, options, &mut report));
        let Some(mut objects) = objects else {
            return Err(report.finish());
        };
        match self.besides(cluster, host) {
            Ok(Some(rendered)) if options.apps.is_empty() => {
                objects.add(self.recognized(&rendered, cluster, options)?);
            }
            Ok(_) => {}
            Err(error) => self.report_refused(&error, &mut report),
        }
        if report.has_errors() {
            return Err(report.finish());
        }
        Ok(objects)
    }

    /// The cluster of that name. What does not exist of what is asked for is reported.
    fn asked_for(
        &self,
        cluster: &str,
        options: &RenderOptions,
        report: &mut Report<'_>,
    ) -> Option<&Cluster> {
        let mut tell = |error: SelectionError| {
            let told = report.emit(&rules::UNKNOWN_NAME, Place::NOWHERE, error.to_string());
            told.hint_if(error.hint());
        };
        let cluster = self.select_cluster(Some(cluster)).map_err(&mut tell).ok();
        let apps = options.apps.iter().map(|app| self.select_app(app));
        apps.filter_map(Result::err).for_each(tell);
        cluster
    }
}
