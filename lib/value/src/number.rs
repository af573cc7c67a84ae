//! Go's less common number types, and the shortest text of a float.

use crate::Kind;
use crate::strconv::format_float;

/// A number of a Go type that is neither `int`, `int64` nor `float64`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// `int8`.
    Int8(i8),
    /// `int16`.
    Int16(i16),
    /// `int32`, also spelled `rune`.
    Int32(i32),
    /// `uint`.
    Uint(u64),
    /// `uint8`, also spelled `byte`.
    Uint8(u8),
    /// `uint16`.
    Uint16(u16),
    /// `uint32`.
    Uint32(u32),
    /// `uint64`.
    Uint64(u64),
    /// `float32`.
    Float32(f32),
}

impl Number {
    /// The Go kind.
    pub fn kind(self) -> Kind {
        match self {
            Self::Int8(_) => Kind::Int8,
            Self::Int16(_) => Kind::Int16,
            Self::Int32(_) => Kind::Int32,
            Self::Uint(_) => Kind::Uint,
            Self::Uint8(_) => Kind::Uint8,
            Self::Uint16(_) => Kind::Uint16,
            Self::Uint32(_) => Kind::Uint32,
            Self::Uint64(_) => Kind::Uint64,
            Self::Float32(_) => Kind::Float32,
        }
    }

    /// The number as `int64`, when it is a signed integer.
    pub fn as_i64(self) -> Option<i64> {
        match self {
            Self::Int8(n) => Some(n.into()),
            Self::Int16(n) => Some(n.into()),
            Self::Int32(n) => Some(n.into()),
            _ => None,
        }
    }

    /// The number as `uint64`, when it is an unsigned integer.
    pub fn as_u64(self) -> Option<u64> {
        match self {
            Self::Uint(n) | Self::Uint64(n) => Some(n),
            Self::Uint8(n) => Some(n.into()),
            Self::Uint16(n) => Some(n.into()),
            Self::Uint32(n) => Some(n.into()),
            _ => None,
        }
    }

    /// The number as `float64`, when it is a float.
    pub fn as_f64(self) -> Option<f64> {
        match self {
            Self::Float32(n) => Some(n.into()),
            _ => None,
        }
    }
}

/// The text that Go's `%v` gives a `float64`: the fewest digits that read back as the same number, in the exponent form
/// when the decimal exponent is below -4 or above 5 (`strconv.FormatFloat(x, 'g', -1, 64)`).
///
/// ```
/// # use homescale_value::float_text;
/// assert_eq!(float_text(100_000.5), "100000.5");
/// assert_eq!(float_text(2_097_152.0), "2.097152e+06");
/// ```
pub fn float_text(x: f64) -> String {
    if (1.0..1e6).contains(&x.abs()) && x.fract() == 0.0 {
        return (x as i64).to_string();
    }
    format_float(x, 'g', None, 64)
}

/// Corrects the last digit of the shortest text of a number where two are equally near: Rust takes the larger one, Go the
/// even one. `text` is what Rust prints, plain or scientific, for `x` or for the `f32` of the same value.
///
/// ```
/// # use homescale_value::ties_to_even;
/// assert_eq!(ties_to_even(2839129.25_f32.to_string(), 2839129.25), "2839129.2");
/// ```
pub fn ties_to_even(text: String, x: f64) -> String {
    /// Fewer digits than this are never half way between two numbers of more.
    const FEW: usize = 6;
    let end = text.find('e').unwrap_or(text.len());
    let digits = text[..end].trim_start_matches(['-', '0', '.']);
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    let odd = digits
        .bytes()
        .next_back()
        .is_some_and(|digit| digit % 2 == 1);
    if count < FEW || !odd || !is_half(x, count) {
        return text;
    }
    // The digit is odd, so the one below it needs no borrowing.
    let digit = text.as_bytes()[end - 1] - 1;
    let mut even = text.clone();
    even.replace_range(end - 1..end, char::from(digit).encode_utf8(&mut [0]));
    // Below a power of two floats are twice as dense, and the even text may belong to another one.
    let is_double = text.parse() == Ok(x);
    let reads_back = if is_double {
        even.parse() == Ok(x)
    } else {
        even.parse() == Ok(x as f32)
    };
    if reads_back { even } else { text }
}

/// Whether the exact decimal expansion of `x` has one digit more than `digits`, and that is a 5.
fn is_half(x: f64, digits: usize) -> bool {
    /// No `f64` of such a magnitude has more digits after a five that begins them.
    const REST: usize = 40;
    let exact = format!("{x:.*e}", digits + REST);
    let Some((mantissa, _)) = exact.split_once('e') else {
        return false;
    };
    mantissa
        .trim_end_matches('0')
        .trim_start_matches('-')
        .strip_suffix('5')
        .is_some_and(|before| before.bytes().filter(u8::is_ascii_digit).count() == digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halfway_goes_to_the_even_digit_that_reads_back() {
        assert_eq!(
            float_text(2_251_799_813_685_247.2),
            "2.2517998136852472e+15"
        );
        assert_eq!(
            float_text(2_251_799_813_685_247.8),
            "2.2517998136852478e+15"
        );
        assert_eq!(float_text(2.0_f64.powi(-24)), "5.960464477539063e-08");
        let single = |x: f32| format_float(x.into(), 'g', None, 32);
        assert_eq!(single(349.015_63), "349.01562");
        assert_eq!(single(2.0_f32.powi(-12)), "0.00024414062");
    }

    #[test]
    fn the_exponent_form_begins_at_a_million() {
        assert_eq!(float_text(999_999.0), "999999");
        assert_eq!(float_text(-1_000_000.0), "-1e+06");
        assert_eq!(float_text(0.0001), "0.0001");
        assert_eq!(float_text(0.00001), "1e-05");
        assert_eq!(float_text(-0.0), "-0");
    }
}
