//! The time that a command may take. Argo CD gives up after 60 seconds and then says only that it did; before that, the
//! program ends by itself and says why.

use std::io::Write;
use std::time::Duration;

use homescale_argocd::PluginRequest;
use homescale_go::time;

use crate::failure::Failure;

/// What is left of Argo CD's 60 seconds when the repository has been sent.
const DEFAULT: Duration = Duration::from_secs(50);

/// The flag, else what the request says, else the default.
///
/// # Errors
/// The request says something that is no time.
pub(super) fn chosen(flag: Option<Duration>, request: &PluginRequest) -> Result<Duration, Failure> {
    let of_request = || {
        let text = request.setting("DEADLINE")?;
        let failed = |error| Failure::Input(format!("DEADLINE in the plugin's env: {error}"));
        Some(parse(text).map_err(failed))
    };
    flag.map(Ok).or_else(of_request).unwrap_or(Ok(DEFAULT))
}

/// Ends the process with a message when the time is over.
///
/// # Errors
/// No thread can be started.
pub(super) fn start(limit: Duration) -> Result<(), Failure> {
    let watch = move || {
        std::thread::sleep(limit);
        // Nobody is left to tell when standard error is closed.
        let _ = writeln!(
            std::io::stderr(),
            "Error: no result within {limit:?}, the deadline of the plugin\n  \
             hint: --deadline, or DEADLINE in the plugin's env, sets another; Argo CD's own is 60s unless its repo-server \
             timeouts say otherwise"
        );
        std::process::exit(1);
    };
    let started = std::thread::Builder::new().spawn(watch);
    started
        .map(drop)
        .map_err(|error| Failure::Input(format!("cannot start a thread: {error}")))
}

/// Reads a time: `45s`, `1m30s`, `500ms`.
///
/// # Errors
/// The text is no time, or no more than nothing.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let nanoseconds = time::Duration::parse(text.as_bytes()).map_or(0, |duration| duration.0);
    match u64::try_from(nanoseconds) {
        Ok(nanoseconds) if nanoseconds > 0 => Ok(Duration::from_nanos(nanoseconds)),
        _ => Err(format!("`{text}` is not a time such as 45s or 1m30s")),
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
            assert_eq!(
                parse(text),
                Ok(Duration::from_millis(milliseconds)),
                "{text}"
            );
        }
        for text in [
            "",
            "45",
            "s",
            "0s",
            "-1s",
            "1s ",
            "99999999999999999999s",
            "9999999999999999h",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
