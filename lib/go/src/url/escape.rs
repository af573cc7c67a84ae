//! Percent-encoding: which bytes need it depends on the part of the URL.

use super::error::ErrorKind;

/// A part of a URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Path,
    Host,
    /// What follows `%25` in an IPv6 address.
    HostZone,
    User,
    Fragment,
}

impl Part {
    fn needs_escape(self, byte: u8) -> bool {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => false,
            _ if matches!(self, Self::Host | Self::HostZone) => {
                !b"!$&'()*+,;=:[]<>\"".contains(&byte)
            }
            b'$' | b'&' | b'+' | b',' | b';' | b'=' => false,
            b'/' | b':' | b'@' => self == Self::User,
            b'?' => self != Self::Fragment,
            b'!' | b'(' | b')' | b'*' => self != Self::Fragment,
            _ => true,
        }
    }
}

/// The text with what needs it encoded.
pub(super) fn escape(text: &[u8], part: Part) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for byte in text.iter().copied() {
        if part.needs_escape(byte) {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            let digit = |value: u8| DIGITS[usize::from(value)];
            out.extend([b'%', digit(byte >> 4), digit(byte & 0xF)]);
        } else {
            out.push(byte);
        }
    }
    out
}

/// The text decoded, or Go's error.
pub(super) fn unescape(text: &[u8], part: Part) -> Result<Vec<u8>, ErrorKind> {
    let in_host = matches!(part, Part::Host | Part::HostZone);
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        if *byte != b'%' {
            if in_host && byte.is_ascii() && part.needs_escape(*byte) {
                return Err(ErrorKind::HostCharacter(*byte));
            }
            out.push(*byte);
            rest = after;
            continue;
        }
        let escape = &rest[..rest.len().min(3)];
        let invalid = || ErrorKind::Escape(escape.to_vec());
        let value = match escape {
            [_, high, low] => hex(*high).zip(hex(*low)).map(|(high, low)| high << 4 | low),
            _ => None,
        };
        let value = value.ok_or_else(invalid)?;
        // A host may hold encoded bytes beyond ASCII only, and a zone what a host could hold as it is.
        let is_allowed = match part {
            Part::Host => value >= 0x80 || escape == b"%25",
            Part::HostZone => escape == b"%25" || value == b' ' || !Part::Host.needs_escape(value),
            _ => true,
        };
        if !is_allowed {
            return Err(invalid());
        }
        out.push(value);
        rest = &rest[3..];
    }
    Ok(out)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).map(|value| value as u8)
}
