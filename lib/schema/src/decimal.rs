//! [`Decimal`]: numbers of a schema and of values compared without rounding, as Go's `big.Rat` compares them.

use std::cmp::Ordering;

use homescale_go::strconv;
use homescale_value::Value;

/// `0.digits × 10^exponent`, where the digits neither start nor end in 0; no digits are zero.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Decimal {
    negative: bool,
    digits: Box<[u8]>,
    exponent: i64,
}

/// The largest exponent that `big.Rat` reads.
const MAX_EXPONENT: i64 = 1_000_000;

impl Decimal {
    /// A number as JSON has it. `None` if its exponent is beyond what Go takes.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i64 = exponent.parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if exponent.checked_abs()? > MAX_EXPONENT {
            return None;
        }
        let digits: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
        let zeros = digits.iter().take_while(|&&digit| digit == b'0').count();
        let end = digits.iter().rposition(|&digit| digit != b'0');
        let Some(end) = end else {
            return Some(Self {
                negative: false,
                digits: Box::default(),
                exponent: 0,
            });
        };
        let digits = digits[zeros..=end].iter().map(|digit| digit - b'0');
        Some(Self {
            negative,
            digits: digits.collect(),
            exponent: exponent + whole.len() as i64 - zeros as i64,
        })
    }

    /// The number of a value, as Go prints it.
    pub(super) fn of_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(n) | Value::Int64(n) => Self::parse(&n.to_string()),
            Value::Float(x) => Self::parse(&strconv::format_float(*x, 'e', None, 64)),
            _ => None,
        }
    }

    /// Whether there is nothing behind the point.
    pub(super) fn is_integer(&self) -> bool {
        self.digits.len() as i64 <= self.exponent.max(0)
    }

    /// The integer, as large as an `i64` can be.
    pub(super) fn to_i64(&self) -> i64 {
        let mut value: i64 = 0;
        for index in 0..self.exponent.clamp(0, 20) {
            let digit = self.digits.get(index as usize).copied().unwrap_or_default();
            value = value.saturating_mul(10).saturating_add(i64::from(digit));
        }
        if self.negative { -value } else { value }
    }

    /// The nearest float.
    pub(super) fn to_f64(&self) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        let digits: String = self.digits.iter().map(|d| char::from(d + b'0')).collect();
        let text = format!("{sign}0.{digits}0e{}", self.exponent);
        text.parse().unwrap_or_default()
    }

    /// Whether it is negative, the digits, and how many of them are before the point.
    pub(super) fn parts(&self) -> (bool, &[u8], i64) {
        (self.negative, &self.digits, self.exponent)
    }

    /// Whether this is an integer times the other number.
    pub(super) fn is_multiple_of(&self, other: &Self) -> bool {
        if self.digits.is_empty() {
            return true;
        }
        let scale = |number: &Self| number.exponent - number.digits.len() as i64;
        let zeros = scale(self) - scale(other);
        // The last digit is not 0, so ten does not divide the digits.
        if zeros < 0 || other.digits.is_empty() {
            return false;
        }
        let mut rest: Vec<u8> = Vec::with_capacity(other.digits.len() + 1);
        let digits = self.digits.iter().copied();
        for digit in digits.chain(std::iter::repeat_n(0, zeros as usize)) {
            if !(rest.is_empty() && digit == 0) {
                rest.push(digit);
            }
            while !is_less(&rest, &other.digits) {
                subtract(&mut rest, &other.digits);
            }
        }
        rest.is_empty()
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = |n: &Self| match (n.digits.is_empty(), n.negative) {
            (true, _) => 0,
            (_, true) => -1,
            (_, false) => 1,
        };
        let size = |a: &Self, b: &Self| {
            let by_exponent = a.exponent.cmp(&b.exponent);
            by_exponent.then_with(|| a.digits.cmp(&b.digits))
        };
        sign(self).cmp(&sign(other)).then_with(|| match sign(self) {
            -1 => size(other, self),
            1 => size(self, other),
            _ => Ordering::Equal,
        })
    }
}

/// Whether one integer is less than another. Neither starts with 0.
fn is_less(a: &[u8], b: &[u8]) -> bool {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b)).is_lt()
}

/// Subtracts an integer from one that is not less.
fn subtract(from: &mut Vec<u8>, what: &[u8]) {
    let offset = from.len() - what.len();
    let mut borrow = 0;
    for index in (0..from.len()).rev() {
        let digit = index.checked_sub(offset).map_or(0, |index| what[index]) + borrow;
        borrow = u8::from(from[index] < digit);
        from[index] = from[index] + 10 * borrow - digit;
    }
    let zeros = from.iter().take_while(|&&digit| digit == 0).count();
    from.drain(..zeros);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).expect("the exponent is small")
    }

    #[test]
    fn numbers_compare_by_value() {
        assert_eq!(number("1.0"), number("1"));
        assert_eq!(number("100"), number("1e2"));
        assert_eq!(number("-0"), number("0.00"));
        assert!(number("-2") < number("-1"));
        assert!(number("0.1") < number("0.11"));
        assert!(number("9") < number("10"));
        assert_eq!(Decimal::parse("1e1000001"), None);
    }

    #[test]
    fn integers_and_multiples_are_known() {
        assert!(number("1.0").is_integer() && number("0").is_integer());
        assert!(!number("1.5").is_integer() && !number("0.1").is_integer());
        assert!(number("1e3").is_integer());
        assert!(number("0.3").is_multiple_of(&number("0.1")));
        assert!(!number("1e20").is_multiple_of(&number("7e-3")));
        assert!(number("14").is_multiple_of(&number("7")));
        assert!(!number("0.05").is_multiple_of(&number("0.1")));
        assert!(number("-15").is_multiple_of(&number("5")));
        assert!(number("0").is_multiple_of(&number("3")));
    }

    #[test]
    fn numbers_become_machine_numbers() {
        assert_eq!(number("1200").to_i64(), 1200);
        assert_eq!(number("1e300").to_i64(), i64::MAX);
        assert_eq!(number("-12.5").to_f64(), -12.5);
        assert_eq!(number("0").to_f64(), 0.0);
    }
}
