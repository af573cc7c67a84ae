//! What an app says that its fields must not hold, and fields that are none.

use std::collections::BTreeSet;

use homescale_located::{
    Entry, Node, Report, Shape, check_shape, check_text, did_you_mean, wrong_type,
};
use homescale_manifest::Patch;

use crate::fields::helm;
use crate::fields::table::{Content, Field, field_names, find};
use crate::rules;

/// The names of fields that are none of ours, and that somebody else reads.
pub(crate) struct Further<'f> {
    /// What other tools read.
    pub(crate) of_tools: &'f BTreeSet<&'f str>,
    /// What templates of the catalog's own read.
    pub(crate) of_templates: BTreeSet<&'f str>,
}

impl Further<'_> {
    fn has(&self, name: &str) -> bool {
        self.of_tools.contains(name) || self.of_templates.contains(name)
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.of_tools.union(&self.of_templates).copied()
    }
}

/// Reports every field of a layer that is unknown, or holds what it must not.
///
/// `context` says which layer it is, for messages: `clusters.prod.` or nothing. `further` are fields that are
/// none of ours. A layer inside `clusters` cannot have `clusters` itself.
pub(crate) fn check_layer(
    report: &mut Report<'_>,
    layer: &Node,
    context: &str,
    further: &Further<'_>,
) {
    let Some(table) = layer.as_map() else {
        if !layer.is_null() {
            let what = context.trim_end_matches('.');
            wrong_type(report, layer, what, "a map of fields");
        }
        return;
    };
    let mut is_application = false;
    for entry in table.entries() {
        let name = entry.name();
        if find(&name).is_none() && OF_APPLICATIONS.contains(&name.as_ref()) {
            // It is one mistake, however many fields show it.
            if std::mem::replace(&mut is_application, true) {
                continue;
            }
        }
        match find(&name) {
            Some(field) if field.content == Content::Clusters && !context.is_empty() => {
                report
                    .emit(
                        &rules::UNKNOWN_FIELD,
                        entry.place,
                        format!("`{context}clusters` has no effect: overrides cannot be nested"),
                    )
                    .hint("move its entries to `clusters` of app.yaml");
            }
            Some(field) => check_field(report, field, &entry.value, context),
            None if further.has(&name) => {}
            None => unknown(report, entry, context, further),
        }
    }
}

/// Fields that people know from elsewhere, and what to do here.
const FOREIGN: &[(&str, &str)] = &[
    (
        "chart",
        "a chart of somebody else's is a dependency in a Chart.yaml beside this file, with `path` as its directory; or a source in `extraSources`, with `repoURL`, `chart` and `targetRevision`",
    ),
    ("dependsOn", "what comes first has the lower `syncWave`"),
    (
        "enabled",
        "an app is on by `deploy`, for a cluster, or by `defaultDeploy`",
    ),
    (
        "env",
        "Argo CD's build environment is for plugins: say it in `values`",
    ),
    (
        "sources",
        "the app's own source is `repoURL`, `targetRevision` and `path`; further ones are in `extraSources`",
    ),
    (
        "name",
        "an app is called as its directory; Helm's name for it is `releaseName`",
    ),
    (
        "parameters",
        "say it in `values`; or in `helm: {parameters: […]}`, as Argo CD does",
    ),
    ("repository", "the repository of the chart is `repoURL`"),
    ("repo", "the repository of the chart is `repoURL`"),
    ("revision", "branch, tag or commit is `targetRevision`"),
    ("branch", "branch, tag or commit is `targetRevision`"),
    (
        "version",
        "branch, tag or commit is `targetRevision`; the version of a chart is in its Chart.yaml",
    ),
    ("set", "say it in `values`"),
    ("valuesObject", "an app has the field `values` for it"),
    ("wave", "did you mean `syncWave`?"),
];

/// The fields by which an Application of Argo CD is known.
const OF_APPLICATIONS: [&str; 5] = ["apiVersion", "kind", "metadata", "source", "spec"];

const APPLICATION: &str = "this is no Application: the catalog makes it of the fields `path`, `namespace`, `values` and so on, which stand at the top";

fn unknown(report: &mut Report<'_>, entry: &Entry, context: &str, further: &Further<'_>) {
    let name = entry.name();
    let foreign = FOREIGN.iter().find(|(foreign, _)| *foreign == name);
    let of_application = OF_APPLICATIONS.contains(&name.as_ref());
    let hint = foreign.map(|(_, hint)| (*hint).to_owned());
    let hint = hint.or_else(|| of_application.then(|| APPLICATION.to_owned()));
    let hint = hint
        .or_else(|| did_you_mean(&name, field_names().chain(further.names())))
        .unwrap_or_else(|| {
            format!("if another tool reads it, add `{name}` to `fields` in the catalog's values")
        });
    report
        .emit(
            &rules::UNKNOWN_FIELD,
            entry.place,
            format!("unknown field `{context}{name}`"),
        )
        .hint(hint);
}

/// Reports what a field must not hold.
pub(crate) fn check_field(report: &mut Report<'_>, field: &Field, value: &Node, context: &str) {
    let what = format!("{context}{}", field.name);
    if value.is_null() {
        return;
    }
    match field.content {
        Content::Plain(shape) => check_shape(report, shape, value, &what),
        Content::Destination | Content::Clusters | Content::Hydrator => {
            check_shape(report, Shape::Map, value, &what);
        }
        Content::Info => check_shape(report, Shape::Maps, value, &what),
        Content::PodSecurity if value.as_text().is_some() => {}
        Content::PodSecurity if value.as_map().is_some() => {
            check_shape(report, Shape::TextMap, value, &what);
        }
        Content::PodSecurity => wrong_type(report, value, &what, field.content.kind()),
        Content::Patches => Patch::check_list(report, value, &what),
        Content::Engine => check_engine(report, value, &what),
        Content::Helm if value.as_map().is_some() => {
            helm::check_field(report, value, &what);
        }
        Content::Helm => wrong_type(report, value, &what, "a map"),
    }
}

/// Who renders the charts of apps.
pub(super) const ENGINES: [&str; 2] = ["helm", "catalog"];

fn check_engine(report: &mut Report<'_>, value: &Node, what: &str) {
    let Some(text) = value.as_text() else {
        return check_text(report, value, what);
    };
    if !ENGINES.contains(&text) {
        let message = format!("`{what}` is `{text}`; it must be `helm` or `catalog`");
        let saying = report.emit(&rules::INVALID_VALUE, value.place, message);
        saying.hint_if(did_you_mean(text, ENGINES));
    }
}
