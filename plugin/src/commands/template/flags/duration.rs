//! Times such as `5m0s`: Go's `time.ParseDuration`, of which only the errors matter here.

use homescale_go::strconv::quote;

/// Nanoseconds of the units.
const UNITS: &[(&str, u64)] = &[
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("μs", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

/// Whether this is a duration.
///
/// # Errors
/// Go's message.
pub(super) fn check(text: &str) -> Result<(), String> {
    let invalid = || format!("time: invalid duration {}", quote(text));
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    if rest == "0" {
        return Ok(());
    }
    if rest.is_empty() {
        return Err(invalid());
    }
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let whole = digits(rest);
        rest = &rest[whole.len()..];
        let mut fraction = "";
        if let Some(after) = rest.strip_prefix('.') {
            fraction = digits(after);
            rest = &after[fraction.len()..];
        }
        if whole.is_empty() && fraction.is_empty() {
            return Err(invalid());
        }
        let unit = rest.find(|c: char| c == '.' || c.is_ascii_digit());
        let unit = &rest[..unit.unwrap_or(rest.len())];
        if unit.is_empty() {
            return Err(format!("time: missing unit in duration {}", quote(text)));
        }
        let known = UNITS.iter().find(|(name, _)| *name == unit);
        let (_, size) = known.ok_or_else(|| {
            let unit = quote(unit);
            format!("time: unknown unit {unit} in duration {}", quote(text))
        })?;
        rest = &rest[unit.len()..];
        let number: u64 = if whole.is_empty() {
            0
        } else {
            whole.parse().map_err(|_| invalid())?
        };
        let part = number.checked_mul(*size).ok_or_else(invalid)?;
        total = total.checked_add(part).ok_or_else(invalid)?;
        if total > i64::MAX as u64 {
            return Err(invalid());
        }
    }
    Ok(())
}

fn digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit());
    &text[..end.unwrap_or(text.len())]
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn durations_have_units() {
        for text in ["5m0s", "1h2m3.5s", "-.5s", "0", "+3us", "1µs"] {
            assert_eq!(check(text), Ok(()), "{text}");
        }
        for (text, problem) in [
            ("", "time: invalid duration \"\""),
            ("x", "time: invalid duration \"x\""),
            (".s", "time: invalid duration \".s\""),
            ("5", "time: missing unit in duration \"5\""),
            ("5x", "time: unknown unit \"x\" in duration \"5x\""),
            ("9999999h", "time: invalid duration \"9999999h\""),
        ] {
            assert_eq!(check(text), Err(problem.to_owned()), "{text}");
        }
    }
}
