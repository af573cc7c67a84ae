//! Reading Go's numbers. A literal has no type of its own: it fits any parameter that can hold its value.

use super::quote::quote;
use super::unquote::{Unit, unescape};

/// A numeric literal, with its value as each kind that can hold it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Number {
    /// The literal as it is written.
    pub(crate) text: Box<str>,
    /// The value as a signed integer.
    pub(crate) int: Option<i64>,
    /// The value as an unsigned integer.
    pub(crate) uint: Option<u64>,
    /// The value as a float.
    pub(crate) float: Option<f64>,
    /// The value as a complex number, when the literal has an imaginary part.
    pub(crate) complex: Option<(f64, f64)>,
}

impl Number {
    /// Whether the literal is a float where nothing else says what it is: it has a point or an exponent.
    pub(crate) fn is_float_by_form(&self) -> bool {
        let text = &self.text;
        let hex = text.starts_with("0x") || text.starts_with("0X");
        let hex_int = hex && text.len() > 2 && !text.contains(['p', 'P']);
        self.float.is_some()
            && !hex_int
            && !text.starts_with('\'')
            && text.contains(['.', 'e', 'E', 'p', 'P'])
    }

    fn of_complex(text: &str, real: f64, imaginary: f64) -> Self {
        let mut number = Self {
            text: text.into(),
            complex: Some((real, imaginary)),
            ..Self::default()
        };
        if imaginary == 0.0 {
            number.float = Some(real);
            number.int = float_to_int(real);
            number.uint = float_to_uint(real);
        }
        number
    }
}

/// Reads a character constant such as `'a'`.
pub(crate) fn character(text: &[u8]) -> Result<Number, String> {
    let quoted = text.get(1..).unwrap_or_default();
    let Some((unit, tail)) = unescape(quoted, b'\'') else {
        return Err("invalid syntax".to_owned());
    };
    let text = String::from_utf8_lossy(text);
    if tail != b"'" {
        return Err(format!("malformed character constant: {text}"));
    }
    let code = match unit {
        Unit::Byte(byte) => u32::from(byte),
        Unit::Char(c) => u32::from(c),
    };
    Ok(Number {
        text: text.into(),
        int: Some(code.into()),
        uint: Some(code.into()),
        float: Some(code.into()),
        complex: None,
    })
}

/// Reads a complex constant with two parts, such as `1+2i`.
pub(crate) fn complex(text: &str) -> Result<Number, String> {
    const MALFORMED: &str = "syntax error scanning complex number";
    let parts = text.strip_suffix('i').ok_or(MALFORMED)?;
    let split = parts
        .char_indices()
        .skip(1)
        .find(|(index, c)| {
            let exponent = parts[..*index].ends_with(['e', 'E', 'p', 'P']);
            matches!(c, '+' | '-') && !exponent
        })
        .map(|(index, _)| index)
        .ok_or(MALFORMED)?;
    let (real, imaginary) = parts.split_at(split);
    Ok(Number::of_complex(
        text,
        complex_part(real)?,
        complex_part(imaginary)?,
    ))
}

/// A part of a complex constant; unlike elsewhere, a binary exponent needs no hexadecimal mantissa.
fn complex_part(text: &str) -> Result<f64, String> {
    let hex = text.trim_start_matches(['+', '-']).starts_with("0x");
    let value = match text.split_once('p') {
        Some((mantissa, exponent)) if !hex => {
            let exponent: Option<i32> = exponent.parse().ok();
            parse_float(mantissa)
                .zip(exponent)
                .map(|(mantissa, exponent)| scale(mantissa, exponent.into()))
        }
        _ => parse_float(text),
    };
    value.ok_or_else(|| {
        format!(
            "strconv.ParseFloat: parsing {}: invalid syntax",
            quote(text.as_bytes())
        )
    })
}

/// Reads an integer, a float or an imaginary constant.
pub(crate) fn number(text: &str) -> Result<Number, String> {
    if let Some(imaginary) = text.strip_suffix('i').and_then(parse_float) {
        return Ok(Number::of_complex(text, 0.0, imaginary));
    }
    let mut number = Number {
        text: text.into(),
        int: parse_int(text),
        uint: parse_uint(text),
        ..Number::default()
    };
    if number.int == Some(0) {
        number.uint = Some(0);
    }
    if let Some(int) = number.int {
        number.float = Some(int as f64);
    } else if let Some(uint) = number.uint {
        number.float = Some(uint as f64);
    } else if let Some(float) = parse_float(text) {
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(format!("integer overflow: {}", quote(text.as_bytes())));
        }
        number.float = Some(float);
        number.int = float_to_int(float);
        number.uint = float_to_uint(float);
    } else {
        return Err(format!("illegal number syntax: {}", quote(text.as_bytes())));
    }
    Ok(number)
}

/// The float as an integer, when that loses nothing.
fn float_to_int(x: f64) -> Option<i64> {
    let fits = (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&x);
    (fits && x.fract() == 0.0).then_some(x as i64)
}

fn float_to_uint(x: f64) -> Option<u64> {
    let fits = (0.0..18_446_744_073_709_551_616.0).contains(&x);
    (fits && x.fract() == 0.0).then_some(x as u64)
}

fn parse_int(text: &str) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let magnitude = parse_uint(digits)?;
    if negative {
        0i64.checked_sub_unsigned(magnitude)
    } else {
        magnitude.try_into().ok()
    }
}

