//! `helm-catalog cmp`: Argo CD's side. The config-management-plugin server runs it in the folder of the source, and says in
//! the environment what it wants.

use std::env;
use std::path::{Path, PathBuf};

use homescale_catalog::{Application, ManifestOptions, RenderOptions};
use homescale_fileset::FileSet;
use serde::Deserialize;

use crate::cli::{Cmp, Global};
use crate::commands::render;
use crate::disk::{self, Wanted};
use crate::failure::Failure;
use crate::outside::Outside;
use crate::repository::Repository;
use crate::terminal;

/// One parameter of the Application's `source.plugin.parameters`.
#[derive(Debug, Deserialize)]
struct Parameter {
    name: String,
    #[serde(default)]
    string: Option<String>,
}

/// Prints the manifests of the source in the current folder.
pub(crate) fn run(cmp: &Cmp, global: &Global) -> Result<(), Failure> {
    let Cmp::Generate = cmp;
    let here = env::current_dir().map_err(|error| Failure::io("read", Path::new("."), &error))?;
    let root = disk::find_repository(global.repo.as_deref())?;
    let source = relative(&root, &here)?;
    let repository = Repository::read(root.clone())?;
    let named: Vec<String> = cluster_setting()?.into_iter().collect();
    let cluster = repository.clusters(&named).map_err(|failure| match failure {
        Failure::Usage(text) => Failure::Input(format!(
            "{text} (for Argo CD: as the plugin parameter `cluster`, or as `CLUSTER` in the plugin's env)"
        )),
        other => other,
    })?;
    let cluster = cluster.first().map(String::as_str).unwrap_or_default();
    let manifests = if source == "apps" {
        catalog_manifests(&repository, cluster)?
    } else {
        app_manifests(&repository, cluster, &root, &source)?
    };
    if is_blank(&manifests) && setting("ALLOW_EMPTY").as_deref() != Some("true") {
        return Err(Failure::Input(format!(
            "{source}: no manifests for the cluster {cluster}; Argo CD would prune everything. \
             If that is meant, set ALLOW_EMPTY to true in the plugin's env"
        )));
    }
    terminal::print(&manifests)
}

/// The Applications of the cluster, in the way that `render` takes.
fn catalog_manifests(repository: &Repository, cluster: &str) -> Result<Vec<u8>, Failure> {
    let way = repository.catalog.way();
    render::yaml(repository, cluster, &RenderOptions::default(), way)
}

/// What the chart of an app renders to on the cluster, its patches applied.
fn app_manifests(
    repository: &Repository,
    cluster: &str,
    root: &Path,
    source: &str,
) -> Result<Vec<u8>, Failure> {
    let application = application_of(repository, cluster, source)?;
    let mut files = FileSet::new();
    disk::read(&root.join(source), "", &|_| Wanted::Contents, &mut files)?;
    let options = ManifestOptions {
        kube_version: env::var("KUBE_VERSION")
            .ok()
            .filter(|version| !version.is_empty()),
        api_versions: env::var("KUBE_API_VERSIONS")
            .map(|list| {
                list.split(',')
                    .filter(|v| !v.is_empty())
                    .map(str::to_owned)
                    .collect()
            })
            .unwrap_or_default(),
    };
    let outside = Outside::of_environment()?;
    let manifests = application.manifests(&files, &options, outside.host());
    outside.report();
    manifests.map_err(Failure::Input)
}

/// The Application whose chart is in the folder `source`. Where several apps share the chart, it is the one that Argo CD
/// names.
fn application_of(
    repository: &Repository,
    cluster: &str,
    source: &str,
) -> Result<Application, Failure> {
    let is_source = |path: &str| path.trim_end_matches('/') == source;
    let catalog = &repository.catalog;
    let objects = catalog
        .render(cluster, &RenderOptions::default())
        .map_err(|found| repository.failure(&found))?;
    let mut on = objects.applications;
    on.retain(|application| is_source(&application.path));
    if on.len() > 1 {
        return named_by_argocd(on, source);
    }
    on.pop().ok_or_else(|| {
        let off = catalog.apps().find(|app| app.path().is_some_and(is_source));
        Failure::Input(match off {
            Some(app) => {
                let app = app.name();
                format!("{source}: the app {app} is off for the cluster {cluster}, or has another path there")
            }
            None => {
                format!("{source}: neither the catalog (apps) nor the `path` of an apps/*/app.yaml")
            }
        })
    })
}

/// The one of several Applications that Argo CD is about, which says `NAMESPACE_NAME` for those outside its namespace.
fn named_by_argocd(applications: Vec<Application>, source: &str) -> Result<Application, Failure> {
    let names: Vec<&str> = applications.iter().map(|it| it.name.as_str()).collect();
    let names = names.join(", ");
    let asked = env::var("ARGOCD_APP_NAME").unwrap_or_default();
    let name = asked.rsplit('_').next().unwrap_or_default();
    let found = applications.into_iter().find(|it| it.name == name);
    found.ok_or_else(|| {
        Failure::Input(format!(
            "{source}: the chart of several Applications ({names}), and ARGOCD_APP_NAME {asked:?} is none of them"
        ))
    })
}

/// The cluster that the plugin's parameters or environment name.
fn cluster_setting() -> Result<Option<String>, Failure> {
    if let Ok(text) = env::var("ARGOCD_APP_PARAMETERS") {
        // Argo CD sends the text `null` for a plugin section without parameters.
        let parameters: Option<Vec<Parameter>> = serde_json::from_str(&text).map_err(|error| {
            Failure::Input(format!(
                "ARGOCD_APP_PARAMETERS: expected a JSON list of parameters: {error}"
            ))
        })?;
        let mut parameters = parameters.into_iter().flatten();
        if let Some(parameter) = parameters.find(|parameter| parameter.name == "cluster") {
            let missing =
                || Failure::Input("the plugin parameter `cluster` must be a string".to_owned());
            return parameter.string.ok_or_else(missing).map(Some);
        }
    }
    Ok(setting("CLUSTER"))
}

/// What the Application's `source.plugin.env` says; Argo CD puts `ARGOCD_ENV_` before its names.
fn setting(name: &str) -> Option<String> {
    env::var(format!("ARGOCD_ENV_{name}"))
        .ok()
        .filter(|value| !value.is_empty())
}

/// The current folder, from the root of the repository.
fn relative(root: &Path, here: &Path) -> Result<String, Failure> {
    let real = |path: &Path| -> Result<PathBuf, Failure> {
        path.canonicalize()
            .map_err(|error| Failure::io("read", path, &error))
    };
    let (root, here) = (real(root)?, real(here)?);
    let inner = here.strip_prefix(&root).map_err(|_| {
        Failure::Input(format!(
            "{}: not inside the repository {}",
            here.display(),
            root.display()
        ))
    })?;
    match inner.to_str() {
        Some(path) if !path.is_empty() => Ok(path.to_owned()),
        _ => Err(Failure::Input(format!(
            "{}: the root of the repository; expected the catalog (apps) or the chart of an app",
            here.display()
        ))),
    }
}

/// Whether a stream has no document: only white space, comments and separators.
fn is_blank(stream: &[u8]) -> bool {
    let lines = stream.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    lines
        .into_iter()
        .all(|line| line.is_empty() || line.starts_with(b"#") || line == b"---" || line == b"null")
}
