//! Quoting as Go's `%q`, for names and tokens in error messages.

use std::fmt::Write;

use crate::unicode;

/// The bytes as a Go string literal in double quotes (`strconv.Quote`).
pub(crate) fn quote(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() + 2);
    out.push('"');
    let mut rest = bytes;
    while let Some((c, length)) = unicode::decode(rest) {
        let invalid = length == 1 && c == char::REPLACEMENT_CHARACTER;
        if invalid {
            push(&mut out, format_args!("\\x{:02x}", rest[0]));
        } else {
            push_char(&mut out, c);
        }
        rest = &rest[length..];
    }
    out.push('"');
    out
}

/// The first `count` characters as a Go string literal (`%.10q`).
pub(crate) fn quote_prefix(bytes: &[u8], count: usize) -> String {
    let mut end = 0;
    for _ in 0..count {
        let Some((_, length)) = unicode::decode(&bytes[end..]) else {
            break;
        };
        end += length;
    }
    quote(&bytes[..end])
}

fn push_char(out: &mut String, c: char) {
    let short = match c {
        '"' => Some("\\\""),
        '\\' => Some("\\\\"),
        '\x07' => Some("\\a"),
        '\x08' => Some("\\b"),
        '\x0c' => Some("\\f"),
        '\n' => Some("\\n"),
        '\r' => Some("\\r"),
        '\t' => Some("\\t"),
        '\x0b' => Some("\\v"),
        _ => None,
    };
    let code = u32::from(c);
    match short {
        Some(text) => out.push_str(text),
        None if unicode::is_print(c) => out.push(c),
        None if code < 0x20 || code == 0x7f => push(out, format_args!("\\x{code:02x}")),
        None if code < 0x10000 => push(out, format_args!("\\u{code:04x}")),
        None => push(out, format_args!("\\U{code:08x}")),
    }
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text)
        .expect("writing to a String cannot fail");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_is_that_of_go() {
        assert_eq!(quote(b"a\"b\\c\n\x01\x7f"), r#""a\"b\\c\n\x01\x7f""#);
        assert_eq!(
            quote("é\u{a0}\u{1f600}\u{e0001}".as_bytes()),
            "\"é\\u00a0\u{1f600}\\U000e0001\""
        );
        assert_eq!(quote(b"\xff"), r#""\xff""#);
        assert_eq!(quote_prefix("éabc".as_bytes(), 2), "\"éa\"");
    }
}
