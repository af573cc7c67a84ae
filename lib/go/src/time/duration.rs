//! [`Duration`]: a length of time in nanoseconds, which prints as `1h30m0.5s`, and is read from such text.

use std::fmt;

use super::quote::quoted;

/// A length of time in nanoseconds (`time.Duration`).
///
/// ```
/// use homescale_go::time::Duration;
///
/// let duration = Duration::parse(b"1.5h").unwrap();
/// assert_eq!(duration.to_string(), "1h30m0s");
/// assert_eq!(Duration::parse(b"3d").unwrap_err().to_string(), r#"time: unknown unit "d" in duration "3d""#);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(pub i64);

impl Duration {
    /// `time.Second`.
    pub const SECOND: Self = Self(1_000_000_000);
    /// `time.Minute`.
    pub const MINUTE: Self = Self(60 * Self::SECOND.0);
    /// `time.Hour`.
    pub const HOUR: Self = Self(60 * Self::MINUTE.0);

    /// Reads signed decimals with units: `-1.5h`, `300ms`, `1h15m30s` (`time.ParseDuration`).
    ///
    /// # Errors
    /// What Go says of it.
    pub fn parse(text: &[u8]) -> Result<Self, DurationError> {
        parse(text).map(Self).map_err(|kind| DurationError {
            text: text.to_vec(),
            kind,
        })
    }

    /// The nearest multiple, halves away from zero, kept in range (`Duration.Round`).
    #[must_use]
    pub fn round(self, unit: Self) -> Self {
        if unit.0 <= 0 {
            return self;
        }
        let rest = self.0 % unit.0;
        let towards_zero = self.0 - rest;
        if rest.unsigned_abs() * 2 < unit.0.unsigned_abs() {
            Self(towards_zero)
        } else {
            Self(towards_zero.saturating_add(unit.0 * rest.signum()))
        }
    }

    /// The next multiple towards zero (`Duration.Truncate`).
    #[must_use]
    pub fn truncate(self, unit: Self) -> Self {
        if unit.0 <= 0 {
            return self;
        }
        Self(self.0 - self.0 % unit.0)
    }

    /// So many units, whole and in part, as `Duration.Hours` counts hours: Go divides the whole units and the rest on their
    /// own, which can differ in the last digit.
    pub fn count(self, unit: Self) -> f64 {
        (self.0 / unit.0) as f64 + (self.0 % unit.0) as f64 / unit.0 as f64
    }
}

/// In the largest units: `72h3m0.5s`, `1.5ms`, `0s` (`Duration.String`).
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        let second = Self::SECOND.0.unsigned_abs();
        if size < second {
            let (unit, digits) = match size {
                0 => return f.write_str("0s"),
                1..1_000 => ("ns", 0),
                1_000..1_000_000 => ("µs", 3),
                _ => ("ms", 6),
            };
            return write!(f, "{sign}{}{unit}", decimal(size, digits));
        }
        let seconds = decimal(size % (60 * second), 9);
        let minutes = size / second / 60;
        match (minutes / 60, minutes % 60) {
            (0, 0) => write!(f, "{sign}{seconds}s"),
            (0, minutes) => write!(f, "{sign}{minutes}m{seconds}s"),
            (hours, minutes) => write!(f, "{sign}{hours}h{minutes}m{seconds}s"),
        }
    }
}

/// Why a text is no duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DurationError {
    text: Vec<u8>,
    kind: DurationErrorKind,
}

/// What is wrong with the text of a duration.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DurationErrorKind {
    /// It is none at all, or too long.
    Invalid,
    /// A number has no unit.
    MissingUnit,
    /// A number has a unit that there is not.
    UnknownUnit(Vec<u8>),
}

impl DurationError {
    /// What is wrong.
    pub fn kind(&self) -> &DurationErrorKind {
        &self.kind
    }
}

impl fmt::Display for DurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = quoted(&self.text);
        match &self.kind {
            DurationErrorKind::Invalid => write!(f, "time: invalid duration {text}"),
            DurationErrorKind::MissingUnit => write!(f, "time: missing unit in duration {text}"),
            DurationErrorKind::UnknownUnit(unit) => {
                write!(f, "time: unknown unit {} in duration {text}", quoted(unit))
            }
        }
    }
}

impl std::error::Error for DurationError {}

