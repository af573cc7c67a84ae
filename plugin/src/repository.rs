//! The repository as a command needs it: where it is, the catalog in it, and which of its clusters and apps a user means.

use std::path::{Path, PathBuf};

use homescale::disk::{find_repository, is_repository};
use homescale::{Catalog, CatalogError, DiskError};
use homescale_catalog::{RenderOptions, SelectionError, Status};
use homescale_located::Diagnostics;
use homescale_value::Value;

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
        if named.is_empty() {
            return Ok(vec![self.cluster(None)?]);
        }
        let named = named.iter().map(|name| self.cluster(Some(name)));
        named.collect()
    }

    /// The cluster that was named, or the only one there is.
    ///
    /// # Errors
    /// The name is unknown, or none was given and there are several.
    pub(crate) fn cluster(&self, named: Option<&str>) -> Result<String, Failure> {
        let cluster = self.catalog.select_cluster(named);
        Ok(cluster.map_err(unselected)?.name().to_owned())
    }

    /// The values that the bootstrap Application of a cluster gives the catalog.
    ///
    /// # Errors
    /// The Application cannot be used.
    pub(crate) fn values(&self, cluster: &str) -> Result<Value, Failure> {
        let cluster = self.catalog.select_cluster(Some(cluster));
        let cluster = cluster.map_err(unselected)?;
        let errors = cluster.errors();
        if errors.is_empty() {
            Ok(cluster.own_values())
        } else {
            Err(self.failure(&errors))
        }
    }

    /// Checks that there are apps with the names given to `--app`.
    ///
    /// # Errors
    /// There is no app of a name.
    pub(crate) fn check_apps(&self, named: &[String]) -> Result<(), Failure> {
        (named.iter())
            .try_for_each(|name| self.catalog.select_app(name).map(drop))
            .map_err(unselected)
    }

    /// Checks that each of the named apps is on for one of the clusters: what is rendered is not nothing by accident.
    ///
    /// # Errors
    /// An app is off for all of them, and what says so.
    pub(crate) fn check_on(&self, named: &[String], clusters: &[String]) -> Result<(), Failure> {
        if named.is_empty() {
            return Ok(());
        }
        let status = self.catalog.status();
        for app in status.apps.iter().filter(|app| named.contains(&app.app)) {
            let rows = status.clusters.iter().zip(&app.clusters);
            let rows = rows.filter(|(name, _)| clusters.contains(name));
            let off: Vec<String> = rows
                .filter(|(_, deployment)| deployment.on == Some(false))
                .map(|(name, deployment)| format!("`{name}`: {}", deployment.reason))
                .collect();
            if off.len() == clusters.len() {
                let (app, off) = (&app.app, off.join("; on "));
                let hint = "`list --cluster CLUSTER` shows which apps are on";
                return Err(
                    Failure::Input(format!("the app `{app}` is off on {off}")).hinted(Some(hint))
                );
            }
        }
        Ok(())
    }

    /// Checks that it is known of every app and cluster whether the app is on.
    ///
    /// # Errors
    /// What is wrong with the clusters on which that is open.
    pub(crate) fn check_known(&self, status: &Status) -> Result<(), Failure> {
        let open = status.clusters.iter().enumerate().filter(|(index, _)| {
            let mut cells = status
                .apps
                .iter()
                .filter_map(|app| app.clusters.get(*index));
            cells.any(|cell| cell.on.is_none())
        });
        let mut found = Vec::new();
        for (_, cluster) in open {
            let rendered = self.catalog.render(cluster, &RenderOptions::default());
            found.extend(rendered.err().unwrap_or_default());
        }
        let found = Diagnostics::new(found);
        if found.has_errors() {
            return Err(self.failure(&found));
        }
        Ok(())
    }

    /// The failure that diagnostics make.
    pub(crate) fn failure(&self, found: &Diagnostics) -> Failure {
        findings::failure(found, self.catalog.files())
    }
}

/// The failure that it is on the command line when it cannot be told which cluster or app is meant.
fn unselected(error: SelectionError) -> Failure {
    match error {
        SelectionError::NoClusters => Failure::input(error),
        SelectionError::WhichCluster(_) => {
            Failure::Usage(error.to_string()).hinted(Some("name one with --cluster"))
        }
        error => Failure::Usage(error.to_string()).hinted(error.hint()),
    }
}
