//! Durations in nanoseconds: `1h30m0.5s`.

use homescale_go::strconv;

pub(super) const SECOND: i64 = 1_000_000_000;
pub(super) const MINUTE: i64 = 60 * SECOND;
pub(super) const HOUR: i64 = 60 * MINUTE;

/// Go's `Duration.String`: `72h3m0.5s`, `1.5ms`, `0s`.
pub(super) fn text(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let size = nanoseconds.unsigned_abs();
    let second = SECOND.unsigned_abs();
    if size < second {
        let (unit, digits) = match size {
            0 => return "0s".to_owned(),
            1..1_000 => ("ns", 0),
            1_000..1_000_000 => ("µs", 3),
            _ => ("ms", 6),
        };
        return format!("{sign}{}{unit}", decimal(size, digits));
    }
    let seconds = decimal(size % (60 * second), 9);
    let minutes = size / second / 60;
    match (minutes / 60, minutes % 60) {
        (0, 0) => format!("{sign}{seconds}s"),
        (0, minutes) => format!("{sign}{minutes}m{seconds}s"),
        (hours, minutes) => format!("{sign}{hours}h{minutes}m{seconds}s"),
    }
}

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

/// Go's `Duration.Round`: to the nearest multiple, halves away from zero, kept in range.
pub(super) fn round(nanoseconds: i64, unit: i64) -> i64 {
    if unit <= 0 {
        return nanoseconds;
    }
    let rest = nanoseconds % unit;
    let towards_zero = nanoseconds - rest;
    if rest.unsigned_abs() * 2 < unit.unsigned_abs() {
        towards_zero
    } else {
        towards_zero.saturating_add(unit * rest.signum())
    }
}

/// Go's `Duration.Truncate`: towards zero to a multiple.
pub(super) fn truncate(nanoseconds: i64, unit: i64) -> i64 {
    if unit <= 0 {
        return nanoseconds;
    }
    nanoseconds - nanoseconds % unit
}

/// Sprig's `durationRound`: one unit, of which there must be more than one.
pub(super) fn rounded_text(nanoseconds: i64) -> String {
    const UNITS: [(i64, &str); 6] = [
        (365 * 24 * HOUR, "y"),
        (30 * 24 * HOUR, "mo"),
        (24 * HOUR, "d"),
        (HOUR, "h"),
        (MINUTE, "m"),
        (SECOND, "s"),
    ];
    let size = nanoseconds.unsigned_abs();
    let unit = UNITS.iter().find(|(unit, _)| size > unit.unsigned_abs());
    unit.map_or_else(
        || "0s".to_owned(),
        |(unit, name)| format!("{}{name}", size / unit.unsigned_abs()),
    )
}

/// Go's `time.ParseDuration`: signed decimals with units, `-1.5h`, `300ms`, `1h15m30s`.
pub(super) fn parse(text: &[u8]) -> Result<i64, String> {
    let invalid = || format!("time: invalid duration {}", strconv::quote(text));
    let (is_negative, mut rest) = match text.split_first() {
        Some((b'-', rest)) => (true, rest),
        Some((b'+', rest)) => (false, rest),
        _ => (false, text),
    };
    if rest == b"0" {
        return Ok(0);
    }
    if rest.is_empty() {
        return Err(invalid());
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
            return Err(invalid());
        }
        let is_unit = |b: &u8| *b != b'.' && !b.is_ascii_digit();
        let end = after
            .iter()
            .position(|b| !is_unit(b))
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        if unit.is_empty() {
            return Err(format!(
                "time: missing unit in duration {}",
                strconv::quote(text)
            ));
        }
        let Some(unit) = unit_size(unit) else {
            return Err(format!(
                "time: unknown unit {} in duration {}",
                strconv::quote(unit),
                strconv::quote(text)
            ));
        };
        let part = number(whole)
            .and_then(|whole| whole.checked_mul(unit))
            .and_then(|whole| whole.checked_add(fraction_of(fraction, unit)))
            .filter(|part| *part <= limit)
            .ok_or_else(invalid)?;
        total = total
            .checked_add(part)
            .filter(|total| *total <= limit)
            .ok_or_else(invalid)?;
        rest = next;
    }
    if is_negative {
        return Ok((total as i64).wrapping_neg());
    }
    i64::try_from(total).map_err(|_| invalid())
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
        b"s" => SECOND.unsigned_abs(),
        b"m" => MINUTE.unsigned_abs(),
        b"h" => HOUR.unsigned_abs(),
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
            (SECOND * 95, "1m35s"),
            (HOUR, "1h0m0s"),
            (-SECOND / 2, "-500ms"),
            (i64::MIN, "-2562047h47m16.854775808s"),
        ];
        for (nanoseconds, printed) in cases {
            assert_eq!(text(nanoseconds), printed);
            assert_eq!(parse(printed.as_bytes()), Ok(nanoseconds), "{printed}");
        }
    }

    #[test]
    fn a_bad_duration_says_what_is_wrong() {
        let message = |text: &str| parse(text.as_bytes()).unwrap_err();
        assert_eq!(message("x"), r#"time: invalid duration "x""#);
        assert_eq!(message("3"), r#"time: missing unit in duration "3""#);
        assert_eq!(message("3d"), r#"time: unknown unit "d" in duration "3d""#);
    }
}
