//! Apps that are on nowhere.

use homescale_located::Report;

use crate::evaluate::merged;
use crate::model::app::App;
use crate::model::catalog::Catalog;
use crate::model::renderer::Renderer;
use crate::rules;

/// Reports the apps that are off for every cluster, as far as that can be told.
pub(super) fn check(catalog: &Catalog, report: &mut Report<'_>) {
    let are_readable = catalog.clusters().all(|cluster| !cluster.is_broken);
    let is_said_by_layers = catalog.renderer() == Renderer::Native;
    if !are_readable || !is_said_by_layers || catalog.clusters().len() == 0 {
        return;
    }
    let is_empty = |app: &&App| app.base.is_empty() && app.clusters.is_null();
    let apps = catalog.apps().filter(|app| !app.is_broken);
    for app in apps.filter(|app| !is_empty(app) && is_off_everywhere(catalog, app)) {
        let message = format!("the app `{}` is on for no cluster", app.name());
        let saying = report.emit(&rules::NEVER_ON, app.place, message);
        saying.hint("set `defaultDeploy: true`, or `deploy: true` for a cluster in `clusters`");
    }
}

fn is_off_everywhere(catalog: &Catalog, app: &App) -> bool {
    catalog.clusters().all(|cluster| {
        let mut unsaid = Report::new(&catalog.sources);
        let layered = merged(app, &cluster.config, &mut unsaid);
        layered.is_some_and(|layered| !layered.enablement.is_on)
    })
}
