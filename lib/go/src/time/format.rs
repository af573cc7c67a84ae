//! Printing a time in a layout, and in the forms that have one of their own.

use std::fmt;

use super::layout::{Element, OffsetForm, cut};
use super::{Clock, Location, MONTHS, Time, WEEKDAYS};
use crate::strconv::quote;

/// RFC 3339 with as many digits of the second as needed (`time.RFC3339Nano`).
pub const RFC3339_NANO: &[u8] = b"2006-01-02T15:04:05.999999999Z07:00";

impl Time {
    /// The time in a layout (`Time.Format`).
    ///
    /// ```
    /// use homescale_go::time::{Location, Time};
    ///
    /// let time = Time::new(0, 0, Location::UTC);
    /// assert_eq!(time.format(b"Mon Jan _2 15:04 MST 2006"), b"Thu Jan  1 00:00 UTC 1970");
    /// ```
    pub fn format(&self, layout: &[u8]) -> Vec<u8> {
        let clock = self.clock();
        let mut out = Vec::with_capacity(layout.len() + 10);
        let mut rest = layout;
        loop {
            let part = cut(rest);
            out.extend_from_slice(part.before);
            let Some(element) = part.element else {
                return out;
            };
            write(&mut out, element, &clock);
            rest = part.after;
        }
    }

    /// In RFC 3339, if that can say it (`Time.MarshalText`).
    ///
    /// # Errors
    /// The year or the offset has no form.
    pub fn marshal_text(&self) -> Result<String, MarshalError> {
        let clock = self.clock();
        if !(0..10_000).contains(&clock.year) {
            return Err(MarshalError::Year);
        }
        if clock.offset.abs() >= 24 * 3600 {
            return Err(MarshalError::Offset);
        }
        let text = self.format(RFC3339_NANO);
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    /// As an expression: `time.Date(2024, time.March, 10, 0, 0, 0, 0, time.UTC)` (`Time.GoString`).
    pub fn go_string(&self) -> String {
        let clock = self.clock();
        let month = MONTHS[clock.month as usize - 1];
        let zone = match self.location() {
            zone if *zone == Location::UTC => "time.UTC".to_owned(),
            zone if zone.is_local() => "time.Local".to_owned(),
            zone => format!("time.Location({})", quote(zone.name())),
        };
        format!(
            "time.Date({}, time.{month}, {}, {}, {}, {}, {}, {zone})",
            clock.year, clock.day, clock.hour, clock.minute, clock.second, clock.nanosecond
        )
    }

    /// In Go's own form (`Time.MarshalBinary`): a version, the seconds since Go's zero time, the nanoseconds, and the offset
    /// in minutes, to which version 2 adds seconds.
    ///
    /// # Errors
    /// The offset does not fit, or is that which says UTC.
    pub fn marshal_binary(&self) -> Result<Vec<u8>, MarshalError> {
        // Offset -1 says UTC.
        let (minutes, seconds) = if *self.location() == Location::UTC {
            (-1, 0)
        } else {
            let offset = self.clock().offset;
            let minutes = i16::try_from(offset / 60).ok().filter(|m| *m != -1);
            (
                minutes.ok_or(MarshalError::BinaryOffset)?,
                (offset % 60) as i8,
            )
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

/// What a form of a time cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MarshalError {
    /// A year before 0 or after 9999.
    Year,
    /// An offset of a day or more.
    Offset,
    /// An offset of the binary form.
    BinaryOffset,
}

impl fmt::Display for MarshalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Year => "year outside of range [0,9999]",
            Self::Offset => "timezone hour outside of range [0,23]",
            Self::BinaryOffset => "Time.MarshalBinary: unexpected zone offset",
        })
    }
}

impl std::error::Error for MarshalError {}

fn write(out: &mut Vec<u8>, element: Element, clock: &Clock) {
    let month = MONTHS[clock.month as usize - 1];
    let weekday = WEEKDAYS[clock.weekday as usize];
    let hour12 = (clock.hour + 11) % 12 + 1;
    let text = match element {
        Element::LongMonth => month.to_owned(),
        Element::Month => month[..3].to_owned(),
        Element::NumMonth => clock.month.to_string(),
        Element::ZeroMonth => format!("{:02}", clock.month),
        Element::LongWeekday => weekday.to_owned(),
        Element::Weekday => weekday[..3].to_owned(),
        Element::Day => clock.day.to_string(),
        Element::UnderDay => format!("{:2}", clock.day),
        Element::ZeroDay => format!("{:02}", clock.day),
        Element::UnderYearDay => format!("{:3}", clock.year_day),
        Element::ZeroYearDay => format!("{:03}", clock.year_day),
        Element::Hour => format!("{:02}", clock.hour),
        Element::Hour12 => hour12.to_string(),
        Element::ZeroHour12 => format!("{hour12:02}"),
        Element::Minute => clock.minute.to_string(),
        Element::ZeroMinute => format!("{:02}", clock.minute),
        Element::Second => clock.second.to_string(),
        Element::ZeroSecond => format!("{:02}", clock.second),
        Element::LongYear if clock.year < 0 => format!("-{:04}", clock.year.unsigned_abs()),
        Element::LongYear => format!("{:04}", clock.year),
        Element::Year => format!("{:02}", clock.year.rem_euclid(100)),
        Element::UpperPm => if clock.hour >= 12 { "PM" } else { "AM" }.to_owned(),
        Element::LowerPm => if clock.hour >= 12 { "pm" } else { "am" }.to_owned(),
        Element::ZoneName if clock.zone_name.is_empty() => unnamed_zone(clock.offset),
        Element::ZoneName => clock.zone_name.clone(),
        Element::Offset(_, true) if clock.offset == 0 => "Z".to_owned(),
        Element::Offset(form, _) => offset(form, clock.offset),
        Element::Fraction(separator, digits) => fraction(separator, digits, clock.nanosecond),
        Element::ShortFraction(separator, digits) => {
            let text = fraction(separator, digits, clock.nanosecond);
            let text = text.trim_end_matches('0');
            if text.len() == 1 {
                String::new()
            } else {
                text.to_owned()
            }
        }
    };
    out.extend_from_slice(text.as_bytes());
}

/// A zone without a name prints as its offset.
fn unnamed_zone(seconds: i32) -> String {
    offset(OffsetForm::Minutes, seconds)
}

fn offset(form: OffsetForm, offset: i32) -> String {
    let sign = if offset < 0 { '-' } else { '+' };
    let size = offset.unsigned_abs();
    let (hours, minutes, seconds) = (size / 3600, size / 60 % 60, size % 60);
    match form {
        OffsetForm::Hours => format!("{sign}{hours:02}"),
        OffsetForm::Minutes => format!("{sign}{hours:02}{minutes:02}"),
        OffsetForm::ColonMinutes => format!("{sign}{hours:02}:{minutes:02}"),
        OffsetForm::Seconds => format!("{sign}{hours:02}{minutes:02}{seconds:02}"),
        OffsetForm::ColonSeconds => format!("{sign}{hours:02}:{minutes:02}:{seconds:02}"),
    }
}

fn fraction(separator: u8, digits: usize, nanosecond: u32) -> String {
    let all = format!("{nanosecond:09}");
    let shown: String = all
        .chars()
        .chain(std::iter::repeat('0'))
        .take(digits)
        .collect();
    format!("{}{shown}", char::from(separator))
}
