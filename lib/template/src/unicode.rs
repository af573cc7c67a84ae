//! Characters as Go's `unicode` package classes them, and their decoding from bytes that may not be UTF-8.

use unicode_general_category::{GeneralCategory as Category, get_general_category as category};

/// The character at the start of `bytes` and its length; U+FFFD and 1 for a byte that does not start a character.
///
/// `None` at the end of the bytes.
pub(crate) fn decode(bytes: &[u8]) -> Option<(char, usize)> {
    let first = *bytes.first()?;
    if first.is_ascii() {
        return Some((char::from(first), 1));
    }
    let longest = bytes.len().min(4);
    let decoded = (2..=longest).find_map(|length| {
        let text = std::str::from_utf8(&bytes[..length]).ok()?;
        Some((text.chars().next()?, length))
    });
    Some(decoded.unwrap_or((char::REPLACEMENT_CHARACTER, 1)))
}

/// Whether an identifier may contain the character: a letter, a decimal digit or an underscore.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    is_letter(c) || category(c) == Category::DecimalNumber
}

fn is_letter(c: char) -> bool {
    use Category::{
        LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
    };
    matches!(
        category(c),
        LowercaseLetter | ModifierLetter | OtherLetter | TitlecaseLetter | UppercaseLetter
    )
}

/// Whether Go prints the character as it is in a quoted string: visible, or the ASCII space.
pub(crate) fn is_print(c: char) -> bool {
    use Category::{
        Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, SpaceSeparator, Surrogate,
        Unassigned,
    };
    if c.is_ascii() {
        return !c.is_ascii_control();
    }
    !matches!(
        category(c),
        Control
            | Format
            | LineSeparator
            | ParagraphSeparator
            | PrivateUse
            | SpaceSeparator
            | Surrogate
            | Unassigned
    )
}

/// The character as `%#U` prints it: `U+00A0`, `U+002D '-'`.
pub(crate) fn name(c: char) -> String {
    let code = u32::from(c);
    if is_print(c) {
        format!("U+{code:04X} '{c}'")
    } else {
        format!("U+{code:04X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_utf8_decode_one_by_one() {
        assert_eq!(decode("é".as_bytes()), Some(('é', 2)));
        assert_eq!(decode(b"\xc3"), Some(('\u{fffd}', 1)));
        assert_eq!(decode(b"\xff\xfe"), Some(('\u{fffd}', 1)));
        assert_eq!(decode(b""), None);
    }

    #[test]
    fn letters_and_digits_of_any_script_make_identifiers() {
        assert!("aZ_0é名٣".chars().all(is_alphanumeric));
        assert!(!"-.$ \u{a0}²\u{301}".chars().any(is_alphanumeric));
    }
}
