//! What Argo CD requires of an Application: fields that an app, or the defaults of the catalog, must say.

use homescale_located::{Node, Place, Report, Shape, Table, check_shape, nearest};

use crate::fields::{self, Field, hydrator};
use crate::model::app::App;
use crate::model::config::Config;
use crate::rules;

/// Lists of the Application that are taken over as they are, and what its schema requires of each item (Argo CD 3.6.1).
const ITEMS: [(&str, &[&str]); 2] = [
    ("ignoreDifferences", &["kind"]),
    ("info", &["name", "value"]),
];

/// Reports what is missing for an Application that Argo CD takes.
pub(crate) fn check(app: &App, fields: &Node, config: &Config, report: &mut Report<'_>) {
    for field in fields::FIELDS {
        let says_nothing = fields.get(field.name).is_none_or(Node::is_empty);
        let default = config.defaults.of(field.name);
        if says_nothing && default.is_some_and(Node::is_empty) {
            missing(app, fields, field, default, report);
        }
    }
    check_destination(fields, config, report);
    check_sources(fields, report);
    check_items(fields, report);
    hydrator::check(fields, report);
}

/// Reports that a required field says nothing, at the unknown field that is probably meant to be it. `default` is the value
/// of the catalog that could have said it.
pub(crate) fn missing(
    app: &App,
    fields: &Node,
    field: &Field,
    default: Option<&Node>,
    report: &mut Report<'_>,
) {
    let name = field.name;
    let entries = fields.as_map().map_or(&[][..], Table::entries).iter();
    let near = entries
        .filter(|entry| fields::find(&entry.name()).is_none())
        .find(|entry| nearest(&entry.name(), fields::field_names()) == Some(name));
    let said = fields.get(name).map(|value| value.place);
    let place = near.map(|entry| entry.place).or(said).unwrap_or(app.place);
    let (message, hint) = match default {
        None => (format!("`{name}` is required"), None),
        Some(_) => (
            format!("`{name}` is required, because the catalog's values have no `defaults.{name}`"),
            Some(format!(
                "set it here, or for all apps `defaults.{name}` in the catalog's values.yaml"
            )),
        ),
    };
    let near = near.map(|entry| format!("is `{}` meant to be it?", entry.name()));
    report
        .emit(&rules::MISSING_FIELD, place, message)
        .hint_if(near.or(hint))
        .related(
            default.map_or(Place::NOWHERE, |default| default.place),
            "the default is empty",
        );
}

/// Reports a destination that names no cluster: the app's, or else the default.
fn check_destination(fields: &Node, config: &Config, report: &mut Report<'_>) {
    let own = fields.get("destination").filter(|own| !own.is_empty());
    let default = &config.defaults.destination;
    let (destination, what) = match own {
        Some(own) => (own, "`destination`"),
        None => (default, "`defaults.destination` in the catalog's values"),
    };
    let Some(table) = destination.as_map().filter(|table| !table.is_empty()) else {
        return;
    };
    let says = |key: &str| table.get(key).is_some_and(|value| !value.is_empty());
    if !says("server") && !says("name") {
        let message = format!("{what} has neither `server` nor `name`");
        report.emit(&rules::INVALID_VALUE, destination.place, message);
    }
}

/// Reports further sources without what Argo CD needs to find them. Items that are no maps are reported elsewhere.
fn check_sources(fields: &Node, report: &mut Report<'_>) {
    let sources = fields.get("extraSources").and_then(Node::as_list);
    for (index, source) in sources.unwrap_or_default().iter().enumerate() {
        let Some(table) = source.as_map() else {
            continue;
        };
        let what = format!("extraSources[{index}]");
        let says = |key: &str| table.get(key).is_some_and(|value| !value.is_empty());
        for key in ["repoURL", "path", "chart", "ref", "targetRevision"] {
            if let Some(value) = table.get(key) {
                check_shape(report, Shape::Text, value, &format!("{what}.{key}"));
            }
        }
        if !says("repoURL") {
            let message = format!("`{what}.repoURL` is required");
            report.emit(&rules::MISSING_FIELD, source.place, message);
        }
        if !["path", "chart", "ref"].into_iter().any(says) {
            let message = format!("`{what}` has neither `path`, `chart` nor `ref`");
            let saying = report.emit(&rules::MISSING_FIELD, source.place, message);
            saying.hint("a directory of the repository is a `path`; files for `valueFiles` of other sources have a `ref`");
        }
        if says("chart") && !says("targetRevision") {
            let message = format!("`{what}.targetRevision` is required: the version of the chart");
            report.emit(&rules::MISSING_FIELD, source.place, message);
        }
    }
}

/// Reports items of lists without what the schema of an Application requires. Items that are no maps are reported elsewhere.
fn check_items(fields: &Node, report: &mut Report<'_>) {
    for (list, required) in ITEMS {
        let items = fields.get(list).and_then(Node::as_list).unwrap_or_default();
        let items = items.iter().enumerate();
        for (index, item) in items.filter(|(_, item)| item.as_map().is_some()) {
            for key in required {
                let what = format!("{list}[{index}].{key}");
                // An empty text is one, for the schema.
                let Some(value) = item.get(key).filter(|value| !value.is_null()) else {
                    let message = format!("`{what}` is required");
                    report.emit(&rules::MISSING_FIELD, item.place, message);
                    continue;
                };
                check_shape(report, Shape::Text, value, &what);
            }
        }
    }
}
