//! Go's `time`: moments, durations, layouts (`2006-01-02 15:04:05`) and zones.

mod calendar;
mod duration;
mod fields;
mod format;
mod layout;
mod location;
mod parse;
mod parse_error;
mod quote;

use std::cmp::Ordering;
use std::fmt;

pub use self::calendar::{Clock, MONTHS, WEEKDAYS, days_before};
pub use self::duration::{Duration, DurationError, DurationErrorKind};
pub use self::format::{MarshalError, RFC3339_NANO};
pub use self::location::Location;
pub use self::parse_error::ParseError;

use self::calendar::date_of;

const DAY: i64 = 86_400;

/// A second in nanoseconds.
const SECOND: i64 = Duration::SECOND.0;

/// The first moment of the year 1, which is Go's zero time.
const ZERO: i64 = -62_135_596_800;

/// A moment, and the zone in which it is shown (`time.Time`).
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    seconds: i64,
    nanoseconds: u32,
    location: Location,
    /// What the monotonic clock showed, in nanoseconds. Arithmetic with durations keeps it, all else drops it.
    monotonic: Option<i64>,
}

impl Time {
    /// Seconds since 1970 in UTC, and nanoseconds within the second; shown in a zone.
    pub fn new(seconds: i64, nanoseconds: u32, location: Location) -> Self {
        Self {
            seconds,
            nanoseconds,
            location,
            monotonic: None,
        }
    }

    /// With what the monotonic clock showed at that moment.
    #[must_use]
    pub fn with_monotonic(self, monotonic: Option<i64>) -> Self {
        Self { monotonic, ..self }
    }

    /// The first moment of the year 1, which is Go's zero time.
    pub fn zero() -> Self {
        Self::new(ZERO, 0, Location::UTC)
    }

    /// Where it is shown (`Time.Location`).
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Seconds since Go's zero time, and nanoseconds within the second: the fields `ext` and `wall`, if there is no monotonic
    /// clock.
    pub fn since_zero(&self) -> (i64, u32) {
        (self.seconds.wrapping_sub(ZERO), self.nanoseconds)
    }

    /// Seconds since 1970 (`Time.Unix`).
    pub fn unix(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since 1970, wrapped around as Go's are (`Time.UnixNano`).
    pub fn unix_nano(&self) -> i64 {
        let seconds = self.seconds.wrapping_mul(SECOND);
        seconds.wrapping_add(self.nanoseconds.into())
    }

    /// Whether this is Go's zero time.
    pub fn is_zero(&self) -> bool {
        (self.seconds, self.nanoseconds) == (ZERO, 0)
    }

    /// The same moment, shown elsewhere (`Time.In`).
    #[must_use]
    pub fn in_location(&self, location: Location) -> Self {
        Self {
            location,
            monotonic: None,
            ..self.clone()
        }
    }

    /// The moment so much later (`Time.Add`).
    #[must_use]
    pub fn add(&self, duration: Duration) -> Self {
        let nanoseconds = duration.0;
        let sum = i64::from(self.nanoseconds) + nanoseconds.rem_euclid(SECOND);
        let seconds = nanoseconds.div_euclid(SECOND) + sum / SECOND;
        Self {
            seconds: self.seconds.wrapping_add(seconds),
            nanoseconds: (sum % SECOND) as u32,
            monotonic: self.monotonic.and_then(|m| m.checked_add(nanoseconds)),
            ..self.clone()
        }
    }

    /// Back to a multiple of the unit since Go's zero time (`Time.Truncate`).
    #[must_use]
    pub fn truncate(&self, unit: Duration) -> Self {
        let beyond = self.beyond(unit.0);
        self.add(Duration(-beyond)).with_monotonic(None)
    }

    /// To the nearest such multiple, the later one of two (`Time.Round`).
    #[must_use]
    pub fn round(&self, unit: Duration) -> Self {
        let beyond = self.beyond(unit.0);
        let is_nearer = i128::from(beyond) * 2 < i128::from(unit.0);
        let by = if is_nearer || unit.0 <= 0 {
            -beyond
        } else {
            unit.0 - beyond
        };
        self.add(Duration(by)).with_monotonic(None)
    }

    /// The nanoseconds since the last multiple; none if the unit is not positive.
    fn beyond(&self, unit: i64) -> i64 {
        if unit <= 0 {
            return 0;
        }
        let seconds = i128::from(self.seconds) - i128::from(ZERO);
        let total = seconds * i128::from(SECOND) + i128::from(self.nanoseconds);
        total.rem_euclid(unit.into()) as i64
    }

    /// The time from an earlier moment to this, kept in range (`Time.Sub`).
    pub fn sub(&self, earlier: &Self) -> Duration {
        if let (Some(this), Some(earlier)) = (self.monotonic, earlier.monotonic) {
            return Duration(this.saturating_sub(earlier));
        }
        let seconds = i128::from(self.seconds) - i128::from(earlier.seconds);
        let nanoseconds = i128::from(self.nanoseconds) - i128::from(earlier.nanoseconds);
        let total = seconds * i128::from(SECOND) + nanoseconds;
        Duration(total.clamp(i64::MIN.into(), i64::MAX.into()) as i64)
    }

    /// Which moment is the earlier, wherever they are shown (`Time.Compare`).
    pub fn compare(&self, other: &Self) -> Ordering {
        let order = |time: &Self| (time.seconds, time.nanoseconds);
        order(self).cmp(&order(other))
    }

    /// What calendar and clock show.
    pub fn clock(&self) -> Clock {
        let (offset, zone_name) = self.location.at(self.seconds);
        let shown = self.seconds.wrapping_add(offset.into());
        let (days, second) = (shown.div_euclid(DAY), shown.rem_euclid(DAY) as u32);
        let (year, month, day) = date_of(days);
        Clock {
            year,
            month,
            day,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
            nanosecond: self.nanoseconds,
            // 1970-01-01 was a Thursday.
            weekday: (days + 4).rem_euclid(7) as u32,
            year_day: (days - days_before(year, 1, 1)) as u32 + 1,
            offset,
            zone_name,
        }
    }

    /// The same time of day so many years, months and days later; days beyond the end of a month go on into the next
    /// (`Time.AddDate`).
    #[must_use]
    pub fn add_date(&self, years: i64, months: i64, days: i64) -> Self {
        let clock = self.clock();
        let month = i64::from(clock.month - 1).wrapping_add(months);
        let year = clock
            .year
            .wrapping_add(years)
            .wrapping_add(month.div_euclid(12));
        let first = days_before(year, month.rem_euclid(12) as u32 + 1, 1);
        let day = first
            .wrapping_add(i64::from(clock.day - 1))
            .wrapping_add(days);
        let second = i64::from(clock.hour * 3600 + clock.minute * 60 + clock.second);
        let shown = day.wrapping_mul(DAY).wrapping_add(second);
        let seconds = self.location.moment_of_clock(shown);
        Self {
            seconds,
            monotonic: None,
            ..self.clone()
        }
    }
}

/// `2006-01-02 15:04:05.999999999 -0700 MST`, and behind it what the monotonic clock showed (`Time.String`).
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.format(b"2006-01-02 15:04:05.999999999 -0700 MST");
        f.write_str(&String::from_utf8_lossy(&text))?;
        let Some(monotonic) = self.monotonic else {
            return Ok(());
        };
        let sign = if monotonic < 0 { '-' } else { '+' };
        let (size, second) = (monotonic.unsigned_abs(), SECOND.unsigned_abs());
        write!(f, " m={sign}{}.{:09}", size / second, size % second)
    }
}
