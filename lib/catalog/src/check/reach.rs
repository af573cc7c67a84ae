//! What templates in fields reach that nobody sets: Helm gives an empty text for it, without a word.

use homescale_located::{
    Data, Lines, Node, Place, Report, SourceLines, did_you_mean, place_in_text,
};
use homescale_value::Str;

use crate::evaluate::RenderedApp;
use crate::model::catalog::Catalog;
use crate::model::cluster::Cluster;
use crate::rules;

/// The fields in which templates are evaluated.
const FIELDS: [&str; 5] = [
    "values",
    "annotations",
    "labels",
    "ignoreDifferences",
    "sourceHydrator",
];

/// What stands at the root of a template.
const ROOTS: [&str; 7] = [
    "Capabilities",
    "Chart",
    "Files",
    "Release",
    "Subcharts",
    "Template",
    "Values",
];

/// Words that ask whether something is there, or say what stands in its place.
const ASKING: [&str; 15] = [
    "and", "coalesce", "default", "dig", "else", "empty", "get", "hasKey", "if", "index", "kindIs",
    "not", "or", "required", "ternary",
];

/// Words behind which a dot is something else than the root.
const MOVING: [&str; 3] = ["define", "range", "with"];

/// Looks at the templates of the apps of a cluster.
pub(super) fn check(
    catalog: &Catalog,
    cluster: &Cluster,
    built: &[RenderedApp<'_>],
    report: &mut Report<'_>,
) {
    let sources = SourceLines::new(&catalog.files);
    for built in built {
        for field in FIELDS {
            if let Some(node) = built.fields.get(field) {
                let mut walk = Walk {
                    sources: &sources,
                    cluster,
                    around: built.app.place,
                    report,
                };
                walk.node(node, field);
            }
        }
    }
}

struct Walk<'w, 's, 'f> {
    sources: &'w SourceLines<'f>,
    cluster: &'w Cluster,
    around: Place,
    report: &'w mut Report<'s>,
}

impl Walk<'_, '_, '_> {
    fn node(&mut self, node: &Node, path: &str) {
        match &node.data {
            Data::Text(text) => self.text(text, node.place, path),
            Data::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.node(item, &format!("{path}[{index}]"));
                }
            }
            Data::Map(table) => {
                for entry in table.entries() {
                    self.text(&entry.key, entry.place, path);
                    self.node(&entry.value, &format!("{path}.{}", entry.name()));
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &Str, place: Place, path: &str) {
        let Some(template) = text.as_str().filter(|text| text.contains("{{")) else {
            return;
        };
        let lines = Lines::of(text);
        for chain in unguarded(template, &lines) {
            if let Some((wrong, hint)) = self.complaint(&chain.names) {
                let place = self.place_of(&chain, &lines, place);
                let message =
                    format!("the template in `{path}` reaches `{wrong}`, which nobody sets");
                let saying = self.report.emit(&rules::UNSET_VALUE, place, message);
                saying.hint(hint);
            }
        }
    }

    /// What a chain reaches that is not there, and what to do.
    fn complaint(&self, names: &[&str]) -> Option<(String, String)> {
        let (root, path) = names.split_first()?;
        if !ROOTS.contains(root) {
            let near = homescale_located::nearest(root, ROOTS);
            let meant = |near: &str| format!(".{}", [&[near], path].concat().join("."));
            let hint = near.map(|near| format!("did you mean `{}`?", meant(near)));
            let hint = hint.unwrap_or_else(|| "values are below `.Values`".to_owned());
            return Some((format!(".{root}"), hint));
        }
        if *root != "Values" {
            return None;
        }
        let mut at = &self.cluster.values;
        for (index, name) in path.iter().enumerate() {
            let Some(next) = at.get(name) else {
                let reached = path[..=index].join(".");
                return Some((format!(".Values.{reached}"), hint(at, name, path)));
            };
            at = next;
        }
        None
    }

    fn place_of(&self, chain: &Chain<'_>, text: &Lines<'_>, place: Place) -> Place {
        if place.is_nowhere() {
            return self.around;
        }
        let file = self.report.file_of(place);
        let source = self.sources.of(file);
        place_in_text(&source, place, text, chain.line, Some(chain.column))
    }
}

