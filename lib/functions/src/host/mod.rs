//! [`Host`]: the only way out of a render. Clock, randomness and name resolution come in through it.

mod recorder;
mod seeded;

use std::cell::Cell;
use std::error::Error;
use std::fmt;

use homescale_template::Call;
use homescale_value::{Map, Value};

pub use self::recorder::{ReachedCall, Recorder};
pub use self::seeded::SeededHost;

/// A moment: seconds since 1970-01-01 00:00:00 UTC, and nanoseconds within the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Seconds since the epoch.
    pub seconds: i64,
    /// Nanoseconds, below 1,000,000,000.
    pub nanoseconds: u32,
}

impl Timestamp {
    /// Reads a moment as RFC 3339 writes it: `2026-01-01T00:00:00Z`, or with an offset from UTC.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        let timestamp: jiff::Timestamp = text.parse().ok()?;
        let nanoseconds = i64::from(timestamp.subsec_nanosecond());
        Some(Self {
            seconds: timestamp.as_second() - i64::from(nanoseconds < 0),
            nanoseconds: nanoseconds.rem_euclid(1_000_000_000) as u32,
        })
    }
}

/// As RFC 3339 writes it, in UTC, without the part of a second.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::new(self.seconds, 0) {
            Ok(timestamp) => timestamp.fmt(f),
            Err(_) => write!(f, "{} seconds after 1970", self.seconds),
        }
    }
}

/// What a render is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// The name of the release.
    pub release: &'a str,
    /// Its namespace.
    pub namespace: &'a str,
    /// The name of the chart.
    pub chart: &'a str,
}

/// What functions may ask of the world outside the render. Same answers, same output.
///
/// A function that is about to ask for the time, for randomness, a name or a resource says so by [`called`](Self::called)
/// first, once for each call in a template. [`Recorder`](crate::Recorder) makes a report of that, and
/// [`SeededHost`](crate::SeededHost) gives each call a randomness of its own.
pub trait Host {
    /// A render begins. By default, nobody listens.
    fn rendering(&self, subject: Subject<'_>) {
        let _ = subject;
    }

    /// A function is about to ask, because of the call that `call` describes. By default, nobody listens.
    fn called(&self, call: &dyn Fn() -> Call) {
        let _ = call;
    }

    /// The certificate that was just made is valid until then. By default, nobody listens.
    fn certified(&self, until: Timestamp) {
        let _ = until;
    }

    /// The current time: `now`, `ago`, and `date` of what is no time.
    fn now(&self) -> Timestamp;

    /// What the monotonic clock shows besides, in nanoseconds since the program began. Go prints it behind a time that
    /// comes from `now`, as ` m=+0.012345678`; by default there is none.
    fn monotonic(&self) -> Option<i64> {
        None
    }

    /// The IANA name of the local time zone (Go's `Local`); unknown names mean UTC.
    fn local_zone(&self) -> &str;

    /// What Go calls the local zone: its IANA name, but `Local` where no variable names it and it is that of the machine.
    fn local_zone_name(&self) -> &str {
        self.local_zone()
    }

    /// Fills `bytes` with random ones: `randAlphaNum`, `uuidv4`, `genCA`.
    fn random(&self, bytes: &mut [u8]);

    /// An address of a host name, or `None` when names are not resolved (Helm without `--enable-dns`).
    fn host_by_name(&self, name: &str) -> Option<String>;

    /// Whether names are resolved at all (Helm's `--enable-dns`): then one without an address is an error.
    fn resolves_names(&self) -> bool {
        false
    }

    /// A resource of the cluster: `lookup`. Without a cluster it is an empty map.
    ///
    /// # Errors
    ///
    /// The cluster's error; a resource that does not exist is an empty map.
    fn lookup(&self, query: &Lookup<'_>) -> Result<Value, Box<dyn Error>> {
        let _ = query;
        Ok(Value::Map(Map::new()))
    }
}

/// What `lookup` asks for; an empty namespace or name stands for all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lookup<'a> {
    /// `apps/v1`.
    pub api_version: &'a str,
    /// `Deployment`.
    pub kind: &'a str,
    /// The namespace.
    pub namespace: &'a str,
    /// The name.
    pub name: &'a str,
}

/// A host that always gives the same answers: a fixed time, a seeded random sequence, no names, no cluster.
#[derive(Debug)]
pub struct FixedHost {
    now: Timestamp,
    zone: String,
    state: Cell<u64>,
}

impl FixedHost {
    /// A host whose clock stands still at `now` in the zone of that IANA name, and whose randomness follows from `seed`.
    pub fn new(now: Timestamp, zone: impl Into<String>, seed: u64) -> Self {
        let zone = zone.into();
        let state = Cell::new(seed);
        Self { now, zone, state }
    }
}

impl Default for FixedHost {
    /// The epoch in UTC.
    fn default() -> Self {
        Self::new(Timestamp::default(), "UTC", 0)
    }
}

impl Host for FixedHost {
    fn now(&self) -> Timestamp {
        self.now
    }

    fn local_zone(&self) -> &str {
        &self.zone
    }

    /// SplitMix64: short, and good enough for text that only has to look random.
    fn random(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let state = self.state.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
            self.state.set(state);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let mixed = (mixed ^ (mixed >> 31)).to_le_bytes();
            chunk.copy_from_slice(&mixed[..chunk.len()]);
        }
    }

    fn host_by_name(&self, _: &str) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_and_written() {
        let moment = |seconds, nanoseconds| Timestamp {
            seconds,
            nanoseconds,
        };
        for (text, read, written) in [
            (
                "1970-01-01T00:00:01.5Z",
                moment(1, 500_000_000),
                "1970-01-01T00:00:01Z",
            ),
            (
                "1969-12-31T23:59:59.5Z",
                moment(-1, 500_000_000),
                "1969-12-31T23:59:59Z",
            ),
            (
                "1970-01-01T02:00:00+02:00",
                moment(0, 0),
                "1970-01-01T00:00:00Z",
            ),
        ] {
            assert_eq!(Timestamp::from_rfc3339(text), Some(read), "{text}");
            assert_eq!(read.to_string(), written);
        }
        assert_eq!(Timestamp::from_rfc3339("1970-01-01"), None);
    }
}
