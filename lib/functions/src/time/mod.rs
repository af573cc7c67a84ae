//! What templates hold of Go's `time`: moments, zones, and the named integers.

mod methods;
mod objects;

use homescale_go::time::{Duration, Location, Time};
use homescale_value::{IntegerType, Kind, Value, object};

/// The type of moments, also as a parameter.
pub(crate) const TIME: &str = "time.Time";
/// The type of zones, also as a parameter.
const LOCATION: &str = "*time.Location";
/// The type of durations.
const DURATION: &str = "time.Duration";
/// The type of durations, as a parameter.
const DURATION_PARAMETER: &IntegerType = &IntegerType {
    name: DURATION,
    make: NamedInt::duration,
};
/// The type of months.
const MONTH: &str = "time.Month";
/// The type of the days of the week.
const WEEKDAY: &str = "time.Weekday";

/// A `time.Time`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TimeObject {
    /// The moment.
    pub(crate) time: Time,
    /// The local zone, which its method `Local` asks for.
    pub(crate) local: Location,
}

/// A `*time.Location`.
#[derive(Clone, Debug, PartialEq)]
struct LocationObject(Location);

/// A named integer type of Go's `time` package: a month, a weekday, a duration.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NamedInt {
    ty: &'static str,
    kind: Kind,
    pub(crate) number: i64,
}

impl NamedInt {
    /// The duration, if this is one.
    pub(crate) fn as_duration(&self) -> Option<Duration> {
        (self.ty == DURATION).then_some(Duration(self.number))
    }

    /// A `time.Month`, from 1, or a `time.Weekday`, from 0: both print as a name.
    fn named(ty: &'static str, number: u32) -> Value {
        object(Self {
            ty,
            kind: Kind::Int,
            number: number.into(),
        })
    }

    /// A `time.Duration`.
    pub(crate) fn duration(nanoseconds: i64) -> Value {
        object(Self {
            ty: DURATION,
            kind: Kind::Int64,
            number: nanoseconds,
        })
    }
}
