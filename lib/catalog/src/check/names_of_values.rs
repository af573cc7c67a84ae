//! Sections of the catalog's values whose names are misspelt.

use homescale_located::{Entry, Node, Report, Table, did_you_mean, nearest};

use crate::check::own_templates::Words;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::model::layout::APPS;
use crate::model::sections::SECTIONS;
use crate::rules;

/// What the catalog knows besides its sections.
const OTHERS: [&str; 4] = ["apps", "cluster", "fields", "output"];

/// Looks at the values that a cluster gives the catalog. All others are the team's own, for templates; so one that is
/// mentioned in a template is none that is misspelt.
pub(super) fn check(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
    let sections = SECTIONS.iter().map(|section| section.name);
    let known: Vec<&str> = sections.chain(OTHERS).collect();
    let entries: &[Entry] = cluster.values.as_map().map_or(&[], |table| table.entries());
    check_sections(catalog, cluster, report);
    for entry in entries {
        let name = entry.name();
        if known.contains(&name.as_ref()) {
            continue;
        }
        let near = nearest(&name, known.iter().copied());
        let Some(near) = near.filter(|_| !is_mentioned(catalog, &name)) else {
            continue;
        };
        let message = format!("unknown value `{name}` of the catalog");
        let saying = report.emit(&rules::UNKNOWN_FIELD, entry.place, message);
        saying.hint(format!("did you mean `{near}`?"));
    }
}

/// Looks into the sections. What templates of a catalog's own read is theirs.
fn check_sections(catalog: &Catalog, cluster: &Cluster, report: &mut Report<'_>) {
    let words = Words::of(catalog);
    for section in &SECTIONS {
        let table = cluster.values.get(section.name).and_then(Node::as_map);
        let known = section.values.iter().map(|value| value.name);
        for entry in table.map_or(&[][..], Table::entries) {
            let name = entry.name();
            let path = format!("{}.{name}", section.name);
            let is_known = known.clone().any(|known| known == name);
            if is_known || words.have(&name) || is_mentioned(catalog, &path) {
                continue;
            }
            let message = format!("unknown value `{path}` of the catalog");
            let saying = report.emit(&rules::UNKNOWN_FIELD, entry.place, message);
            saying.hint_if(did_you_mean(&name, known.clone()));
        }
    }
}

fn is_mentioned(catalog: &Catalog, name: &str) -> bool {
    let mention = format!(".Values.{name}");
    let is_searched = |path: &str| {
        let inner = path.strip_prefix(APPS).unwrap_or_default();
        inner.ends_with("/app.yaml") || inner.starts_with("/templates/")
    };
    let mut paths = catalog.files.paths().filter(|path| is_searched(path));
    paths.any(|path| {
        let text = catalog.files.get(path).ok().flatten().unwrap_or_default();
        has_word(text, mention.as_bytes())
    })
}

/// Whether a text has a name that does not go on behind it.
fn has_word(text: &[u8], word: &[u8]) -> bool {
    let goes_on = |at: usize| {
        let next = text.get(at + word.len());
        next.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
    };
    let mut places = text.windows(word.len()).enumerate();
    places.any(|(at, part)| part == word && !goes_on(at))
}
