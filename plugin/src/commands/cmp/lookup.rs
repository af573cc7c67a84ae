//! The app of the catalog whose chart is the source.

use homescale_catalog::{Application, Placed, RenderOptions};

use super::asked::variable;
use super::tree::{Tree, normalized};
use crate::failure::Failure;
use crate::repository::Repository;

/// The Application whose chart is in the folder of the source. Where several apps share the chart, it is the one that
/// Argo CD names. What is wrong with other apps does not matter.
///
/// # Errors
/// There is no such app on the cluster, its chart is of another repository, or something is wrong with it.
pub(super) fn application_of(
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
    let failed = |found| repository.failure(&found);
    let placed = catalog.apps_at(cluster, &is_source).map_err(failed)?;
    let (placed, elsewhere): (Vec<_>, Vec<_>) = placed
        .into_iter()
        .partition(|placed| is_here(repository, cluster, &placed.repo_url));
    let Some(placed) = choose(placed, path)? else {
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
fn choose<'c>(mut placed: Vec<Placed<'c>>, path: &str) -> Result<Option<Placed<'c>>, Failure> {
    if placed.len() < 2 {
        return Ok(placed.pop());
    }
    let asked = variable("ARGOCD_APP_NAME").unwrap_or_default();
    let name = asked.rsplit('_').next().unwrap_or_default();
    if let Some(found) = placed.iter().position(|it| it.application == name) {
        return Ok(Some(placed.swap_remove(found)));
    }
    let names: Vec<&str> = placed.iter().map(|it| it.application.as_str()).collect();
    let names = names.join(", ");
    Err(Failure::Input(format!(
        "{path}: the chart of several Applications ({names}), and ARGOCD_APP_NAME {asked:?} is none of them"
    )))
}

/// Whether a chart of that repository can be the source: it is the repository that Argo CD sent, or the one of the catalog, which
/// is in what was sent, whatever Argo CD calls it.
fn is_here(repository: &Repository, cluster: &str, url: &str) -> bool {
    let Some(sent) = variable("ARGOCD_APP_SOURCE_REPO_URL") else {
        return true;
    };
    let cluster = repository.catalog.cluster(cluster);
    let own = cluster.map_or("", |cluster| cluster.bootstrap().repo_url.as_str());
    [sent.as_str(), own].map(place).contains(&place(url))
}

/// Where a repository is, whatever the way to it: `git.example.com/team/app` for `git@git.example.com:team/app.git` and for
/// `https://git.example.com/team/app`.
fn place(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let (scheme, rest) = url.split_once("://").unwrap_or(("", &url));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.rsplit('@').next().unwrap_or_default();
    let (host, path) = match host.split_once(':') {
        // Without a scheme, it is a path that follows the colon, and not a port.
        Some((host, first)) if scheme.is_empty() && path.is_empty() => (host, first.to_owned()),
        Some((host, first)) if scheme.is_empty() => (host, format!("{first}/{path}")),
        _ => (host, path.to_owned()),
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    format!("{host}/{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_one_place() {
        for url in [
            "https://git.example.com/team/app.git",
            "https://git.example.com/Team/app/",
            "https://user:secret@git.example.com/team/app",
            "ssh://git@git.example.com/team/app.git",
            "git@git.example.com:team/app.git",
            "git.example.com:team/app",
        ] {
            assert_eq!(place(url), "git.example.com/team/app", "{url}");
        }
        for url in [
            "https://git.example.com:8443/team/app",
            "https://git.example.org/team/app",
            "https://git.example.com/team/app2",
            "",
        ] {
            assert_ne!(place(url), "git.example.com/team/app", "{url}");
        }
    }
}
