//! What a command may take of the machine, whatever its code does: time, and memory of the whole process.
//!
//! The limits on a chart count what a chart causes where it causes it. This is the second line: a thread looks every few
//! milliseconds how long the command runs and how much memory the process has, and ends it by name before the system would
//! end it with a signal. Nothing is counted while the command works, so that it costs nothing.

use std::fmt;
use std::str::FromStr;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Failure;
use crate::terminal;

/// What commands may take that render on a developer's machine or in CI: more than any catalog needs.
pub(crate) const GENEROUS: Bounds = Bounds {
    time: Duration::from_mins(5),
    memory: Size(4 << 30),
    of_plugin: false,
};

/// The same for Argo CD's sidecar, whose container has 512Mi, for several renders side by side. The largest public charts take a
/// tenth of it.
pub(crate) const OF_PLUGIN: Bounds = Bounds {
    time: homescale_argocd::DEFAULT_DEADLINE,
    memory: Size(192 << 20),
    of_plugin: true,
};

/// How often the thread looks. In that time, a process cannot take more than some MiB.
const INTERVAL: Duration = Duration::from_millis(4);

/// What a process may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bounds {
    /// How long.
    pub(crate) time: Duration,
    /// How much of the machine's memory.
    pub(crate) memory: Size,
    /// Whether Argo CD runs it, which says in other places how much it may take.
    pub(crate) of_plugin: bool,
}

impl Bounds {
    /// Ends the process with a message when it takes more.
    ///
    /// # Errors
    /// No thread can be started.
    pub(crate) fn start(self) -> Result<(), Failure> {
        let started = thread::Builder::new().spawn(move || self.watch());
        started
            .map(drop)
            .map_err(|error| Failure::Input(format!("cannot start a thread: {error}")))
    }

    fn watch(self) {
        let start = Instant::now();
        let resident = Resident::open();
        loop {
            let left = self.time.saturating_sub(start.elapsed());
            thread::sleep(left.min(INTERVAL));
            let taken = resident.as_ref().and_then(Resident::bytes);
            let over = match taken {
                Some(taken) if taken > self.memory.0 => self.out_of_memory(),
                _ if start.elapsed() >= self.time => self.out_of_time(),
                _ => continue,
            };
            terminal::log(&over);
            std::process::exit(1);
        }
    }

    fn out_of_time(self) -> Failure {
        let limit = self.time;
        if self.of_plugin {
            let over = format!("no result within {limit:?}, the deadline of the plugin");
            return Failure::Input(over).hinted(Some(
                "--deadline, or DEADLINE in the plugin's env, sets another; Argo CD's own is 60s unless its repo-server \
                 timeouts say otherwise",
            ));
        }
        let over = format!("limit timeout={limit:?} exceeded: there is no result after that time");
        Failure::Input(over).hinted(Some("--timeout sets another"))
    }

    fn out_of_memory(self) -> Failure {
        let over = format!(
            "limit max-memory={} exceeded: the process takes more memory than that",
            self.memory
        );
        Failure::Input(over).hinted(Some(if self.of_plugin {
            "--max-memory in the plugin's configuration sets another; the limit of the container must be larger"
        } else {
            "--max-memory sets another"
        }))
    }
}

/// How much memory the process has, as Linux tells it.
#[cfg(target_os = "linux")]
#[derive(Debug)]
struct Resident {
    statm: std::fs::File,
    page: u64,
}

#[cfg(target_os = "linux")]
impl Resident {
    fn open() -> Option<Self> {
        Some(Self {
            statm: std::fs::File::open("/proc/self/statm").ok()?,
            page: rustix::param::page_size() as u64,
        })
    }

    /// The pages that are in memory: the second number.
    fn bytes(&self) -> Option<u64> {
        use std::os::unix::fs::FileExt;
        let mut text = [0; 128];
        let length = self.statm.read_at(&mut text, 0).ok()?;
        let text = std::str::from_utf8(&text[..length]).ok()?;
        let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
        Some(pages * self.page)
    }
}

/// Other systems are not asked.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
struct Resident;

#[cfg(not(target_os = "linux"))]
impl Resident {
    fn open() -> Option<Self> {
        None
    }

    fn bytes(&self) -> Option<u64> {
        None
    }
}

/// A number of bytes, in words of Kubernetes: `256Mi`, `4Gi`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) u64);

const UNITS: [(&str, u32); 4] = [("Gi", 30), ("Mi", 20), ("Ki", 10), ("", 0)];

/// A text that is no number of bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SizeError(String);

impl fmt::Display for SizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a size such as 256Mi or 4Gi", self.0)
    }
}

impl std::error::Error for SizeError {}

impl FromStr for Size {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let of_unit = |(unit, bits): (&str, u32)| {
            let number: u64 = text.strip_suffix(unit)?.parse().ok()?;
            number
                .checked_shl(bits)
                .filter(|bytes| bytes >> bits == number)
        };
        let bytes = UNITS.into_iter().find_map(of_unit);
        let bytes = bytes.filter(|bytes| *bytes > 0);
        bytes.map(Self).ok_or_else(|| SizeError(text.to_owned()))
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = UNITS
            .iter()
            .find(|(_, bits)| self.0 >> bits << bits == self.0);
        let (unit, bits) = whole.copied().unwrap_or(("", 0));
        write!(f, "{}{unit}", self.0 >> bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_of_kubernetes() {
        for (text, bytes) in [
            ("256Mi", 256 << 20),
            ("4Gi", 4 << 30),
            ("1000", 1000),
            ("3Ki", 3072),
        ] {
            assert_eq!(text.parse(), Ok(Size(bytes)), "{text}");
            assert_eq!(Size(bytes).to_string(), text);
        }
        for text in [
            "",
            "0",
            "Mi",
            "-1Gi",
            "1.5Gi",
            "1 Gi",
            "99999999999Gi",
            "256MB",
        ] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
