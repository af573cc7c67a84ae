//! Go's `strings`: searching, splitting, joining and trimming.

mod builder;

use memchr::memmem;

use crate::{unicode, utf8};

pub use self::builder::{Buffer, Builder, TooLong, build};

/// Whether `part` occurs in `text` (`strings.Contains`).
pub fn contains(text: &[u8], part: &[u8]) -> bool {
    memmem::find(text, part).is_some()
}

/// Replaces every `old` in a text that may have `room` bytes; an empty one stands before every rune and at the end
/// (`strings.ReplaceAll`).
///
/// ```
/// use homescale_go::strings::{TooLong, replace_all};
///
/// assert_eq!(replace_all(b"a.b", b".", b"-", 9).unwrap(), b"a-b");
/// assert_eq!(replace_all(b"ab", b"", b"-", 9).unwrap(), b"-a-b-");
/// assert_eq!(replace_all(b"ab", b"", b"-", 4), Err(TooLong));
/// ```
pub fn replace_all(text: &[u8], old: &[u8], new: &[u8], room: usize) -> Result<Vec<u8>, TooLong> {
    build(room, text.len(), |out| {
        if old.is_empty() {
            out.push(new);
            for (_, rune) in utf8::runes(text) {
                out.push(rune);
                out.push(new);
                if out.is_full() {
                    return;
                }
            }
            return;
        }
        let mut copied = 0;
        for start in memmem::find_iter(text, old) {
            out.push(&text[copied..start]);
            out.push(new);
            copied = start + old.len();
            if out.is_full() {
                return;
            }
        }
        out.push(&text[copied..]);
    })
}

/// At most `limit` parts, all of them when it is negative; an empty separator splits into runes (`strings.SplitN`).
pub fn split_n<'a>(text: &'a [u8], separator: &[u8], limit: i64) -> Vec<&'a [u8]> {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let mut rest = text;
    if limit == 0 || separator.is_empty() && text.is_empty() {
        return parts;
    }
    while parts.len() + 1 < limit {
        let cut = if separator.is_empty() {
            let (_, length) = utf8::decode_rune(rest);
            Some(length).filter(|length| *length < rest.len())
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

/// The parts with `separator` between them, in a text that may have `room` bytes (`strings.Join`).
pub fn join<T: AsRef<[u8]>>(
    parts: &[T],
    separator: &[u8],
    room: usize,
) -> Result<Vec<u8>, TooLong> {
    let texts = parts.iter().map(|part| part.as_ref().len());
    let between = separator.len().checked_mul(parts.len().saturating_sub(1));
    let length = texts.fold(between, |length, part| length?.checked_add(part));
    let length = length.filter(|length| *length <= room).ok_or(TooLong)?;
    let mut out = Vec::with_capacity(length);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.extend_from_slice(separator);
        }
        out.extend_from_slice(part.as_ref());
    }
    Ok(out)
}

/// How many parts [`split_n`] gives without a limit.
pub fn count_parts(text: &[u8], separator: &[u8]) -> usize {
    if separator.is_empty() {
        utf8::runes(text).count()
    } else {
        memmem::find_iter(text, separator).count() + 1
    }
}

/// Without white space at both ends (`strings.TrimSpace`).
pub fn trim_space(text: &[u8]) -> &[u8] {
    trim_func(text, unicode::is_space)
}

/// Without the runes at both ends for which `cut` is true (`strings.TrimFunc`).
pub fn trim_func(mut text: &[u8], cut: impl Fn(char) -> bool) -> &[u8] {
    while !text.is_empty() {
        let (rune, length) = utf8::decode_rune(text);
        if !cut(rune) {
            break;
        }
        text = &text[length..];
    }
    while !text.is_empty() {
        let (rune, length) = utf8::decode_last_rune(text);
        if !cut(rune) {
            break;
        }
        text = &text[..text.len() - length];
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn split_keeps_the_rest_in_the_last_part() {
        assert_eq!(split_n(b"a,b,c", b",", 2), [&b"a"[..], b"b,c"]);
        assert_eq!(split_n(b"a,b", b",", -1), [b"a", b"b"]);
        assert_eq!(split_n(b"", b",", -1), [b""]);
        assert_eq!(split_n("é!".as_bytes(), b"", -1), ["é".as_bytes(), b"!"]);
    }

    #[test]
    fn parts_are_counted_as_they_are_split() {
        for (text, separator) in [
            ("a,b,,c", ","),
            ("", ","),
            ("", ""),
            ("é!", ""),
            ("aaa", "aa"),
        ] {
            let (text, separator) = (text.as_bytes(), separator.as_bytes());
            let parts = split_n(text, separator, -1).len();
            assert_eq!(count_parts(text, separator), parts, "{text:?}");
        }
    }

    #[test]
    fn a_joined_text_has_the_length_that_it_was_asked_for() {
        assert_eq!(join(&["a", "b", "c"], b", ", 7).unwrap(), b"a, b, c");
        assert_eq!(join(&["a", "b", "c"], b", ", 6), Err(TooLong));
        assert_eq!(join::<&str>(&[], b", ", 0).unwrap(), b"");
    }
}
