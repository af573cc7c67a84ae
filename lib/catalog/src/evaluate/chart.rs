//! The catalog's own chart: whether it decides what a cluster gets, and what it renders to.

use std::rc::Rc;

use homescale_chart::{Chart, Error, Rendered, Request, render};
use homescale_fileset::FileSet;
use homescale_functions::Host;
use homescale_located::{Place, Report};

use crate::evaluate::same_template::meaning;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::model::renderer::{HELM, Renderer, Templates};
use crate::rules;

/// The templates of which the native evaluation is known to give the same objects: those of this repository, by their names
/// in `apps/templates`. The tests compare the two on every fixture.
pub const TEMPLATES: &[(&str, &str)] = &[
    (
        "_application.tpl",
        include_str!("../../../../apps/templates/_application.tpl"),
    ),
    (
        "_check.tpl",
        include_str!("../../../../apps/templates/_check.tpl"),
    ),
    (
        "_evaluate.tpl",
        include_str!("../../../../apps/templates/_evaluate.tpl"),
    ),
    (
        "_fields.tpl",
        include_str!("../../../../apps/templates/_fields.tpl"),
    ),
    (
        "_load.tpl",
        include_str!("../../../../apps/templates/_load.tpl"),
    ),
    (
        "_namespace.tpl",
        include_str!("../../../../apps/templates/_namespace.tpl"),
    ),
    (
        "_print.tpl",
        include_str!("../../../../apps/templates/_print.tpl"),
    ),
    (
        "applications.yaml",
        include_str!("../../../../apps/templates/applications.yaml"),
    ),
];

/// The template of ours that makes the objects; the others only define what it uses.
const MAIN: &str = "templates/applications.yaml";

impl Catalog {
    /// The catalog as a chart. One without `Chart.yaml` is called after its directory.
    ///
    /// # Errors
    /// The chart cannot be loaded.
    fn chart(&self) -> Result<&Chart, Error> {
        let chart = self
            .chart
            .get_or_init(|| Chart::load_as(&self.chart_files(), HELM));
        chart.as_ref().map_err(Error::clone)
    }

    /// The chart without what the native evaluation does in its place: what templates in fields see, and what makes Helm
    /// refuse the chart, whatever its apps say. A team's own templates are all there.
    ///
    /// # Errors
    /// The chart cannot be loaded.
    pub(crate) fn frame(&self) -> Result<&Chart, Error> {
        if self.templates() != Templates::Ours {
            return self.chart();
        }
        let chart = self.frame.get_or_init(|| {
            let mut files = self.chart_files();
            // It is a path of the set already.
            let _ = files.insert(MAIN, *b"");
            Chart::load_as(&files, HELM)
        });
        chart.as_ref().map_err(Error::clone)
    }

    fn chart_files(&self) -> FileSet {
        let mut files = self.files.subtree(APPS);
        if !files.contains("Chart.yaml") {
            let text = format!("apiVersion: v2\nname: {APPS}\nversion: 0.0.0\n");
            // It is a path. If it were none, the chart would be loaded without the file, which is an error.
            let _ = files.insert("Chart.yaml", text.into_bytes());
        }
        files
    }

    /// Whose templates the catalog's chart has.
    pub(crate) fn templates(&self) -> Templates {
        *self.templates.get_or_init(|| {
            let templates = self.files.subtree(&format!("{APPS}/templates"));
            if templates.is_empty() || !self.has_chart() {
                return Templates::None;
            }
            let is_ours = |path: &str, ours: &str| {
                let own = templates.get(path).ok().flatten();
                own.is_some_and(|own| own == ours.as_bytes() || says_the_same(own, ours))
            };
            let are_ours = templates.len() == TEMPLATES.len()
                && (TEMPLATES.iter()).all(|(path, ours)| is_ours(path, ours));
            if are_ours {
                Templates::Ours
            } else {
                Templates::Own
            }
        })
    }

    /// Whether the catalog is a chart, which Helm and Argo CD can load.
    pub(crate) fn has_chart(&self) -> bool {
        self.files.contains(&format!("{APPS}/Chart.yaml"))
    }

    /// The renderer that shows what Argo CD would get. That is the catalog's own chart, where it has templates; unless they
    /// say what the ones say that the native evaluation is tested against, comments aside: that gives the same objects, and
    /// is many times faster. A catalog without templates is evaluated natively, and one with charts in it, which may give it
    /// values, is not.
    pub fn renderer(&self) -> Renderer {
        match self.templates() {
            Templates::None => Renderer::Native,
            Templates::Ours if !self.files.has_folder(&format!("{APPS}/charts")) => {
                Renderer::Native
            }
            Templates::Ours | Templates::Own => Renderer::Engine,
        }
    }

    /// What Argo CD renders the catalog's chart with, within the limits of the catalog.
    pub(crate) fn request(&self, cluster: &Cluster) -> Result<Request, Error> {
        Ok(Request {
            limits: self.limits.clone(),
            ..cluster.request()?
        })
    }

    /// The catalog's chart, rendered as Argo CD renders it.
    pub(crate) fn rendered(
        &self,
        cluster: &Cluster,
        host: Rc<dyn Host>,
    ) -> Result<Rendered, Error> {
        render(self.chart()?, &self.request(cluster)?, host)
    }

    /// What Argo CD gets of the catalog's chart besides what the native evaluation makes: custom resource definitions, and
    /// what charts in it render to. Nothing, where there is no chart.
    ///
    /// # Errors
    /// Helm would refuse the chart.
    pub(crate) fn besides(
        &self,
        cluster: &Cluster,
        host: Rc<dyn Host>,
    ) -> Result<Option<Rendered>, Error> {
        match self.templates() {
            Templates::Own => Ok(None),
            Templates::None if !self.has_chart() => Ok(None),
            Templates::None | Templates::Ours => {
                render(self.frame()?, &self.request(cluster)?, host).map(Some)
            }
        }
    }

    /// Reports that Helm refuses the catalog's chart.
    pub(crate) fn report_refused(&self, error: &Error, report: &mut Report<'_>) {
        let message = format!(
            "the catalog's chart cannot be rendered: {}",
            error.message()
        );
        report.emit(&rules::ENGINE, self.place_of_refused(error), message);
    }

    /// Where in the repository an error of the catalog's chart is, if a file of it is known.
    fn place_of_refused(&self, error: &Error) -> Place {
        let Some(place) = error.place() else {
            return Place::NOWHERE;
        };
        // A template is named with the name of its chart before its path.
        let inside = place.file.split_once('/').map(|(_, inside)| inside);
        let candidates = [Some(place.file.as_str()), inside].into_iter().flatten();
        let mut paths = candidates.map(|path| format!("{APPS}/{path}"));
        let Some(path) = paths.find(|path| self.files.contains(path)) else {
            return Place::NOWHERE;
        };
        let number = |n: Option<u32>| n.map_or(0, |n| n as usize);
        Place::new(
            self.sources.file(&path),
            number(place.line),
            number(place.column),
        )
    }
}

/// Whether a template of the catalog's says what one of ours says.
fn says_the_same(own: &[u8], ours: &str) -> bool {
    std::str::from_utf8(own).is_ok_and(|own| meaning(own) == meaning(ours))
}
