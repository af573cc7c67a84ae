//! `helm-catalog post-render`: manifests in, manifests out.

use homescale_catalog::{RenderOptions, expand_stream, patch_manifests};

use crate::cli::{Global, PostRender};
use crate::failure::Failure;
use crate::repository::Repository;
use crate::{findings, terminal};

/// Reads manifests, expands `Catalog` documents, applies the patches of an app if one is named, prints the result.
pub(crate) fn run(options: &PostRender, global: &Global) -> Result<(), Failure> {
    let result = transform(&terminal::read_input()?, options, global)?;
    terminal::print(&result)
}

/// What the command makes of a stream.
pub(crate) fn transform(
    stream: &[u8],
    options: &PostRender,
    global: &Global,
) -> Result<Vec<u8>, Failure> {
    let none = homescale_fileset::FileSet::new();
    let expanded = expand_stream(stream).map_err(|found| findings::failure(&found, &none))?;
    match (&options.app, &options.cluster) {
        (Some(app), Some(cluster)) => {
            let repository = Repository::open(global.repo.as_deref())?;
            let cluster = repository
                .clusters(std::slice::from_ref(cluster))?
                .swap_remove(0);
            repository.check_apps(std::slice::from_ref(app))?;
            let only = RenderOptions {
                apps: [app.clone()].into(),
                ..RenderOptions::default()
            };
            let objects = repository
                .catalog
                .render(&cluster, &only)
                .map_err(|found| repository.failure(&found))?;
            let Some(application) = objects.applications.first() else {
                return Err(Failure::Input(format!(
                    "--app {app}: it is not deployed on the cluster {cluster}"
                )));
            };
            patch_manifests(&expanded, &application.patches)
                .map_err(|found| repository.failure(&found))
        }
        _ => Ok(expanded),
    }
}
