//! Which strings must be quoted because their bare text would be read as something else.

use super::dialect::Dialect;
use crate::resolve::{Scalar, resolve_plain};

/// Whether the bare text would be read back as a null, boolean, number or date, or looks like a base 60 number, which
/// go-yaml reads as a string but other YAML 1.1 readers do not.
///
/// Version 3 reads fewer words as booleans but quotes the same ones. It only knows one more spelling of a number.
pub(super) fn needs_quotes(text: &str, dialect: Dialect) -> bool {
    match text.as_bytes().first() {
        None | Some(b'~' | b'.') => {}
        // The letters that nulls and booleans begin with. The longest is `false`.
        Some(b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O')
            if text.len() <= 5 => {}
        Some(b'0'..=b'9' | b'+' | b'-') => {
            if is_base60(text.as_bytes()) || (dialect == Dialect::Pretty && is_signed_octal(text)) {
                return true;
            }
        }
        _ => return false,
    }
    !matches!(resolve_plain(text), Scalar::Str(_))
}

/// `0o-7`: version 3 parses what follows the prefix on its own, so that a sign may stand there.
fn is_signed_octal(text: &str) -> bool {
    let digits = text
        .strip_prefix("0o")
        .map(|digits| digits.replace('_', ""));
    digits.is_some_and(|digits| i64::from_str_radix(&digits, 8).is_ok())
}

/// `190:20:30` and the like: digits, then groups of at most two digits below 60, then perhaps a fraction.
/// Go: `isBase60Float`.
fn is_base60(text: &[u8]) -> bool {
    let text = match text {
        [b'+' | b'-', rest @ ..] => rest,
        _ => text,
    };
    if !text.first().is_some_and(u8::is_ascii_digit) {
        return false;
    }
    let mut rest = without_digits(text);
    let mut groups = 0;
    while let [b':', after @ ..] = rest {
        rest = match after {
            [b'0'..=b'5', b'0'..=b'9', rest @ ..] | [b'0'..=b'9', rest @ ..] => rest,
            _ => return false,
        };
        groups += 1;
    }
    if let [b'.', after @ ..] = rest {
        rest = without_digits(after);
    }
    groups > 0 && rest.is_empty()
}

/// What follows the digits and underscores at the start.
fn without_digits(text: &[u8]) -> &[u8] {
    let is_digit = |byte: &u8| byte.is_ascii_digit() || *byte == b'_';
    let count = text.iter().take_while(|byte| is_digit(byte)).count();
    &text[count..]
}
