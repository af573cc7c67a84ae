//! Go's less common number types, and the shortest text of a float.

use crate::Kind;

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
    if x.is_nan() {
        return "NaN".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    exponent_text(x, format!("{x:e}"), || x.to_string())
}

/// The same for a `float32`.
pub(crate) fn float32_text(x: f32) -> String {
    if !x.is_finite() {
        return float_text(x.into());
    }
    exponent_text(x.into(), format!("{x:e}"), || x.to_string())
}

/// Turns Rust's scientific form into Go's, or takes the plain form when the exponent is small.
fn exponent_text(x: f64, scientific: String, plain: impl Fn() -> String) -> String {
    let scientific = ties_to_even(scientific, x);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        return ties_to_even(plain(), x);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{mantissa}e{sign}{:02}", exponent.unsigned_abs())
}

/// Corrects the last digit of the shortest text of a number where two are equally near: Rust takes the larger one, Go the
/// even one. `text` is what Rust prints, plain or scientific, for `x` or for the `f32` of the same value.
///
/// ```
/// # use homescale_value::ties_to_even;
/// assert_eq!(ties_to_even(2839129.25_f32.to_string(), 2839129.25), "2839129.2");
/// ```
pub fn ties_to_even(mut text: String, x: f64) -> String {
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
    text.replace_range(end - 1..end, char::from(digit).encode_utf8(&mut [0]));
    text
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
