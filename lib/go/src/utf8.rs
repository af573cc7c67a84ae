//! Go's `unicode/utf8`: a string as a sequence of runes, in which every byte that is not UTF-8 counts as one U+FFFD.

/// The first rune of `bytes` and its length: the replacement character and 1 when the bytes are not UTF-8, and the
/// replacement character and 0 when there are none (`utf8.DecodeRune`).
///
/// ```
/// # use homescale_go::utf8;
/// assert_eq!(utf8::decode_rune("é!".as_bytes()), ('é', 2));
/// assert_eq!(utf8::decode_rune(b"\xff!"), ('\u{fffd}', 1));
/// ```
pub fn decode_rune(bytes: &[u8]) -> (char, usize) {
    let length = match bytes.first() {
        None => return (char::REPLACEMENT_CHARACTER, 0),
        Some(&byte) if byte < 0x80 => return (char::from(byte), 1),
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) => return (char::REPLACEMENT_CHARACTER, 1),
    };
    let rune = bytes
        .get(..length)
        .and_then(|bytes| std::str::from_utf8(bytes).ok())
        .and_then(|text| text.chars().next());
    match rune {
        Some(rune) => (rune, length),
        None => (char::REPLACEMENT_CHARACTER, 1),
    }
}

/// The last rune of `bytes` and its length, as [`decode_rune`] gives the first (`utf8.DecodeLastRune`).
pub fn decode_last_rune(bytes: &[u8]) -> (char, usize) {
    let longest = bytes.len().min(4);
    (1..=longest)
        .rev()
        .map(|length| (decode_rune(&bytes[bytes.len() - length..]), length))
        .find_map(|((rune, found), length)| (found == length).then_some((rune, length)))
        .unwrap_or((char::REPLACEMENT_CHARACTER, longest.min(1)))
}

/// The runes of `bytes`, each with the bytes it was read from: what `range` over a string gives.
pub fn runes(bytes: &[u8]) -> impl Iterator<Item = (char, &[u8])> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        let (rune, length) = decode_rune(rest);
        let (source, after) = rest.split_at_checked(length)?;
        rest = after;
        (length > 0).then_some((rune, source))
    })
}

/// The number of runes (`utf8.RuneCount`).
pub fn rune_count(bytes: &[u8]) -> usize {
    if bytes.is_ascii() {
        return bytes.len();
    }
    runes(bytes).count()
}

/// The first `limit` runes: what a precision leaves of a string (`%.10s`).
pub fn truncate(bytes: &[u8], limit: usize) -> &[u8] {
    if limit >= bytes.len() {
        return bytes;
    }
    let length = runes(bytes)
        .take(limit)
        .map(|(_, source)| source.len())
        .sum();
    &bytes[..length]
}

/// The text, with U+FFFD in place of each byte that is not UTF-8 (`string([]rune(s))`, and what `encoding/json` makes of a
/// string).
pub fn to_valid(bytes: &[u8]) -> String {
    runes(bytes).map(|(rune, _)| rune).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_that_is_not_utf8_is_one_rune() {
        let all = |bytes| runes(bytes).map(|(rune, _)| rune).collect::<String>();
        assert_eq!(all(b"a\xe9\x80z"), "a\u{fffd}\u{fffd}z");
        assert_eq!(all(b"\xed\xa0\x80"), "\u{fffd}\u{fffd}\u{fffd}");
        assert_eq!(rune_count("\u{1f600}é\0".as_bytes()), 3);
    }

    #[test]
    fn the_last_rune_may_be_a_stray_byte() {
        assert_eq!(decode_last_rune(b"a\x82"), ('\u{fffd}', 1));
        assert_eq!(decode_last_rune("é".as_bytes()), ('é', 2));
        assert_eq!(decode_last_rune(b""), ('\u{fffd}', 0));
    }

    #[test]
    fn taking_runes_never_splits_one() {
        assert_eq!(truncate("héllo".as_bytes(), 2), "hé".as_bytes());
        assert_eq!(truncate(b"\xff\xfe\xfd", 2), b"\xff\xfe");
        assert_eq!(truncate(b"ab", 9), b"ab");
    }
}
