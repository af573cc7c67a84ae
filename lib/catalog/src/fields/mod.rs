//! The fields of `app.yaml`: which there are, and what each may hold.

pub(crate) mod helm;
pub(crate) mod hydrator;
pub(crate) mod names;

use homescale_located::{
    Entry, Node, Report, Shape, check_shape, check_text, did_you_mean, wrong_type,
};
use homescale_manifest::Patch;

use crate::rules;

/// A field of an app.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) content: Content,
}

impl Field {
    /// Whether an app must have it.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.name, "path" | "namespace")
    }
}

/// What a field may hold; null is always allowed, and says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    Plain(Shape),
    /// A level, or a map of modes.
    PodSecurity,
    /// A map from clusters to fields.
    Clusters,
    Patches,
    /// `helm` or `catalog`.
    Engine,
    /// What `source.helm` of the Application has besides.
    Helm,
}

const fn field(name: &'static str, content: Content) -> Field {
    Field { name, content }
}

/// The fields, in the order of the documentation.
pub(crate) static FIELDS: &[Field] = &[
    field("path", Content::Plain(Shape::Text)),
    field("namespace", Content::Plain(Shape::Text)),
    field("releaseName", Content::Plain(Shape::Text)),
    field("repoURL", Content::Plain(Shape::Text)),
    field("targetRevision", Content::Plain(Shape::Text)),
    field("project", Content::Plain(Shape::Text)),
    field("destination", Content::Plain(Shape::Map)),
    field("values", Content::Plain(Shape::Map)),
    field("valueFiles", Content::Plain(Shape::Texts)),
    field("engine", Content::Engine),
    field("helm", Content::Helm),
    field("extraSources", Content::Plain(Shape::Maps)),
    field("sourceHydrator", Content::Plain(Shape::Map)),
    field("syncWave", Content::Plain(Shape::Integer)),
    field("syncPolicy", Content::Plain(Shape::Map)),
    field("syncOptions", Content::Plain(Shape::Texts)),
    field("ignoreDifferences", Content::Plain(Shape::Maps)),
    field("info", Content::Plain(Shape::Maps)),
    field("revisionHistoryLimit", Content::Plain(Shape::Integer)),
    field("annotations", Content::Plain(Shape::TextMap)),
    field("labels", Content::Plain(Shape::TextMap)),
    field("podSecurity", Content::PodSecurity),
    field("defaultDeploy", Content::Plain(Shape::Boolean)),
    field("deploy", Content::Plain(Shape::Boolean)),
    field("clusters", Content::Clusters),
    field("patches", Content::Patches),
];

/// The field of that name.
pub(crate) fn find(name: &str) -> Option<&'static Field> {
    FIELDS.iter().find(|field| field.name == name)
}

/// The names of all fields.
pub(crate) fn names<'n>() -> impl Iterator<Item = &'n str> {
    FIELDS.iter().map(|field| field.name)
}

/// Reports every field of a layer that is unknown, or holds what it must not.
///
/// `context` says which layer it is, for messages: `clusters.prod.` or nothing. `further` are the names of the fields that
/// other tools read. A layer inside `clusters` cannot have `clusters` itself.
pub(crate) fn check_layer(report: &mut Report<'_>, layer: &Node, context: &str, further: &[&str]) {
    let Some(table) = layer.as_map() else {
        if !layer.is_null() {
            let what = context.trim_end_matches('.');
            wrong_type(report, layer, what, "a map of fields");
        }
        return;
    };
    for entry in table.entries() {
        let name = entry.name();
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
            None if further.contains(&name.as_ref()) => {}
            None => unknown(report, entry, context, further),
        }
    }
}

fn unknown(report: &mut Report<'_>, entry: &Entry, context: &str, further: &[&str]) {
    let name = entry.name();
    let known: Vec<&str> = names().chain(further.iter().copied()).collect();
    let hint = did_you_mean(&name, known);
    let hint = hint.unwrap_or_else(|| {
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
        Content::Clusters => check_shape(report, Shape::Map, value, &what),
        Content::PodSecurity if value.as_text().is_some() => {}
        Content::PodSecurity if value.as_map().is_some() => {
            check_shape(report, Shape::TextMap, value, &what);
        }
        Content::PodSecurity => wrong_type(report, value, &what, "a level, or a map of modes"),
        Content::Patches => Patch::check_list(report, value, &what),
        Content::Engine => check_engine(report, value, &what),
        Content::Helm if value.as_map().is_some() => {
            helm::check_field(report, value, &what);
        }
        Content::Helm => wrong_type(report, value, &what, "a map"),
    }
}

/// Who renders the charts of apps.
const ENGINES: [&str; 2] = ["helm", "catalog"];

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
