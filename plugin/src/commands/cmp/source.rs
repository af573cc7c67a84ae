//! [`Source`]: what the Application's source is, found on the disk.

use homescale_argocd::PluginRequest;
use homescale_catalog::{PluginChart, PluginSource, PluginSourceError};
use homescale_fileset::FileSet;

use super::tree::SentTree;
use crate::failure::Failure;
use crate::findings;
use crate::repository::Repository;

/// What Argo CD wants manifests of.
pub(super) enum Source {
    /// The catalog, for a cluster.
    Catalog(Box<Repository>, String),
    /// A chart.
    Chart(Box<PluginChart>),
}

impl Source {
    /// The source in the current directory.
    ///
    /// # Errors
    /// It cannot be told what it is, or the catalog cannot be read.
    pub(super) fn find(request: &PluginRequest, tree: &SentTree) -> Result<Self, Failure> {
        let catalog = tree.catalog();
        let path = catalog.as_ref().map(|(_, path)| *path);
        let chart = PluginChart::of_parameters(request, &tree.source, path);
        if let Some(chart) = chart.map_err(|error| failure(&error, &FileSet::new()))? {
            return Ok(Self::Chart(Box::new(chart)));
        }
        let Some((root, path)) = catalog else {
            let error = PluginSourceError::NoCatalog(tree.source.source_path());
            return Err(failure(&error, &FileSet::new()));
        };
        let repository = Repository::read(&root);
        let repository = repository.map_err(|failure| tree.without_root(failure))?;
        match (repository.catalog).plugin_source(request, &tree.source, path) {
            Ok(PluginSource::Catalog(cluster)) => Ok(Self::Catalog(Box::new(repository), cluster)),
            Ok(PluginSource::Chart(chart)) => Ok(Self::Chart(chart)),
            Err(error) => Err(failure(&error, repository.catalog.files())),
        }
    }
}

fn failure(error: &PluginSourceError, files: &FileSet) -> Failure {
    match error {
        PluginSourceError::Findings(found) => findings::failure(found, files),
        error => Failure::input(error).hinted(error.hint()),
    }
}
