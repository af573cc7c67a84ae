//! `helm-catalog cmp parameters`: what Argo CD shows of the source's parameters.

use homescale_argocd::{Announcement, PluginRequest, values_by_path};

use super::source::Source;
use super::tree::SourceTree;
use crate::context::Context;
use crate::disk;
use crate::failure::Failure;
use crate::terminal;

/// Prints a JSON list of announcements with what holds where the Application says nothing.
///
/// Argo CD asks without saying for which Kubernetes, and perhaps before a cluster was chosen: what cannot be told yet is
/// announced without a default, and the reason goes to standard error, which Argo CD logs.
pub(super) fn run(request: &PluginRequest, context: &Context) -> Result<(), Failure> {
    let tree = SourceTree::find(request, context)?;
    let source = Source::find(&tree, request);
    let mut announced = Announcement::all();
    let mut set = |name: &str, change: &dyn Fn(&mut Announcement)| {
        announced
            .iter_mut()
            .filter(|it| it.name == name)
            .for_each(change);
    };
    let clusters = clusters(&tree);
    if !clusters.is_empty() {
        set("cluster", &|it| {
            it.tooltip = format!("{} There are: {}.", it.tooltip, clusters.join(", "));
        });
    }
    set("allow-empty", &|it| it.string = Some("false".to_owned()));
    let mut names: Vec<&str> = vec!["cluster", "allow-empty"];
    match source {
        Ok(Source::Catalog(_, cluster)) => set("cluster", &|it| it.string = Some(cluster.clone())),
        Ok(Source::Chart(chart)) => {
            names = Announcement::all().iter().map(|it| it.name).collect();
            set("helm-version", &|it| {
                it.string = Some(chart.level.name().to_owned());
            });
            match tree.chart().and_then(|files| {
                let values = chart.effective_values(&files, &tree);
                values.map_err(Failure::Input)
            }) {
                Ok(values) => set("parameters", &|it| it.map = values_by_path(&values)),
                Err(failure) => terminal::warn(&[failure.to_string()]),
            }
        }
        Err(failure) => terminal::warn(&[failure.to_string().trim_end().to_owned()]),
    }
    announced.retain(|it| names.contains(&it.name));
    let text = serde_json::to_string(&announced);
    let text = text.map_err(|error| Failure::Input(error.to_string()))?;
    terminal::print(text.as_bytes())
}

/// The folders of `clusters/` that are clusters.
fn clusters(tree: &SourceTree) -> Vec<String> {
    let folders = tree.catalog.as_ref().map(|root| root.join("clusters"));
    let entries = folders.and_then(|folder| std::fs::read_dir(folder).ok());
    let folders = entries.into_iter().flatten().filter_map(Result::ok);
    let folders = folders.filter(|entry| disk::read_file(&entry.path().join("apps.yaml")).is_ok());
    let mut names: Vec<String> = folders
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}