/// What to do about a value that is not in a map.
fn hint(at: &Node, name: &str, path: &[&str]) -> String {
    let entries = at.as_map().map_or(&[][..], |table| table.entries());
    let names: Vec<&str> = entries.iter().filter_map(|it| it.key.as_str()).collect();
    did_you_mean(name, names).unwrap_or_else(|| {
        let path = path.join(".");
        format!("set it in `clusters/<cluster>/apps.yaml` or, for all clusters, in `apps/values.yaml`; or say what stands in its place: `.Values.{path} | default \"\"`")
    })
}

/// A chain of fields from the root: `.Values.a.b`.
struct Chain<'t> {
    names: Vec<&'t str>,
    /// The line in the template, from 1.
    line: usize,
    /// The byte in that line.
    column: usize,
}

/// The chains of a template that reach from the root, and about which nothing in it asks whether they are there. Where a dot
/// may be something else, only those that begin with `$`. `lines` are those of the template.
fn unguarded<'t>(template: &'t str, lines: &Lines<'_>) -> Vec<Chain<'t>> {
    let actions: Vec<(usize, &str)> = actions(template).collect();
    let has = |words: &[&str]| {
        let mut all = actions.iter().flat_map(|(_, body)| self::words(body));
        all.any(|(_, word)| words.contains(&word))
    };
    if has(&ASKING) {
        return Vec::new();
    }
    let only_root = has(&MOVING);
    let mut chains = Vec::new();
    for (start, body) in actions {
        for (at, word) in words(body) {
            let Some(names) = chain(word, only_root) else {
                continue;
            };
            let line = lines.line_of(start + at);
            let column = start + at - lines.start(line).unwrap_or_default();
            chains.push(Chain {
                names,
                line,
                column,
            });
        }
    }
    chains
}

/// The names of a word that is a chain.
fn chain(word: &str, only_root: bool) -> Option<Vec<&str>> {
    let rest = match word.strip_prefix("$.") {
        Some(rest) => rest,
        None if only_root => return None,
        None => word.strip_prefix('.')?,
    };
    let is_name = |name: &&str| !name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit());
    let names: Vec<&str> = rest.split('.').collect();
    names.iter().all(is_name).then_some(names)
}

/// The insides of the actions of a template, and where each begins.
fn actions(template: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + template[at..].find("{{")? + 2;
        let end = start
            + template[start..]
                .find("}}")
                .unwrap_or(template.len() - start);
        at = end;
        Some((start, &template[start..end]))
    })
    .filter(|(_, body)| !body.trim_start_matches('-').trim_start().starts_with("/*"))
}

/// The words of an action that are in no string, and where each begins.
fn words(body: &str) -> Vec<(usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '$');
    let mut words = Vec::new();
    let mut begin = None;
    let mut quote = None;
    for (at, c) in body.char_indices().chain([(body.len(), ' ')]) {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => continue,
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None => {}
        }
        match begin {
            None if is_part(c) && quote.is_none() => begin = Some(at),
            Some(start) if !is_part(c) => {
                // What follows a bracket is a field of what is in it.
                if !body[..start].ends_with(')') {
                    words.push((start, &body[start..at]));
                }
                begin = None;
            }
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reached(template: &str) -> Vec<String> {
        let chains = unguarded(template, &Lines::of(template.as_bytes()));
        let chains = chains.into_iter();
        chains.map(|chain| chain.names.join(".")).collect()
    }

    #[test]
    fn chains_from_the_root() {
        for (template, expected) in [
            (
                "{{ .Values.a.b }}-{{ $.Values.c | upper }}",
                &["Values.a.b", "Values.c"][..],
            ),
            ("{{ print \".Values.a\" .values.b }}", &["values.b"]),
            ("{{ .Values.a | default \"b\" }}", &[]),
            ("{{ if .Values.a }}b{{ end }}", &[]),
            (
                "{{ with .Values.a }}{{ .b }}{{ $.Values.c }}{{ end }}",
                &["Values.c"],
            ),
            (
                "{{/* .Values.a */}}{{ $x := .Values.b }}{{ $x.c }}",
                &["Values.b"],
            ),
            ("{{ (.Values.a).b }}", &["Values.a"]),
        ] {
            assert_eq!(reached(template), expected, "{template}");
        }
    }
}
