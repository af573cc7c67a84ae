//! Which dependencies are there: what tags and conditions say.

use homescale_value::{Map, Value};

use crate::log::{Log, Message};
use crate::lookup;
use crate::resolved::Declared;

/// Whether the tags of a dependency let it be. One that is on counts more than any that is off.
pub(super) fn by_tags(dependency: &Declared, tags: &Map, log: &Log) -> bool {
    let (mut on, mut off) = (false, false);
    for tag in dependency.dependency.tags.iter().flatten() {
        match tags.get(tag) {
            None => {}
            Some(Value::Bool(true)) => on = true,
            Some(Value::Bool(false)) => off = true,
            Some(_) => {
                let name = &dependency.name;
                log.message(&Message {
                    call: "dependencies.go:94",
                    plain: &format!(
                        "Warning: Tag '{tag}' for chart {name} returned non-bool value"
                    ),
                    severity: "WARN",
                    text: "returned non-bool value",
                    fields: &[("tag", tag), ("chart", name)],
                });
            }
        }
    }
    on || !off
}

/// What the first of the conditions of a dependency says that is set, below that path.
pub(super) fn by_condition(
    dependency: &Declared,
    values: &Map,
    path: &str,
    log: &Log,
) -> Option<bool> {
    for condition in dependency.dependency.condition.trim().split(',') {
        if condition.is_empty() {
            continue;
        }
        match lookup::path_value(values, &format!("{path}{condition}")) {
            Ok(Value::Bool(enabled)) => return Some(enabled),
            Ok(_) => {
                let name = &dependency.name;
                log.message(&Message {
                    call: "dependencies.go:63",
                    plain: &format!(
                        "Warning: Condition path '{condition}' for chart {name} returned non-bool value"
                    ),
                    severity: "WARN",
                    text: "returned non-bool value",
                    fields: &[("path", condition), ("chart", name)],
                });
            }
            Err(_) => {}
        }
    }
    None
}
