//! Go's `unicode`: categories, scripts and cases of characters, per Unicode 15.0, as in all releases of Go from 1.21 to 1.26.
//!
//! ```
//! use homescale_go::unicode;
//!
//! assert!(unicode::is_letter('名') && unicode::is_digit('٣') && unicode::is_punct('«'));
//! // Unicode 16 made a letter of it.
//! assert!(!unicode::is_letter('\u{1c89}'));
//! ```

mod case;
mod category;
mod class;
mod tables;

pub use self::case::{to_lower, to_title, to_upper};
pub use self::category::Category;
pub use self::class::Class;

use self::category::Categories;
use self::tables::CATEGORIES;

/// The category of a character.
///
/// ```
/// use homescale_go::unicode::{Category, category};
///
/// assert_eq!([category('é'), category('٣'), category('\u{1c89}')], [Category::Ll, Category::Nd, Category::Cn]);
/// ```
pub fn category(rune: char) -> Category {
    let code = u32::from(rune);
    let after = CATEGORIES.partition_point(|(first, _)| *first <= code);
    CATEGORIES[after - 1].1
}

/// Whether it is a letter: the categories L (`unicode.IsLetter`).
pub fn is_letter(rune: char) -> bool {
    if rune.is_ascii() {
        return rune.is_ascii_alphabetic();
    }
    Categories::LETTERS.contains(category(rune))
}

/// Whether it is a capital: the category Lu (`unicode.IsUpper`).
pub fn is_upper(rune: char) -> bool {
    if rune.is_ascii() {
        return rune.is_ascii_uppercase();
    }
    category(rune) == Category::Lu
}

/// Whether it is a small letter: the category Ll (`unicode.IsLower`).
pub fn is_lower(rune: char) -> bool {
    if rune.is_ascii() {
        return rune.is_ascii_lowercase();
    }
    category(rune) == Category::Ll
}

/// Whether it is a letter of titles, such as `ǅ`: the category Lt (`unicode.IsTitle`).
pub fn is_title(rune: char) -> bool {
    !rune.is_ascii() && category(rune) == Category::Lt
}

/// Whether it is a decimal digit: the category Nd (`unicode.IsDigit`).
pub fn is_digit(rune: char) -> bool {
    if rune.is_ascii() {
        return rune.is_ascii_digit();
    }
    category(rune) == Category::Nd
}

/// Whether it is a number, such as `Ⅷ` or `½`: the categories N (`unicode.IsNumber`).
pub fn is_number(rune: char) -> bool {
    if rune.is_ascii() {
        return rune.is_ascii_digit();
    }
    Categories::NUMBERS.contains(category(rune))
}

/// Whether it is punctuation: the categories P, which have none of ``$+<=>^`|~`` (`unicode.IsPunct`).
pub fn is_punct(rune: char) -> bool {
    Categories::PUNCTUATION.contains(category(rune))
}

/// Whether it is white space (`unicode.IsSpace`).
pub fn is_space(rune: char) -> bool {
    match rune {
        '\t'..='\r' | ' ' | '\u{85}' | '\u{a0}' => true,
        _ => u32::from(rune) > 0xff && Categories::SEPARATORS.contains(category(rune)),
    }
}

/// Whether Go prints it as it is: letters, marks, numbers, punctuation, symbols and the ASCII space (`unicode.IsPrint`).
pub fn is_print(rune: char) -> bool {
    const HIDDEN: Categories = Categories::CONTROLS
        .with(Categories::UNASSIGNED)
        .with(Categories::SEPARATORS);
    if rune.is_ascii() {
        return matches!(rune, ' '..='~');
    }
    !HIDDEN.contains(category(rune))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_takes_the_short_cut_to_the_same_answer() {
        for rune in '\0'..='\x7f' {
            let category = category(rune);
            assert_eq!(is_letter(rune), Categories::LETTERS.contains(category));
            assert_eq!(is_upper(rune), category == Category::Lu);
            assert_eq!(is_lower(rune), category == Category::Ll);
            assert_eq!(is_number(rune), Categories::NUMBERS.contains(category));
            assert_eq!(is_digit(rune), category == Category::Nd);
            assert_eq!(
                is_print(rune),
                rune == ' ' || category != Category::Cc && category != Category::Zs
            );
        }
    }

    #[test]
    fn white_space_never_changes() {
        assert!(('\0'..=char::MAX).all(|rune| is_space(rune) == rune.is_whitespace()));
    }

    /// What Rust knows besides is of Unicode 16 or later; what it knows otherwise would be an error of the table.
    #[test]
    fn assigned_letters_are_those_of_rust() {
        for rune in '\0'..=char::MAX {
            if category(rune) != Category::Cn {
                assert!(!is_letter(rune) || rune.is_alphabetic(), "{rune:?}");
                assert_eq!(is_number(rune), rune.is_numeric(), "{rune:?}");
            }
        }
    }

    #[test]
    fn cases_lead_to_assigned_characters_of_that_case() {
        for rune in '\0'..=char::MAX {
            for (mapped, is_of_case) in [
                (to_upper(rune), is_lower as fn(char) -> bool),
                (to_lower(rune), is_upper),
            ] {
                assert!(
                    mapped == rune || category(mapped) != Category::Cn && !is_of_case(mapped),
                    "{rune:?}"
                );
            }
        }
    }

    #[test]
    fn tables_are_in_order() {
        assert!(tables::CATEGORIES.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(tables::SCRIPTS.is_sorted_by(|(a, _), (b, _)| a < b));
        assert!(tables::SCRIPT_NAMES.is_sorted_by(|a, b| a < b));
        assert!(tables::CASES.is_sorted_by(|(_, a, _), (b, ..)| a < b));
    }
}
