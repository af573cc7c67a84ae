//! Names and texts of others, shown: what is no part of a line, or turns the text around it, is made visible.
//!
//! Whoever makes a file chooses its name, and a name may have line breaks, the codes by which a terminal is ruled, and characters
//! that turn the order of those beside them.

use std::borrow::Cow;

/// The text as it can be shown on one line, or stand in a comment of a YAML document: each control character, line break and
/// change of direction as an escape of Rust.
///
/// ```
/// use homescale_fileset::printable;
///
/// assert_eq!(printable("apps/größe.yaml"), "apps/größe.yaml");
/// assert_eq!(printable("apps/x\n---\nkind: Role"), r"apps/x\n---\nkind: Role");
/// assert_eq!(printable("\u{1b}[2J"), r"\u{1b}[2J");
/// ```
pub fn printable(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

/// The same for a text of several lines, which stay lines.
///
/// ```
/// use homescale_fileset::printable_lines;
///
/// assert_eq!(printable_lines("one\n\ttwo\r\n"), "one\n\ttwo\\r\n");
/// ```
pub fn printable_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| matches!(c, '\n' | '\t'))
}

/// Whether a name can be shown as it is.
pub fn is_printable(name: &str) -> bool {
    !name.chars().any(is_hidden)
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_changed = |c: char| is_hidden(c) && !stays(c);
    if !text.contains(is_changed) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_changed(c) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// Control characters, those of ISO 8859 included; the line and paragraph separators, which YAML 1.1 takes for line breaks; and
/// the characters of Unicode's bidirectional algorithm that reach beyond themselves.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_part_of_a_line_is_shown() {
        for (text, shown) in [
            ("a\rb", r"a\rb"),
            ("a\0", r"a\u{0}"),
            ("a\u{85}b", r"a\u{85}b"),
            ("a\u{2028}b\u{2029}", r"a\u{2028}b\u{2029}"),
            ("gpj.\u{202e}yaml", r"gpj.\u{202e}yaml"),
            ("\u{9b}31m", r"\u{9b}31m"),
        ] {
            assert_eq!(printable(text), shown);
            assert_eq!(printable_lines(text), shown);
            assert!(!is_printable(text), "{shown}");
        }
        for text in [
            "",
            "größe \"x\" 中文.yaml",
            "screenshot 1.23\u{202f}PM",
            "👩\u{200d}🚀",
        ] {
            assert_eq!(printable(text), text);
            assert!(is_printable(text), "{text}");
        }
    }
}
