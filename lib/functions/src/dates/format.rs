//! Printing a time in a layout.

use crate::dates::layout::{Element, OffsetForm, cut};
use crate::dates::time::{Clock, MONTHS, Time, WEEKDAYS};

impl Time {
    /// Go's `Time.Format`.
    pub(crate) fn format(&self, layout: &[u8]) -> Vec<u8> {
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

    /// RFC 3339 with as many digits of the second as needed.
    pub(crate) fn rfc3339(&self) -> String {
        let text = self.format(b"2006-01-02T15:04:05.999999999Z07:00");
        String::from_utf8_lossy(&text).into_owned()
    }

    /// The same in TOML, where a date or time of day without an offset is written as it was read.
    pub(crate) fn toml_text(&self) -> String {
        let layout: &[u8] = match self.clock().zone_name.as_str() {
            LOCAL_DATETIME => b"2006-01-02T15:04:05.999999999",
            LOCAL_DATE => b"2006-01-02",
            LOCAL_TIME => b"15:04:05.999999999",
            _ => return self.rfc3339(),
        };
        String::from_utf8_lossy(&self.format(layout)).into_owned()
    }
}

/// The zones that BurntSushi/toml makes up for what has none.
pub(crate) const LOCAL_DATETIME: &str = "datetime-local";
/// For a date alone.
pub(crate) const LOCAL_DATE: &str = "date-local";
/// For a time of day alone.
pub(crate) const LOCAL_TIME: &str = "time-local";

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
