//! Which files of a repository make its catalog, so that nobody has to read the others.

use homescale_fileset::{FileRequest, FileSet, Ignore};

use homescale_argocd::resolve;
use homescale_located::Node;

use crate::model::app::App;
use crate::model::catalog::Catalog;

impl Catalog {
    /// What the catalog needs of a path of its repository; that of a directory has a `/` at the end. `ignore` are the rules of
    /// `apps/.helmignore`: what Helm would not load is not needed either, but for what says which apps have an image.
    ///
    /// ```
    /// use homescale_catalog::Catalog;
    /// use homescale_fileset::{FileRequest, Ignore};
    ///
    /// let needs = |path: &str| Catalog::needs(path, &Ignore::default());
    /// assert_eq!(needs("apps/web/app.yaml"), FileRequest::Contents);
    /// assert_eq!(needs("docs/"), FileRequest::Nothing);
    /// ```
    pub fn needs(path: &str, ignore: &Ignore) -> FileRequest {
        if path.starts_with("clusters/") {
            // `clusters/<cluster>/<file>`; below, there may be manifests.
            let is_deep = path.matches('/').count() > 2;
            let is_manifest = [".yaml", ".yml", ".json", "/"]
                .iter()
                .any(|end| path.ends_with(end));
            return if is_deep && !is_manifest {
                FileRequest::Nothing
            } else {
                FileRequest::Contents
            };
        }
        let Some(inner) = path.strip_prefix("apps/") else {
            return FileRequest::Nothing;
        };
        let (inner, is_directory) = match inner.strip_suffix('/') {
            Some(directory) => (directory, true),
            None => (inner, false),
        };
        let says_what_is_built = || {
            matches!(
                inner.split_once('/'),
                Some((_, "Chart.yaml" | "Dockerfile"))
            )
        };
        if !ignore.ignores(inner, is_directory) {
            FileRequest::Contents
        } else if says_what_is_built() {
            FileRequest::Presence
        } else {
            FileRequest::Nothing
        }
    }

    /// The directories of the repository in which files may be that a bootstrap Application means by patterns.
    pub fn searched_directories(&self) -> Vec<String> {
        let clusters = self.clusters();
        let mut all: Vec<String> = clusters
            .flat_map(|cluster| cluster.source.searched_directories())
            .collect();
        all.sort();
        all.dedup();
        all
    }

    /// The paths of what else the catalog needs, as far as it is there: the Chart.yaml of every app whose chart is elsewhere in
    /// the repository, and the files that bootstrap Applications name. `names` has the files that are known already, and the
    /// names of those in [`Self::searched_directories`].
    pub fn needs_further(&self, names: &FileSet) -> Vec<String> {
        let leads_out = |path: &str| path.split('/').any(|part| matches!(part, "" | "." | ".."));
        let of_apps = self.apps().flat_map(|app| self.named_by(app));
        let paths = self.apps().filter_map(|app| app.path());
        let charts = paths.map(|path| format!("{}/Chart.yaml", path.trim_end_matches('/')));
        // What is wrong with a name, reading the bootstrap says.
        let named = (self.clusters())
            .flat_map(|cluster| cluster.source.named_files(names).unwrap_or_default());
        charts
            .chain(named)
            .chain(of_apps)
            .filter(|path| !leads_out(path))
            .collect()
    }

    /// The files beside its chart that the layers of an app name.
    fn named_by(&self, app: &App) -> Vec<String> {
        let overrides = app.override_entries().iter().map(|entry| &entry.value);
        let clusters = self.clusters().map(|it| it.config.apps.get(app.name()));
        let layers = std::iter::once(&app.base).chain(overrides);
        let list = |layer: &Node, path: &[&str]| {
            let list = layer.at(path).and_then(Node::as_list);
            list.unwrap_or_default().to_vec()
        };
        let names = layers.chain(clusters.flatten()).flat_map(|layer| {
            let parameters = list(layer, &["helm", "fileParameters"]).into_iter();
            let parameters = parameters.filter_map(|it| it.get("path").cloned());
            let files = list(layer, &["valueFiles"]).into_iter();
            files.chain(parameters).collect::<Vec<Node>>()
        });
        let directory = app.path().unwrap_or_default();
        names
            .filter_map(|name| resolve(directory, name.as_text()?))
            .collect()
    }
}
