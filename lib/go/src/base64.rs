//! Go's `encoding/base64`: the standard encoding, read with the errors of Go, whose places no other decoder gives.

use std::fmt;

/// Where a text is no base 64: the offset of the byte (`base64.CorruptInputError`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorruptInputError(pub usize);

impl fmt::Display for CorruptInputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "illegal base64 data at input byte {}", self.0)
    }
}

impl std::error::Error for CorruptInputError {}

/// Reads base 64; newlines are skipped (`base64.StdEncoding.DecodeString`).
///
/// # Errors
/// The place of the first byte that does not belong there.
///
/// ```
/// use homescale_go::base64::{CorruptInputError, decode};
///
/// assert_eq!(decode(b"aGk=\n"), Ok(b"hi".to_vec()));
/// assert_eq!(decode(b"aG?="), Err(CorruptInputError(2)));
/// ```
pub fn decode(text: &[u8]) -> Result<Vec<u8>, CorruptInputError> {
    let error = |at: usize| Err(CorruptInputError(at));
    let is_newline = |b: u8| matches!(b, b'\n' | b'\r');
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let mut input = text
        .iter()
        .copied()
        .enumerate()
        .filter(|(_, b)| !is_newline(*b));
    loop {
        let mut bits = 0_u32;
        for index in 0..4 {
            match input.next() {
                None if index == 0 => return Ok(out),
                None => return error(text.len() - index),
                Some((at, b'=')) if index < 2 => return error(at),
                Some((_, b'=')) => {
                    if index == 2 {
                        match input.next() {
                            None => return error(text.len()),
                            Some((_, b'=')) => {}
                            Some((at, _)) => return error(at - 1),
                        }
                    }
                    if let Some((at, _)) = input.next() {
                        return error(at);
                    }
                    let bytes = (bits << (6 * (4 - index))).to_be_bytes();
                    out.extend_from_slice(&bytes[1..index]);
                    return Ok(out);
                }
                Some((at, byte)) => match digit(byte) {
                    Some(digit) => bits = bits << 6 | u32::from(digit),
                    None => return error(at),
                },
            }
        }
        out.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
