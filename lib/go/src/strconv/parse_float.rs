//! Floats from text.

use super::{NumError, Reason, underscores_are_placed_well};

/// Reads a float, decimal or hexadecimal, or `inf`, `infinity` and `nan` in any case (`strconv.ParseFloat`).
///
/// With 32 bits the result is rounded to a `float32` (and returned as `f64`). A number too large is an error that
/// carries an infinity.
///
/// ```
/// # use homescale_go::strconv::parse_float;
/// assert_eq!(parse_float("1e3", 64), Ok(1000.0));
/// assert_eq!(parse_float("0x1.8p1", 64), Ok(3.0));
/// assert_eq!(parse_float("1e400", 64).unwrap_err().value, f64::INFINITY);
/// ```
pub fn parse_float(text: impl AsRef<[u8]>, bits: u32) -> Result<f64, NumError<f64>> {
    let text = text.as_ref();
    let fail = |reason, value| {
        Err(NumError {
            function: "ParseFloat",
            text: text.to_vec(),
            reason,
            value,
        })
    };
    if let Some(value) = special(text) {
        return Ok(value);
    }
    let Some(number) = scan(text) else {
        return fail(Reason::Syntax, 0.0);
    };
    let value = match number {
        Scanned::Decimal(text) if bits == 32 => text.parse::<f32>().map(f64::from),
        Scanned::Decimal(text) => text.parse::<f64>(),
        Scanned::Hex(hex) => Ok(hex.value(bits)),
    };
    match value {
        Ok(value) if value.is_infinite() => fail(Reason::Range, value),
        Ok(value) => Ok(value),
        Err(_) => fail(Reason::Syntax, 0.0),
    }
}

fn special(text: &[u8]) -> Option<f64> {
    let (sign, word) = match text {
        [b'+', rest @ ..] => (1.0, rest),
        [b'-', rest @ ..] => (-1.0, rest),
        _ => (1.0, text),
    };
    if word.eq_ignore_ascii_case(b"inf") || word.eq_ignore_ascii_case(b"infinity") {
        return Some(f64::INFINITY * sign);
    }
    text.eq_ignore_ascii_case(b"nan").then_some(f64::NAN)
}

enum Scanned {
    /// A decimal number in the form that Rust reads too.
    Decimal(String),
    Hex(Hex),
}

/// A hexadecimal number: mantissa × 2^exponent, where a lost non-zero digit is recorded in the lowest bit.
struct Hex {
    negative: bool,
    mantissa: u64,
    exponent: i64,
}

