//! Go's quoting of strings and characters.

use std::fmt::Write;

use crate::unicode::is_print;
use crate::utf8;

/// The text as a Go string literal in double quotes; bytes that are not UTF-8 become `\x..` (`strconv.Quote`, `%q`).
///
/// ```
/// # use homescale_go::strconv::quote;
/// assert_eq!(quote("tab\t é \u{a0} \u{1f600}".as_bytes()), r#""tab\t é \u00a0 😀""#);
/// ```
pub fn quote(text: impl AsRef<[u8]>) -> String {
    quoted(text.as_ref(), is_print)
}

/// As [`quote`], with every character outside ASCII escaped (`strconv.QuoteToASCII`, `%+q`).
pub fn quote_ascii(text: impl AsRef<[u8]>) -> String {
    quoted(text.as_ref(), is_print_ascii)
}

/// The character as a Go literal in single quotes (`strconv.QuoteRune`, `%q` of a number).
pub fn quote_rune(rune: char) -> String {
    quoted_rune(rune, is_print)
}

/// As [`quote_rune`], with a character outside ASCII escaped (`strconv.QuoteRuneToASCII`, `%+q` of a number).
pub fn quote_rune_ascii(rune: char) -> String {
    quoted_rune(rune, is_print_ascii)
}

/// Whether the text can stand in back quotes: no control character but a tab, no back quote, no byte order mark, and
/// all of it UTF-8 (`strconv.CanBackquote`).
pub fn can_backquote(text: impl AsRef<[u8]>) -> bool {
    utf8::runes(text.as_ref()).all(|(rune, source)| match source {
        [byte] => matches!(byte, b'\t' | b' '..=b'~') && *byte != b'`',
        _ => rune != '\u{feff}',
    })
}

fn is_print_ascii(rune: char) -> bool {
    matches!(rune, ' '..='~')
}

fn quoted(text: &[u8], is_plain: fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    let mut rest = text;
    loop {
        // Nearly all text is of characters that stand for themselves.
        let run = rest.iter().position(|byte| !is_ordinary(*byte));
        let (run, others) = rest.split_at(run.unwrap_or(rest.len()));
        out.push_str(str::from_utf8(run).expect("ASCII is UTF-8"));
        if others.is_empty() {
            break;
        }
        let (rune, length) = utf8::decode_rune(others);
        match others[0] {
            byte if length == 1 && !byte.is_ascii() => push_hex(&mut out, 'x', 2, byte.into()),
            _ => push_escaped(&mut out, rune, '"', is_plain),
        }
        rest = &others[length..];
    }
    out.push('"');
    out
}

/// Whether a byte is a printable character of ASCII that quotes leave alone.
fn is_ordinary(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

fn quoted_rune(rune: char, is_plain: fn(char) -> bool) -> String {
    let mut out = String::from("'");
    push_escaped(&mut out, rune, '\'', is_plain);
    out.push('\'');
    out
}

fn push_escaped(out: &mut String, rune: char, quote: char, is_plain: fn(char) -> bool) {
    if rune == quote || rune == '\\' {
        out.push('\\');
        return out.push(rune);
    }
    if is_plain(rune) {
        return out.push(rune);
    }
    match rune {
        '\x07' => out.push_str("\\a"),
        '\x08' => out.push_str("\\b"),
        '\x0c' => out.push_str("\\f"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        '\x0b' => out.push_str("\\v"),
        '\0'..='\x7f' => push_hex(out, 'x', 2, rune.into()),
        '\u{80}'..='\u{ffff}' => push_hex(out, 'u', 4, rune.into()),
        _ => push_hex(out, 'U', 8, rune.into()),
    }
}

fn push_hex(out: &mut String, letter: char, digits: usize, code: u32) {
    write!(out, "\\{letter}{code:0digits$x}").expect("writing to a String does not fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_printable_is_escaped() {
        let text = "\0\u{7}\"'\\\n\r\u{b}\u{7f}\u{200b}\u{2028}\u{3000}\u{e000}\u{feff}\u{10ffff}";
        assert_eq!(
            quote(text),
            r#""\x00\a\"'\\\n\r\v\x7f\u200b\u2028\u3000\ue000\ufeff\U0010ffff""#
        );
        assert_eq!(quote(b"\xffa\xc3"), r#""\xffa\xc3""#);
        assert_eq!(quote("\u{fffd}e\u{301}"), "\"\u{fffd}e\u{301}\"");
    }

    #[test]
    fn plain_ascii_escapes_the_rest() {
        assert_eq!(quote_ascii("é😀"), r#""\u00e9\U0001f600""#);
        assert_eq!(quote_rune('\''), r"'\''");
        assert_eq!(quote_rune('"'), "'\"'");
        assert_eq!(quote_rune_ascii('é'), r"'\u00e9'");
    }

    #[test]
    fn back_quotes_take_tabs_but_no_other_control() {
        assert!(can_backquote("a\tb \"é\""));
        for text in ["`", "\n", "\u{7f}", "\u{feff}"] {
            assert!(!can_backquote(text), "{text:?}");
        }
        assert!(!can_backquote(b"\xff"));
    }
}
