//! The JSON value that a text starts with, as Go's `json.Decoder` finds it.

use homescale_value::Value;
use homescale_yaml::json;

use super::error::SetError;
use super::step::Step;

/// The first JSON value of the text, and what follows it. Helm does not show why a text cannot be read.
pub(super) fn first_value(text: &str) -> Step<(Value, &str)> {
    let text = text.trim_start_matches([' ', '\t', '\r', '\n']);
    let Some(end) = end_of_value(text.as_bytes()) else {
        return Err(SetError::NoJson.into());
    };
    // A character in the middle of a word makes it no word, whatever it is split from.
    let (value, rest) = text.split_at(text.ceil_char_boundary(end));
    match json::decode(value.as_bytes()) {
        Ok(value) => Ok((value, rest)),
        Err(_) => Err(SetError::NoJson.into()),
    }
}

/// Where the value ends; it is not checked here whether it is well formed.
fn end_of_value(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'"' => end_of_string(text, 0),
        b'{' | b'[' => end_of_brackets(text),
        b't' | b'n' => Some(text.len().min(4)),
        b'f' => Some(text.len().min(5)),
        _ => Some(end_of_number(text)),
    }
}

fn end_of_brackets(text: &[u8]) -> Option<usize> {
    let (mut at, mut depth) = (0, 0usize);
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                at = end_of_string(text, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

fn end_of_string(text: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match text.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// A number ends before the first character that cannot continue it: `01` is 0, followed by `1`.
fn end_of_number(text: &[u8]) -> usize {
    let digits = |from: usize| {
        let more = text[from..].iter().take_while(|b| b.is_ascii_digit());
        from + more.count()
    };
    let mut at = usize::from(text[0] == b'-');
    at = if text.get(at) == Some(&b'0') {
        at + 1
    } else {
        digits(at)
    };
    if text.get(at) == Some(&b'.') {
        at = digits(at + 1);
    }
    if matches!(text.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(text.get(at + 1), Some(b'+' | b'-')));
        at = digits((at + 1 + sign).min(text.len()));
    }
    if at > 0 {
        return at;
    }
    // Nothing that starts a number: one character, which the decoder then refuses.
    (1..text.len())
        .find(|&at| text[at] & 0xC0 != 0x80)
        .unwrap_or(text.len())
}
