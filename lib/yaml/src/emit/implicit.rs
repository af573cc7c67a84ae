//! Which strings must be quoted because their bare text would be read as something else.

use super::Dialect;
use super::timestamp;

/// Whether the bare text would be read back as a null, boolean, number or date, or looks like a base 60 number
/// (which go-yaml reads as a string, but other YAML 1.1 readers do not).
pub(super) fn needs_quotes(text: &str, dialect: Dialect) -> bool {
    let Some(&first) = text.as_bytes().first() else {
        return true;
    };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' | b'~' => is_word(text),
        b'.' => is_special_float(text) || is_dotted_float(text),
        b'0'..=b'9' | b'+' | b'-' => {
            is_special_float(text)
                || timestamp::is_timestamp(text.as_bytes())
                || is_number(text, dialect)
                || is_base60(text.as_bytes())
        }
        _ => false,
    }
}

/// Nulls and booleans of YAML 1.1, in the three spellings go-yaml knows. Version 3 reads only some of them but quotes all.
const WORDS: [&str; 26] = [
    "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO", "on", "On", "ON", "off", "Off",
    "OFF", "true", "True", "TRUE", "false", "False", "FALSE", "null", "Null", "NULL", "~",
];

fn is_word(text: &str) -> bool {
    text.len() <= 5 && WORDS.contains(&text)
}

const SPECIAL_FLOATS: [&str; 12] = [
    ".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf",
    "-.INF",
];

fn is_special_float(text: &str) -> bool {
    text.len() <= 5 && SPECIAL_FLOATS.contains(&text)
}

/// Text after a leading dot goes straight to Go's float parser, which takes `_` between digits.
fn is_dotted_float(text: &str) -> bool {
    let bytes = text.as_bytes();
    let separated = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'_')
        .all(|(at, _)| {
            at > 0
                && bytes[at - 1].is_ascii_digit()
                && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
        });
    separated && is_float(&text.replace('_', ""))
}

fn is_number(text: &str, dialect: Dialect) -> bool {
    if text.as_bytes().contains(&b'_') {
        is_plain_number(&text.replace('_', ""), dialect)
    } else {
        is_plain_number(text, dialect)
    }
}

fn is_plain_number(text: &str, dialect: Dialect) -> bool {
    if is_integer(text) || is_float(text) {
        return true;
    }
    // Go-yaml parses what follows the prefix on its own, so that a sign may stand there.
    let signed = |digits: &str, radix| i64::from_str_radix(digits, radix).is_ok();
    match text.get(..2) {
        Some("0b") => signed(&text[2..], 2),
        Some("0o") => dialect == Dialect::Pretty && signed(&text[2..], 8),
        _ => false,
    }
}

/// Go's `ParseInt` or `ParseUint` with base 0: a sign, then decimal, `0x`, `0o`, `0b`, or octal after a bare `0`.
fn is_integer(text: &str) -> bool {
    let (negative, signed, digits) = match text.as_bytes().first() {
        Some(b'-') => (true, true, &text[1..]),
        Some(b'+') => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let (radix, digits) = match digits.as_bytes() {
        [b'0', b'x' | b'X', _, ..] => (16, &digits[2..]),
        [b'0', b'o' | b'O', _, ..] => (8, &digits[2..]),
        [b'0', b'b' | b'B', _, ..] => (2, &digits[2..]),
        [b'0', _, ..] => (8, &digits[1..]),
        _ => (10, digits),
    };
    if !digits.bytes().all(|byte| (byte as char).is_digit(radix)) {
        return false;
    }
    match u64::from_str_radix(digits, radix) {
        Ok(magnitude) if negative => magnitude <= i64::MIN.unsigned_abs(),
        Ok(magnitude) => !signed || i64::try_from(magnitude).is_ok(),
        Err(_) => false,
    }
}

/// A decimal float as go-yaml spells it, whose value is finite.
fn is_float(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let whole = digits(at);
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        if whole + fraction == 0 {
            return false;
        }
        at += 1 + fraction;
    } else if whole == 0 {
        return false;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at);
        if exponent == 0 {
            return false;
        }
        at += exponent;
    }
    at == bytes.len() && text.parse::<f64>().is_ok_and(f64::is_finite)
}

/// `190:20:30` and the like: digits, then groups of at most two digits below 60, then perhaps a fraction.
fn is_base60(text: &[u8]) -> bool {
    let text = match text {
        [b'+' | b'-', rest @ ..] => rest,
        _ => text,
    };
    if !text.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let mut rest = &text[count(text, |byte| byte.is_ascii_digit() || byte == b'_')..];
    let mut groups = 0;
    while let [b':', after @ ..] = rest {
        let width = match after {
            [b'0'..=b'5', b'0'..=b'9', ..] => 2,
            [b'0'..=b'9', ..] => 1,
            _ => return false,
        };
        rest = &after[width..];
        groups += 1;
    }
    if let [b'.', after @ ..] = rest {
        rest = &after[count(after, |byte| byte.is_ascii_digit() || byte == b'_')..];
    }
    groups > 0 && rest.is_empty()
}

fn count(text: &[u8], accept: impl Fn(u8) -> bool) -> usize {
    text.iter().take_while(|byte| accept(**byte)).count()
}
