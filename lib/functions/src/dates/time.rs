//! [`Time`]: Go's `time.Time`, with the fields and methods that templates use.

use std::any::Any;

use homescale_value::{IntegerType, Kind, Method, NamedInteger, Object, Value, object};

use crate::dates::duration;
use crate::dates::methods::{DURATION_METHODS, NAMED_METHODS, TIME_METHODS};
use crate::dates::zone::Zone;

pub(super) const MONTHS: [&str; 12] = [
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

pub(super) const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

const DAY: i64 = 86_400;

/// A second in nanoseconds.
const SECOND: u64 = duration::SECOND.unsigned_abs();

/// The first moment of the year 1, which is Go's zero time.
const ZERO: i64 = -62_135_596_800;

/// A moment, and the zone in which it is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Time {
    seconds: i64,
    nanoseconds: u32,
    zone: Zone,
    /// The local zone, which `.Local` asks for.
    local: Zone,
    /// What the monotonic clock showed, in nanoseconds. Arithmetic with durations keeps it, all else drops it.
    monotonic: Option<i64>,
}

/// What a calendar and a clock show.
#[derive(Clone, Debug)]
pub(super) struct Clock {
    pub(super) year: i64,
    pub(super) month: u32,
    pub(super) day: u32,
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) second: u32,
    pub(super) nanosecond: u32,
    /// From 0, a Sunday.
    pub(super) weekday: u32,
    /// From 1.
    pub(super) year_day: u32,
    pub(super) offset: i32,
    pub(super) zone_name: String,
}

impl Time {
    /// Seconds since 1970 in UTC, and nanoseconds within the second; shown in a zone, where another one is the local one.
    pub(crate) fn new(seconds: i64, nanoseconds: u32, zone: Zone, local: &Zone) -> Self {
        Self {
            seconds,
            nanoseconds,
            zone,
            local: local.clone(),
            monotonic: None,
        }
    }

    /// With what the monotonic clock showed at that moment.
    pub(super) fn with_monotonic(self, monotonic: Option<i64>) -> Self {
        Self { monotonic, ..self }
    }

    /// Go's zero time.
    pub(super) fn zero(local: &Zone) -> Self {
        Self::new(ZERO, 0, Zone::Utc, local)
    }

    /// Where it is shown.
    pub(super) fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The local zone.
    pub(super) fn local_zone(&self) -> &Zone {
        &self.local
    }

    /// Seconds since Go's zero time, and nanoseconds within the second.
    pub(super) fn since_zero(&self) -> (i64, u32) {
        (self.seconds.wrapping_sub(ZERO), self.nanoseconds)
    }

    /// Seconds since 1970.
    pub(super) fn seconds(&self) -> i64 {
        self.seconds
    }

    /// Nanoseconds since 1970, wrapped around as Go's are.
    pub(super) fn total_nanoseconds(&self) -> i64 {
        let seconds = self.seconds.wrapping_mul(duration::SECOND);
        seconds.wrapping_add(self.nanoseconds.into())
    }

    /// Whether this is Go's zero time.
    pub(super) fn is_zero(&self) -> bool {
        self.order() == (ZERO, 0)
    }

    /// The same moment, shown elsewhere.
    pub(super) fn in_zone(&self, zone: Zone) -> Self {
        Self {
            zone,
            monotonic: None,
            ..self.clone()
        }
    }

    /// The moment that many nanoseconds later.
    pub(super) fn plus(&self, nanoseconds: i64) -> Self {
        let sum = i64::from(self.nanoseconds) + nanoseconds.rem_euclid(duration::SECOND);
        let seconds = nanoseconds.div_euclid(duration::SECOND) + sum / duration::SECOND;
        Self {
            seconds: self.seconds.wrapping_add(seconds),
            nanoseconds: (sum % duration::SECOND) as u32,
            monotonic: self.monotonic.and_then(|m| m.checked_add(nanoseconds)),
            ..self.clone()
        }
    }

    /// Go's `Time.Truncate`: back to a multiple of so many nanoseconds since Go's zero time.
    pub(super) fn truncate(&self, unit: i64) -> Self {
        self.plus(-self.beyond(unit)).with_monotonic(None)
    }

    /// Go's `Time.Round`: to the nearest such multiple, the later one of two.
    pub(super) fn round(&self, unit: i64) -> Self {
        let beyond = self.beyond(unit);
        let is_nearer = i128::from(beyond) * 2 < i128::from(unit);
        self.plus(if is_nearer || unit <= 0 {
            -beyond
        } else {
            unit - beyond
        })
        .with_monotonic(None)
    }

    /// The nanoseconds since the last multiple; none if the unit is not positive.
    fn beyond(&self, unit: i64) -> i64 {
        if unit <= 0 {
            return 0;
        }
        let seconds = i128::from(self.seconds) - i128::from(ZERO);
        let total = seconds * i128::from(duration::SECOND) + i128::from(self.nanoseconds);
        total.rem_euclid(unit.into()) as i64
    }

