//! Differences to ignore that Argo CD cannot use.

use homescale_located::{Node, Report};

use crate::rules;

/// What says which differences, in an item of `ignoreDifferences`.
const PARTS: [&str; 3] = ["jsonPointers", "jqPathExpressions", "managedFieldsManagers"];

/// Looks at `ignoreDifferences` of a layer; `context` is what stands before its name in messages.
pub(super) fn check(report: &mut Report<'_>, layer: &Node, context: &str) {
    let list = layer.get("ignoreDifferences").and_then(Node::as_list);
    for (index, item) in list.unwrap_or_default().iter().enumerate() {
        let what = format!("{context}ignoreDifferences[{index}]");
        if item.as_map().is_none() {
            continue;
        }
        if PARTS
            .iter()
            .all(|part| item.get(part).is_none_or(Node::is_empty))
        {
            let message = format!("`{what}` has no effect: it does not say which differences");
            let saying = report.emit(&rules::NO_EFFECT, item.place, message);
            saying.hint(format!("add one of `{}`", PARTS.join("`, `")));
        }
        check_pointers(report, item, &what);
        check_expressions(report, item, &what);
    }
}

fn texts<'n>(item: &'n Node, key: &str) -> impl Iterator<Item = (&'n Node, &'n str)> {
    let list = item.get(key).and_then(Node::as_list).unwrap_or_default();
    list.iter().filter_map(|node| Some((node, node.as_text()?)))
}

fn check_pointers(report: &mut Report<'_>, item: &Node, what: &str) {
    for (node, text) in texts(item, "jsonPointers") {
        if !text.starts_with('/') {
            let message = format!("`{what}.jsonPointers` has `{text}`, which is no JSON pointer");
            let saying = report.emit(&rules::INVALID_VALUE, node.place, message);
            let path = text.trim_start_matches('.').replace('.', "/");
            saying.hint(format!("a pointer begins with `/`: `/{path}`"));
        }
    }
}

fn check_expressions(report: &mut Report<'_>, item: &Node, what: &str) {
    for (node, text) in texts(item, "jqPathExpressions") {
        // Templates are evaluated first.
        if !text.contains("{{")
            && let Some(odd) = unbalanced(text)
        {
            let message =
                format!("`{what}.jqPathExpressions` has `{text}`, in which {odd} is not closed");
            report.emit(&rules::INVALID_VALUE, node.place, message);
        }
    }
}

/// The first quote or bracket of an expression that has no partner.
fn unbalanced(expression: &str) -> Option<&'static str> {
    let mut open = Vec::new();
    let mut characters = expression.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' if !ends_string(&mut characters) => return Some("a string"),
            '[' => open.push((']', "`[`")),
            '(' => open.push((')', "`(`")),
            '{' => open.push(('}', "`{`")),
            ']' | ')' | '}' => match open.pop() {
                Some((closes, _)) if closes == c => {}
                Some((_, name)) => return Some(name),
                None => return Some("an opening bracket"),
            },
            _ => {}
        }
    }
    open.pop().map(|(_, name)| name)
}

/// Goes behind the end of a string, if it has one.
fn ends_string(characters: &mut std::str::Chars<'_>) -> bool {
    while let Some(c) = characters.next() {
        match c {
            '"' => return true,
            '\\' => {
                characters.next();
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions() {
        for good in [
            ".spec.template.spec.containers[].image",
            r#".a["b]"] | select(.c == "\"")"#,
            "{a: (.b)}",
        ] {
            assert_eq!(unbalanced(good), None, "{good}");
        }
        for (bad, expected) in [
            (".a[", "`[`"),
            (".a]", "an opening bracket"),
            (r#"."a"#, "a string"),
            ("(.a]", "`(`"),
        ] {
            assert_eq!(unbalanced(bad), Some(expected), "{bad}");
        }
    }
}
