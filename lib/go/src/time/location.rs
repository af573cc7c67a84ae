//! [`Location`]: a time zone, from the IANA database that is compiled in.
//!
//! The database of the machine is never read: a render gives the same bytes everywhere.

use std::rc::Rc;

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

/// Where a time is (`*time.Location`).
#[derive(Clone, Debug, PartialEq)]
pub struct Location(Zone);

#[derive(Clone, Debug, PartialEq)]
enum Zone {
    Utc,
    /// A constant offset in seconds east of UTC, with a name that may be empty.
    Fixed(Rc<str>, i32),
    /// The local zone, by whatever Go calls it.
    Local(Rc<str>, TimeZone),
    /// Another zone of the database, by its IANA name.
    Table(Rc<str>, TimeZone),
}

/// The name of the zone of the machine.
pub(super) const LOCAL: &str = "Local";

impl Location {
    /// `time.UTC`.
    pub const UTC: Self = Self(Zone::Utc);

    /// A constant offset in seconds east of UTC, with a name that may be empty (`time.FixedZone`).
    pub fn fixed(name: &str, offset: i32) -> Self {
        Self(Zone::Fixed(name.into(), offset))
    }

    /// The zone that is `time.Local`, by its IANA name; UTC if that is unknown. Its name is another one if it comes from a
    /// file: `Local` from that of the machine, which it has whatever the zone is.
    pub fn local(iana_name: &str, name: &str) -> Self {
        let zone = match iana_name {
            "UTC" => None,
            name => TimeZoneDatabase::bundled().get(name).ok(),
        };
        Self(match zone {
            Some(zone) => Zone::Local(name.into(), zone),
            None if name == LOCAL => Zone::Local(LOCAL.into(), TimeZone::UTC),
            None => Zone::Local("UTC".into(), TimeZone::UTC),
        })
    }

    /// The zone of that IANA name, if there is one (`time.LoadLocation`).
    pub fn load(name: &str) -> Option<Self> {
        if matches!(name, "" | "UTC") {
            return Some(Self::UTC);
        }
        let zone = TimeZoneDatabase::bundled().get(name).ok()?;
        Some(Self(Zone::Table(name.into(), zone)))
    }

    /// Its name (`Location.String`).
    pub fn name(&self) -> &str {
        match &self.0 {
            Zone::Utc => "UTC",
            Zone::Fixed(name, _) | Zone::Local(name, _) | Zone::Table(name, _) => name,
        }
    }

    /// Whether it is what Go calls `Local`.
    pub(super) fn is_local(&self) -> bool {
        matches!(self.0, Zone::Local(..))
    }

    /// Whether Go's `Location` is the very same: it makes a new one of a constant offset each time, but for whole hours
    /// without a name.
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Zone::Fixed(name, offset), Zone::Fixed(other_name, other_offset)) => {
                let is_kept = name.is_empty()
                    && offset % 3600 == 0
                    && (-12 * 3600..=14 * 3600).contains(offset);
                offset == other_offset
                    && name == other_name
                    && (is_kept || Rc::ptr_eq(name, other_name))
            }
            (this, other) => this == other,
        }
    }

    /// Whether daylight saving time is in force at a moment, in seconds since 1970 (`Time.IsDST`).
    pub fn is_dst(&self, seconds: i64) -> bool {
        match &self.0 {
            Zone::Utc | Zone::Fixed(..) => false,
            Zone::Local(_, zone) | Zone::Table(_, zone) => {
                zone.to_offset_info(moment(seconds)).dst().is_dst()
            }
        }
    }

    /// The offset in seconds east of UTC at a moment, and the name of the zone then: `CEST`.
    pub fn at(&self, seconds: i64) -> (i32, String) {
        match &self.0 {
            Zone::Utc => (0, "UTC".to_owned()),
            Zone::Fixed(name, offset) => (*offset, name.to_string()),
            Zone::Local(_, zone) | Zone::Table(_, zone) => {
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
