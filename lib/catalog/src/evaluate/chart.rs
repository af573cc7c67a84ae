//! The catalog's own chart: whether it decides what a cluster gets, and what it renders to.

use std::rc::Rc;

use homescale_chart::{Chart, Error, Rendered, render};
use homescale_functions::Host;

use crate::evaluate::same_template::meaning;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::model::renderer::{HELM, Renderer};

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

impl Catalog {
    /// The catalog as a chart: what templates in fields see. One without `Chart.yaml` is called after its directory.
    ///
    /// # Errors
    /// The chart cannot be loaded.
    pub(crate) fn chart(&self) -> Result<&Chart, Error> {
        let chart = self.chart.get_or_init(|| {
            let mut files = self.files.subtree(APPS);
            if !files.contains("Chart.yaml") {
                let text = format!("apiVersion: v2\nname: {APPS}\nversion: 0.0.0\n");
                // It is a path. If it were none, the chart would be loaded without the file, which is an error.
                let _ = files.insert("Chart.yaml", text.into_bytes());
            }
            Chart::load_as(&files, HELM)
        });
        chart.as_ref().map_err(Error::clone)
    }

    /// The renderer that shows what Argo CD would get. That is the catalog's own chart, where it has templates; unless they
    /// say what the ones say that the native evaluation is tested against, comments aside: that gives the same objects, and
    /// is many times faster. A catalog without templates is evaluated natively.
    pub fn renderer(&self) -> Renderer {
        *self.renderer.get_or_init(|| {
            let templates = self.files.subtree(&format!("{APPS}/templates"));
            let has_chart = self.files.contains(&format!("{APPS}/Chart.yaml"));
            let is_ours = |path: &str, ours: &str| {
                let own = templates.get(path);
                own.ok()
                    .flatten()
                    .is_some_and(|own| own == ours.as_bytes() || says_the_same(own, ours))
            };
            let are_ours = templates.len() == TEMPLATES.len()
                && (TEMPLATES.iter()).all(|(path, ours)| is_ours(path, ours));
            if has_chart && !templates.is_empty() && !are_ours {
                Renderer::Engine
            } else {
                Renderer::Native
            }
        })
    }

    /// The catalog's chart, rendered as Argo CD renders it.
    pub(crate) fn rendered(
        &self,
        cluster: &Cluster,
        host: Rc<dyn Host>,
    ) -> Result<Rendered, Error> {
        let chart = self.chart()?;
        render(chart, &cluster.request()?, host)
    }
}

/// Whether a template of the catalog's says what one of ours says.
fn says_the_same(own: &[u8], ours: &str) -> bool {
    std::str::from_utf8(own).is_ok_and(|own| meaning(own) == meaning(ours))
}