/// The number with its last `digits` after a point, without zeros at the end.
fn decimal(number: u64, digits: u32) -> String {
    let unit = 10_u64.pow(digits);
    let fraction = number % unit;
    if fraction == 0 {
        return (number / unit).to_string();
    }
    let fraction = format!("{fraction:0width$}", width = digits as usize);
    format!("{}.{}", number / unit, fraction.trim_end_matches('0'))
}

fn parse(text: &[u8]) -> Result<i64, DurationErrorKind> {
    const INVALID: DurationErrorKind = DurationErrorKind::Invalid;
    let (is_negative, mut rest) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        _ => (false, text),
    };
    if rest == b"0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(INVALID);
    }
    let limit = 1_u64 << 63;
    let mut total = 0_u64;
    while !rest.is_empty() {
        let (whole, after_whole) = digits(rest);
        let (fraction, after) = match after_whole.split_first() {
            Some((b'.', after_point)) => digits(after_point),
            _ => (&b""[..], after_whole),
        };
        if whole.is_empty() && fraction.is_empty() {
            return Err(INVALID);
        }
        let is_unit = |b: &u8| *b != b'.' && !b.is_ascii_digit();
        let end = after
            .iter()
            .position(|b| !is_unit(b))
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        if unit.is_empty() {
            return Err(DurationErrorKind::MissingUnit);
        }
        let unit = unit_size(unit).ok_or_else(|| DurationErrorKind::UnknownUnit(unit.to_vec()))?;
        let part = number(whole)
            .and_then(|whole| whole.checked_mul(unit))
            .and_then(|whole| whole.checked_add(fraction_of(fraction, unit)))
            .filter(|part| *part <= limit)
            .ok_or(INVALID)?;
        total = total
            .checked_add(part)
            .filter(|total| *total <= limit)
            .ok_or(INVALID)?;
        rest = next;
    }
    if is_negative {
        return Ok((total as i64).wrapping_neg());
    }
    i64::try_from(total).map_err(|_| INVALID)
}

fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text
        .iter()
        .position(|b| !b.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

fn number(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |number, digit| {
        number.checked_mul(10)?.checked_add(u64::from(digit - b'0'))
    })
}

/// Go computes the fraction in floats, and drops the digits that an integer cannot hold.
fn fraction_of(digits: &[u8], unit: u64) -> u64 {
    let mut scale = 1.0_f64;
    let mut value = 0_u64;
    for digit in digits {
        let next = value
            .checked_mul(10)
            .and_then(|v| v.checked_add(u64::from(digit - b'0')));
        match next.filter(|next| *next <= i64::MAX.unsigned_abs()) {
            Some(next) => value = next,
            None => break,
        }
        scale *= 10.0;
    }
    (value as f64 * (unit as f64 / scale)) as u64
}

fn unit_size(unit: &[u8]) -> Option<u64> {
    Some(match unit {
        b"ns" => 1,
        b"us" | b"\xC2\xB5s" | b"\xCE\xBCs" => 1_000,
        b"ms" => 1_000_000,
        b"s" => Duration::SECOND.0.unsigned_abs(),
        b"m" => Duration::MINUTE.0.unsigned_abs(),
        b"h" => Duration::HOUR.0.unsigned_abs(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_print_in_the_largest_units() {
        let cases = [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5µs"),
            (2_000_000, "2ms"),
            (95_000_000_000, "1m35s"),
            (3_600_000_000_000, "1h0m0s"),
            (-500_000_000, "-500ms"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ];
        for (nanoseconds, printed) in cases {
            let duration = Duration(nanoseconds);
            assert_eq!(duration.to_string(), printed);
            assert_eq!(
                Duration::parse(printed.as_bytes()),
                Ok(duration),
                "{printed}"
            );
        }
    }

    #[test]
    fn a_bad_duration_says_what_is_wrong() {
        let message = |text: &str| Duration::parse(text.as_bytes()).unwrap_err().to_string();
        for text in ["", "x", ".s", "9999999h"] {
            let invalid = format!(r#"time: invalid duration "{text}""#);
            assert_eq!(message(text), invalid);
        }
        assert_eq!(message("3"), r#"time: missing unit in duration "3""#);
        assert_eq!(message("3d"), r#"time: unknown unit "d" in duration "3d""#);
    }
}
