//! `helm-catalog cmp parameters`: what Argo CD shows of the source's parameters.

use homescale::disk;
use homescale_argocd::{Announcement, PluginRequest};
use homescale_fileset::{FileRequest, FileSet};

use super::source::Source;
use super::tree::SentTree;
use crate::context::Context;
use crate::failure::Failure;
use crate::terminal;

/// Prints a JSON list of announcements with what holds where the Application says nothing.
///
/// Argo CD asks without saying for which Kubernetes, and perhaps before a cluster was chosen: what cannot be told yet is
/// announced without a default, and the reason goes to standard error, which Argo CD logs.
pub(super) fn run(request: &PluginRequest, context: &Context) -> Result<(), Failure> {
    let tree = SentTree::find(request, context)?;
    let clusters = clusters(&tree);
    let announced = match Source::find(request, &tree) {
        Ok(Source::Chart(source)) => {
            terminal::warn(source.note.as_slice());
            let values = tree.files(&source.chart).and_then(|files| {
                let values = source.chart.effective_values(&files);
                values.map_err(|error| Failure::input(&error).hinted(error.hint()))
            });
            let values = known(values);
            Announcement::of_chart(&source.chart, values.as_ref(), &clusters)
        }
        Ok(Source::Catalog(_, cluster)) => Announcement::of_catalog(Some(&cluster), &clusters),
        Err(failure) => Announcement::of_catalog(known(Err(failure)), &clusters),
    };
    let text = serde_json::to_string(&announced);
    let text = text.map_err(Failure::input)?;
    terminal::print(text.as_bytes())
}

/// What could be told. Why something could not goes to standard error.
fn known<T>(result: Result<T, Failure>) -> Option<T> {
    let told = result.map_err(|failure| terminal::log(&failure));
    told.ok()
}

/// The directories of `clusters/` that are clusters.
fn clusters(tree: &SentTree) -> Vec<String> {
    let Some((root, _)) = tree.catalog() else {
        return Vec::new();
    };
    let wanted = |path: &str| match path.matches('/').count() {
        2 if path.ends_with('/') || path.ends_with("/apps.yaml") => FileRequest::Presence,
        _ => FileRequest::Nothing,
    };
    let mut found = FileSet::new();
    let read = disk::read(&root, "clusters", &wanted, &mut found).map_err(Failure::from);
    known(read.map_err(|failure| tree.without_root(failure)));
    let clusters = found.entries("clusters").into_iter();
    clusters.map(|(name, _)| name.to_owned()).collect()
}
