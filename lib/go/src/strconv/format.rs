//! Floats to text.

use std::fmt::Write;

use super::digits::{Digits, EXACT};

/// Below this every digit of a whole number is certain, in every notation.
const CERTAIN: f64 = 9_007_199_254_740_992.0;

/// The text of a float (`strconv.FormatFloat`).
///
/// `form` is one of Go's letters: `e` and `E` (exponent), `f` (none), `g` and `G` (`e` for large and small exponents,
/// else `f`), `x` and `X` (hexadecimal), `b` (a whole mantissa and a power of two). Without a precision the text has
/// the fewest digits that read back as the same number, of `bits` (32 or 64) bits.
///
/// ```
/// # use homescale_go::strconv::format_float;
/// assert_eq!(format_float(1_234_567.0, 'g', None, 64), "1.234567e+06");
/// assert_eq!(format_float(1_234_567.0, 'f', None, 64), "1234567");
/// assert_eq!(format_float(2.5, 'f', Some(0), 64), "2");
/// assert_eq!(format_float(1.5, 'x', Some(2), 64), "0x1.80p+00");
/// ```
pub fn format_float(x: f64, form: char, precision: Option<usize>, bits: u32) -> String {
    if x.is_nan() {
        return "NaN".to_owned();
    }
    if x.is_infinite() {
        return if x > 0.0 { "+Inf" } else { "-Inf" }.to_owned();
    }
    let size = x.abs();
    // Most floats of charts are whole, and their text is that of an integer.
    let plain_below = match (form, precision, bits) {
        ('g', None, _) => 1e6,
        ('f', None, 64) => CERTAIN,
        _ => 0.0,
    };
    if (1.0..plain_below).contains(&size) && size.fract() == 0.0 {
        return (x as i64).to_string();
    }
    let mut out = String::from(if x.is_sign_negative() { "-" } else { "" });
    match form {
        'b' => push_binary(&mut out, size, bits),
        'x' | 'X' => push_hex(&mut out, size, precision, bits),
        'e' | 'E' => push_exponent(
            &mut out,
            &Digits::new(size, precision.map(|n| n + 1), bits),
            precision,
        ),
        'f' => push_plain(&mut out, size, precision, bits),
        _ => push_general(&mut out, size, precision, bits),
    }
    if form.is_ascii_uppercase() {
        out.make_ascii_uppercase();
    }
    out
}

/// Appends the number without an exponent, with as many decimals as it has.
fn push_digits(out: &mut String, number: &Digits) {
    let point = usize::try_from(number.point).unwrap_or(0);
    let split = number.digits.split_at_checked(point);
    let (whole, fraction) = split.unwrap_or((&number.digits, ""));
    out.push_str(if whole.is_empty() { "0" } else { whole });
    push_zeros(out, point.saturating_sub(number.digits.len()));
    if !fraction.is_empty() {
        out.push('.');
        push_zeros(out, number.point.min(0).unsigned_abs() as usize);
        out.push_str(fraction);
    }
}

/// `d.ddde±dd`, with as many decimals as there are digits, or as asked.
fn push_exponent(out: &mut String, number: &Digits, decimals: Option<usize>) {
    let (first, rest) = number.digits.split_at_checked(1).unwrap_or(("0", ""));
    let decimals = decimals.unwrap_or(rest.len());
    out.push_str(first);
    if decimals > 0 {
        out.push('.');
        out.push_str(rest);
        push_zeros(out, decimals.saturating_sub(rest.len()));
    }
    let exponent = if number.digits.is_empty() {
        0
    } else {
        number.point - 1
    };
    out.push('e');
    out.push(if exponent < 0 { '-' } else { '+' });
    push(out, format_args!("{:02}", exponent.unsigned_abs()));
}

fn push_plain(out: &mut String, size: f64, decimals: Option<usize>, bits: u32) {
    match decimals {
        Some(decimals) => {
            let exact = decimals.min(EXACT);
            push(out, format_args!("{size:.exact$}"));
            push_zeros(out, decimals - exact);
        }
        None => push_digits(out, &Digits::new(size, None, bits)),
    }
}

fn push_general(out: &mut String, size: f64, precision: Option<usize>, bits: u32) {
    let precision = precision.map(|precision| precision.max(1));
    let number = Digits::new(size, precision, bits);
    let (count, point) = (number.digits.len() as i64, i64::from(number.point));
    let limit = match precision.map(|precision| precision as i64) {
        None => 6,
        Some(precision) if precision > count && count >= point => count,
        Some(precision) => precision,
    };
    if (-4..limit).contains(&(point - 1)) {
        push_digits(out, &number);
    } else {
        push_exponent(out, &number, None);
    }
}

/// Mantissa and exponent as stored: the number is mantissa × 2^exponent.
fn parts(size: f64, bits: u32) -> (u64, i32) {
    let (stored, mantissa_bits, bias) = if bits == 32 {
        (u64::from((size as f32).to_bits()), 23, 127)
    } else {
        (size.to_bits(), 52, 1023)
    };
    let fraction = stored & ((1 << mantissa_bits) - 1);
    let exponent = (stored >> mantissa_bits) as i32;
    match exponent {
        0 => (fraction, 1 - bias - mantissa_bits),
        _ => (
            fraction | 1 << mantissa_bits,
            exponent - bias - mantissa_bits,
        ),
    }
}

