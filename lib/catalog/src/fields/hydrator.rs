//! The hydrator of an app's source: Argo CD writes the rendered manifests to a branch, and deploys from there
//! (`spec.sourceHydrator`, since Argo CD 3.0).

use homescale_go::path;
use homescale_located::{Node, Report};

use crate::rules;

/// Reports what keeps Argo CD from hydrating the source of an app.
pub(crate) fn check(fields: &Node, report: &mut Report<'_>) {
    let Some(hydrator) = said(fields, "sourceHydrator").filter(|it| it.as_map().is_some()) else {
        return;
    };
    if said(fields, "extraSources").is_some() {
        let message = "`sourceHydrator` and `extraSources` exclude each other";
        let saying = report.emit(&rules::INVALID_VALUE, hydrator.place, message);
        saying.hint("Argo CD hydrates one source: set one of them to null");
    }
    if let Some(source) = hydrator.get("drySource") {
        let message = "`sourceHydrator.drySource` cannot be set";
        let saying = report.emit(&rules::INVALID_VALUE, source.place, message);
        saying.hint("it is the app's own source: `repoURL`, `targetRevision`, `path`, `helm`");
    }
    let root = said(hydrator, "syncSource").and_then(|source| said(source, "path"));
    if let Some(root) = root
        && let Some(text) = root.as_text()
        && path::clean(format!("/{text}").as_bytes()) == b"/"
    {
        let message =
            format!("`sourceHydrator.syncSource.path` is `{text}`; it must be a directory");
        let saying = report.emit(&rules::INVALID_VALUE, root.place, message);
        saying.hint("Argo CD writes no manifests to the root of a branch");
    }
}

/// A field that is neither null nor empty.
fn said<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|value| !value.is_empty())
}
