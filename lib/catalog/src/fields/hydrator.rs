//! The hydrator of an app's source: Argo CD writes the rendered manifests to a branch, and deploys from there
//! (`spec.sourceHydrator`, since Argo CD 3.0).

use homescale_located::{Node, Report, Shape, check_shape};

use crate::rules;

/// The parts that an app may set.
static PARTS: &[Part] = &[
    Part {
        name: "syncSource",
        fields: &["path", "targetBranch", "repoURL"],
        required: 2,
        is_required: true,
    },
    Part {
        name: "hydrateTo",
        fields: &["targetBranch"],
        required: 1,
        is_required: false,
    },
];

struct Part {
    name: &'static str,
    fields: &'static [&'static str],
    /// How many of the fields, the first ones, are required.
    required: usize,
    is_required: bool,
}

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
    for part in PARTS {
        let what = format!("sourceHydrator.{}", part.name);
        let value = said(hydrator, part.name);
        if let Some(value) = value {
            check_shape(report, Shape::TextMap, value, &what);
        }
        let is_missing = |name: &&&str| value.and_then(|value| said(value, name)).is_none();
        let is_needed = value.is_some() || part.is_required;
        let required = part.fields.iter().take(part.required);
        for name in required.filter(|name| is_needed && is_missing(name)) {
            let message = format!("`{what}.{name}` is required");
            let place = value.unwrap_or(hydrator).place;
            report.emit(&rules::MISSING_FIELD, place, message);
        }
    }
    let path = said(hydrator, "syncSource").and_then(|source| said(source, "path"));
    if let Some(path) = path
        && let Some(text) = path.as_text()
        && text.split('/').all(|name| matches!(name, "" | "."))
    {
        let message =
            format!("`sourceHydrator.syncSource.path` is `{text}`; it must be a directory");
        let saying = report.emit(&rules::INVALID_VALUE, path.place, message);
        saying.hint("Argo CD writes no manifests to the root of a branch");
    }
}

/// A field that is neither null nor empty.
fn said<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|value| !value.is_empty())
}
