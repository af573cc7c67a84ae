//! The app of the catalog whose chart is the source.

use homescale_argocd::{PluginRequest, is_same_repository, normalize};
use homescale_catalog::{Application, Candidate, RenderOptions};

use super::tree::SourceTree;
use crate::failure::Failure;
use crate::repository::Repository;

/// The Application whose chart is in the directory of the source. Where several apps share the chart, it is the one that
/// Argo CD names. What is wrong with other apps does not matter.
///
/// # Errors
/// There is no such app on the cluster, its chart is of another repository, or something is wrong with it.
pub(super) fn application_of(
    repository: &Repository,
    cluster: &str,
    tree: &SourceTree,
    request: &PluginRequest,
    path: &str,
) -> Result<Application, Failure> {
    if path.is_empty() {
        return Err(Failure::Input(
            "the source is the root of the repository; expected the catalog (apps) or the chart of an app".to_owned(),
        ));
    }
    let in_repository = tree.source_path();
    let is_source =
        |named: &str| normalize(named).is_some_and(|named| named == path || named == in_repository);
    let catalog = &repository.catalog;
    let failed = |found| repository.failure(&found);
    let placed = catalog.apps_at(cluster, &is_source).map_err(failed)?;
    let (placed, elsewhere): (Vec<_>, Vec<_>) = placed
        .into_iter()
        .partition(|placed| is_here(request, repository, cluster, &placed.repo_url));
    let Some(placed) = choose(request, placed, path)? else {
        let off = catalog.apps().find(|app| app.path().is_some_and(is_source));
        return Err(Failure::Input(match (elsewhere.first(), off) {
            (Some(placed), _) => format!(
                "{path}: the app {} has its chart in another repository, {}",
                placed.app.name(),
                placed.repo_url
            ),
            (None, Some(app)) => {
                let app = app.name();
                format!(
                    "{path}: the app {app} is off for the cluster {cluster}, or has another path there"
                )
            }
            (None, None) => {
                format!("{path}: neither the catalog (apps) nor the `path` of an apps/*/app.yaml")
            }
        }));
    };
    let only = RenderOptions {
        apps: [placed.app.name().to_owned()].into(),
        ..RenderOptions::default()
    };
    let objects = catalog.render(cluster, &only).map_err(failed)?;
    let application = objects.applications.into_iter().next();
    // It is on, and has no errors.
    application.ok_or_else(|| Failure::Input(format!("{path}: no Application is made for it")))
}

/// The only app, or the one of several that Argo CD is about, which says `NAMESPACE_NAME` for those outside its namespace.
fn choose<'c>(
    request: &PluginRequest,
    mut placed: Vec<Candidate<'c>>,
    path: &str,
) -> Result<Option<Candidate<'c>>, Failure> {
    if placed.len() < 2 {
        return Ok(placed.pop());
    }
    let name = request.application_name();
    if let Some(found) = placed.iter().position(|it| it.application == name) {
        return Ok(Some(placed.swap_remove(found)));
    }
    let names: Vec<&str> = placed.iter().map(|it| it.application.as_str()).collect();
    let names = names.join(", ");
    let asked = &request.application;
    Err(Failure::Input(format!(
        "{path}: the chart of several Applications ({names}), and ARGOCD_APP_NAME {asked:?} is none of them"
    )))
}

/// Whether a chart of that repository can be the source: it is the repository that Argo CD sent, or the one of the catalog, which
/// is in what was sent, whatever Argo CD calls it.
fn is_here(request: &PluginRequest, repository: &Repository, cluster: &str, url: &str) -> bool {
    let Some(sent) = &request.repo_url else {
        return true;
    };
    let cluster = repository.catalog.cluster(cluster);
    let own = cluster.map_or("", |cluster| cluster.bootstrap().repo_url.as_str());
    is_same_repository(sent, url) || is_same_repository(own, url)
}
