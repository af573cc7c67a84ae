//! How the `time` package quotes texts in its errors.

use std::fmt::Write as _;

use crate::utf8;

/// Quotes as the `time` package does: everything that is not ASCII by its bytes.
pub(super) fn quoted(text: &[u8]) -> String {
    let mut out = String::from("\"");
    for (rune, bytes) in utf8::runes(text) {
        match rune {
            '"' | '\\' => out.extend(['\\', rune]),
            ' '..='\x7F' => out.push(rune),
            _ => {
                for byte in bytes {
                    let _ = write!(out, "\\x{byte:02x}");
                }
            }
        }
    }
    out.push('"');
    out
}
