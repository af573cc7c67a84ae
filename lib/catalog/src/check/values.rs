//! What fields of the right type hold that Argo CD or Kubernetes does not know.

use homescale_located::{Data, Entry, Node, Report, did_you_mean, wrong_type};

use crate::fields::hydrator;
use crate::fields::pod_security::{LEVELS, MODES};
use crate::rules;

/// Looks at the fields of a layer; `context` is what stands before their names in messages.
pub(super) fn check(report: &mut Report<'_>, layer: &Node, context: &str) {
    let said = |field: &str| layer.get(field).filter(|value| !value.is_empty());
    if let Some(destination) = said("destination") {
        check_destination(report, destination, &format!("{context}destination"));
    }
    if let Some(hydrator) = said("sourceHydrator") {
        hydrator::check_names(report, hydrator, &format!("{context}sourceHydrator"));
    }
    if let Some(security) = said("podSecurity") {
        check_pod_security(report, security, &format!("{context}podSecurity"));
    }
    check_options(report, layer, context);
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
    }
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

/// Reports sync options that Argo CD heeds on a resource only (argo-cd#15095).
fn check_options(report: &mut Report<'_>, layer: &Node, context: &str) {
    for path in [&["syncOptions"][..], &["syncPolicy", "syncOptions"]] {
        let options = layer.at(path).and_then(Node::as_list).unwrap_or_default();
        for option in options {
            let text = option.as_text().unwrap_or_default();
            if text.starts_with("SkipDryRunOnMissingResource=") {
                let message = format!("`{text}` in `{context}{}` has no effect", path.join("."));
                report.emit(&rules::NO_EFFECT, option.place, message).hint(
                    "Argo CD heeds it only as the annotation `argocd.argoproj.io/sync-options` of a resource",
                );
            }
        }
    }
}
