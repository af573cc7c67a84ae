//! What Argo CD requires of an Application: fields that an app, or the defaults of the catalog, must say.

use homescale_located::{Node, Place, Report, Table, nearest};

use crate::evaluate::build::with;
use crate::fields::{self, Field, PARTS, hydrator};
use crate::model::app::App;
use crate::model::config::Config;
use crate::rules;

/// Reports what is missing for an Application that Argo CD takes.
pub(crate) fn check(app: &App, fields: &Node, config: &Config, report: &mut Report<'_>) {
    for field in fields::FIELDS {
        let says_nothing = fields.get(field.name).is_none_or(Node::is_empty);
        let default = config.defaults.of(field.name);
        if says_nothing && default.is_some_and(Node::is_empty) {
            missing(app, fields, field, default, report);
        }
    }
    let (fields, destination) = with_destination(fields, config);
    for part in PARTS {
        let name = match part.at {
            ["destination"] => destination,
            at => at[0],
        };
        part.check(&fields, name, report);
    }
    hydrator::check(&fields, report);
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

/// The fields with the destination that holds, and what messages call that.
fn with_destination(fields: &Node, config: &Config) -> (Node, &'static str) {
    if fields.get("destination").is_some_and(|own| !own.is_empty()) {
        return (fields.clone(), "destination");
    }
    let default = config.defaults.destination.clone();
    (with(fields, "destination", default), "defaults.destination")
}
