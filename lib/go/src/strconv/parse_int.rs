//! Integers from text.

use super::{NumError, Reason, underscores_are_placed_well};

/// Reads a signed integer of at most `bits` bits (`strconv.ParseInt`).
///
/// Base 0 takes the base from the prefix (`0x`, `0b`, `0o` or `0`) and allows underscores between digits; 0 bits
/// means 64. An error carries the value Go returns beside it.
pub fn parse_int(text: impl AsRef<[u8]>, base: u32, bits: u32) -> Result<i64, NumError<i64>> {
    signed("ParseInt", text.as_ref(), base, bits)
}

/// Reads an unsigned integer of at most `bits` bits, without a sign (`strconv.ParseUint`). See [`parse_int`].
pub fn parse_uint(text: impl AsRef<[u8]>, base: u32, bits: u32) -> Result<u64, NumError<u64>> {
    let text = text.as_ref();
    magnitude(text, base, bits).map_err(|(reason, value)| NumError {
        function: "ParseUint",
        text: text.to_vec(),
        reason,
        value,
    })
}

/// Reads a decimal `int` (`strconv.Atoi`).
pub fn atoi(text: impl AsRef<[u8]>) -> Result<i64, NumError<i64>> {
    signed("Atoi", text.as_ref(), 10, 64)
}

fn signed(function: &'static str, text: &[u8], base: u32, bits: u32) -> Result<i64, NumError<i64>> {
    let fail = |reason, value| {
        let text = text.to_vec();
        Err(NumError {
            function,
            text,
            reason,
            value,
        })
    };
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let size = magnitude(digits, base, bits);
    let size = match size {
        Ok(size) | Err((Reason::Range, size)) => size,
        Err((reason, _)) => return fail(reason, 0),
    };
    let bits = if bits == 0 { 64 } else { bits };
    let limit = 1_u64 << (bits - 1);
    match negative {
        false if size >= limit => fail(Reason::Range, (limit - 1) as i64),
        true if size > limit => fail(Reason::Range, (limit as i64).wrapping_neg()),
        false => Ok(size as i64),
        true => Ok((size as i64).wrapping_neg()),
    }
}

/// The value of unsigned digits, or the reason and the value that Go returns with it.
fn magnitude(text: &[u8], base: u32, bits: u32) -> Result<u64, (Reason, u64)> {
    const SYNTAX: (Reason, u64) = (Reason::Syntax, 0);
    if text.is_empty() {
        return Err(SYNTAX);
    }
    let (radix, digits) = match base {
        0 => split_prefix(text),
        2..=36 => (base, text),
        _ => return Err((Reason::Base(base), 0)),
    };
    let max = match bits {
        0 | 64 => u64::MAX,
        1..=63 => (1 << bits) - 1,
        _ => return Err((Reason::BitSize(bits), 0)),
    };
    let mut value = 0_u64;
    let mut has_underscores = false;
    for &byte in digits {
        if byte == b'_' && base == 0 {
            has_underscores = true;
            continue;
        }
        let digit = char::from(byte).to_digit(radix).ok_or(SYNTAX)?;
        value = value
            .checked_mul(radix.into())
            .and_then(|value| value.checked_add(digit.into()))
            .filter(|value| *value <= max)
            .ok_or((Reason::Range, max))?;
    }
    if has_underscores && !underscores_are_placed_well(text) {
        return Err(SYNTAX);
    }
    Ok(value)
}

/// The base that the prefix names, and the digits after it.
fn split_prefix(text: &[u8]) -> (u32, &[u8]) {
    match text {
        [b'0', b'x' | b'X', digits @ ..] if !digits.is_empty() => (16, digits),
        [b'0', b'b' | b'B', digits @ ..] if !digits.is_empty() => (2, digits),
        [b'0', b'o' | b'O', digits @ ..] if !digits.is_empty() => (8, digits),
        [b'0', digits @ ..] => (8, digits),
        _ => (10, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prefix_names_the_base_only_for_base_0() {
        assert_eq!(parse_int("-0b101", 0, 64), Ok(-5));
        assert_eq!(parse_int("0755", 0, 64), Ok(493));
        assert_eq!(parse_int("0755", 10, 64), Ok(755));
        assert_eq!(parse_int("zz", 36, 64), Ok(1295));
        assert_eq!(parse_int("1_000", 0, 64), Ok(1000));
        assert_eq!(
            parse_int("1_000", 10, 64).unwrap_err().reason,
            Reason::Syntax
        );
        assert_eq!(parse_int("0x", 0, 64).unwrap_err().reason, Reason::Syntax);
        assert_eq!(parse_int("0", 0, 64), Ok(0));
    }

    #[test]
    fn an_overflow_carries_the_nearest_value() {
        let error = atoi("9223372036854775808").unwrap_err();
        assert_eq!((error.reason, error.value), (Reason::Range, i64::MAX));
        assert_eq!(
            error.to_string(),
            r#"strconv.Atoi: parsing "9223372036854775808": value out of range"#
        );
        assert_eq!(parse_int("-129", 10, 8).unwrap_err().value, -128);
        assert_eq!(parse_int("-128", 10, 8), Ok(-128));
        assert_eq!(parse_uint("256", 10, 8).unwrap_err().value, 255);
        assert_eq!(atoi("-9223372036854775808"), Ok(i64::MIN));
        assert_eq!(atoi("-9223372036854775809").unwrap_err().value, i64::MIN);
    }

    #[test]
    fn bases_and_sizes_are_checked_after_emptiness() {
        let text = |base, bits| parse_uint("1", base, bits).unwrap_err().to_string();
        assert_eq!(
            text(37, 64),
            r#"strconv.ParseUint: parsing "1": invalid base 37"#
        );
        assert_eq!(
            text(10, 65),
            r#"strconv.ParseUint: parsing "1": invalid bit size 65"#
        );
        assert_eq!(parse_uint("", 37, 64).unwrap_err().reason, Reason::Syntax);
        assert_eq!(parse_uint("+1", 10, 64).unwrap_err().reason, Reason::Syntax);
    }
}
