//! Upper, lower and title case, one rune for one rune.

use homescale_go::{unicode, utf8};
use homescale_template::Context;
use homescale_value::{Str, Value};

use crate::arguments::{Outcome, take};

pub(super) fn lower(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(mapped(
        text,
        u8::is_ascii_uppercase,
        <[u8]>::to_ascii_lowercase,
        unicode::to_lower,
    ))
}

pub(super) fn upper(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(mapped(
        text,
        u8::is_ascii_lowercase,
        <[u8]>::to_ascii_uppercase,
        unicode::to_upper,
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
        utf8::runes(text)
            .map(|(rune, _)| map(rune))
            .collect::<String>()
            .into()
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
    let swapped = utf8::runes(text).map(|(rune, _)| {
        if unicode::is_upper(rune) || unicode::is_title(rune) {
            after_space = false;
            unicode::to_lower(rune)
        } else if unicode::is_lower(rune) {
            let was_after_space = std::mem::replace(&mut after_space, false);
            if was_after_space {
                unicode::to_title(rune)
            } else {
                unicode::to_upper(rune)
            }
        } else {
            after_space = unicode::is_space(rune);
            rune
        }
    });
    Ok(swapped.collect::<String>().into())
}

/// Go's `strings.Title`: a word starts after anything that is no letter, digit, underscore or unknown symbol.
pub(super) fn title(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut previous = ' ';
    let titled = utf8::runes(text).map(|(rune, _)| {
        let starts = is_separator(previous);
        previous = rune;
        if starts {
            unicode::to_title(rune)
        } else {
            rune
        }
    });
    Ok(titled.collect::<String>().into())
}

fn is_separator(rune: char) -> bool {
    if rune.is_ascii() {
        return !(rune.is_ascii_alphanumeric() || rune == '_');
    }
    !unicode::is_letter(rune) && !unicode::is_digit(rune) && unicode::is_space(rune)
}

pub(super) fn untitle(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut starts = true;
    let untitled = utf8::runes(text).map(|(rune, _)| {
        if unicode::is_space(rune) {
            starts = true;
            return rune;
        }
        if std::mem::replace(&mut starts, false) {
            unicode::to_lower(rune)
        } else {
            rune
        }
    });
    Ok(untitled.collect::<String>().into())
}
