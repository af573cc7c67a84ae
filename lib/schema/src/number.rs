//! Numbers as `golang.org/x/text/message` prints them in English: `1,234.5`, `1.5×10⁰⁶`.

use homescale_go::strconv;

/// `%d` of an integer.
pub(super) fn integer(n: i64) -> String {
    let sign = if n < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(&n.unsigned_abs().to_string()))
}

/// `%v` of a float.
pub(super) fn float(x: f64) -> String {
    let text = strconv::format_float(x, 'g', None, 64);
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.as_str()),
    };
    let Some((mantissa, exponent)) = text.split_once('e') else {
        return match text.split_once('.') {
            Some((whole, fraction)) => format!("{sign}{}.{fraction}", grouped(whole)),
            None => format!("{sign}{}", grouped(text)),
        };
    };
    let exponent: String = exponent.chars().filter_map(raised).collect();
    format!("{sign}{mantissa}×10{exponent}")
}

/// Digits with a comma before each group of three.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A character of an exponent, raised; a plus is not shown.
fn raised(c: char) -> Option<char> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    match c.to_digit(10) {
        Some(digit) => Some(DIGITS[digit as usize]),
        None => (c == '-').then_some('⁻'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_go_prints_them() {
        let integers = [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (-1_234_567, "-1,234,567"),
        ];
        for (n, text) in integers {
            assert_eq!(integer(n), text);
        }
        let floats = [
            (0.0, "0"),
            (-1234.5, "-1,234.5"),
            (999_999.0, "999,999"),
            (1e6, "1×10⁰⁶"),
            (1_234_567.25, "1.23456725×10⁰⁶"),
            (0.0001, "0.0001"),
            (-0.00001, "-1×10⁻⁰⁵"),
            (1.5e300, "1.5×10³⁰⁰"),
        ];
        for (x, text) in floats {
            assert_eq!(float(x), text);
        }
    }
}
