//! [`Zone`]: a time zone, from the IANA database that is compiled in.
//!
//! The database of the machine is never read: a render gives the same bytes everywhere.

use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Where a time is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Zone {
    /// UTC.
    Utc,
    /// A constant offset in seconds east of UTC, with a name that may be empty.
    Fixed(Rc<str>, i32),
    /// A zone of the database, by the name of Go's `Location`: `Local`, or an IANA name.
    Table(Rc<str>, TimeZone),
}

impl Zone {
    /// The zone that Go calls `Local`, whose IANA name is given; UTC if that is unknown.
    pub(crate) fn local(iana_name: &str) -> Self {
        let zone = TimeZoneDatabase::bundled().get(iana_name);
        Self::Table("Local".into(), zone.unwrap_or(TimeZone::UTC))
    }

    /// The zone of that IANA name.
    pub(super) fn named(name: &str) -> Option<Self> {
        if matches!(name, "" | "UTC") {
            return Some(Self::Utc);
        }
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        Some(Self::Table(name.into(), zone))
    }

    /// The offset in seconds east of UTC at a moment, and the name of the zone then: `CEST`.
    pub(super) fn at(&self, seconds: i64) -> (i32, String) {
        match self {
            Self::Utc => (0, "UTC".to_owned()),
            Self::Fixed(name, offset) => (*offset, name.to_string()),
            Self::Table(_, zone) => {
                let moment = Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
                    Timestamp::MIN
                } else {
                    Timestamp::MAX
                });
                let info = zone.to_offset_info(moment);
                (info.offset().seconds(), info.abbreviation().to_owned())
            }
        }
    }

    /// The moment at which clocks of the zone show these seconds since 1970.
    pub(super) fn moment_of_clock(&self, seconds: i64) -> i64 {
        let (guess, _) = self.at(seconds);
        let (offset, _) = self.at(seconds.wrapping_sub(guess.into()));
        seconds.wrapping_sub(offset.into())
    }
}
