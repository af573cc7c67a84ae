//! The time that a plugin may take. Argo CD gives up after 60 seconds, and then says only that it did.

use std::fmt;
use std::time::Duration;

use homescale_go::time;

/// What is left of Argo CD's 60 seconds when the repository has been sent.
pub const DEFAULT_DEADLINE: Duration = Duration::from_secs(50);

/// A text that is no time, or no more than nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineError(String);

impl fmt::Display for DeadlineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time such as 45s or 1m30s", self.0)
    }
}

impl std::error::Error for DeadlineError {}

/// Reads a time as Go does: `45s`, `1m30s`, `500ms`.
///
/// ```
/// use std::time::Duration;
///
/// use homescale_argocd::parse_deadline;
///
/// assert_eq!(parse_deadline("1m30s"), Ok(Duration::from_secs(90)));
/// assert!(parse_deadline("soon").is_err());
/// assert!(parse_deadline("0s").is_err());
/// ```
///
/// # Errors
/// The text is no time, or no more than nothing.
pub fn parse_deadline(text: &str) -> Result<Duration, DeadlineError> {
    let nanoseconds = time::Duration::parse(text.as_bytes()).map_or(0, |duration| duration.0);
    match u64::try_from(nanoseconds) {
        Ok(nanoseconds) if nanoseconds > 0 => Ok(Duration::from_nanos(nanoseconds)),
        _ => Err(DeadlineError(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (text, milliseconds) in [
            ("45s", 45_000),
            ("1m30s", 90_000),
            ("500ms", 500),
            ("1h", 3_600_000),
            ("1.5s", 1_500),
        ] {
            let expected = Ok(Duration::from_millis(milliseconds));
            assert_eq!(parse_deadline(text), expected, "{text}");
        }
        for text in [
            "",
            "45",
            "s",
            "-1s",
            "1s ",
            "99999999999999999999s",
            "9999999999999999h",
        ] {
            assert!(parse_deadline(text).is_err(), "{text}");
        }
    }
}
