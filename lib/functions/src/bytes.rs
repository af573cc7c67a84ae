//! Searching, splitting and joining bytes, with the rules of Go's `strings` package.

use memchr::memmem;

use crate::runes;

/// Whether `part` occurs in `text`.
pub(crate) fn contains(text: &[u8], part: &[u8]) -> bool {
    memmem::find(text, part).is_some()
}

/// Replaces every `old`; an empty one stands before every rune and at the end, as in `strings.ReplaceAll`.
pub(crate) fn replace(text: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    if old.is_empty() {
        let mut rest = text;
        out.extend_from_slice(new);
        while let Some((_, length)) = runes::first(rest) {
            out.extend_from_slice(&rest[..length]);
            out.extend_from_slice(new);
            rest = &rest[length..];
        }
        return out;
    }
    let mut copied = 0;
    for start in memmem::find_iter(text, old) {
        out.extend_from_slice(&text[copied..start]);
        out.extend_from_slice(new);
        copied = start + old.len();
    }
    out.extend_from_slice(&text[copied..]);
    out
}

/// `strings.SplitN`: at most `limit` parts, all of them when it is negative; an empty separator splits into runes.
pub(crate) fn split<'a>(text: &'a [u8], separator: &[u8], limit: i64) -> Vec<&'a [u8]> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let mut rest = text;
    if limit == 0 || separator.is_empty() && text.is_empty() {
        return parts;
    }
    while parts.len() + 1 < limit {
        let cut = if separator.is_empty() {
            let rune = runes::first(rest).map(|(_, length)| length);
            rune.filter(|length| *length < rest.len())
        } else {
            memmem::find(rest, separator)
        };
        let Some(cut) = cut else { break };
        parts.push(&rest[..cut]);
        rest = &rest[cut + separator.len()..];
    }
    parts.push(rest);
    parts
}

/// The parts with `separator` between them.
pub(crate) fn join<T: AsRef<[u8]>>(parts: &[T], separator: &[u8]) -> Vec<u8> {
    let length: usize = parts
        .iter()
        .map(|part| part.as_ref().len() + separator.len())
        .sum();
    let mut out = Vec::with_capacity(length);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(separator);
        }
        out.extend_from_slice(part.as_ref());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_keeps_the_rest_in_the_last_part() {
        assert_eq!(split(b"a,b,c", b",", 2), [&b"a"[..], b"b,c"]);
        assert_eq!(split(b"a,b", b",", -1), [b"a", b"b"]);
        assert_eq!(split(b"", b",", -1), [b""]);
        assert_eq!(split("é!".as_bytes(), b"", -1), ["é".as_bytes(), b"!"]);
    }
}
