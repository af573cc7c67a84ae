//! Diagnostics as SARIF 2.1.0, the format of static analysis that code scanning reads.
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use homescale_catalog::{Review, Silenced};
use homescale_fleet::all_rules;
use homescale_located::{Diagnostic, Location, Related, Rule, Severity};
use serde_json::{Map, Value, json};

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The page that has every rule.
const PAGE: &str = "https://github.com/homescalecloud/homescale/blob/main/docs/rules.md";

/// The file of a finding that is about none: code scanning wants one.
const WITHOUT_FILE: &str = "apps";

/// A log with one run: what was found, and the rules.
pub(crate) fn log(review: &Review) -> Value {
    let found = review.findings.iter().map(result);
    let silenced = review.silenced.iter().map(suppressed);
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "helm-catalog",
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": PAGE,
                "rules": all_rules().into_iter().map(of_rule).collect::<Value>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": found.chain(silenced).collect::<Value>(),
        }],
    })
}

fn of_rule(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.about},
        "fullDescription": {"text": format!("{} {}", rule.about, rule.reason)},
        "help": {"text": rule.remedy},
        "helpUri": format!("{PAGE}#{}", rule.name),
        "defaultConfiguration": {"level": level(rule.severity)},
    })
}

fn result(finding: &Diagnostic) -> Value {
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": finding.explanation()},
        "locations": [{"physicalLocation": physical(&finding.location())}],
    });
    if !finding.related.is_empty() {
        result["relatedLocations"] = finding.related.iter().map(related).collect();
    }
    result
}

/// A finding that is silenced, with who says so and why.
fn suppressed(silenced: &Silenced) -> Value {
    let mut result = result(&silenced.finding);
    let kind = if silenced.by_comment {
        "inSource"
    } else {
        "external"
    };
    result["suppressions"] = json!([{"kind": kind, "justification": silenced.reason}]);
    result
}

fn related(related: &Related) -> Value {
    json!({
        "physicalLocation": physical(&related.location),
        "message": {"text": related.message},
    })
}

fn physical(location: &Location) -> Value {
    let file = match location.file.as_str() {
        "" => WITHOUT_FILE,
        file => file,
    };
    let mut physical = json!({"artifactLocation": {"uri": uri(file)}});
    let places = [
        ("startLine", location.line),
        ("startColumn", location.column),
    ];
    let places = places.into_iter().filter(|(_, number)| *number > 0);
    let region: Map<String, Value> = places
        .map(|(name, number)| (name.to_owned(), json!(number)))
        .collect();
    if !region.is_empty() {
        physical["region"] = Value::Object(region);
    }
    physical
}

/// A path as a relative reference (RFC 3986).
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            byte => uri.extend(["%", &format!("{byte:02X}")]),
        }
    }
    uri
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
