//! From bytes to text: encodings, byte order marks, and the characters that YAML does not allow.
//!
//! go-yaml reads its input in chunks of 512 bytes and decodes a whole chunk at a time, so a bad byte is reported before
//! any problem that stands earlier in the same chunk, and not at all if the first document ends in an earlier chunk.
//! [`Chunks`] remembers those boundaries for the rare texts in which they can be observed.

use std::ops::Deref;
use std::sync::Arc;

use crate::error::{Error, ErrorKind};
use crate::position::Position;

const CHUNK: usize = 512;
const BOM: &str = "\u{FEFF}";

/// Offsets are 32 bits wide, and unescaping makes a text at most one and a half times as long.
const MAX_INPUT: usize = 1 << 30;

/// A text, up to the first thing that is wrong with it.
#[derive(Debug)]
pub(crate) struct Input<'a> {
    pub(crate) text: Source<'a>,
    /// Where the first character is: after the byte order mark.
    pub(crate) start: usize,
    /// Present only if the chunks matter.
    pub(crate) chunks: Option<Chunks>,
}

impl Input<'_> {
    /// The same, with a text of its own.
    pub(crate) fn into_owned(self) -> Input<'static> {
        let text = match self.text {
            Source::Borrowed(text) => Arc::from(text),
            Source::Shared(text) => text,
        };
        Input {
            text: Source::Shared(text),
            start: self.start,
            chunks: self.chunks,
        }
    }
}

/// The text of documents, decoded.
#[derive(Clone, Debug)]
pub(crate) enum Source<'t> {
    /// What was read is the text.
    Borrowed(&'t str),
    Shared(Arc<str>),
}

impl Deref for Source<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Borrowed(text) => text,
            Self::Shared(text) => text,
        }
    }
}

/// The chunks in which go-yaml decodes its input.
#[derive(Debug)]
pub(crate) struct Chunks {
    /// Where each chunk ends, in the text.
    pub(crate) ends: Vec<usize>,
    /// What is wrong with the chunk after the last one.
    pub(crate) fault: Option<Error>,
}

/// Decodes as much of `bytes` as is good.
pub(crate) fn read(bytes: &[u8]) -> Result<Input<'_>, Error> {
    if bytes.len() > MAX_INPUT {
        return Err(Error::new(
            ErrorKind::Encoding,
            "document is larger than 1 GiB",
            None,
        ));
    }
    match bytes {
        [0xFF, 0xFE, ..] => Ok(read_utf16(bytes, u16::from_le_bytes)),
        [0xFE, 0xFF, ..] => Ok(read_utf16(bytes, u16::from_be_bytes)),
        _ => Ok(read_utf8(bytes)),
    }
}

fn read_utf8(bytes: &[u8]) -> Input<'_> {
    let start = if bytes.starts_with(BOM.as_bytes()) {
        BOM.len()
    } else {
        0
    };
    let (valid, is_ascii) = match std::str::from_utf8(bytes) {
        Ok(text) => (text, text[start..].is_ascii()),
        Err(error) => {
            let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]);
            (valid.expect("valid up to here"), false)
        }
    };
    let good = first_forbidden(valid.as_bytes()).unwrap_or(valid.len());
    let text = &valid[..good];
    let is_good = good == bytes.len();
    if is_good && (is_ascii || !text[start..].contains(BOM)) {
        return Input {
            text: Source::Borrowed(text),
            start,
            chunks: None,
        };
    }

    let mut ends = Vec::new();
    let mut from = 0;
    while from < good {
        let mut to = (from + CHUNK).min(bytes.len());
        if to > good {
            // The bad character may be cut in two, and then belongs to the next chunk.
            if good + width(bytes[good]).unwrap_or(1) <= to {
                break;
            }
            to = good;
        }
        while !text.is_char_boundary(to) {
            to -= 1;
        }
        ends.push(to);
        from = to;
    }
    let fault = (!is_good).then(|| {
        let problem = fault_at(&bytes[good..]);
        Error::new(ErrorKind::Encoding, problem, Some(mark_at(text, start)))
    });
    Input {
        text: Source::Borrowed(text),
        start,
        chunks: Some(Chunks { ends, fault }),
    }
}

