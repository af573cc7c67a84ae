//! What becomes of a string that is written as JSON and read back by go-yaml, as `sigs.k8s.io/yaml` does.
//!
//! Nearly always: nothing. But the JSON encoder replaces bytes that are not UTF-8, and leaves a few characters bare that a
//! YAML reader refuses, or takes for a line break.

use std::borrow::Cow;
use std::str::Utf8Chunk;

use homescale_go::utf8;

use super::dialect::WriteError;

const REFUSED: &str = "yaml: control characters are not allowed";
const NEXT_LINE: char = '\u{85}';

/// Go-yaml looks this many characters back for the start of a key.
const LONGEST_KEY: usize = 1_024;

/// The string as it comes back.
pub(super) fn string(bytes: &[u8]) -> Result<Cow<'_, str>, WriteError> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let text = utf8::to_valid(bytes);
        return Ok(Cow::Owned(match characters(&text)? {
            Cow::Owned(folded) => folded,
            Cow::Borrowed(_) => text,
        }));
    };
    if text.is_ascii() {
        return if bytes.contains(&0x7F) {
            Err(WriteError::new(REFUSED))
        } else {
            Ok(Cow::Borrowed(text))
        };
    }
    characters(text)
}

/// The key as it comes back. A key of several lines, or too long a one, is not recognised as a key.
pub(super) fn key(bytes: &[u8]) -> Result<Cow<'_, str>, WriteError> {
    let text = string(bytes)?;
    let broken = !bytes.is_ascii() && bytes.windows(2).any(|pair| pair == [0xC2, 0x85]);
    // A byte takes at most six characters of JSON, and two quotes are added.
    let long = || bytes.utf8_chunks().map(json_width).sum::<usize>() + 2 > LONGEST_KEY;
    if broken || (bytes.len() > LONGEST_KEY / 6 - 2 && long()) {
        return Err(WriteError::new("yaml: did not find expected ',' or '}'"));
    }
    Ok(text)
}

fn characters(text: &str) -> Result<Cow<'_, str>, WriteError> {
    let refused =
        |c| matches!(c, '\x7F'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}');
    if text.contains(refused) {
        return Err(WriteError::new(REFUSED));
    }
    if text.contains(NEXT_LINE) {
        fold(text).map(Cow::Owned)
    } else {
        Ok(Cow::Borrowed(text))
    }
}

/// Folds next-line characters as the lines of a quoted scalar: one becomes a space, of several the first is dropped and
/// the others become newlines, and spaces around them vanish.
fn fold(text: &str) -> Result<String, WriteError> {
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(NEXT_LINE) {
        let (line, tail) = rest.split_at(at);
        folded.push_str(line.trim_end_matches(' '));
        let next = tail.trim_start_matches([' ', NEXT_LINE]);
        let gap = &tail[..tail.len() - next.len()];
        match gap.matches(NEXT_LINE).count() {
            1 => folded.push(' '),
            breaks => folded.extend(std::iter::repeat_n('\n', breaks - 1)),
        }
        let marker = next.starts_with("---") || next.starts_with("...");
        if gap.ends_with(NEXT_LINE) && marker && next[3..].starts_with([' ', NEXT_LINE]) {
            return Err(WriteError::new("yaml: found unexpected document indicator"));
        }
        rest = next;
    }
    folded.push_str(rest);
    Ok(folded)
}

/// How many characters of JSON text stand for a part of a string.
fn json_width(chunk: Utf8Chunk<'_>) -> usize {
    let width = |c| match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\x08' | '\x0C' => 2,
        '<' | '>' | '&' | '\0'..='\x1F' | '\u{2028}' | '\u{2029}' => 6,
        _ => 1,
    };
    chunk.valid().chars().map(width).sum::<usize>() + 6 * chunk.invalid().len()
}
