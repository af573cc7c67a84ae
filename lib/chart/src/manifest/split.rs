//! Where one document ends and the next begins.
//!
//! That is asked in four places, and answered in four ways, because four libraries of Go do it: here Helm's `releaseutil`, which
//! knows no YAML; around a post-renderer `kio` of kyaml (`post_render.rs`); in files of values Helm 4's reader of lines
//! (`values.rs`); and in what Argo CD or `kubectl` gets the reader of Kubernetes (`stream.rs` of homescale-manifest).

use crate::helm_version::Whitespace;

const SEPARATOR: &[u8] = b"---";

/// The documents of a rendered file. A file of nothing but white space has none.
pub(crate) fn documents(file: &[u8], whitespace: Whitespace) -> Vec<&[u8]> {
    if trim(file).is_empty() {
        return Vec::new();
    }
    match whitespace {
        Whitespace::Trimmed => pieces(trim(file)).into_iter().map(trim).collect(),
        Whitespace::LeftTrimmed => pieces(trim_start(file))
            .into_iter()
            .map(trim_start)
            .collect(),
        Whitespace::Kept => {
            let pieces = pieces_at_line_starts(trim_start(file)).into_iter();
            let pieces = pieces.map(trim_start);
            pieces.filter(|piece| !piece.is_empty()).collect()
        }
    }
}

/// Splits at `---` that starts the text, or follows white space that ends in a newline; the white space around it
/// belongs to the separator. That also eats the newline which a second separator would need.
fn pieces(text: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut from = 0;
    if text.starts_with(SEPARATOR) {
        start = after_separator(text, 0);
        from = start;
    }
    while let Some(newline) = find_newline(text, from) {
        if !text[newline + 1..].starts_with(SEPARATOR) {
            from = newline + 1;
            continue;
        }
        let before = text[start..newline].iter().rev();
        let blank = before.take_while(|b| is_space(**b)).count();
        pieces.push(&text[start..newline - blank]);
        start = after_separator(text, newline + 1);
        from = start;
    }
    pieces.push(&text[start..]);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Splits at every line that starts with `---`; spaces and tabs after it belong to the separator.
fn pieces_at_line_starts(text: &[u8]) -> Vec<&[u8]> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut line = 0;
    loop {
        if text[line..].starts_with(SEPARATOR) {
            pieces.push(&text[start..line]);
            start = line + SEPARATOR.len();
            while matches!(text.get(start), Some(b' ' | b'\t')) {
                start += 1;
            }
        }
        match find_newline(text, line) {
            Some(newline) => line = newline + 1,
            None => break,
        }
    }
    pieces.push(&text[start..]);
    pieces
}

fn find_newline(text: &[u8], from: usize) -> Option<usize> {
    Some(from + memchr::memchr(b'\n', &text[from..])?)
}

fn after_separator(text: &[u8], at: usize) -> usize {
    let after = &text[at + SEPARATOR.len()..];
    let blank = after.iter().take_while(|&&b| is_space(b)).count();
    at + SEPARATOR.len() + blank
}

/// White space of Go's regular expressions.
fn is_space(b: u8) -> bool {
    matches!(b, b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

/// Without Unicode white space at both ends: Go's `TrimSpace`.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    trim_end(trim_start(text))
}

pub(crate) fn trim_start(text: &[u8]) -> &[u8] {
    let mut text = text;
    loop {
        let rest = text.trim_ascii_start();
        // trim_ascii knows all of Go's ASCII white space but the vertical tab.
        let rest = rest.strip_prefix(b"\x0b").unwrap_or(rest);
        let wide = WIDE_SPACES
            .iter()
            .find_map(|space| rest.strip_prefix(space.as_bytes()));
        let rest = wide.unwrap_or(rest);
        if rest.len() == text.len() {
            return text;
        }
        text = rest;
    }
}

pub(crate) fn trim_end(text: &[u8]) -> &[u8] {
    let mut text = text;
    loop {
        let rest = text.trim_ascii_end();
        let rest = rest.strip_suffix(b"\x0b").unwrap_or(rest);
        let wide = WIDE_SPACES
            .iter()
            .find_map(|space| rest.strip_suffix(space.as_bytes()));
        let rest = wide.unwrap_or(rest);
        if rest.len() == text.len() {
            return text;
        }
        text = rest;
    }
}

/// White space beyond ASCII.
const WIDE_SPACES: &[&str] = &[
    "\u{85}", "\u{a0}", "\u{1680}", "\u{2000}", "\u{2001}", "\u{2002}", "\u{2003}", "\u{2004}",
    "\u{2005}", "\u{2006}", "\u{2007}", "\u{2008}", "\u{2009}", "\u{200a}", "\u{2028}", "\u{2029}",
    "\u{202f}", "\u{205f}", "\u{3000}",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let documents = documents(text.as_bytes(), Whitespace::Trimmed).into_iter();
        documents
            .map(|d| String::from_utf8_lossy(d).into_owned())
            .collect()
    }

    #[test]
    fn a_second_separator_stays_as_text() {
        assert_eq!(split("a: 1\n---\n---\nb: 2\n"), ["a: 1", "---\nb: 2"]);
        assert_eq!(split("---\n---\nb: 2\n"), ["---\nb: 2"]);
    }

    #[test]
    fn a_separator_needs_no_line_of_its_own() {
        assert_eq!(split("---a: 1\n---b: 2\n"), ["a: 1", "b: 2"]);
        assert_eq!(split("a: 1\n--- # c\nb: 2"), ["a: 1", "# c\nb: 2"]);
        assert_eq!(split("a: |\n  x\n  ---\n"), ["a: |\n  x\n  ---"]);
    }

    #[test]
    fn white_space_is_no_document() {
        assert!(split(" \n\u{a0}\u{3000}\n").is_empty());
        assert!(split("---\n---").len() == 1);
        assert_eq!(split("\r\n---\r\na: 1\r\nb: 2\r\n"), ["a: 1\r\nb: 2"]);
    }

    #[test]
    fn other_white_space_rules() {
        let file = b"\n\n---\na: 1\n\n---\n\nb: 2\n\n";
        let left = documents(file, Whitespace::LeftTrimmed);
        assert_eq!(left, [&b"a: 1"[..], b"b: 2\n\n"]);
        let kept = documents(file, Whitespace::Kept);
        assert_eq!(kept, [&b"a: 1\n\n"[..], b"b: 2\n\n"]);
        let indented = b"\n  a: 1\n  b: 2\n---\n\n \tc: 3\n";
        let kept = documents(indented, Whitespace::Kept);
        assert_eq!(kept, [&b"a: 1\n  b: 2\n"[..], b"c: 3\n"]);
    }
}
