//! What is found in many Applications is told once.

use std::collections::{BTreeMap, BTreeSet};

use homescale_located::{Diagnostic, Location, Related, Severity};

use super::applications::{Applications, kind, name};
use super::few::few;
use super::finding::{At, Finding};
use crate::found::Found;

/// How many places of Applications a message names.
const MOST_SHOWN: usize = 3;

/// What is the same for several Applications.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Same {
    location: Location,
    rule: &'static str,
    severity: Severity,
    is_elsewhere: bool,
    cause: String,
    hint: Option<String>,
    related: Vec<Related>,
}

/// The diagnostics that findings make, each with the Applications that have it.
pub(super) fn diagnostics<'f>(
    findings: Vec<(&'f Found, Finding)>,
    applications: &Applications<'f>,
) -> Vec<Diagnostic> {
    let mut all: BTreeMap<Same, (&Finding, Vec<&Found>)> = BTreeMap::new();
    for (found, finding) in &findings {
        let same = Same {
            location: applications.place(found, &finding.at),
            rule: finding.rule.name,
            severity: finding.severity,
            is_elsewhere: matches!(finding.at, At::File(_)),
            cause: finding.cause.clone(),
            hint: finding.hint.clone(),
            related: finding.related.clone(),
        };
        let (_, who) = all.entry(same).or_insert_with(|| (finding, Vec::new()));
        who.push(*found);
    }
    let told = all.into_iter();
    told.map(|(same, (finding, who))| diagnostic(same, finding, &who, applications))
        .collect()
}

fn diagnostic(
    same: Same,
    finding: &Finding,
    who: &[&Found],
    applications: &Applications<'_>,
) -> Diagnostic {
    let groups = groups(who, applications);
    let message = if same.is_elsewhere {
        same.cause
    } else {
        let names: Vec<&str> = groups.iter().map(|(text, _)| text.as_str()).collect();
        format!("{}: {}", names.join("; "), same.cause)
    };
    let mut told = Diagnostic::new(finding.rule, same.location, message);
    told.severity = same.severity;
    told.hint = same.hint;
    told.related = same.related;
    if same.is_elsewhere {
        let who = groups.into_iter();
        told.related.extend(who.map(|(text, location)| Related {
            location,
            message: format!("for {text}"),
        }));
    }
    told.clusters = who.iter().map(|found| found.cluster.clone()).collect();
    told.clusters.sort();
    told.clusters.dedup();
    told
}

/// The Applications in words, those together that are at one place: `the Applications `a`, `b`, `c` and 4 more`. One of the same
/// name on several clusters is one.
fn groups(who: &[&Found], applications: &Applications<'_>) -> Vec<(String, Location)> {
    let mut groups: BTreeMap<(Location, &str, String), BTreeSet<String>> = BTreeMap::new();
    for found in who {
        let brought = applications.brought(found);
        let key = (applications.location(found), kind(found), brought);
        groups.entry(key).or_default().insert(name(&found.id));
    }
    let more = groups.len().saturating_sub(MOST_SHOWN);
    let mut shown: Vec<_> = (groups.into_iter().take(MOST_SHOWN))
        .map(|((location, kind, brought), names)| (words(kind, &names, &brought), location))
        .collect();
    if let (1.., Some((text, _))) = (more, shown.last_mut()) {
        *text = format!("{text}; and more at {more} further places");
    }
    shown
}

fn words(kind: &str, names: &BTreeSet<String>, brought: &str) -> String {
    let plural = if names.len() == 1 { "" } else { "s" };
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    format!("the {kind}{plural} {}{brought}", few(&names, ", "))
}
