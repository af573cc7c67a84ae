//! Where in a repository the parts of a catalog are.

/// The directory of the apps, which is also the catalog's chart.
pub(crate) const APPS: &str = "apps";

/// The directory of the clusters.
pub(crate) const CLUSTERS: &str = "clusters";

/// The file that says how and where an app is deployed.
pub(crate) const APP_FILE: &str = "app.yaml";

/// The bootstrap Application of a cluster.
pub(crate) const BOOTSTRAP_FILE: &str = "apps.yaml";

/// The path of the file of an app.
pub(crate) fn app_file(app: &str) -> String {
    format!("{APPS}/{app}/{APP_FILE}")
}

/// The path of the bootstrap Application of a cluster.
pub(crate) fn bootstrap_file(cluster: &str) -> String {
    format!("{CLUSTERS}/{cluster}/{BOOTSTRAP_FILE}")
}

/// The directories directly below `parent` that have a file, with its path, in byte order of the paths.
pub(crate) fn directories_with<'f>(
    files: &'f homescale_fileset::FileSet,
    parent: &str,
    file: &str,
) -> impl Iterator<Item = (&'f str, &'f str)> {
    let prefix = format!("{parent}/");
    let suffix = format!("/{file}");
    files.paths().filter_map(move |path| {
        let name = path.strip_prefix(&prefix)?.strip_suffix(&suffix)?;
        (!name.contains('/')).then_some((name, path))
    })
}
