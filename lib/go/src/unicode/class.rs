//! [`Class`]: the characters that `\p{…}` means in a pattern of Go's `regexp`.

use super::category::{ALL, Categories};
use super::tables::{CATEGORIES, CATEGORY_ALIASES, SCRIPT_NAMES, SCRIPTS};
use crate::release::{ClassNames, Release};

/// A set of characters that has a name in patterns.
///
/// ```
/// use homescale_go::Release;
/// use homescale_go::unicode::Class;
///
/// let digits = Class::named("Nd", Release::Go1_23).unwrap();
/// assert_eq!(digits.ranges()[0], ('0', '9'));
/// assert!(Class::named("Decimal_Number", Release::Go1_23).is_none());
/// assert_eq!(Class::named("Decimal_Number", Release::Go1_26), Some(digits));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Class(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Set {
    Any,
    Ascii,
    Categories(Categories),
    /// By its place in [`SCRIPT_NAMES`].
    Script(u8),
}

impl Class {
    /// The class that a release of Go knows by this name, as `\p{name}` has it (`unicodeTable` in `regexp/syntax`).
    pub fn named(name: &str, release: Release) -> Option<Self> {
        match release.differences().class_names {
            ClassNames::Exact => Self::exact(name),
            ClassNames::Loose => Self::loose(&canonical(name)),
        }
    }

    fn exact(name: &str) -> Option<Self> {
        Some(Self(match name {
            "Any" => Set::Any,
            "C" => Set::Categories(Categories::CONTROLS),
            "Cn" | "LC" => return None,
            _ => return Self::category(name).or_else(|| Self::script(name)),
        }))
    }

    /// A name that is canonical. Scripts with another spelling, such as `Old_Italic`, are not found, in Go neither.
    fn loose(name: &str) -> Option<Self> {
        Some(Self(match name {
            "Any" => Set::Any,
            "Ascii" => Set::Ascii,
            "Assigned" => Set::Categories(Categories::UNASSIGNED.inverted()),
            "Lc" => return Self::category("LC"),
            _ => {
                let alias = || {
                    let mut aliases = CATEGORY_ALIASES.iter();
                    let (_, short) = aliases.find(|(long, _)| canonical(long) == name)?;
                    Self::category(short)
                };
                let known = Self::category(name).or_else(|| Self::script(name));
                return known.or_else(alias);
            }
        }))
    }

    fn category(name: &str) -> Option<Self> {
        let all = match name {
            "C" => Categories::CONTROLS.with(Categories::UNASSIGNED),
            "L" => Categories::LETTERS,
            "LC" => Categories::CASED,
            "M" => Categories::MARKS,
            "N" => Categories::NUMBERS,
            "P" => Categories::PUNCTUATION,
            "S" => Categories::SYMBOLS,
            "Z" => Categories::SEPARATORS,
            _ => {
                let mut all = ALL.into_iter();
                Categories::of(&[all.find(|known| format!("{known:?}") == name)?])
            }
        };
        Some(Self(Set::Categories(all)))
    }

    fn script(name: &str) -> Option<Self> {
        let index = SCRIPT_NAMES.binary_search(&name).ok()?;
        Some(Self(Set::Script(u8::try_from(index).ok()?)))
    }

    /// Its characters as ranges in ascending order, the first and the last of each. Surrogates, which no text has, are
    /// left out.
    pub fn ranges(self) -> Vec<(char, char)> {
        match self.0 {
            Set::Any => vec![('\0', char::MAX)],
            Set::Ascii => vec![('\0', '\x7f')],
            Set::Categories(all) => ranges(CATEGORIES, |category| all.contains(*category)),
            Set::Script(wanted) => ranges(SCRIPTS, |script| *script == wanted),
        }
    }
}

/// The ranges of the runs that are wanted, those that touch as one.
fn ranges<T>(runs: &[(u32, T)], is_wanted: impl Fn(&T) -> bool) -> Vec<(char, char)> {
    let mut ranges: Vec<(char, char)> = Vec::new();
    for (index, (first, kind)) in runs.iter().enumerate() {
        let next = runs.get(index + 1).map_or(0x11_0000, |(next, _)| *next);
        if !is_wanted(kind) {
            continue;
        }
        // The run of the surrogates is the only one without characters.
        let (Some(low), Some(high)) = (char::from_u32(*first), char::from_u32(next - 1)) else {
            continue;
        };
        match ranges.last_mut() {
            Some((_, last)) if u32::from(*last) + 1 == *first => *last = high,
            _ => ranges.push((low, high)),
        }
    }
    ranges
}

/// A name with a capital first, small letters after it, and nothing between words (`canonicalName` in `regexp/syntax`).
fn canonical(name: &str) -> String {
    let mut letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    let rest = letters.map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(name: &str, release: Release, rune: char) -> Option<bool> {
        let ranges = Class::named(name, release)?.ranges();
        Some(
            ranges
                .iter()
                .any(|(first, last)| (first..=last).contains(&&rune)),
        )
    }

    #[test]
    fn older_releases_take_names_as_they_are_written() {
        let has = |name| contains(name, Release::Go1_24, 'λ');
        assert_eq!(
            [has("L"), has("Ll"), has("Lu"), has("Greek"), has("Any")].map(Option::unwrap),
            [true, true, false, true, true]
        );
        assert_eq!(has("Old_Italic"), Some(false));
        for name in [
            "Letter",
            "letter",
            "ll",
            "greek",
            "any",
            "LC",
            "Cn",
            "ASCII",
            "Alphabetic",
            "Grek",
            "Todhri",
            "",
        ] {
            assert_eq!(has(name), None, "{name}");
        }
    }

    #[test]
    fn newer_releases_do_not_look_at_case_and_separators() {
        let has = |name| contains(name, Release::Go1_25, 'λ');
        for name in [
            "Letter",
            "letter",
            "ll",
            "L-l",
            " l L",
            "greek",
            "any",
            "LC",
            "l&".trim_end_matches('&'),
            "assigned",
        ] {
            assert_eq!(has(name), Some(true), "{name}");
        }
        for name in ["ASCII", "digit", "Unassigned", "cs"] {
            assert_eq!(has(name), Some(false), "{name}");
        }
        for name in [
            "Old_Italic",
            "olditalic",
            "SignWriting",
            "Alphabetic",
            "Emoji",
            "White_Space",
            "Grek",
            "",
        ] {
            assert_eq!(has(name), None, "{name}");
        }
    }

    #[test]
    fn what_is_not_assigned_is_a_control_since_go_1_25() {
        assert_eq!(contains("C", Release::Go1_24, '\u{378}'), Some(false));
        assert_eq!(contains("C", Release::Go1_25, '\u{378}'), Some(true));
    }
}
