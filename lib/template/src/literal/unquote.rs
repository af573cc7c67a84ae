//! Reading Go's quoted strings: `"…"` with escapes, and raw strings in backquotes.

use crate::unicode;

/// The contents of a string literal, quotes included in `literal`, or `None` when it is not valid Go.
///
/// Bytes that are not UTF-8 stay as they are in a raw string and become U+FFFD in a quoted one, as in Go.
pub(crate) fn unquote(literal: &[u8]) -> Option<Vec<u8>> {
    match literal {
        [b'`', inner @ .., b'`'] => Some(inner.iter().copied().filter(|b| *b != b'\r').collect()),
        [b'"', inner @ .., b'"'] => {
            let mut out = Vec::with_capacity(inner.len());
            let mut rest = inner;
            while !rest.is_empty() {
                let (unit, after) = unescape(rest, b'"')?;
                match unit {
                    Unit::Byte(byte) => out.push(byte),
                    Unit::Char(c) => {
                        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                }
                rest = after;
            }
            Some(out)
        }
        _ => None,
    }
}

/// The contents of a literal that stands for the very bytes between its quotes, as most do.
pub(crate) fn plain(literal: &[u8]) -> Option<&[u8]> {
    match literal {
        [b'`', inner @ .., b'`'] => (!inner.contains(&b'\r')).then_some(inner),
        [b'"', inner @ .., b'"'] => {
            let plain = |byte: &u8| byte.is_ascii() && !matches!(byte, b'\\' | b'"' | b'\n');
            inner.iter().all(plain).then_some(inner)
        }
        _ => None,
    }
}

/// What one step of a literal stands for.
pub(super) enum Unit {
    /// A byte, written as `\x..` or in octal.
    Byte(u8),
    /// A character.
    Char(char),
}

/// Reads one character or escape, and returns what follows. `None` when it is not valid inside `quote`.
pub(super) fn unescape(text: &[u8], quote: u8) -> Option<(Unit, &[u8])> {
    let (c, length) = unicode::first(text)?;
    let rest = &text[length..];
    if c == char::from(quote) || c == '\n' {
        return None;
    }
    if c != '\\' {
        return Some((Unit::Char(c), rest));
    }
    let (&escape, rest) = rest.split_first()?;
    let simple = match escape {
        b'a' => '\x07',
        b'b' => '\x08',
        b'f' => '\x0c',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'v' => '\x0b',
        b'\\' => '\\',
        b'\'' | b'"' if escape == quote => char::from(quote),
        b'x' => return hex(rest, 2).map(|(code, rest)| (Unit::Byte(code as u8), rest)),
        b'u' => return unicode_escape(rest, 4),
        b'U' => return unicode_escape(rest, 8),
        b'0'..=b'7' => return octal(escape, rest),
        _ => return None,
    };
    Some((Unit::Char(simple), rest))
}

fn unicode_escape(text: &[u8], digits: usize) -> Option<(Unit, &[u8])> {
    let (code, rest) = hex(text, digits)?;
    Some((Unit::Char(char::from_u32(code)?), rest))
}

fn hex(text: &[u8], digits: usize) -> Option<(u32, &[u8])> {
    let (head, rest) = text.split_at_checked(digits)?;
    let code = head.iter().try_fold(0u32, |code, digit| {
        Some(code << 4 | char::from(*digit).to_digit(16)?)
    })?;
    Some((code, rest))
}

fn octal(first: u8, text: &[u8]) -> Option<(Unit, &[u8])> {
    let (tail, rest) = text.split_at_checked(2)?;
    let code = tail
        .iter()
        .try_fold(u32::from(first - b'0'), |code, digit| {
            Some(code << 3 | char::from(*digit).to_digit(8)?)
        })?;
    Some((Unit::Byte(u8::try_from(code).ok()?), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_those_of_go() {
        assert_eq!(
            unquote(br#""a\tb\x41\101\u00e9""#).unwrap(),
            "a\tbAAé".as_bytes()
        );
        assert_eq!(unquote(br#""\xff""#).unwrap(), b"\xff");
        assert_eq!(unquote(b"`a\\n\r`").unwrap(), b"a\\n");
        assert_eq!(unquote(b"\"\xff\"").unwrap(), "\u{fffd}".as_bytes());
        for bad in [r#""\'""#, r#""\400""#, r#""\ud800""#, r#""\q""#, "\"a\nb\""] {
            assert_eq!(unquote(bad.as_bytes()), None, "{bad}");
        }
    }
}
