//! The fields of `app.yaml`: which there are, and what each may hold.

use crate::data::{Data, Entry, Node};
use crate::diagnostic::Report;
use crate::patch::Patch;
use crate::suggest::did_you_mean;
use crate::{helm_source, names, rules};

/// A field of an app.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) shape: Shape,
}

impl Field {
    /// Whether an app must have it.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self.name, "path" | "namespace")
    }
}

/// What a field may hold; null is always allowed, and says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Boolean,
    Integer,
    Map,
    /// A map whose values are strings.
    TextMap,
    Texts,
    Maps,
    /// `server` or `name`.
    Destination,
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

const fn field(name: &'static str, shape: Shape) -> Field {
    Field { name, shape }
}

/// The fields, in the order of the documentation.
pub(crate) static FIELDS: &[Field] = &[
    field("path", Shape::Text),
    field("namespace", Shape::Text),
    field("releaseName", Shape::Text),
    field("repoURL", Shape::Text),
    field("targetRevision", Shape::Text),
    field("project", Shape::Text),
    field("destination", Shape::Destination),
    field("values", Shape::Map),
    field("valueFiles", Shape::Texts),
    field("engine", Shape::Engine),
    field("helm", Shape::Helm),
    field("extraSources", Shape::Maps),
    field("sourceHydrator", Shape::Map),
    field("syncWave", Shape::Integer),
    field("syncPolicy", Shape::Map),
    field("syncOptions", Shape::Texts),
    field("ignoreDifferences", Shape::Maps),
    field("info", Shape::Maps),
    field("revisionHistoryLimit", Shape::Integer),
    field("annotations", Shape::TextMap),
    field("labels", Shape::TextMap),
    field("podSecurity", Shape::PodSecurity),
    field("defaultDeploy", Shape::Boolean),
    field("deploy", Shape::Boolean),
    field("clusters", Shape::Clusters),
    field("patches", Shape::Patches),
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
            Some(field) if field.shape == Shape::Clusters && !context.is_empty() => {
                report
                    .say(
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
        .say(
            &rules::UNKNOWN_FIELD,
            entry.place,
            format!("unknown field `{context}{name}`"),
        )
        .hint(hint);
}

/// Reports what a field must not hold.
pub(crate) fn check_field(report: &mut Report<'_>, field: &Field, value: &Node, context: &str) {
    check_shape(
        report,
        field.shape,
        value,
        &format!("{context}{}", field.name),
    );
}

/// Reports that `what` is not of a shape. Null is of every shape.
pub(crate) fn check_shape(report: &mut Report<'_>, shape: Shape, value: &Node, what: &str) {
    if value.is_null() {
        return;
    }
    match shape {
        Shape::Text => check_text(report, value, what),
        Shape::Boolean => check_boolean(report, value, what),
        Shape::Integer => check_integer(report, value, what),
        Shape::Map | Shape::Destination | Shape::Clusters => {
            if value.as_map().is_none() {
                wrong_type(report, value, what, "a map");
            }
        }
        Shape::TextMap => check_text_map(report, value, what),
        Shape::Texts => check_list(report, value, what, "a list of strings", check_text),
        Shape::Maps => check_list(
            report,
            value,
            what,
            "a list of maps",
            |report, item, what| {
                if item.as_map().is_none() {
                    wrong_type(report, item, what, "a map");
                }
            },
        ),
        Shape::PodSecurity if value.as_text().is_some() => {}
        Shape::PodSecurity if value.as_map().is_some() => check_text_map(report, value, what),
        Shape::PodSecurity => wrong_type(report, value, what, "a level, or a map of modes"),
        Shape::Patches => Patch::check_list(report, value, what),
        Shape::Engine => check_engine(report, value, what),
        Shape::Helm if value.as_map().is_some() => helm_source::check_field(report, value, what),
        Shape::Helm => wrong_type(report, value, what, "a map"),
    }
}

/// Reports that `what` is not `expected`.
pub(crate) fn wrong_type(report: &mut Report<'_>, value: &Node, what: &str, expected: &str) {
    let found = value.data.type_name();
    let hint = match &value.data {
        Data::Number(_) | Data::Integer(_) | Data::Bool(_) if expected == "a string" => {
            Some("put it in quotes".to_owned())
        }
        Data::Text(text) if expected == "a boolean" && names::is_boolean_word(&text.to_text()) => {
            Some("remove the quotes".to_owned())
        }
        Data::Text(_) if expected.starts_with("a list of strings") => {
            Some("write it as an item of a list: `[…]`".to_owned())
        }
        _ => None,
    };
    report
        .say(
            &rules::WRONG_TYPE,
            value.place,
            format!("`{what}` is {found}; it must be {expected}"),
        )
        .hint_if(hint);
}

fn check_text(report: &mut Report<'_>, value: &Node, what: &str) {
    if !matches!(value.data, Data::Text(_)) {
        wrong_type(report, value, what, "a string");
    }
}

fn check_boolean(report: &mut Report<'_>, value: &Node, what: &str) {
    if !matches!(value.data, Data::Bool(_)) {
        wrong_type(report, value, what, "a boolean");
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
        let saying = report.say(&rules::INVALID_VALUE, value.place, message);
        saying.hint_if(did_you_mean(text, ENGINES));
    }
}

/// The integer of a field, when it holds one.
pub(crate) fn integer(value: &Node) -> Option<i64> {
    match value.data {
        Data::Integer(n) => Some(n),
        Data::Number(x) if x.fract() == 0.0 && x.abs() < 9e15 => Some(x as i64),
        _ => None,
    }
}

fn check_integer(report: &mut Report<'_>, value: &Node, what: &str) {
    match (&value.data, integer(value)) {
        (_, Some(_)) => {}
        (Data::Number(x), None) => {
            let message = format!("`{what}` is {x}; it must be an integer");
            report.say(&rules::WRONG_TYPE, value.place, message);
        }
        (Data::Text(text), None) if text.to_text().parse::<i64>().is_ok() => {
            report
                .say(
                    &rules::WRONG_TYPE,
                    value.place,
                    format!("`{what}` is a string; it must be an integer"),
                )
                .hint("remove the quotes");
        }
        _ => wrong_type(report, value, what, "an integer"),
    }
}

fn check_text_map(report: &mut Report<'_>, value: &Node, what: &str) {
    let Some(table) = value.as_map() else {
        return wrong_type(report, value, what, "a map of strings");
    };
    for entry in table.entries() {
        if !entry.value.is_null() {
            check_text(report, &entry.value, &format!("{what}.{}", entry.name()));
        }
    }
}

fn check_list(
    report: &mut Report<'_>,
    value: &Node,
    what: &str,
    expected: &str,
    check_item: impl Fn(&mut Report<'_>, &Node, &str),
) {
    let Some(items) = value.as_list() else {
        return wrong_type(report, value, what, expected);
    };
    for (index, item) in items.iter().enumerate() {
        check_item(report, item, &format!("{what}[{index}]"));
    }
}
