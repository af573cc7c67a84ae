//! Text as Go prints it: quoted strings and characters.

use std::fmt::Write as _;

use unicode_general_category::{GeneralCategory as Category, get_general_category as category};

/// Go's `%q` of a string.
pub(crate) fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        escape(&mut quoted, c, '"');
    }
    quoted.push('"');
    quoted
}

/// Go's `%q` of a rune.
pub(crate) fn quote_char(c: char) -> String {
    let mut quoted = String::from('\'');
    escape(&mut quoted, c, '\'');
    quoted.push('\'');
    quoted
}

fn escape(out: &mut String, c: char, mark: char) {
    match c {
        '\\' => out.push_str("\\\\"),
        c if c == mark => {
            out.push('\\');
            out.push(c);
        }
        '\u{7}' => out.push_str("\\a"),
        '\u{8}' => out.push_str("\\b"),
        '\u{c}' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\u{b}' => out.push_str("\\v"),
        c if is_print(c) => out.push(c),
        c => {
            // Writing to a string cannot fail.
            let _ = match u32::from(c) {
                code @ 0..0x80 => write!(out, "\\x{code:02x}"),
                code @ 0x80..0x1_0000 => write!(out, "\\u{code:04x}"),
                code => write!(out, "\\U{code:08x}"),
            };
        }
    }
}

/// Whether Go prints the character as it is: a letter, mark, number, punctuation, symbol, or the plain space.
pub(crate) fn is_print(c: char) -> bool {
    use Category::{
        Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, SpaceSeparator, Surrogate,
        Unassigned,
    };
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    !matches!(
        category(c),
        Control
            | Format
            | LineSeparator
            | ParagraphSeparator
            | PrivateUse
            | SpaceSeparator
            | Surrogate
            | Unassigned
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_as_go_does() {
        assert_eq!(
            quote("a\"b\\\n\u{1}\u{a0}é\u{10ffff}"),
            r#""a\"b\\\n\x01\u00a0é\U0010ffff""#
        );
        assert_eq!(quote_char('\''), r"'\''");
        assert_eq!(quote_char('"'), "'\"'");
    }
}
