//! Reading Go's literals of strings and characters.

use std::borrow::Cow;

use super::Reason;
use crate::utf8;

/// The contents of a string literal, in double quotes with escapes or raw in back quotes (`strconv.Unquote`).
///
/// Bytes that are not UTF-8 stay as they are in a raw string and become U+FFFD in a quoted one, as in Go.
///
/// ```
/// # use homescale_go::strconv::{Reason, unquote};
/// assert_eq!(unquote(br#""caf\xc3\xa9""#).unwrap(), "café".as_bytes());
/// assert_eq!(unquote(br"`a\n`").unwrap(), &br"a\n"[..]);
/// assert_eq!(unquote(b"\"a").unwrap_err().to_string(), "invalid syntax");
/// ```
///
/// # Errors
/// It is no such literal.
pub fn unquote(literal: &[u8]) -> Result<Cow<'_, [u8]>, Reason> {
    match literal {
        [b'`', inner @ .., b'`'] if !inner.contains(&b'\r') => Ok(inner.into()),
        [b'`', inner @ .., b'`'] => Ok(inner.iter().copied().filter(|b| *b != b'\r').collect()),
        [b'"', inner @ .., b'"'] if inner.iter().copied().all(is_plain) => Ok(inner.into()),
        [b'"', inner @ .., b'"'] => {
            let mut out = Vec::with_capacity(inner.len());
            let mut rest = inner;
            while !rest.is_empty() {
                let (unit, after) = unquote_char(rest, b'"')?;
                match unit {
                    Unit::Byte(byte) => out.push(byte),
                    Unit::Char(c) => {
                        out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                    }
                }
                rest = after;
            }
            Ok(out.into())
        }
        _ => Err(Reason::Syntax),
    }
}

/// Whether a byte between double quotes stands for itself, as most do.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'\\' | b'"' | b'\n')
}

/// What a character or an escape of a literal stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A byte, written as `\x..` or in octal.
    Byte(u8),
    /// A character.
    Char(char),
}

/// Reads one character or escape of a literal in such quotes, and returns what follows (`strconv.UnquoteChar`).
///
/// # Errors
/// It is not valid there.
pub fn unquote_char(text: &[u8], quote: u8) -> Result<(Unit, &[u8]), Reason> {
    unescape(text, quote).ok_or(Reason::Syntax)
}

fn unescape(text: &[u8], quote: u8) -> Option<(Unit, &[u8])> {
    let (c, length) = utf8::decode_rune(text);
    let rest = &text[length..];
    if length == 0 || c == char::from(quote) || c == '\n' {
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
        assert_eq!(unquote(br#""\xff""#).unwrap(), &b"\xff"[..]);
        assert_eq!(unquote(b"`a\\n\r`").unwrap(), &b"a\\n"[..]);
        assert_eq!(unquote(b"\"\xff\"").unwrap(), "\u{fffd}".as_bytes());
        for bad in [r#""\'""#, r#""\400""#, r#""\ud800""#, r#""\q""#, "\"a\nb\""] {
            assert_eq!(unquote(bad.as_bytes()), Err(Reason::Syntax), "{bad}");
        }
    }
}
