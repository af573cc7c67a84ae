//! What Argo CD's schema has inside of the fields that an app hands on, as a table; and since when.
//!
//! A test compares it with the schema that is recorded in `fixtures/argocd`.

use homescale_argocd::ArgoCdVersion;
use homescale_located::{Entry, Node, Report, Shape, check_shape, did_you_mean, wrong_type};

use crate::rules;

/// A field inside of a field of the Application.
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) holds: Holds,
    /// The first release line of Argo CD that has it, where that is not every one.
    pub(crate) since: Option<ArgoCdVersion>,
}

/// What such a field holds.
#[derive(Clone, Copy)]
pub(crate) enum Holds {
    Plain(Shape),
    Map(&'static [Known]),
    Maps(&'static [Known]),
    /// Checked elsewhere, or not at all.
    Anything,
}

const fn field(name: &'static str, holds: Holds) -> Known {
    Known {
        name,
        holds,
        since: None,
    }
}

impl Known {
    const fn since(mut self, major: u64, minor: u64) -> Self {
        self.since = Some(ArgoCdVersion::new(major, minor));
        self
    }
}

const TEXT: Holds = Holds::Plain(Shape::Text);
const TEXTS: Holds = Holds::Plain(Shape::Texts);
const TEXT_MAP: Holds = Holds::Plain(Shape::TextMap);
const BOOLEAN: Holds = Holds::Plain(Shape::Boolean);
const INTEGER: Holds = Holds::Plain(Shape::Integer);

/// The fields of an app that become a part of `spec` as they are, by the name of both.
pub(crate) static HANDED_ON: &[Known] = &[
    field("extraSources", Holds::Maps(SOURCE)),
    field("ignoreDifferences", Holds::Maps(DIFFERENCES)),
    field(
        "info",
        Holds::Maps(&[field("name", TEXT), field("value", TEXT)]),
    ),
    field("sourceHydrator", Holds::Map(HYDRATOR)),
    field("syncPolicy", Holds::Map(SYNC_POLICY)),
];

static SYNC_POLICY: &[Known] = &[
    field(
        "automated",
        Holds::Map(&[
            field("allowEmpty", BOOLEAN),
            field("enabled", BOOLEAN).since(3, 1),
            field("prune", BOOLEAN),
            field("selfHeal", BOOLEAN),
        ]),
    ),
    field(
        "managedNamespaceMetadata",
        Holds::Map(&[field("annotations", TEXT_MAP), field("labels", TEXT_MAP)]),
    ),
    field(
        "retry",
        Holds::Map(&[
            field(
                "backoff",
                Holds::Map(&[
                    field("duration", TEXT),
                    field("factor", INTEGER),
                    field("maxDuration", TEXT),
                ]),
            ),
            field("limit", INTEGER),
            field("refresh", BOOLEAN).since(3, 2),
        ]),
    ),
    field("syncOptions", TEXTS),
];

static DIFFERENCES: &[Known] = &[
    field("group", TEXT),
    field("jqPathExpressions", TEXTS),
    field("jsonPointers", TEXTS),
    field("kind", TEXT),
    field("managedFieldsManagers", TEXTS),
    field("name", TEXT),
    field("namespace", TEXT),
];

static SOURCE: &[Known] = &[
    field("chart", TEXT),
    field("directory", Holds::Anything),
    field("helm", Holds::Anything),
    field("kustomize", Holds::Anything),
    field("name", TEXT),
    field("path", TEXT),
    field("plugin", Holds::Anything),
    field("ref", TEXT),
    field("repoURL", TEXT),
    field("tagPrefix", TEXT).since(3, 5),
    field("targetRevision", TEXT),
];

/// `drySource` is the app's own source. It has `helm` and `plugin` since 3.3: before, a chart is hydrated without its values.
static HYDRATOR: &[Known] = &[
    field("drySource", Holds::Anything),
    field("hydrateTo", Holds::Map(&[field("targetBranch", TEXT)])),
    field(
        "syncSource",
        Holds::Map(&[
            field("path", TEXT),
            field("repoURL", TEXT).since(3, 5),
            field("targetBranch", TEXT),
        ]),
    ),
];

/// The first release line whose hydrator knows what a chart is rendered with.
pub(crate) const HYDRATOR_SINCE: ArgoCdVersion = ArgoCdVersion::new(3, 3);

/// What a field of an app holds that is handed on.
pub(crate) fn holds(name: &str) -> Option<Holds> {
    let field = HANDED_ON.iter().find(|field| field.name == name)?;
    Some(field.holds)
}

/// Reports what is wrong inside of a field that is handed on; `context` is what stands before its name in messages. That the
/// field itself is of the right type is asked elsewhere.
pub(crate) fn check_field(report: &mut Report<'_>, name: &str, value: &Node, context: &str) {
    let what = format!("{context}{name}");
    match holds(name) {
        Some(Holds::Map(known)) => check(report, value, known, &what),
        Some(Holds::Maps(known)) => {
            for (index, item) in value.as_list().unwrap_or_default().iter().enumerate() {
                check(report, item, known, &format!("{what}[{index}]"));
            }
        }
        _ => {}
    }
}

/// Reports what a map has that Argo CD's schema does not know, and what is of the wrong type. `what` is what messages call it.
fn check(report: &mut Report<'_>, map: &Node, known: &[Known], what: &str) {
    for entry in entries(map) {
        let name = entry.name();
        match known.iter().find(|field| field.name == name) {
            Some(field) => check_value(report, &entry.value, field.holds, &join(what, &name)),
            None => unknown(report, entry, known, what),
        }
    }
}

fn check_value(report: &mut Report<'_>, value: &Node, holds: Holds, what: &str) {
    if value.is_null() {
        return;
    }
    match holds {
        Holds::Anything => {}
        Holds::Plain(shape) => check_shape(report, shape, value, what),
        Holds::Map(known) if value.as_map().is_some() => check(report, value, known, what),
        Holds::Map(_) => wrong_type(report, value, what, "a map"),
        Holds::Maps(known) => {
            for (index, item) in value.as_list().unwrap_or_default().iter().enumerate() {
                check_value(report, item, Holds::Map(known), &format!("{what}[{index}]"));
            }
            check_shape(report, Shape::Maps, value, what);
        }
    }
}

fn unknown(report: &mut Report<'_>, entry: &Entry, known: &[Known], what: &str) {
    let name = entry.name();
    let message = format!("unknown field `{}`", join(what, &name));
    let names = known.iter().map(|field| field.name);
    let hint = did_you_mean(&name, names.clone()).unwrap_or_else(|| {
        let names: Vec<&str> = names.collect();
        format!("Argo CD knows `{}` there", names.join("`, `"))
    });
    let saying = report.emit(&rules::UNKNOWN_FIELD, entry.place, message);
    saying.hint(hint);
}

/// Calls `found` for each entry that is known since a later release line than `version`.
pub(crate) fn too_new(
    map: &Node,
    known: &[Known],
    version: ArgoCdVersion,
    what: &str,
    found: &mut dyn FnMut(&Entry, &str, ArgoCdVersion),
) {
    for entry in entries(map) {
        let name = entry.name();
        let Some(field) = known.iter().find(|field| field.name == name) else {
            continue;
        };
        let what = join(what, &name);
        match field.since.filter(|since| *since > version) {
            Some(since) if !entry.value.is_null() => found(entry, &what, since),
            _ => below(&entry.value, field.holds, version, &what, found),
        }
    }
}

fn below(
    value: &Node,
    holds: Holds,
    version: ArgoCdVersion,
    what: &str,
    found: &mut dyn FnMut(&Entry, &str, ArgoCdVersion),
) {
    match holds {
        Holds::Map(known) => too_new(value, known, version, what, found),
        Holds::Maps(known) => {
            for (index, item) in value.as_list().unwrap_or_default().iter().enumerate() {
                too_new(item, known, version, &format!("{what}[{index}]"), found);
            }
        }
        Holds::Plain(_) | Holds::Anything => {}
    }
}

fn entries(map: &Node) -> &[Entry] {
    map.as_map().map_or(&[], |table| table.entries())
}

fn join(what: &str, name: &str) -> String {
    match what {
        "" => name.to_owned(),
        what => format!("{what}.{name}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// Compares a table with the properties of a schema, and what they hold.
    fn compare(known: &[Known], schema: &Value, what: &str) {
        let properties = schema["properties"].as_object().unwrap();
        let names: Vec<&str> = known.iter().map(|field| field.name).collect();
        let there: Vec<&str> = properties.keys().map(String::as_str).collect();
        assert_eq!(names, there, "{what}");
        for field in known {
            let schema = &properties[field.name];
            let kind = schema["type"].as_str().unwrap();
            let what = format!("{what}.{}", field.name);
            match field.holds {
                Holds::Anything => {}
                Holds::Map(known) => compare(known, schema, &what),
                Holds::Maps(known) => compare(known, &schema["items"], &what),
                Holds::Plain(shape) => assert_eq!(kind, type_of(shape), "{what}"),
            }
        }
    }

    fn type_of(shape: Shape) -> &'static str {
        match shape {
            Shape::Text => "string",
            Shape::Boolean => "boolean",
            Shape::Integer => "integer",
            Shape::Texts | Shape::Maps => "array",
            _ => "object",
        }
    }

    #[test]
    fn argo_cds_schema_has_the_same_fields() {
        let schema = include_str!("../../../../fixtures/argocd/application.schema.json");
        let schema: Value = serde_json::from_str(schema).unwrap();
        let spec = &schema["properties"]["spec"]["properties"];
        for field in HANDED_ON {
            let name = match field.name {
                "extraSources" => "sources",
                name => name,
            };
            let schema = &spec[name];
            match field.holds {
                Holds::Map(known) => compare(known, schema, name),
                Holds::Maps(known) => compare(known, &schema["items"], name),
                Holds::Plain(_) | Holds::Anything => unreachable!("{name} has fields"),
            }
        }
    }
}