/// How long a character is that begins with `first`.
fn width(first: u8) -> Option<usize> {
    match first {
        0x00..=0x7F => Some(1),
        0xC0..=0xDF => Some(2),
        0xE0..=0xEF => Some(3),
        0xF0..=0xF7 => Some(4),
        _ => None,
    }
}

/// The place after the last character of `text`.
fn mark_at(text: &str, start: usize) -> Position {
    let body = &text[start..];
    let line_start = body.rfind('\n').map_or(0, |at| at + 1);
    Position {
        offset: text.len() as u32,
        line: body.matches('\n').count() as u32,
        column: body[line_start..].chars().count() as u32,
    }
}

/// Whether YAML allows the character.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Where the first character stands that YAML does not allow, in valid UTF-8.
fn first_forbidden(bytes: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + first_suspect(&bytes[from..])?;
        let (forbidden, width) = match (bytes[at], bytes.get(at + 1), bytes.get(at + 2)) {
            (0xC2, Some(&next), _) => (next < 0xA0 && next != 0x85, 2),
            (0xEF, Some(0xBF), Some(&last)) => (last >= 0xBE, 3),
            (0xEF, ..) => (false, 3),
            _ => (true, 1),
        };
        if forbidden {
            return Some(at);
        }
        from = at + width;
    }
}

/// Where the first byte stands that is, or begins, a character that may be forbidden.
#[expect(
    clippy::needless_bitwise_bool,
    reason = "lazy operators are branches, and those keep the compiler from vector instructions"
)]
fn first_suspect(bytes: &[u8]) -> Option<usize> {
    /// How many bytes are looked at together: the compiler makes vector instructions of that.
    const BLOCK: usize = 64;

    let is_suspect = |byte: u8| {
        let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r');
        is_control | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xEF)
    };
    let (blocks, _) = bytes.as_chunks::<BLOCK>();
    let good = blocks
        .iter()
        .take_while(|block| {
            !block
                .iter()
                .fold(false, |any, &byte| any | is_suspect(byte))
        })
        .count();
    let rest = &bytes[good * BLOCK..];
    Some(good * BLOCK + rest.iter().position(|&byte| is_suspect(byte))?)
}

/// What go-yaml says about the bytes at the start of `bytes`, which are not an allowed character.
fn fault_at(bytes: &[u8]) -> &'static str {
    let Some(width) = width(bytes[0]) else {
        return "invalid leading UTF-8 octet";
    };
    let Some(rest) = bytes.get(1..width) else {
        return "incomplete UTF-8 octet sequence";
    };
    let mut value = match width {
        1 => u32::from(bytes[0]),
        _ => u32::from(bytes[0] & (0x7F >> width)),
    };
    for byte in rest {
        if byte & 0xC0 != 0x80 {
            return "invalid trailing UTF-8 octet";
        }
        value = value << 6 | u32::from(byte & 0x3F);
    }
    match width {
        2 if value < 0x80 => "invalid length of a UTF-8 sequence",
        3 if value < 0x800 => "invalid length of a UTF-8 sequence",
        4 if value < 0x10000 => "invalid length of a UTF-8 sequence",
        _ if char::from_u32(value).is_none() => "invalid Unicode character",
        _ => "control characters are not allowed",
    }
}

