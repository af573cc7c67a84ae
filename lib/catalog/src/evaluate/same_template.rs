//! Whether two templates say the same: comments and the layout inside of actions aside.

/// What a template says, without comments, and with white space as the actions leave it.
///
/// Go's lexer drops comments, takes any white space between words for the same, and trims texts at `{{-` and `-}}`; so
/// templates of the same meaning in this sense parse to the same tree.
pub(super) fn meaning(template: &str) -> String {
    let mut said = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find("{{") {
        let (text, action) = rest.split_at(start);
        let inner = &action[2..];
        let trims_before = inner.starts_with('-') && inner[1..].starts_with(char::is_whitespace);
        said.push_str(if trims_before { text.trim_end() } else { text });
        let inner = if trims_before { &inner[1..] } else { inner };
        let length = length_of_action(inner);
        let (body, after) = inner.split_at(length);
        rest = after.strip_prefix("}}").unwrap_or_default();
        let trimmed = body.strip_suffix('-');
        let trimmed = trimmed.filter(|body| body.ends_with(char::is_whitespace));
        if trimmed.is_some() {
            rest = rest.trim_start();
        }
        let body = trimmed.unwrap_or(body).trim();
        if !body.starts_with("/*") {
            said.push_str("{{");
            push_words(&mut said, body);
            said.push_str("}}");
        }
    }
    said + rest
}

/// Up to the `}}` that is in no string, character or comment.
fn length_of_action(inner: &str) -> usize {
    if inner.trim_start().starts_with("/*") {
        let end = inner.find("*/").map_or(inner.len(), |end| end + 2);
        return inner[end..]
            .find("}}")
            .map_or(inner.len(), |more| end + more);
    }
    let mut at = 0;
    while at < inner.len() && !inner[at..].starts_with("}}") {
        at += length_of_part(&inner[at..]);
    }
    at
}

/// How long a string, or else a single character, is at the beginning of a text.
fn length_of_part(text: &str) -> usize {
    let mut characters = text.char_indices();
    let Some((_, first)) = characters.next() else {
        return 0;
    };
    if !matches!(first, '"' | '\'' | '`') {
        return first.len_utf8();
    }
    let mut is_escaped = false;
    for (index, c) in characters {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if first != '`' => is_escaped = true,
            c if c == first => return index + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

/// Adds the words of an action, one blank between them; strings stay as they are.
fn push_words(said: &mut String, mut body: &str) {
    while !body.is_empty() {
        let (part, rest) = body.split_at(length_of_part(body));
        if part.starts_with(char::is_whitespace) {
            said.push(' ');
            body = rest.trim_start();
        } else {
            said.push_str(part);
            body = rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_layout_are_no_meaning() {
        let plain =
            "{{- define \"a\" }}\n{{-   $x := dict \"k\"   \"}}  b\" }}\nx  y\n{{- end }}\n";
        let other = "{{- /* A comment with {{ }} in it. */}}\n{{- define \"a\" }}\n\n{{- $x := dict\n  \"k\" \"}}  b\" -}}\nx  y\n{{- /* b */}}\n{{- end }}\n";
        assert_eq!(meaning(plain).replace("\nx", "x"), meaning(other));
    }

    #[test]
    fn everything_else_is() {
        let template = "a {{ x }} b";
        for other in [
            "a  {{ x }} b",
            "a {{- x }} b",
            "a {{ x -}} b",
            "a {{ y }} b",
            "a {{ \"x\" }} b",
            "a {{ x }}",
        ] {
            assert_ne!(meaning(template), meaning(other), "{other}");
        }
        assert_ne!(meaning("{{ \"a b\" }}"), meaning("{{ \"a  b\" }}"));
        assert_ne!(meaning("{{ x y }}"), meaning("{{ xy }}"));
        assert_eq!(meaning("a {{/* c */}}{{- x }}"), "a {{x}}");
    }
}
