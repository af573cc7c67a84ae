//! Go's `encoding/base32`: the standard encoding, read with the errors of Go, whose places no other decoder gives.

use std::fmt;

/// Where a text is no base 32: the offset of the byte, newlines not counted (`base32.CorruptInputError`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorruptInputError(pub usize);

impl fmt::Display for CorruptInputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "illegal base32 data at input byte {}", self.0)
    }
}

impl std::error::Error for CorruptInputError {}

/// Reads base 32; newlines are removed before places are counted (`base32.StdEncoding.DecodeString`).
///
/// # Errors
/// The place of the first byte that does not belong there.
///
/// ```
/// use homescale_go::base32::{CorruptInputError, decode};
///
/// assert_eq!(decode(b"NBUQ===="), Ok(b"hi".to_vec()));
/// assert_eq!(decode(b"nbuq===="), Err(CorruptInputError(0)));
/// ```
pub fn decode(text: &[u8]) -> Result<Vec<u8>, CorruptInputError> {
    let error = |at: usize| Err(CorruptInputError(at));
    let text: Vec<u8> = text
        .iter()
        .copied()
        .filter(|b| !matches!(b, b'\n' | b'\r'))
        .collect();
    let mut out = Vec::with_capacity(text.len() / 8 * 5);
    for (quantum, chunk) in text.chunks(8).enumerate() {
        let start = quantum * 8;
        let is_last = start + 8 >= text.len();
        let mut bits = 0_u64;
        for index in 0..8 {
            let Some(byte) = chunk.get(index) else {
                return error(text.len() - index);
            };
            if *byte == b'=' && index >= 2 && is_last {
                let padding = &chunk[index..];
                if chunk.len() < 8 {
                    return error(text.len());
                }
                if let Some(stray) = padding.iter().position(|b| *b != b'=') {
                    return error(start + index + stray - 1);
                }
                if matches!(index, 3 | 6) {
                    return error(start + index);
                }
                let bytes = (bits << (5 * (8 - index))).to_be_bytes();
                out.extend_from_slice(&bytes[3..3 + index * 5 / 8]);
                return Ok(out);
            }
            match digit(*byte) {
                Some(digit) => bits = bits << 5 | u64::from(digit),
                None => return error(start + index),
            }
        }
        out.extend_from_slice(&bits.to_be_bytes()[3..]);
    }
    Ok(out)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'2'..=b'7' => Some(byte - b'2' + 26),
        _ => None,
    }
}
