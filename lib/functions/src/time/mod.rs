//! What templates hold of Go's `time`: moments, zones, and the named integers.

mod methods;
mod objects;

use homescale_go::time::{Duration, Location, Time};
use homescale_value::{IntegerType, Kind, Value, object};

/// The type of moments, also as a parameter.
pub(crate) const TIME: &str = "time.Time";
/// The type of zones, also as a parameter.
const LOCATION: &str = "*time.Location";
/// The type of durations, also as a parameter.
const DURATION: &IntegerType = &IntegerType {
    name: "time.Duration",
    kind: Kind::Int64,
    make: NamedInt::duration,
};
/// The type of months, from 1.
const MONTH: &IntegerType = &IntegerType {
    name: "time.Month",
    kind: Kind::Int,
    make: |number| NamedInt::of(MONTH, number),
};
/// The type of the days of the week, from 0.
const WEEKDAY: &IntegerType = &IntegerType {
    name: "time.Weekday",
    kind: Kind::Int,
    make: |number| NamedInt::of(WEEKDAY, number),
};

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
    ty: &'static IntegerType,
    pub(crate) number: i64,
}

impl NamedInt {
    /// The duration, if this is one.
    pub(crate) fn as_duration(&self) -> Option<Duration> {
        (self.ty == DURATION).then_some(Duration(self.number))
    }

    /// A `time.Duration`.
    pub(crate) fn duration(nanoseconds: i64) -> Value {
        Self::of(DURATION, nanoseconds)
    }

    fn of(ty: &'static IntegerType, number: i64) -> Value {
        object(Self { ty, number })
    }
}
