//! The same conversation without a process and without a disk: the libraries answer what is asked in the environment, from the
//! files in memory.

use std::fmt::Display;
use std::path::Path;
use std::rc::Rc;

use homescale_argocd::{
    Announcement, ChartSource, ManifestOptions, NoManifests, PluginRequest, SourceTree,
};
use homescale_catalog::{Catalog, PluginChart, PluginSource, PluginSourceError, RenderOptions};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;

use crate::server::{Ended, Request};
use crate::tree;

/// What was asked, and what was sent.
struct Asked {
    request: PluginRequest,
    source: SourceTree,
    /// By the paths of the repository.
    files: FileSet,
    /// By the paths of the catalog, if there is one around the source.
    catalog: Option<FileSet>,
    /// The path of the source in the catalog.
    path: Option<String>,
}

/// What `cmp generate` gives.
pub(crate) fn generate(request: &Request<'_>) -> Ended {
    ended(
        Asked::new(request).and_then(|asked| asked.generate()),
        String::new(),
    )
}

/// What `cmp parameters` gives.
pub(crate) fn parameters(request: &Request<'_>) -> Ended {
    match Asked::new(request) {
        Ok(asked) => {
            let (announced, log) = asked.parameters();
            ended(Ok(serde_json::to_vec(&announced).unwrap()), log)
        }
        Err(error) => ended(Err(error), String::new()),
    }
}

impl Asked {
    fn new(asked: &Request<'_>) -> Result<Self, String> {
        let request = PluginRequest::read(asked.environment.iter().cloned()).map_err(plain)?;
        let inside = Path::new(asked.path).strip_prefix(asked.root).unwrap();
        let inside = homescale_argocd::normalize(inside.to_str().unwrap()).unwrap();
        let source = SourceTree::new(inside, &request.source_path);
        let mut sent = FileSet::new();
        read(&asked.repository.join(asked.root), "", &mut sent);
        let mut files = FileSet::new();
        for (path, contents) in sent.contents() {
            let path = source.repository_path(path);
            files.insert(path, contents.clone()).unwrap();
        }
        let is_catalog = |dir: &str| {
            ["apps", "clusters"]
                .iter()
                .all(|name| sent.entries(dir).contains(&(name, true)))
        };
        let found = source.nearest(is_catalog);
        Ok(Self {
            catalog: found.map(|(directory, _)| match directory {
                "" => sent.clone(),
                directory => sent.subtree(directory),
            }),
            path: found.map(|(_, path)| path.to_owned()),
            request,
            source,
            files,
        })
    }

    fn generate(&self) -> Result<Vec<u8>, String> {
        let allow_empty = self.request.allow_empty().map_err(plain)?;
        let (manifests, of_what) = match self.source()? {
            (PluginSource::Chart(source), _) => (self.manifests(&source.chart)?, source.chart.path),
            (PluginSource::Catalog(cluster), catalog) => (
                objects(&catalog.unwrap(), &cluster)?,
                format!("apps on the cluster {cluster}"),
            ),
        };
        if !allow_empty {
            let checked = NoManifests::check(&manifests, &of_what);
            checked.map_err(|error| hinted(&error, Some(error.hint())))?;
        }
        Ok(manifests)
    }

    fn manifests(&self, chart: &ChartSource) -> Result<Vec<u8>, String> {
        let host = Rc::new(FixedHost::default());
        let manifests = chart.manifests(&self.files, &ManifestOptions::from(&self.request), host);
        let patched = manifests.map_err(|error| match error {
            homescale_argocd::ManifestError::Patches(found) => format!("{found}\n"),
            error => hinted(&error, error.hint()),
        })?;
        Ok(patched.manifests)
    }

    /// What is announced, and what is said of what is not known.
    fn parameters(&self) -> (Vec<Announcement>, String) {
        match self.source() {
            Ok((PluginSource::Chart(source), _)) => {
                let values = source.chart.effective_values(&self.files).map_err(plain);
                let log = values.as_ref().err().cloned();
                let values = values.as_ref().ok();
                (
                    Announcement::of_chart(&source.chart, values, &[]),
                    log.unwrap_or_default(),
                )
            }
            Ok((PluginSource::Catalog(cluster), _)) => {
                (Announcement::of_catalog(Some(&cluster), &[]), String::new())
            }
            Err(error) => (Announcement::of_catalog(None, &[]), error),
        }
    }

    fn source(&self) -> Result<(PluginSource, Option<Catalog>), String> {
        let chart = PluginChart::of_parameters(&self.request, &self.source, self.path.as_deref());
        if let Some(chart) = chart.map_err(|error| said(&error))? {
            return Ok((PluginSource::Chart(Box::new(chart)), None));
        }
        let (Some(files), Some(path)) = (&self.catalog, &self.path) else {
            return Err(said(&PluginSourceError::NoCatalog(
                self.source.source_path(),
            )));
        };
        let catalog = Catalog::load(files).map_err(|found| format!("{found}\n"))?;
        let source = catalog.plugin_source(&self.request, &self.source, path);
        let source = source.map_err(|error| said(&error))?;
        Ok((source, Some(catalog)))
    }
}

fn objects(catalog: &Catalog, cluster: &str) -> Result<Vec<u8>, String> {
    let objects = catalog.render(cluster, &RenderOptions::default());
    let objects = objects.map(|objects| objects.to_yaml_with(1).unwrap().into_bytes());
    objects.map_err(|found| format!("{found}\n"))
}

fn plain(error: impl Display) -> String {
    hinted(&error, None)
}

fn said(error: &PluginSourceError) -> String {
    match error {
        PluginSourceError::Findings(found) => format!("{found}\n"),
        error => hinted(error, error.hint()),
    }
}

fn hinted(error: &dyn Display, hint: Option<&str>) -> String {
    let hint = hint.map(|hint| format!("  hint: {hint}\n"));
    format!("Error: {error}\n{}", hint.unwrap_or_default())
}

fn ended(result: Result<Vec<u8>, String>, log: String) -> Ended {
    let (stdout, stderr, status) = match result {
        Ok(stdout) => (String::from_utf8(stdout).unwrap(), log, 0),
        Err(stderr) => (String::new(), stderr, 1),
    };
    Ended {
        stdout,
        stderr,
        status,
        killed: false,
        left: Vec::new(),
    }
}

/// Reads the files in a directory, those of Git left out.
fn read(dir: &Path, path: &str, files: &mut FileSet) {
    for entry in tree::entries(dir) {
        let name = tree::file_name(&entry);
        let path = match path {
            "" => name.clone(),
            path => format!("{path}/{name}"),
        };
        if entry.is_dir() && name != ".git" {
            read(&entry, &path, files);
        } else if entry.is_file() {
            files.insert(path, std::fs::read(&entry).unwrap()).unwrap();
        }
    }
}
