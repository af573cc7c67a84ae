//! Numbers and characters of the template language, read by Go's rules. A literal has no type of its own: it fits any parameter that can hold its value.

use homescale_go::strconv::{Unit, parse_float, parse_int, parse_uint, quote, unquote_char};

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
    let (unit, tail) = unquote_char(quoted, b'\'').map_err(|reason| reason.to_string())?;
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
    let is_sign = |index: usize, c: char| {
        let exponent = parts[..index].ends_with(['e', 'E', 'p', 'P']);
        matches!(c, '+' | '-') && !exponent
    };
    let mut signs = parts.char_indices().skip(1);
    let (split, _) = signs
        .find(|(index, c)| is_sign(*index, *c))
        .ok_or(MALFORMED)?;
    let (real, imaginary) = parts.split_at(split);
    if real.contains('i') || imaginary.ends_with(['+', '-']) {
        return Err(MALFORMED.to_owned());
    }
    Ok(Number::of_complex(
        text,
        complex_part(real)?,
        complex_part(imaginary)?,
    ))
}

/// A part of a complex constant. Unlike elsewhere, a binary exponent needs no hexadecimal mantissa.
fn complex_part(text: &str) -> Result<f64, String> {
    let (mantissa, exponent) = match text.split_once('p') {
        Some((mantissa, exponent)) if !text.contains('x') => (mantissa, exponent),
        _ => (text, "0"),
    };
    let mantissa = parse_float(mantissa, 64).map_err(|error| error.to_string())?;
    let exponent: i32 = exponent.parse().unwrap_or_default();
    Ok(mantissa * 2f64.powi(exponent))
}

/// Reads an integer, a float or an imaginary constant.
pub(crate) fn number(text: &str) -> Result<Number, String> {
    let imaginary = text.strip_suffix('i').map(|text| parse_float(text, 64));
    if let Some(Ok(imaginary)) = imaginary {
        return Ok(Number::of_complex(text, 0.0, imaginary));
    }
    let mut number = Number {
        text: text.into(),
        int: parse_int(text, 0, 64).ok(),
        uint: parse_uint(text, 0, 64).ok(),
        ..Number::default()
    };
    if number.int == Some(0) {
        number.uint = Some(0);
    }
    if let Some(int) = number.int {
        number.float = Some(int as f64);
    } else if let Some(uint) = number.uint {
        number.float = Some(uint as f64);
    } else if let Ok(float) = parse_float(text, 64) {
        if !text.contains(['.', 'e', 'E', 'p', 'P']) {
            return Err(format!("integer overflow: {}", quote(text)));
        }
        number.float = Some(float);
        number.int = float_to_int(float);
        number.uint = float_to_uint(float);
    } else {
        return Err(format!("illegal number syntax: {}", quote(text)));
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
