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
    /// The local zone, by its IANA name.
    Local(Rc<str>, TimeZone),
    /// Another zone of the database, by its IANA name.
    Table(Rc<str>, TimeZone),
}

impl Zone {
    /// The zone that Go calls `Local`, whose IANA name is given; UTC if that is unknown.
    pub(crate) fn local(iana_name: &str) -> Self {
        let zone = match iana_name {
            "UTC" => None,
            name => TimeZoneDatabase::bundled().get(name).ok(),
        };
        match zone {
            Some(zone) => Self::Local(iana_name.into(), zone),
            None => Self::Local("UTC".into(), TimeZone::UTC),
        }
    }

    /// The name of Go's `Location`.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Utc => "UTC",
            Self::Fixed(name, _) | Self::Local(name, _) | Self::Table(name, _) => name,
        }
    }

    /// Whether Go's `Location` is the very same: it makes a new one of a constant offset each time, but for whole hours
    /// without a name.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Fixed(name, offset), Self::Fixed(other_name, other_offset)) => {
                let is_kept = name.is_empty()
                    && offset % 3600 == 0
                    && (-12 * 3600..=14 * 3600).contains(offset);
                offset == other_offset
                    && name == other_name
                    && (is_kept || Rc::ptr_eq(name, other_name))
            }
            _ => self == other,
        }
    }

    /// Whether daylight saving time is in force at a moment.
    pub(super) fn is_dst(&self, seconds: i64) -> bool {
        match self {
            Self::Utc | Self::Fixed(..) => false,
            Self::Local(_, zone) | Self::Table(_, zone) => {
                zone.to_offset_info(moment(seconds)).dst().is_dst()
            }
        }
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
    pub(crate) fn at(&self, seconds: i64) -> (i32, String) {
        match self {
            Self::Utc => (0, "UTC".to_owned()),
            Self::Fixed(name, offset) => (*offset, name.to_string()),
            Self::Local(_, zone) | Self::Table(_, zone) => {
                let info = zone.to_offset_info(moment(seconds));
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

/// The moment, or the nearest one that the database knows about.
fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(if seconds < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}
