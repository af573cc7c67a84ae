//! Upper, lower and title case, one rune for one rune.

use homescale_template::Context;
use homescale_value::{Str, Value};

use crate::arguments::{Outcome, take};
use crate::runes;

pub(super) fn lower(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(mapped(
        text,
        u8::is_ascii_uppercase,
        <[u8]>::to_ascii_lowercase,
        runes::lower,
    ))
}

pub(super) fn upper(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(mapped(
        text,
        u8::is_ascii_lowercase,
        <[u8]>::to_ascii_uppercase,
        runes::upper,
    ))
}

/// Maps every rune; text that is ASCII, or that nothing would change in, takes a short cut.
fn mapped(
    text: &Str,
    changes: fn(&u8) -> bool,
    ascii: fn(&[u8]) -> Vec<u8>,
    map: fn(char) -> char,
) -> Value {
    Value::Str(if !text.is_ascii() {
        runes::runes(text).map(map).collect::<String>().into()
    } else if text.iter().any(changes) {
        ascii(text).into()
    } else {
        text.clone()
    })
}

/// Capitals after a space become capitals again only as title case letters, as in goutils.
pub(super) fn swapcase(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut after_space = true;
    let swapped = runes::runes(text).map(|rune| {
        if runes::is_upper(rune) || runes::is_title(rune) {
            after_space = false;
            runes::lower(rune)
        } else if runes::is_lower(rune) {
            let was_after_space = std::mem::replace(&mut after_space, false);
            if was_after_space {
                runes::title(rune)
            } else {
                runes::upper(rune)
            }
        } else {
            after_space = rune.is_whitespace();
            rune
        }
    });
    Ok(swapped.collect::<String>().into())
}

/// Go's `strings.Title`: a word starts after anything that is no letter, digit, underscore or unknown symbol.
pub(super) fn title(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut previous = ' ';
    let titled = runes::runes(text).map(|rune| {
        let starts = is_separator(previous);
        previous = rune;
        if starts { runes::title(rune) } else { rune }
    });
    Ok(titled.collect::<String>().into())
}

fn is_separator(rune: char) -> bool {
    if rune.is_ascii() {
        return !(rune.is_ascii_alphanumeric() || rune == '_');
    }
    !runes::is_letter(rune) && !runes::is_digit(rune) && rune.is_whitespace()
}

pub(super) fn untitle(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut starts = true;
    let untitled = runes::runes(text).map(|rune| {
        if rune.is_whitespace() {
            starts = true;
            return rune;
        }
        if std::mem::replace(&mut starts, false) {
            runes::lower(rune)
        } else {
            rune
        }
    });
    Ok(untitled.collect::<String>().into())
}