/// Reads an unsigned integer whose prefix tells the base; a leading zero alone means octal.
fn parse_uint(text: &str) -> Option<u64> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !underscores_separate_digits(text) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (digits, base) = if let Some(digits) = lower.strip_prefix("0x") {
        (digits, 16)
    } else if let Some(digits) = lower.strip_prefix("0b") {
        (digits, 2)
    } else if let Some(digits) = lower.strip_prefix("0o") {
        (digits, 8)
    } else if let Some(digits) = lower.strip_prefix('0')
        && !digits.is_empty()
    {
        (digits, 8)
    } else {
        (lower.as_str(), 10)
    };
    u64::from_str_radix(&digits.replace('_', ""), base).ok()
}

/// Reads a decimal or hexadecimal float; `None` when it is malformed or too large.
fn parse_float(text: &str) -> Option<f64> {
    if text.contains('_') && !underscores_separate_digits(text) {
        return None;
    }
    let text = text.replace('_', "").to_ascii_lowercase();
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => (true, unsigned),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let magnitude = match unsigned.strip_prefix("0x") {
        Some(hex) => parse_hex_float(hex)?,
        None if unsigned.starts_with(|c: char| c == '.' || c.is_ascii_digit()) => {
            unsigned.parse().ok()?
        }
        None => return None,
    };
    let value = if negative { -magnitude } else { magnitude };
    value.is_finite().then_some(value)
}

/// Reads what follows `0x` in a hexadecimal float: digits with an optional point, and a binary exponent.
fn parse_hex_float(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once('p')?;
    let exponent: i64 = exponent.parse().ok()?;
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    // Sixteen significant digits are kept; whether any later one is not zero decides only how the last bit rounds.
    let (mut bits, mut scale_by) = (0u64, exponent);
    let mut places = 0i64;
    for (index, digit) in whole.chars().chain(fraction.chars()).enumerate() {
        let digit = u64::from(digit.to_digit(16)?);
        if index >= whole.len() {
            places += 4;
        }
        if bits >> 60 == 0 {
            bits = bits << 4 | digit;
        } else {
            bits |= u64::from(digit != 0);
            scale_by += 4;
        }
    }
    Some(scale(bits as f64, scale_by - places))
}

/// `x` times a power of two, by steps that a float can hold.
fn scale(mut x: f64, mut exponent: i64) -> f64 {
    while exponent != 0 && x != 0.0 && x.is_finite() {
        let step = exponent.clamp(-1000, 1000);
        x *= 2f64.powi(step as i32);
        exponent -= step;
    }
    x
}

/// Whether each underscore stands between digits, or between a base prefix and a digit.
fn underscores_separate_digits(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']).as_bytes();
    let prefixed = unsigned.len() >= 2
        && unsigned[0] == b'0'
        && matches!(unsigned[1].to_ascii_lowercase(), b'b' | b'o' | b'x');
    let hex = prefixed && unsigned[1].eq_ignore_ascii_case(&b'x');
    let digits = if prefixed { &unsigned[2..] } else { unsigned };
    let mut before = if prefixed { b'0' } else { b'!' };
    for byte in digits {
        let class = match byte {
            b'0'..=b'9' => b'0',
            b'a'..=b'f' | b'A'..=b'F' if hex => b'0',
            b'_' if before == b'0' => b'_',
            b'_' => return false,
            _ if before == b'_' => return false,
            _ => b'!',
        };
        before = class;
    }
    before != b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Number {
        number(text).unwrap()
    }

    #[test]
    fn integers_in_every_base() {
        for (text, value) in [
            ("0", 0),
            ("-0", 0),
            ("+7", 7),
            ("017", 15),
            ("0o17", 15),
            ("0x1F", 31),
            ("0b101", 5),
            ("1_000", 1000),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(read(text).int, Some(value), "{text}");
        }
        assert_eq!(read("18446744073709551615").uint, Some(u64::MAX));
        assert_eq!(read("18446744073709551615").int, None);
    }

    #[test]
    fn floats_of_integral_value_are_integers_too() {
        assert_eq!(read("1e3").int, Some(1000));
        assert_eq!(read("9223372036854775808.0").int, None);
        assert_eq!(read("1.5").int, None);
        assert!(read("1e3").is_float_by_form());
        assert!(!read("0xE").is_float_by_form());
        assert_eq!(read("0x1.8p1").float, Some(3.0));
        assert_eq!(read("-0x1p-2").float, Some(-0.25));
    }

    #[test]
    fn malformed_numbers_are_refused_with_the_text_of_go() {
        assert_eq!(number("08").unwrap_err(), "integer overflow: \"08\"");
        assert_eq!(
            number("1__0").unwrap_err(),
            "illegal number syntax: \"1__0\""
        );
        assert_eq!(
            number("1e400").unwrap_err(),
            "illegal number syntax: \"1e400\""
        );
        assert_eq!(
            number("18446744073709551616").unwrap_err(),
            "integer overflow: \"18446744073709551616\""
        );
        assert_eq!(
            character(b"'ab'").unwrap_err(),
            "malformed character constant: 'ab'"
        );
    }

    #[test]
    fn complex_numbers() {
        assert_eq!(complex("1e3+2i").unwrap().complex, Some((1000.0, 2.0)));
        assert_eq!(complex("1.5-.5i").unwrap().complex, Some((1.5, -0.5)));
        assert_eq!(complex("1+0i").unwrap().int, Some(1));
        assert_eq!(read("2i").complex, Some((0.0, 2.0)));
    }
}