fn read_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Input<'static> {
    let mut text = String::with_capacity(bytes.len());
    let mut ends = Vec::new();
    let mut fault = None;
    let mut at = 2;
    let mut chunk_end = CHUNK;
    let unit_at = |at: usize| bytes.get(at..at + 2).map(|pair| unit([pair[0], pair[1]]));
    while at < bytes.len() {
        let (c, width) = match unit_at(at) {
            None => {
                fault = Some("incomplete UTF-16 character");
                break;
            }
            Some(0xDC00..=0xDFFF) => {
                fault = Some("unexpected low surrogate area");
                break;
            }
            Some(high @ 0xD800..=0xDBFF) => match unit_at(at + 2) {
                None => {
                    fault = Some("incomplete UTF-16 surrogate pair");
                    break;
                }
                Some(low @ 0xDC00..=0xDFFF) => {
                    let value =
                        0x10000 + ((u32::from(high) & 0x3FF) << 10) + (u32::from(low) & 0x3FF);
                    (
                        char::from_u32(value).expect("a surrogate pair is a character"),
                        4,
                    )
                }
                Some(_) => {
                    fault = Some("expected low surrogate area");
                    break;
                }
            },
            Some(value) => (
                char::from_u32(u32::from(value)).expect("not a surrogate"),
                2,
            ),
        };
        if at + width > chunk_end {
            ends.push(text.len());
            chunk_end = at + CHUNK;
        }
        if !is_allowed(c) {
            fault = Some("control characters are not allowed");
            break;
        }
        text.push(c);
        at += width;
    }
    // That a character is incomplete is noticed only when there are no more bytes to be had.
    if fault.is_none_or(|problem| problem.starts_with("incomplete")) {
        ends.push(text.len());
    }
    let fault =
        fault.map(|problem| Error::new(ErrorKind::Encoding, problem, Some(mark_at(&text, 0))));
    let chunks = (fault.is_some() || text.contains(BOM)).then_some(Chunks { ends, fault });
    Input {
        text: Source::Shared(text.into()),
        start: 0,
        chunks,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(bytes: &[u8]) -> Option<String> {
        let input = read(bytes).unwrap();
        input.chunks?.fault.map(|error| error.problem().to_string())
    }

    #[test]
    fn faults_have_the_words_of_go() {
        for (bytes, problem) in [
            (&b"a\x01"[..], "control characters are not allowed"),
            (b"\x7f", "control characters are not allowed"),
            ("\u{80}".as_bytes(), "control characters are not allowed"),
            ("\u{FFFE}".as_bytes(), "control characters are not allowed"),
            (b"\x80", "invalid leading UTF-8 octet"),
            (b"\xC3", "incomplete UTF-8 octet sequence"),
            (b"\xC3(", "invalid trailing UTF-8 octet"),
            (b"\xC0\x80", "invalid length of a UTF-8 sequence"),
            (b"\xED\xA0\x80", "invalid Unicode character"),
            (b"\xF7\xBF\xBF\xBF", "invalid Unicode character"),
            (b"\xFF\xFEa", "incomplete UTF-16 character"),
            (b"\xFF\xFE\x00\xDC", "unexpected low surrogate area"),
            (b"\xFF\xFE\x00\xD8", "incomplete UTF-16 surrogate pair"),
            (b"\xFE\xFF\xD8\x00\x00a", "expected low surrogate area"),
        ] {
            assert_eq!(fault(bytes).as_deref(), Some(problem), "{bytes:?}");
        }
    }

    #[test]
    fn good_text_is_borrowed_and_has_no_chunks() {
        let input = read("\u{FEFF}a: é\u{85}\u{A0}😀\n".as_bytes()).unwrap();
        assert!(matches!(input.text, Source::Borrowed(_)));
        assert!(input.chunks.is_none());
        assert_eq!(input.start, 3);
    }

    #[test]
    fn utf16_becomes_text() {
        let input = read(b"\xFE\xFF\x00a\xD8\x3D\xDE\x00").unwrap();
        assert_eq!(&*input.text, "a😀");
    }

    #[test]
    fn a_chunk_ends_between_characters() {
        let mut bytes = vec![b'x'; 511];
        bytes.extend("é".as_bytes());
        bytes.extend([b'y'; 600]);
        bytes.push(1);
        let chunks = read(&bytes).unwrap().chunks.unwrap();
        assert_eq!(chunks.ends, [511, 1023]);
    }
}
