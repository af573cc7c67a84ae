//! Text as Go sees it: bytes, read as runes only where Go reads runes, with Go's *simple* case mappings.

use std::sync::LazyLock;

use regex::Regex;

/// The replacement for a byte that is not UTF-8.
pub(crate) const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// The first rune and its length in bytes; a byte that is not UTF-8 is [`REPLACEMENT`] of length 1.
pub(crate) fn first(text: &[u8]) -> Option<(char, usize)> {
    (!text.is_empty()).then(|| homescale_go::utf8::decode_rune(text))
}

/// All runes of the text: Go's `[]rune(text)`.
pub(crate) fn runes(text: &[u8]) -> impl Iterator<Item = char> {
    homescale_go::utf8::runes(text).map(|(rune, _)| rune)
}

/// Go's `strings.TrimSpace`.
pub(crate) fn trim_space(text: &[u8]) -> &[u8] {
    trim(text, char::is_whitespace)
}

/// Cuts the runes off both ends for which `cut` is true.
pub(crate) fn trim(mut text: &[u8], cut: impl Fn(char) -> bool) -> &[u8] {
    while let Some((rune, length)) = first(text) {
        if !cut(rune) {
            break;
        }
        text = &text[length..];
    }
    while let Some((rune, length)) = last(text) {
        if !cut(rune) {
            break;
        }
        text = &text[..text.len() - length];
    }
    text
}

/// The last rune and its length in bytes.
fn last(text: &[u8]) -> Option<(char, usize)> {
    let longest = text.len().min(4);
    (1..=longest)
        .rev()
        .find_map(|length| {
            let (rune, found) = first(&text[text.len() - length..])?;
            (found == length).then_some((rune, length))
        })
        .or((!text.is_empty()).then_some((REPLACEMENT, 1)))
}

/// `unicode.ToUpper`: one rune for one rune.
pub(crate) fn upper(rune: char) -> char {
    match rune {
        // The full mapping of these has two runes, the simple one is the title case letter.
        '\u{1F80}'..='\u{1F87}' | '\u{1F90}'..='\u{1F97}' | '\u{1FA0}'..='\u{1FA7}' => {
            shifted(rune, 8)
        }
        '\u{1FB3}' | '\u{1FC3}' | '\u{1FF3}' => shifted(rune, 9),
        _ => single(rune.to_uppercase(), rune),
    }
}

/// `unicode.ToLower`.
pub(crate) fn lower(rune: char) -> char {
    match rune {
        'İ' => 'i',
        _ => single(rune.to_lowercase(), rune),
    }
}

/// `unicode.ToTitle`: differs from the upper case in a few digraphs, and in Georgian.
pub(crate) fn title(rune: char) -> char {
    match rune {
        'Ǆ' | 'ǅ' | 'ǆ' => 'ǅ',
        'Ǉ' | 'ǈ' | 'ǉ' => 'ǈ',
        'Ǌ' | 'ǋ' | 'ǌ' => 'ǋ',
        'Ǳ' | 'ǲ' | 'ǳ' => 'ǲ',
        '\u{10D0}'..='\u{10FF}' => rune,
        _ => upper(rune),
    }
}

fn shifted(rune: char, by: u32) -> char {
    char::from_u32(u32::from(rune) + by).unwrap_or(rune)
}

fn single(mut mapped: impl Iterator<Item = char>, otherwise: char) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(rune), None) => rune,
        _ => otherwise,
    }
}

/// `unicode.IsUpper`: the category Lu.
pub(crate) fn is_upper(rune: char) -> bool {
    static UPPER: LazyLock<Regex> = LazyLock::new(|| class(r"\p{Lu}"));
    if rune.is_ascii() {
        rune.is_ascii_uppercase()
    } else {
        is_in(&UPPER, rune)
    }
}

/// `unicode.IsLower`: the category Ll.
pub(crate) fn is_lower(rune: char) -> bool {
    static LOWER: LazyLock<Regex> = LazyLock::new(|| class(r"\p{Ll}"));
    if rune.is_ascii() {
        rune.is_ascii_lowercase()
    } else {
        is_in(&LOWER, rune)
    }
}

/// `unicode.IsTitle`: the category Lt.
pub(crate) fn is_title(rune: char) -> bool {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| class(r"\p{Lt}"));
    !rune.is_ascii() && is_in(&TITLE, rune)
}

/// `unicode.IsLetter`: the categories L.
pub(crate) fn is_letter(rune: char) -> bool {
    static LETTER: LazyLock<Regex> = LazyLock::new(|| class(r"\p{L}"));
    if rune.is_ascii() {
        rune.is_ascii_alphabetic()
    } else {
        is_in(&LETTER, rune)
    }
}

/// `unicode.IsNumber`: the categories N.
pub(crate) fn is_number(rune: char) -> bool {
    rune.is_numeric()
}

/// `unicode.IsDigit`: the category Nd.
pub(crate) fn is_digit(rune: char) -> bool {
    static DIGIT: LazyLock<Regex> = LazyLock::new(|| class(r"\p{Nd}"));
    if rune.is_ascii() {
        rune.is_ascii_digit()
    } else {
        is_in(&DIGIT, rune)
    }
}

/// `unicode.IsPunct`: the categories P, which have no `$+<=>^`|~`.
pub(crate) fn is_punct(rune: char) -> bool {
    static PUNCT: LazyLock<Regex> = LazyLock::new(|| class(r"\p{P}"));
    if rune.is_ascii() {
        rune.is_ascii_punctuation() && !"$+<=>^`|~".contains(rune)
    } else {
        is_in(&PUNCT, rune)
    }
}

fn class(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the name of a Unicode category is a valid pattern")
}

fn is_in(class: &Regex, rune: char) -> bool {
    class.is_match(rune.encode_utf8(&mut [0; 4]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stray_byte_is_one_replacement() {
        let text: Vec<char> = runes(b"a\xe2\x82b\xff").collect();
        assert_eq!(text, ['a', REPLACEMENT, REPLACEMENT, 'b', REPLACEMENT]);
        assert_eq!(last(b"a\x82"), Some((REPLACEMENT, 1)));
        assert_eq!(last("é".as_bytes()), Some(('é', 2)));
    }

    #[test]
    fn case_maps_one_rune_to_one_rune() {
        assert_eq!([upper('ß'), upper('ᾳ'), lower('İ')], ['ß', 'ᾼ', 'i']);
    }
}
