//! The repository as a command needs it: files from the disk, the catalog in them.

use std::path::{Path, PathBuf};

use homescale_catalog::Catalog;
use homescale_fileset::{FileSet, IGNORE_FILE, Ignore};
use homescale_located::Diagnostics;

use crate::disk::{self, Wanted};
use crate::failure::Failure;
use crate::findings;

/// A repository on the disk.
pub(crate) struct Repository {
    /// What the catalog was read from.
    pub(crate) files: FileSet,
    /// The catalog.
    pub(crate) catalog: Catalog,
}

impl Repository {
    /// Reads the repository at `root`.
    pub(crate) fn read(root: PathBuf) -> Result<Self, Failure> {
        let mut files = FileSet::new();
        let ignore = ignore_rules(&root)?;
        let wanted = |path: &str| {
            let Some(inner) = path.strip_prefix("apps/") else {
                return Wanted::No;
            };
            let (inner, is_folder) = match inner.strip_suffix('/') {
                Some(folder) => (folder, true),
                None => (inner, false),
            };
            let is_app_file = |names: &[&str]| {
                let in_app = inner.split_once('/').map(|(_, file)| file);
                in_app.is_some_and(|file| names.contains(&file))
            };
            if !ignore.ignores(inner, is_folder) {
                Wanted::Contents
            } else if is_app_file(&["Chart.yaml", "Dockerfile"]) {
                Wanted::Presence
            } else {
                Wanted::No
            }
        };
        disk::read(&root, "apps", &wanted, &mut files)?;
        let wanted = |path: &str| match path.matches('/').count() {
            0..=2 => Wanted::Contents,
            _ => Wanted::No,
        };
        disk::read(&root, "clusters", &wanted, &mut files)?;
        let mut catalog =
            Catalog::load(&files).map_err(|found| findings::failure(&found, &files))?;
        if read_outside_charts(&root, &catalog, &mut files)? {
            catalog = Catalog::load(&files).map_err(|found| findings::failure(&found, &files))?;
        }
        Ok(Self { files, catalog })
    }

    /// The clusters that were named, or the only one there is.
    ///
    /// # Errors
    /// A name is unknown, or none was given and there are several.
    pub(crate) fn clusters(&self, named: &[String]) -> Result<Vec<String>, Failure> {
        let known: Vec<&str> = self
            .catalog
            .clusters()
            .map(homescale_catalog::Cluster::name)
            .collect();
        if let Some(unknown) = named.iter().find(|name| !known.contains(&name.as_str())) {
            let known = known.join(", ");
            return Err(Failure::Usage(format!(
                "--cluster {unknown}: no such cluster; there are {known}"
            )));
        }
        match (named, known.as_slice()) {
            ([], []) => Err(Failure::Input(
                "clusters/: no cluster here: expected clusters/<cluster>/apps.yaml".into(),
            )),
            ([], [only]) => Ok(vec![(*only).to_owned()]),
            ([], several) => {
                let several = several.join(", ");
                Err(Failure::Usage(format!(
                    "which cluster? Name one with --cluster: {several}"
                )))
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
    pub(crate) fn check_apps(&self, named: &[String]) -> Result<(), Failure> {
        let unknown = named.iter().find(|name| self.catalog.app(name).is_none());
        unknown.map_or(Ok(()), |name| {
            Err(Failure::Usage(format!(
                "--app {name}: there is no apps/{name}/app.yaml"
            )))
        })
    }

    /// The failure that diagnostics make.
    pub(crate) fn failure(&self, found: &Diagnostics) -> Failure {
        findings::failure(found, &self.files)
    }
}

/// The rules of `apps/.helmignore`, so that what Helm would not load is not read either.
fn ignore_rules(root: &Path) -> Result<Ignore, Failure> {
    let path = root.join("apps").join(IGNORE_FILE);
    if !path.exists() {
        return Ok(Ignore::default());
    }
    let text = disk::read_file(&path)?;
    Ignore::parse(&text).map_err(|error| Failure::Input(format!("apps/{IGNORE_FILE}: {error}")))
}

/// Adds the Chart.yaml of every app whose chart is not in `apps/`; says whether there was any.
fn read_outside_charts(
    root: &Path,
    catalog: &Catalog,
    files: &mut FileSet,
) -> Result<bool, Failure> {
    let mut added = false;
    let inside = |path: &str| path.split('/').any(|part| matches!(part, "" | "." | ".."));
    for path in catalog.apps().filter_map(|app| app.path()) {
        let chart = format!("{}/Chart.yaml", path.trim_end_matches('/'));
        if !files.contains(&chart) && !inside(&chart) && root.join(&chart).is_file() {
            let bytes = disk::read_file(&root.join(&chart))?;
            let inserted = files.insert(chart, bytes);
            inserted.map_err(|error| Failure::Input(error.to_string()))?;
            added = true;
        }
    }
    Ok(added)
}