/// Checks the whole text against Go's grammar.
fn scan(text: &[u8]) -> Option<Scanned> {
    let (negative, unsigned) = match text {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    let (is_hex, body) = match unsigned {
        [b'0', b'x' | b'X', rest @ ..] if !rest.is_empty() => (true, rest),
        _ => (false, unsigned),
    };
    if text.contains(&b'_') && !underscores_are_placed_well(text) {
        return None;
    }
    let marker = if is_hex { b'p' } else { b'e' };
    let end = body
        .iter()
        .position(|byte| byte.to_ascii_lowercase() == marker);
    let (digits, exponent) = match end {
        Some(end) => (&body[..end], Some(&body[end + 1..])),
        None => (body, None),
    };
    let is_digit = |byte: &u8| {
        if is_hex {
            byte.is_ascii_hexdigit()
        } else {
            byte.is_ascii_digit()
        }
    };
    let well_formed = digits.iter().any(is_digit)
        && digits.split(|byte| *byte == b'.').count() <= 2
        && digits
            .iter()
            .all(|byte| is_digit(byte) || matches!(byte, b'.' | b'_'));
    if !well_formed || is_hex && exponent.is_none() {
        return None;
    }
    let exponent = exponent.map_or(Some(0), scan_exponent)?;
    if is_hex {
        return Some(Scanned::Hex(Hex::new(negative, digits, exponent)));
    }
    let mut clean = String::with_capacity(text.len() + 8);
    clean.push_str(if negative { "-" } else { "" });
    clean.extend(
        digits
            .iter()
            .filter(|byte| **byte != b'_')
            .map(|byte| char::from(*byte)),
    );
    clean.push('e');
    clean.push_str(&exponent.to_string());
    Some(Scanned::Decimal(clean))
}

/// The digits after the `e` or `p`. Exponents beyond a hundred thousand are all the same to a float.
fn scan_exponent(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text {
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => (1, text),
    };
    if !digits.first()?.is_ascii_digit() {
        return None;
    }
    let mut value = 0_i64;
    for byte in digits.iter().filter(|byte| **byte != b'_') {
        if !byte.is_ascii_digit() {
            return None;
        }
        if value < 10_000 {
            value = value * 10 + i64::from(byte - b'0');
        }
    }
    Some(sign * value)
}

impl Hex {
    fn new(negative: bool, digits: &[u8], exponent: i64) -> Self {
        let mut hex = Self {
            negative,
            mantissa: 0,
            exponent,
        };
        let mut after_point = false;
        for &byte in digits {
            if byte == b'.' {
                after_point = true;
                continue;
            }
            let Some(digit) = char::from(byte).to_digit(16) else {
                continue;
            };
            if hex.mantissa >> 59 == 0 {
                hex.mantissa = hex.mantissa << 4 | u64::from(digit);
                hex.exponent -= if after_point { 4 } else { 0 };
            } else {
                hex.mantissa |= u64::from(digit != 0);
                hex.exponent += if after_point { 0 } else { 4 };
            }
        }
        hex
    }

    /// The nearest float of that many bits, ties to even; an infinity when there is none.
    fn value(self, bits: u32) -> f64 {
        let (precision, max, min) = if bits == 32 {
            (24, 127, -126)
        } else {
            (53, 1023, -1022)
        };
        let sign = if self.negative { -1.0 } else { 1.0 };
        if self.mantissa == 0 {
            return 0.0 * sign;
        }
        let top = i64::from(self.mantissa.ilog2()) + self.exponent;
        // The weight of the lowest bit that the result can hold, which is fixed for subnormal numbers.
        let lowest = top.max(min) - (precision - 1);
        let excess = lowest - self.exponent;
        let mantissa = match excess {
            ..=0 => u128::from(self.mantissa) << excess.unsigned_abs(),
            1..=64 => round_half_even(self.mantissa.into(), excess as u32),
            _ => 0,
        };
        if mantissa == 0 {
            return 0.0 * sign;
        }
        let top = i64::from(mantissa.ilog2()) + lowest;
        if top > max {
            return f64::INFINITY * sign;
        }
        // Both factors are exact: the mantissa has at most 53 bits, and the power of two is split to stay in range.
        let half = (lowest / 2) as i32;
        let power = |exponent: i32| 2.0_f64.powi(exponent);
        sign * (mantissa as f64 * power(half)) * power(lowest as i32 - half)
    }
}

fn round_half_even(value: u128, shift: u32) -> u128 {
    let (kept, lost) = (value >> shift, value & ((1 << shift) - 1));
    let half = 1 << (shift - 1);
    kept + u128::from(lost > half || lost == half && kept & 1 == 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_that_of_go() {
        for (text, value) in [
            ("1.", 1.0),
            (".5e1", 5.0),
            ("1_0.5", 10.5),
            ("0_1.5e1_0", 1.5e10),
            ("0x_1p0", 1.0),
            ("0x1_0p1_0", 16384.0),
            ("0x.8p1", 1.0),
            ("-Infinity", f64::NEG_INFINITY),
            ("+inf", f64::INFINITY),
        ] {
            assert_eq!(parse_float(text, 64), Ok(value), "{text}");
        }
        for text in [
            "", ".", "1e", "1e+", "e1", "1_", "0x1", "0x.p1", "0b1", "1.5.5", "+nan", "infi", " 1",
        ] {
            let error = parse_float(text, 64).unwrap_err();
            assert_eq!(error.reason, Reason::Syntax, "{text}");
        }
        assert!(parse_float("NaN", 64).is_ok_and(f64::is_nan));
    }

    #[test]
    fn hexadecimal_floats_round_to_the_nearest() {
        for (text, value) in [
            ("0x1p-1074", 5e-324),
            ("0x1.8p-1075", 5e-324),
            ("-0x1p-1075", -0.0),
            ("0x1.p-1080", 0.0),
            ("0x1.fffffffffffff7ffp1023", f64::MAX),
            (
                "0x123456789abcdef01234567p-20",
                335_812_727_670_730_300_000.0,
            ),
        ] {
            let parsed = parse_float(text, 64).unwrap();
            assert_eq!(parsed.to_bits(), value.to_bits(), "{text}");
        }
        assert_eq!(
            parse_float("0x1.fffffffffffff8p1023", 64)
                .unwrap_err()
                .reason,
            Reason::Range
        );
        assert_eq!(
            parse_float("0x1.fffffffffffff7ffp1023", 32)
                .unwrap_err()
                .value,
            f64::INFINITY
        );
        assert_eq!(parse_float("16777217", 32), Ok(16_777_216.0));
    }
}
