//! Times as Go writes them for others to read: RFC 3339, a Go expression, and its own binary form.

use homescale_go::strconv;

use crate::dates::time::{MONTHS, Time};
use crate::dates::zone::Zone;

impl Time {
    /// RFC 3339 with as many digits of the second as needed, or what makes that impossible.
    pub(super) fn strict_rfc3339(&self) -> Result<String, &'static str> {
        let clock = self.clock();
        if !(0..10_000).contains(&clock.year) {
            return Err("year outside of range [0,9999]");
        }
        if clock.offset.abs() >= 24 * 3600 {
            return Err("timezone hour outside of range [0,23]");
        }
        Ok(self.rfc3339())
    }

    /// Go's `Time.GoString`: `time.Date(2024, time.March, 10, 0, 0, 0, 0, time.UTC)`.
    pub(super) fn go_expression(&self) -> String {
        let clock = self.clock();
        let month = MONTHS[clock.month as usize - 1];
        let zone = match self.zone() {
            Zone::Utc => "time.UTC".to_owned(),
            Zone::Local(..) => "time.Local".to_owned(),
            zone => format!("time.Location({})", strconv::quote(zone.name().as_bytes())),
        };
        format!(
            "time.Date({}, time.{month}, {}, {}, {}, {}, {}, {zone})",
            clock.year, clock.day, clock.hour, clock.minute, clock.second, clock.nanosecond
        )
    }

    /// Go's `Time.MarshalBinary`: a version, the seconds since Go's zero time, the nanoseconds, and the offset in minutes,
    /// to which version 2 adds seconds.
    pub(super) fn binary(&self) -> Result<Vec<u8>, String> {
        // Offset -1 says UTC.
        let (minutes, seconds) = if *self.zone() == Zone::Utc {
            (-1, 0)
        } else {
            let offset = self.clock().offset;
            let minutes = i16::try_from(offset / 60).ok().filter(|m| *m != -1);
            let unexpected = || "Time.MarshalBinary: unexpected zone offset".to_owned();
            (minutes.ok_or_else(unexpected)?, (offset % 60) as i8)
        };
        let (since_zero, nanoseconds) = self.since_zero();
        let mut bytes = vec![if seconds == 0 { 1 } else { 2 }];
        bytes.extend(since_zero.to_be_bytes());
        bytes.extend(nanoseconds.to_be_bytes());
        bytes.extend(minutes.to_be_bytes());
        if seconds != 0 {
            bytes.extend(seconds.to_be_bytes());
        }
        Ok(bytes)
    }
}
