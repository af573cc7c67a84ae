//! Floats and complex numbers: the verbs `v b e E f F g G x X`.

use super::spec::Spec;
use homescale_go::strconv;

/// Appends a float of `bits` bits as `verb` asks; false when floats do not know the verb.
pub(super) fn print(out: &mut Vec<u8>, spec: Spec, x: f64, bits: u32, verb: char) -> bool {
    let (form, precision) = match verb {
        'v' => ('g', None),
        'b' | 'g' | 'G' | 'x' | 'X' => (verb, None),
        'e' | 'E' | 'f' => (verb, Some(6)),
        'F' => ('f', Some(6)),
        _ => return false,
    };
    let precision = spec.precision.or(precision);
    let text = strconv::format_float(x, form, precision, bits);
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => ("-", number),
        None => ("+", text.strip_prefix('+').unwrap_or(&text)),
    };
    let sign = if sign == "+" && spec.space && !spec.plus {
        " "
    } else {
        sign
    };
    if !x.is_finite() {
        let shows_sign = spec.plus || spec.space || x.is_infinite();
        let text = format!("{}{number}", if shows_sign { sign } else { "" });
        spec.without_zero().pad(out, text.as_bytes());
        return true;
    }
    let number = match form {
        'b' => number.to_owned(),
        _ if spec.sharp => with_point(number, form, precision),
        _ => number.to_owned(),
    };
    if !spec.plus && sign == "+" {
        spec.pad(out, number.as_bytes());
        return true;
    }
    let missing = spec.width.unwrap_or(0).saturating_sub(number.len() + 1);
    if spec.pads_with_zeros() && missing > 0 {
        out.extend_from_slice(sign.as_bytes());
        spec.push_padding(out, missing);
        out.extend_from_slice(number.as_bytes());
    } else {
        spec.pad(out, format!("{sign}{number}").as_bytes());
    }
    true
}

/// Appends `(real+imaginaryi)`; false when floats do not know the verb.
pub(super) fn print_complex(out: &mut Vec<u8>, spec: Spec, parts: (f64, f64), verb: char) -> bool {
    let start = out.len();
    out.push(b'(');
    let signed = Spec { plus: true, ..spec };
    if print(out, spec, parts.0, 64, verb) && print(out, signed, parts.1, 64, verb) {
        out.extend_from_slice(b"i)");
        return true;
    }
    out.truncate(start);
    false
}

/// What the `#` flag makes of a number: always a decimal point, and for `g` and `x` the zeros up to the precision.
fn with_point(number: &str, form: char, precision: Option<usize>) -> String {
    let is_hex = matches!(form, 'x' | 'X');
    let exponent = number.find(if is_hex { ['p', 'P'] } else { ['e', 'E'] });
    let (mantissa, exponent) = number.split_at(exponent.unwrap_or(number.len()));
    let wanted = match form {
        'g' | 'G' | 'x' => precision.unwrap_or(6),
        _ => 0,
    };
    // Digits count from the first that is not zero; the x of a hexadecimal prefix is one for Go.
    let digits = mantissa.chars().filter(|c| *c != '.');
    let mut shown = digits.skip_while(|c| *c == '0').count();
    let mut text = mantissa.to_owned();
    if !mantissa.contains('.') {
        shown += usize::from(mantissa == "0");
        text.push('.');
    }
    text.extend(std::iter::repeat_n('0', wanted.saturating_sub(shown)));
    text.push_str(exponent);
    text
}
