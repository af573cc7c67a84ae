//! Characters as Go's `unicode` package classes them.

use homescale_go::unicode::is_print;
use homescale_go::utf8;
use unicode_general_category::{GeneralCategory as Category, get_general_category as category};

/// The character at the start of `bytes` and its length, unless they are empty; bytes that are not UTF-8 are U+FFFD.
pub(crate) fn first(bytes: &[u8]) -> Option<(char, usize)> {
    (!bytes.is_empty()).then(|| utf8::decode_rune(bytes))
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
    fn letters_and_digits_of_any_script_make_identifiers() {
        assert!("aZ_0é名٣".chars().all(is_alphanumeric));
        assert!(!"-.$ \u{a0}²\u{301}".chars().any(is_alphanumeric));
    }
}
