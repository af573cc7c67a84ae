//! The repository as a command needs it: where it is, the catalog in it, and which of its clusters and apps a user means.

use std::path::{Path, PathBuf};

use homescale::disk::{find_repository, is_repository};
use homescale::{Catalog, CatalogError, DiskError};
use homescale_located::{Diagnostics, did_you_mean};

use crate::failure::Failure;
use crate::findings;

/// The root of the repository: the directory given, else the nearest one from the current directory upwards that has `apps/`
/// and `clusters/`.
pub(crate) fn root(given: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(dir) = given {
        if is_repository(dir) {
            return Ok(dir.to_owned());
        }
        return Err(Failure::Input(format!(
            "{}: not a catalog: expected the directories apps/ and clusters/ in it",
            dir.display()
        )));
    }
    let here =
        std::env::current_dir().map_err(|error| DiskError::io("read", Path::new("."), error))?;
    find_repository(&here).map(Path::to_owned).ok_or_else(|| {
        Failure::Input(format!(
            "{}: no catalog here or above: expected a directory with apps/ and clusters/; name one with --repo DIR",
            here.display()
        ))
    })
}

/// A repository on the disk.
pub(crate) struct Repository {
    /// The catalog.
    pub(crate) catalog: Catalog,
}

impl Repository {
    /// Reads the repository at `root`.
    pub(crate) fn read(root: &Path) -> Result<Self, Failure> {
        let catalog = Catalog::open(root).map_err(|error| match error {
            CatalogError::Disk(error) => error.into(),
            CatalogError::Findings(found, files) => findings::failure(&found, &files),
            error => Failure::input(error),
        })?;
        Ok(Self { catalog })
    }

    /// The clusters that were named, or the only one there is.
    ///
    /// # Errors
    /// A name is unknown, or none was given and there are several.
    pub(crate) fn clusters(&self, named: &[String]) -> Result<Vec<String>, Failure> {
        let clusters = self.catalog.clusters();
        let known: Vec<&str> = clusters.map(homescale_catalog::Cluster::name).collect();
        if let Some(unknown) = named.iter().find(|name| !known.contains(&name.as_str())) {
            let text = format!(
                "--cluster {unknown}: no such cluster; there are {}",
                known.join(", ")
            );
            return Err(Failure::Usage(text).hinted(did_you_mean(unknown, known)));
        }
        match (named, known.as_slice()) {
            ([], []) => Err(Failure::Input(
                "clusters/: no cluster here: expected clusters/<cluster>/apps.yaml".into(),
            )),
            ([], [only]) => Ok(vec![(*only).to_owned()]),
            ([], several) => {
                let several = several.join(", ");
                let text = format!("which cluster? Name one with --cluster: {several}");
                Err(Failure::Usage(text))
            }
            (named, _) => Ok(named.to_vec()),
        }
    }

    /// The cluster that was named, or the only one there is.
    ///
    /// # Errors
    /// The name is unknown, or none was given and there are several.
    pub(crate) fn cluster(&self, named: Option<&str>) -> Result<String, Failure> {
        let named: Vec<String> = named.map(str::to_owned).into_iter().collect();
        Ok(self.clusters(&named)?.swap_remove(0))
    }

    /// Checks that there are apps with the names given to `--app`.
    ///
    /// # Errors
    /// There is no app of a name.
    pub(crate) fn check_apps(&self, named: &[String]) -> Result<(), Failure> {
        let Some(name) = named.iter().find(|name| self.catalog.app(name).is_none()) else {
            return Ok(());
        };
        let known = self.catalog.apps().map(homescale_catalog::App::name);
        let text = format!("--app {name}: there is no apps/{name}/app.yaml");
        Err(Failure::Usage(text).hinted(did_you_mean(name, known)))
    }

    /// The failure that diagnostics make.
    pub(crate) fn failure(&self, found: &Diagnostics) -> Failure {
        findings::failure(found, self.catalog.files())
    }
}