    /// The nanoseconds from an earlier moment to this, kept in range.
    pub(super) fn since(&self, earlier: &Self) -> i64 {
        if let (Some(this), Some(earlier)) = (self.monotonic, earlier.monotonic) {
            return this.saturating_sub(earlier);
        }
        let seconds = i128::from(self.seconds) - i128::from(earlier.seconds);
        let nanoseconds = i128::from(self.nanoseconds) - i128::from(earlier.nanoseconds);
        let total = seconds * i128::from(duration::SECOND) + nanoseconds;
        total.clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }

    /// What orders moments, wherever they are shown.
    pub(super) fn order(&self) -> (i64, u32) {
        (self.seconds, self.nanoseconds)
    }

    /// What calendar and clock show.
    pub(super) fn clock(&self) -> Clock {
        let (offset, zone_name) = self.zone.at(self.seconds);
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

    /// The same time of day so many years, months and days later; days beyond the end of a month go on into the next.
    pub(super) fn add_date(&self, years: i64, months: i64, days: i64) -> Self {
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
        let seconds = self.zone.moment_of_clock(shown);
        Self {
            seconds,
            monotonic: None,
            ..self.clone()
        }
    }
}

/// The date of a day counted from 1970-01-01. Years start in March here, so that the leap day is the last.
fn date_of(days: i64) -> (i64, u32, u32) {
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
pub(crate) fn days_before(year: i64, month: u32, day: u32) -> i64 {
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

/// What Go prints behind a time for the monotonic clock: seconds with nine digits after the point.
fn monotonic_text(nanoseconds: i64) -> String {
    let sign = if nanoseconds < 0 { '-' } else { '+' };
    let size = nanoseconds.unsigned_abs();
    format!(" m={sign}{}.{:09}", size / SECOND, size % SECOND)
}

/// `time.Time`.
impl Object for Time {
    fn type_name(&self) -> &'static str {
        "time.Time"
    }

    fn print(&self) -> String {
        let text = self.format(b"2006-01-02 15:04:05.999999999 -0700 MST");
        let text = String::from_utf8_lossy(&text).into_owned();
        match self.monotonic {
            Some(monotonic) => text + &monotonic_text(monotonic),
            None => text,
        }
    }

    fn go_text(&self) -> Option<String> {
        Some(self.go_expression())
    }

    fn unexported_fields(&self) -> &'static [&'static str] {
        &["wall", "ext", "loc"]
    }

    fn methods(&self) -> &'static [Method] {
        TIME_METHODS
    }

    fn to_data(&self) -> Result<Value, String> {
        let text = self.strict_rfc3339();
        text.map(Value::from).map_err(|problem| {
            format!(
                "json: error calling MarshalJSON for type time.Time: Time.MarshalJSON: {problem}"
            )
        })
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn is_same(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|other| self.order() == other.order() && self.zone.is_same(&other.zone))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A named integer type of Go's `time` package: a month, a weekday, a duration.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NamedInt {
    ty: &'static str,
    kind: Kind,
    number: i64,
}

impl NamedInt {
    /// The integer.
    pub(crate) fn number(&self) -> i64 {
        self.number
    }

    /// Whether this is a `time.Duration`, of nanoseconds.
    pub(crate) fn is_duration(&self) -> bool {
        self.ty == DURATION
    }

    /// A `time.Month`, from 1, or a `time.Weekday`, from 0: both print as a name.
    pub(super) fn named(ty: &'static str, number: u32) -> Value {
        object(Self {
            ty,
            kind: Kind::Int,
            number: number.into(),
        })
    }

    /// A `time.Duration`.
    pub(super) fn duration(nanoseconds: i64) -> Value {
        object(Self {
            ty: DURATION,
            kind: Kind::Int64,
            number: nanoseconds,
        })
    }
}

/// The type of durations.
pub(super) const DURATION: &str = "time.Duration";
/// The type of durations, as a parameter.
pub(super) const DURATION_PARAMETER: &IntegerType = &IntegerType {
    name: DURATION,
    make: NamedInt::duration,
};
/// The type of months.
pub(super) const MONTH: &str = "time.Month";
/// The type of the days of the week.
pub(super) const WEEKDAY: &str = "time.Weekday";

impl Object for NamedInt {
    fn type_name(&self) -> &'static str {
        self.ty
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn integer(&self) -> Option<NamedInteger> {
        let make = match self.ty {
            DURATION => Self::duration,
            MONTH => |number| Self::named(MONTH, number as u32),
            _ => |number| Self::named(WEEKDAY, number as u32),
        };
        Some(NamedInteger {
            number: self.number,
            make,
        })
    }

    fn print(&self) -> String {
        let index = usize::try_from(self.number).unwrap_or_default();
        match self.ty {
            MONTH => MONTHS
                .get(index.wrapping_sub(1))
                .copied()
                .unwrap_or_default()
                .to_owned(),
            WEEKDAY => WEEKDAYS.get(index).copied().unwrap_or_default().to_owned(),
            _ => duration::text(self.number),
        }
    }

    fn methods(&self) -> &'static [Method] {
        if self.ty == DURATION {
            DURATION_METHODS
        } else {
            NAMED_METHODS
        }
    }

    fn is_true(&self) -> bool {
        self.number != 0
    }

    fn to_data(&self) -> Result<Value, String> {
        Ok(Value::Int64(self.number))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
