//! The calendar: dates as days, and days as dates.

/// The names of the months.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The names of the days of the week.
pub const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// What a calendar and a clock show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// 0 is the year before 1.
    pub year: i64,
    /// From 1.
    pub month: u32,
    /// From 1.
    pub day: u32,
    /// Below 24.
    pub hour: u32,
    /// Below 60.
    pub minute: u32,
    /// Below 60.
    pub second: u32,
    /// Within the second.
    pub nanosecond: u32,
    /// From 0, a Sunday.
    pub weekday: u32,
    /// From 1.
    pub year_day: u32,
    /// Seconds east of UTC.
    pub offset: i32,
    /// `CEST`.
    pub zone_name: String,
}

/// The date of a day counted from 1970-01-01. Years start in March here, so that the leap day is the last.
pub(super) fn date_of(days: i64) -> (i64, u32, u32) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day = days.rem_euclid(146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day_of_month = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    (year, month as u32, day_of_month as u32)
}

/// The day counted from 1970-01-01 of a date.
///
/// ```
/// assert_eq!(homescale_go::time::days_before(2000, 3, 1), 11_017);
/// ```
pub fn days_before(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 {
        year.wrapping_sub(1)
    } else {
        year
    };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let month = i64::from((month + 9) % 12);
    let day = (153 * month + 2) / 5 + i64::from(day) - 1;
    let day = of_era * 365 + of_era / 4 - of_era / 100 + day;
    era.wrapping_mul(146_097).wrapping_add(day - 719_468)
}