fn push_binary(out: &mut String, size: f64, bits: u32) {
    let (mantissa, exponent) = parts(size, bits);
    push(out, format_args!("{mantissa}p{exponent:+}"));
}

fn push_hex(out: &mut String, size: f64, precision: Option<usize>, bits: u32) {
    // The leading one sits at bit 60, above fifteen hexadecimal digits.
    const POINT: u32 = 60;
    let (mut mantissa, mut exponent) = parts(size, bits);
    if mantissa == 0 {
        exponent = 0;
    } else {
        let shift = POINT - (mantissa.ilog2());
        mantissa <<= shift;
        exponent += (POINT - shift) as i32;
    }
    if let Some(precision @ 0..15) = precision {
        let lost = POINT - 4 * precision as u32;
        let half = 1_u64 << (lost - 1);
        let tail = mantissa & ((1 << lost) - 1);
        mantissa >>= lost;
        mantissa += u64::from(tail > half || tail == half && mantissa & 1 == 1);
        mantissa <<= lost;
        if mantissa >> (POINT + 1) != 0 {
            mantissa >>= 1;
            exponent += 1;
        }
    }
    let fraction = format!("{:015x}", mantissa & ((1 << POINT) - 1));
    out.push_str(if mantissa == 0 { "0x0" } else { "0x1" });
    let fraction = match precision {
        None => fraction.trim_end_matches('0'),
        Some(precision) => &fraction[..precision.min(fraction.len())],
    };
    if precision.map_or(!fraction.is_empty(), |precision| precision > 0) {
        out.push('.');
        out.push_str(fraction);
        push_zeros(out, precision.unwrap_or(0).saturating_sub(fraction.len()));
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    push(out, format_args!("p{sign}{:02}", exponent.unsigned_abs()));
}

fn push(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text)
        .expect("writing to a String does not fail");
}

fn push_zeros(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n('0', count));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_counts_digits_or_decimals() {
        let text = |x, form, precision| format_float(x, form, Some(precision), 64);
        assert_eq!(text(1234.5678, 'e', 2), "1.23e+03");
        assert_eq!(text(1234.5678, 'g', 2), "1.2e+03");
        assert_eq!(text(1234.5678, 'g', 9), "1234.5678");
        assert_eq!(text(100.0, 'g', 3), "100");
        assert_eq!(text(0.00001, 'G', 3), "1E-05");
        assert_eq!(text(0.0, 'e', 0), "0e+00");
        assert_eq!(text(0.5, 'f', 0), "0");
        assert_eq!(text(1.5, 'f', 0), "2");
    }

    #[test]
    fn a_tenth_is_exact_to_any_precision() {
        let text = format_float(0.1, 'f', Some(70_000), 64);
        assert!(text.starts_with("0.1000000000000000055511151231257827"));
        assert_eq!(text.len(), 70_002);
        assert_eq!(format_float(5e-324, 'e', Some(3), 64), "4.941e-324");
    }

    #[test]
    fn binary_and_hexadecimal_forms() {
        assert_eq!(format_float(1.0, 'b', None, 64), "4503599627370496p-52");
        assert_eq!(format_float(1.0, 'b', None, 32), "8388608p-23");
        assert_eq!(format_float(-0.0, 'x', None, 64), "-0x0p+00");
        assert_eq!(format_float(5e-324, 'X', None, 64), "0X1P-1074");
        assert_eq!(format_float(1.999, 'x', Some(0), 64), "0x1p+01");
        assert_eq!(
            format_float(1.0, 'x', Some(17), 64),
            "0x1.00000000000000000p+00"
        );
    }

    #[test]
    fn halfway_goes_to_the_even_digit_that_reads_back() {
        let shortest = |x, bits| format_float(x, 'g', None, bits);
        let large = 2_251_799_813_685_247.0;
        assert_eq!(shortest(large + 0.2, 64), "2.2517998136852472e+15");
        assert_eq!(shortest(large + 0.8, 64), "2.2517998136852478e+15");
        assert_eq!(shortest(2.0_f64.powi(-24), 64), "5.960464477539063e-08");
        assert_eq!(shortest(349.015_625, 32), "349.01562");
        assert_eq!(shortest(-2.0_f64.powi(-12), 32), "-0.00024414062");
        assert_eq!(format_float(2_839_129.25, 'f', None, 32), "2839129.2");
    }

    #[test]
    fn the_general_form_has_an_exponent_from_a_million_on() {
        let shortest = |x| format_float(x, 'g', None, 64);
        assert_eq!(shortest(100_000.5), "100000.5");
        assert_eq!(shortest(999_999.0), "999999");
        assert_eq!(shortest(-1_000_000.0), "-1e+06");
        assert_eq!(shortest(0.0001), "0.0001");
        assert_eq!(shortest(0.00001), "1e-05");
        assert_eq!([shortest(-0.0), shortest(-7.0)], ["-0", "-7"]);
    }

    #[test]
    fn a_float32_has_its_own_shortest_text() {
        assert_eq!(format_float(0.1_f32.into(), 'g', None, 32), "0.1");
        assert_eq!(
            format_float(0.1_f32.into(), 'g', None, 64),
            "0.10000000149011612"
        );
    }
}
