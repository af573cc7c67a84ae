//! Upper, lower and title case by Unicode's *simple* mappings: one character for one character.

use super::tables::{ALTERNATE, CASES};

/// The upper case of a character (`unicode.ToUpper`).
///
/// ```
/// use homescale_go::unicode::{to_lower, to_title, to_upper};
///
/// assert_eq!([to_upper('é'), to_upper('ß'), to_upper('ᾳ'), to_upper('ǆ')], ['É', 'ß', 'ᾼ', 'Ǆ']);
/// assert_eq!([to_lower('Σ'), to_lower('İ')], ['σ', 'i']);
/// assert_eq!([to_title('ǆ'), to_title('ა')], ['ǅ', 'ა']);
/// ```
pub fn to_upper(rune: char) -> char {
    if rune.is_ascii() {
        return rune.to_ascii_uppercase();
    }
    mapped(rune, 0)
}

/// The lower case of a character (`unicode.ToLower`).
pub fn to_lower(rune: char) -> char {
    if rune.is_ascii() {
        return rune.to_ascii_lowercase();
    }
    mapped(rune, 1)
}

/// The title case of a character (`unicode.ToTitle`): differs from the upper case in a few digraphs, and in Georgian.
pub fn to_title(rune: char) -> char {
    if rune.is_ascii() {
        return rune.to_ascii_uppercase();
    }
    mapped(rune, 2)
}

/// The character in the case of this number, as [`CASES`] count them.
fn mapped(rune: char, case: usize) -> char {
    let code = u32::from(rune);
    let index = CASES.partition_point(|(_, last, _)| *last < code);
    let Some((first, _, distances)) = CASES.get(index).filter(|(first, ..)| *first <= code) else {
        return rune;
    };
    let mapped = match distances[case] {
        ALTERNATE => first + ((code - first) & !1 | u32::from(case == 1)),
        distance => code.wrapping_add_signed(distance),
    };
    char::from_u32(mapped).unwrap_or(rune)
}
