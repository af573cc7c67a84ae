//! The beginning of a catalog: the files with which a repository has one.

mod files;

use std::rc::Rc;

use homescale_fileset::{FileRequest, FileSet};
use homescale_functions::FixedHost;
use homescale_located::Diagnostics;

use self::files::Place;
use crate::evaluate::RenderOptions;
use crate::model::catalog::Catalog;
use crate::model::layout::{APP_FILE, APPS, bootstrap_file, directories_with};
use crate::model::renderer::Renderer;

/// What a new catalog is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// The clusters to begin with; a repository that has some already need not get another.
    pub clusters: Vec<String>,
    /// The URL of the repository. Where it is not said, it is that of the clusters that are there.
    pub repo_url: Option<String>,
    /// The branch, tag or commit that Argo CD follows; as `repo_url`.
    pub target_revision: Option<String>,
}

/// The name of the cluster, where none is wanted and none is there.
const CLUSTER: &str = "dev";
/// The branch that most repositories have.
const REVISION: &str = "main";

impl Start {
    /// What stands for the URL of the repository that nobody says.
    pub const UNKNOWN_REPO_URL: &str = "https://git.example.com/fleet.git";

    /// What is needed of a path of the repository, to know what is missing; that of a directory has a `/` at the end.
    pub fn needs(path: &str) -> FileRequest {
        let is_chart = path.matches('/').count() == 2 && path.ends_with("/Chart.yaml");
        if is_chart {
            return FileRequest::Contents;
        }
        Catalog::needs(path, &files::ignore_rules())
    }

    /// The files that a repository lacks to be a catalog. What is there stays as it is, and keeps its meaning: an app that is
    /// there is deployed where it was.
    ///
    /// - the chart of the catalog, unless there are templates already;
    /// - in a repository without any `app.yaml`, one for each chart below `apps/`, on for every cluster; or else an app
    ///   `hello`, to begin with;
    /// - the bootstrap Application of each cluster.
    ///
    /// ```
    /// use homescale_catalog::Start;
    /// use homescale_fileset::FileSet;
    ///
    /// let start = Start { clusters: vec!["east".to_owned()], ..Start::default() };
    /// let missing = start.missing(&FileSet::new())?;
    /// assert!(missing.contains("apps/Chart.yaml"));
    /// assert!(missing.contains("apps/hello/app.yaml"));
    /// assert!(missing.contains("clusters/east/apps.yaml"));
    /// # Ok::<(), homescale_located::Diagnostics>(())
    /// ```
    ///
    /// # Errors
    /// With these files and what is there, Helm could not render the catalog.
    pub fn missing(&self, repository: &FileSet) -> Result<FileSet, Diagnostics> {
        let place = self.place(repository);
        let wanted = files::chart(&place, repository)
            .into_iter()
            .chain(files::apps(repository))
            .chain(files::clusters(&self.wanted_clusters(repository), &place));
        let mut missing = FileSet::new();
        let mut all = repository.clone();
        for (path, text) in wanted.filter(|(path, _)| !repository.contains(path)) {
            for files in [&mut missing, &mut all] {
                // The names of apps and clusters are those of directories, so that these are paths.
                let _ = files.insert(path.clone(), text.clone().into_bytes());
            }
        }
        check(&all)?;
        Ok(missing)
    }

    fn wanted_clusters(&self, repository: &FileSet) -> Vec<String> {
        let has_some = files::cluster_names(repository).next().is_some();
        match self.clusters.as_slice() {
            [] if !has_some => vec![CLUSTER.to_owned()],
            named => named.to_vec(),
        }
    }

    /// Where the repository is: as it was said, or as the first cluster says.
    fn place(&self, repository: &FileSet) -> Place {
        let catalog = Catalog::load(repository).ok();
        let clusters = catalog.iter().flat_map(Catalog::clusters);
        let known = clusters.map(|cluster| cluster.bootstrap().clone()).next();
        let known = known.unwrap_or_default();
        let text = |said: &Option<String>, known: String, otherwise: &str| {
            let known = Some(known).filter(|known| !known.is_empty());
            (said.clone().or(known)).unwrap_or_else(|| otherwise.to_owned())
        };
        Place {
            repo_url: text(&self.repo_url, known.repo_url, Self::UNKNOWN_REPO_URL),
            target_revision: text(&self.target_revision, known.target_revision, REVISION),
        }
    }
}

/// Renders every cluster as Helm does.
fn check(repository: &FileSet) -> Result<(), Diagnostics> {
    let catalog = Catalog::load(repository)?;
    let options = RenderOptions {
        renderer: Some(Renderer::Engine),
        ..RenderOptions::default()
    };
    for cluster in catalog.clusters() {
        let host = Rc::new(FixedHost::default());
        catalog.render_with(cluster.name(), &options, host)?;
    }
    Ok(())
}
