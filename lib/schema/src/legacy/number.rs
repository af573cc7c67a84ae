//! Numbers of a schema in messages, as Go prints a `big.Float`.

use crate::decimal::Decimal;

/// `%v` of the number.
pub(super) fn print(number: &Decimal) -> String {
    let (is_negative, digits, point) = number.parts();
    let sign = if is_negative { "-" } else { "" };
    let text: String = digits
        .iter()
        .map(|digit| char::from(digit + b'0'))
        .collect();
    let exponent = point - 1;
    if text.is_empty() {
        return "0".to_owned();
    }
    if !(-4..6).contains(&exponent) {
        let (first, rest) = text.split_at(1);
        let dot = if rest.is_empty() { "" } else { "." };
        let mark = if exponent < 0 { '-' } else { '+' };
        return format!("{sign}{first}{dot}{rest}e{mark}{:02}", exponent.abs());
    }
    if point <= 0 {
        return format!(
            "{sign}0.{}{text}",
            "0".repeat(point.unsigned_abs() as usize)
        );
    }
    let point = point as usize;
    if text.len() <= point {
        return format!("{sign}{text}{}", "0".repeat(point - text.len()));
    }
    format!("{sign}{}.{}", &text[..point], &text[point..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_print_as_go_prints_them() {
        let texts = [
            ("0.1", "0.1"),
            ("1000000", "1e+06"),
            ("100000", "100000"),
            ("-1.50", "-1.5"),
            ("0.00001", "1e-05"),
            ("0.0001", "0.0001"),
            ("12345678901234567890123", "1.2345678901234567890123e+22"),
            ("0", "0"),
            ("1e400", "1e+400"),
        ];
        for (number, text) in texts {
            let number = Decimal::parse(number).expect("a number");
            assert_eq!(print(&number), text);
        }
    }
}
