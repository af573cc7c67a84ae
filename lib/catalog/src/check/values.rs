//! What fields of the right type hold that Argo CD or Kubernetes does not know.

use homescale_located::{Data, Entry, Node, Report, did_you_mean, wrong_type};

use crate::check::differences;
use crate::fields::known::{self, HANDED_ON};
use crate::fields::pod_security::{LEVELS, MODES};
use crate::rules;

/// Looks at the fields of a layer; `context` is what stands before their names in messages.
pub(super) fn check(report: &mut Report<'_>, layer: &Node, context: &str) {
    let said = |field: &str| layer.get(field).filter(|value| !value.is_empty());
    if let Some(destination) = said("destination") {
        check_destination(report, destination, &format!("{context}destination"));
    }
    if let Some(security) = said("podSecurity") {
        check_pod_security(report, security, &format!("{context}podSecurity"));
    }
    differences::check(report, layer, context);
    for field in HANDED_ON {
        if let Some(value) = said(field.name) {
            known::check_field(report, field.name, value, context);
        }
    }
}

/// Reports what a destination has besides `server` and `name`, and those when they are no strings.
fn check_destination(report: &mut Report<'_>, value: &Node, what: &str) {
    for entry in value.as_map().iter().flat_map(|table| table.entries()) {
        let name = entry.name();
        match name.as_ref() {
            "server" | "name" => {
                if !entry.value.is_null() && entry.value.as_text().is_none() {
                    wrong_type(report, &entry.value, &format!("{what}.{name}"), "a string");
                }
            }
            "namespace" => {
                let message = format!("`{what}.namespace` has no effect");
                let saying = report.emit(&rules::NO_EFFECT, entry.place, message);
                saying.hint("the destination has the app's `namespace`; set that");
            }
            _ => {
                let message = format!("unknown field `{what}.{name}` of a destination");
                let hint = did_you_mean(&name, ["server", "name"]);
                let saying = report.emit(&rules::UNKNOWN_FIELD, entry.place, message);
                saying.hint(
                    hint.unwrap_or_else(|| "a destination has `server` or `name`".to_owned()),
                );
            }
        }
    }
}

fn check_pod_security(report: &mut Report<'_>, value: &Node, what: &str) {
    match &value.data {
        Data::Text(level) => check_level(report, value, &level.to_text(), what),
        Data::Map(modes) => {
            for mode in modes.entries() {
                check_mode(report, mode, &format!("{what}.{}", mode.name()));
            }
        }
        // Its type has been reported.
        _ => {}
    }
}

fn check_mode(report: &mut Report<'_>, entry: &Entry, what: &str) {
    let name = entry.name();
    let mode = name.strip_suffix("-version").unwrap_or(&name);
    if !MODES.iter().any(|known| known.name == mode) {
        let message = format!("`{what}` is no mode of pod security");
        let hint = did_you_mean(mode, MODES.iter().map(|known| known.name)).unwrap_or_else(|| {
            "there are `enforce`, `audit` and `warn`, and each with `-version`".to_owned()
        });
        let saying = report.emit(&rules::INVALID_VALUE, entry.place, message);
        saying.hint(hint);
    } else if mode == name
        && let Some(level) = entry.value.as_text().filter(|level| !level.is_empty())
    {
        check_level(report, &entry.value, level, what);
    } else if mode != name
        && let Some(version) = entry.value.as_text().filter(|version| !is_version(version))
    {
        let message = format!("`{what}` is `{version}`, which is no version of pod security");
        let saying = report.emit(&rules::INVALID_VALUE, entry.value.place, message);
        saying.hint("there are `latest` and versions of Kubernetes such as `v1.33`");
    }
}

/// What the admission controller of Kubernetes takes for a version.
fn is_version(text: &str) -> bool {
    let minor = text.strip_prefix("v1.").unwrap_or_default();
    let is_number = !minor.is_empty() && minor.bytes().all(|byte| byte.is_ascii_digit());
    text.is_empty() || text == "latest" || is_number && (minor == "0" || !minor.starts_with('0'))
}

fn check_level(report: &mut Report<'_>, value: &Node, level: &str, what: &str) {
    if !LEVELS.iter().any(|(known, _)| *known == level) {
        let message = format!("`{what}` is `{level}`, which is no level of pod security");
        let hint = did_you_mean(level, LEVELS.iter().map(|(known, _)| *known))
            .unwrap_or_else(|| "there are `privileged`, `baseline` and `restricted`".to_owned());
        let saying = report.emit(&rules::INVALID_VALUE, value.place, message);
        saying.hint(hint);
    }
}
