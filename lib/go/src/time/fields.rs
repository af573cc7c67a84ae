//! [`Fields`]: what a text says of a time, and the moment that it means.

use super::parse_error::Fault;
use super::{Location, Time, days_before};

/// What has been read.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) year: i64,
    pub(super) month: Option<u32>,
    pub(super) day: Option<u32>,
    pub(super) year_day: Option<u32>,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) nanosecond: u32,
    pub(super) is_pm: bool,
    pub(super) is_am: bool,
    pub(super) is_utc: bool,
    pub(super) offset: Option<i32>,
    pub(super) zone_name: String,
}

impl Fields {
    /// The moment. What has no zone is in `local`.
    pub(super) fn time(mut self, local: &Location) -> Result<Time, Fault> {
        if self.is_pm && self.hour < 12 {
            self.hour += 12;
        } else if self.is_am && self.hour == 12 {
            self.hour = 0;
        }
        let (month, day) = self.month_and_day()?;
        let days = days_before(self.year, month, day);
        let clock = days * 86_400 + i64::from(self.hour * 3600 + self.minute * 60 + self.second);
        let at = |seconds: i64, location: Location| Time::new(seconds, self.nanosecond, location);
        if self.is_utc {
            return Ok(at(clock, Location::UTC));
        }
        if let Some(offset) = self.offset {
            let seconds = clock - i64::from(offset);
            let (local_offset, local_name) = local.at(seconds);
            let is_local = local_offset == offset
                && (self.zone_name.is_empty() || self.zone_name == local_name);
            let zone = if is_local {
                local.clone()
            } else {
                Location::fixed(&self.zone_name, offset)
            };
            return Ok(at(seconds, zone));
        }
        let seconds = local.moment_of_clock(clock);
        if self.zone_name.is_empty() || local.at(seconds).1 == self.zone_name {
            return Ok(at(seconds, local.clone()));
        }
        // A name alone says nothing about the offset, but for GMT+3.
        let hours = self.zone_name.strip_prefix("GMT").unwrap_or_default();
        let offset = hours.parse::<i32>().unwrap_or(0) * 3600;
        Ok(at(clock, Location::fixed(&self.zone_name, offset)))
    }

    fn month_and_day(&self) -> Result<(u32, u32), Fault> {
        let first = days_before(self.year, 1, 1);
        let Some(year_day) = self.year_day else {
            let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
            let end = if month == 12 {
                days_before(self.year + 1, 1, 1)
            } else {
                days_before(self.year, month + 1, 1)
            };
            let days = end - days_before(self.year, month, 1);
            if day == 0 || i64::from(day) > days {
                return Err(Fault::OutOfRange("day"));
            }
            return Ok((month, day));
        };
        let days = days_before(self.year + 1, 1, 1) - first;
        if year_day == 0 || i64::from(year_day) > days {
            return Err(Fault::OutOfRange("day-of-year"));
        }
        let date = first + i64::from(year_day) - 1;
        let starts = |month: &u32| days_before(self.year, *month, 1) <= date;
        let month = (1..=12).rev().find(starts).unwrap_or(1);
        let day = (date - days_before(self.year, month, 1)) as u32 + 1;
        if self.month.is_some_and(|given| given != month) {
            return Err(Fault::YearDay("month"));
        }
        if self.day.is_some_and(|given| given != day) {
            return Err(Fault::YearDay("day"));
        }
        Ok((month, day))
    }
}
