//! Sections of the catalog's values whose names are misspelt.

use std::cell::LazyCell;
use std::collections::BTreeSet;

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
    let mentions = LazyCell::new(|| Mentions::of(catalog));
    let is_mentioned = |name: &str| mentions.have(name);
    check_sections(catalog, cluster, &is_mentioned, report);
    for entry in entries {
        let name = entry.name();
        if known.contains(&name.as_ref()) {
            continue;
        }
        let near = nearest(&name, known.iter().copied());
        let Some(near) = near.filter(|_| !is_mentioned(&name)) else {
            continue;
        };
        let message = format!("unknown value `{name}` of the catalog");
        let saying = report.emit(&rules::UNKNOWN_FIELD, entry.place, message);
        saying.hint(format!("did you mean `{near}`?"));
    }
}

/// Looks into the sections. What templates of a catalog's own read is theirs.
fn check_sections(
    catalog: &Catalog,
    cluster: &Cluster,
    is_mentioned: &dyn Fn(&str) -> bool,
    report: &mut Report<'_>,
) {
    let words = Words::of(catalog);
    for section in &SECTIONS {
        let table = cluster.values.get(section.name).and_then(Node::as_map);
        let known = section.values.iter().map(|value| value.name);
        for entry in table.map_or(&[][..], Table::entries) {
            let name = entry.name();
            let path = format!("{}.{name}", section.name);
            let is_known = known.clone().any(|known| known == name);
            if is_known || words.have(&name) || is_mentioned(&path) {
                continue;
            }
            let message = format!("unknown value `{path}` of the catalog");
            let saying = report.emit(&rules::UNKNOWN_FIELD, entry.place, message);
            saying.hint_if(did_you_mean(&name, known.clone()));
        }
    }
}

/// The values that apps and templates reach: what follows `.Values.` in them.
struct Mentions<'c>(BTreeSet<&'c [u8]>);

/// What stands before the name of a value where it is reached.
const REACH: &[u8] = b".Values.";

/// How long a name may be that is looked for.
const LONGEST: usize = 128;

impl<'c> Mentions<'c> {
    fn of(catalog: &'c Catalog) -> Self {
        let is_searched = |path: &&str| {
            let inner = path.strip_prefix(APPS).unwrap_or_default();
            inner.ends_with("/app.yaml") || inner.starts_with("/templates/")
        };
        let paths = catalog.files.paths().filter(is_searched);
        let texts = paths.filter_map(|path| catalog.files.get(path).ok().flatten());
        let mut all = BTreeSet::new();
        texts.for_each(|text| reached(text, &mut all));
        Self(all)
    }

    fn have(&self, name: &str) -> bool {
        self.0.contains(name.as_bytes())
    }
}

/// Adds the names that a text reaches, each with the names that it begins with: `a` and `a.b` of `.Values.a.b`.
fn reached<'t>(text: &'t [u8], all: &mut BTreeSet<&'t [u8]>) {
    let is_letter = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii();
    let places = text.windows(REACH.len()).enumerate();
    for (at, _) in places.filter(|(_, part)| *part == REACH) {
        let rest = text.get(at + REACH.len()..).unwrap_or_default();
        let goes_on = |byte: &u8| is_letter(byte) || matches!(byte, b'.' | b'-');
        let rest = rest.get(..LONGEST).unwrap_or(rest);
        let chain = rest.iter().position(|byte| !goes_on(byte));
        let chain = &rest[..chain.unwrap_or(rest.len())];
        let ends = chain
            .iter()
            .enumerate()
            .filter(|(_, byte)| !is_letter(byte));
        let ends = ends.map(|(end, _)| end).chain([chain.len()]);
        all.extend(ends.map(|end| &chain[..end]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_a_text_reaches() {
        let mut all = BTreeSet::new();
        reached(
            b"{{ .Values.a.b-c }} {{ $.Values.d | upper }} .Values",
            &mut all,
        );
        let expected: [&[u8]; 4] = [b"a", b"a.b", b"a.b-c", b"d"];
        assert_eq!(all.into_iter().collect::<Vec<_>>(), expected);
    }
}
