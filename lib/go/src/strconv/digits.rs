//! The decimal digits of a float: the nearest of a given count, or the fewest that read back as the same number.

/// The most digits after which a `float64` has nothing but zeros: the smallest one ends at its 1074th decimal.
pub(super) const EXACT: usize = 1_100;

/// The digits of a number that is not negative, without trailing zeros (none at all for zero), and where its decimal
/// point is.
pub(super) struct Digits {
    pub(super) digits: String,
    /// The number is `0.digits` × 10^point.
    pub(super) point: i32,
}

impl Digits {
    /// The nearest number of `count` significant digits, or the shortest that reads back as the same number of `bits`
    /// bits.
    pub(super) fn new(size: f64, count: Option<usize>, bits: u32) -> Self {
        let scientific = match count {
            Some(count) => format!("{size:.*e}", count.clamp(1, EXACT) - 1),
            None if bits == 32 => format!("{:e}", size as f32),
            None => format!("{size:e}"),
        };
        let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        let mut digits = mantissa.replace('.', "");
        digits.truncate(digits.trim_end_matches('0').len());
        if digits.is_empty() {
            return Self { digits, point: 0 };
        }
        let exponent: i32 = exponent.parse().unwrap_or(0);
        if count.is_none() {
            ties_to_even(&mut digits, exponent, size, bits);
        }
        Self {
            digits,
            point: exponent + 1,
        }
    }
}

/// Corrects the last of the shortest digits where two are equally near: Rust takes the larger one, Go the even one.
fn ties_to_even(digits: &mut String, exponent: i32, size: f64, bits: u32) {
    /// Fewer digits than this are never half way between two numbers of more.
    const FEW: usize = 6;
    let count = digits.len();
    let Some(last) = digits.pop() else { return };
    digits.push(last);
    if count < FEW || !matches!(last, '1' | '3' | '5' | '7' | '9') || !is_half(size, count) {
        return;
    }
    // The digit is odd, so the one below it needs no borrowing.
    let mut even = digits[..count - 1].to_owned();
    even.push(char::from(last as u8 - 1));
    // Below a power of two floats are twice as dense, and the even text may belong to another one.
    let text = format!("0.{even}e{}", exponent + 1);
    let reads_back = if bits == 32 {
        text.parse() == Ok(size as f32)
    } else {
        text.parse() == Ok(size)
    };
    if reads_back {
        *digits = even;
    }
}

/// Whether the exact decimal expansion of `size` has one digit more than `digits`, and that is a 5.
fn is_half(size: f64, digits: usize) -> bool {
    /// No `f64` of such a magnitude has more digits after a five that begins them.
    const REST: usize = 40;
    let exact = format!("{size:.*e}", digits + REST);
    let Some((mantissa, _)) = exact.split_once('e') else {
        return false;
    };
    let before = mantissa.trim_end_matches('0').strip_suffix('5');
    before.is_some_and(|before| before.bytes().filter(u8::is_ascii_digit).count() == digits)
}
