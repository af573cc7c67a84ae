//! Dates and durations, in Go's layouts (`2006-01-02 15:04:05`).
//!
//! A date may be a time, or an integer of seconds since 1970. Anything else, the floats of a values file among it, counts
//! as now.

mod durations;

use homescale_go::strconv;
use homescale_go::time::{Duration, Location, Time};
use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{Number, Signature, Str, Type, Value, object};

use crate::arguments::{Outcome, take};
use crate::environment::{local_zone, outside};
use crate::row::BLANK;
use crate::time::{self, TimeObject};

pub(super) use self::durations::GROUP as DURATIONS;

const TIME: Type = Type::Named(time::TIME);
const ANY: Signature = Signature::fixed(&[Type::Any]);
const CHANGE: Signature = Signature::fixed(&[Type::String, TIME]);
const TWO_TEXTS: Signature = Signature::fixed(&[Type::String, Type::String]);

pub(crate) const GROUP: Group = Group {
    name: "dates",
    about: "Reads, changes and prints times and durations.",
    functions: &[
        Function {
            name: "ago",
            signature: ANY,
            usage: "ago DATE",
            about: "Gives how long ago a date was, to the second.",
            examples: &[("{{ ago now }}", "0s")],
            call: ago,
            ..BLANK
        },
        Function {
            name: "date",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "date LAYOUT DATE",
            about: "Prints a date in the local zone.",
            examples: &[(r#"{{ date "2006-01-02" (int64 86400) }}"#, "1970-01-02")],
            call: |context, args| {
                let (layout, date): (&Str, &Value) = take(args)?;
                printed(context, layout, date, "Local")
            },
            ..BLANK
        },
        Function {
            name: "dateInZone",
            aliases: &["date_in_zone"],
            signature: Signature::fixed(&[Type::String, Type::Any, Type::String]),
            usage: "dateInZone LAYOUT DATE ZONE",
            about: "Prints a date in a zone; an unknown zone counts as UTC.",
            examples: &[(
                r#"{{ dateInZone "15:04 MST" (int64 0) "Asia/Tokyo" }}"#,
                "09:00 JST",
            )],
            call: |context, args| {
                let (layout, date, zone): (&Str, &Value, &Str) = take(args)?;
                printed(context, layout, date, &zone.to_text())
            },
        },
        Function {
            name: "dateModify",
            aliases: &["date_modify"],
            signature: CHANGE,
            usage: "dateModify DURATION TIME",
            about: "Adds a duration to a time, which stays as it is when the duration cannot be read.",
            examples: &[(
                r#"{{ toDate "2006-01-02" "2024-01-01" | dateModify "-1h" | date "15:04" }}"#,
                "23:00",
            )],
            call: |_, args| {
                modified(args).or_else(|_| Ok(args.last().cloned().unwrap_or_default()))
            },
        },
        Function {
            name: "duration",
            signature: ANY,
            usage: "duration SECONDS",
            about: "Prints seconds, given as text or `int64`, as a duration.",
            examples: &[(r#"{{ duration "95" }}"#, "1m35s")],
            call: duration_of,
            ..BLANK
        },
        Function {
            name: "durationRound",
            signature: ANY,
            usage: "durationRound DURATION",
            about: "Prints the largest unit of a duration that is more than one.",
            examples: &[(r#"{{ durationRound "2h10m5s" }}"#, "2h")],
            call: duration_round,
            ..BLANK
        },
        Function {
            name: "htmlDate",
            signature: ANY,
            usage: "htmlDate DATE",
            about: "Prints a date for an HTML date picker, in the local zone.",
            examples: &[("{{ htmlDate (int64 0) }}", "1970-01-01")],
            call: |context, args| {
                let date: &Value = take(args)?;
                printed(context, HTML_DATE, date, "Local")
            },
            ..BLANK
        },
        Function {
            name: "htmlDateInZone",
            signature: Signature::fixed(&[Type::Any, Type::String]),
            usage: "htmlDateInZone DATE ZONE",
            about: "Prints a date for an HTML date picker, in a zone.",
            examples: &[(r#"{{ htmlDateInZone (int64 0) "UTC" }}"#, "1970-01-01")],
            call: |context, args| {
                let (date, zone): (&Value, &Str) = take(args)?;
                printed(context, HTML_DATE, date, &zone.to_text())
            },
            ..BLANK
        },
        Function {
            name: "mustDateModify",
            aliases: &["must_date_modify"],
            signature: CHANGE,
            usage: "mustDateModify DURATION TIME",
            about: "Adds a duration to a time.",
            examples: &[(
                r#"{{ (toDate "2006" "2024" | mustDateModify "48h").Day }}"#,
                "3",
            )],
            call: |_, args| modified(args),
        },
        Function {
            name: "mustToDate",
            signature: TWO_TEXTS,
            usage: "mustToDate LAYOUT TEXT",
            about: "Reads a time.",
            examples: &[(
                r#"{{ (mustToDate "2006-01-02" "2024-02-29").YearDay }}"#,
                "60",
            )],
            call: |context, args| shown_locally(context, parsed(context, args)?),
            ..BLANK
        },
        Function {
            name: "now",
            usage: "now",
            about: "Gives the current time in the local zone.",
            examples: &[("{{ typeOf now }}", "time.Time")],
            call: |context, _| shown_locally(context, current(context)?),
            ..BLANK
        },
        Function {
            name: "toDate",
            signature: TWO_TEXTS,
            usage: "toDate LAYOUT TEXT",
            about: "Reads a time, or gives the first moment of the year 1 when it cannot be read.",
            examples: &[(
                r#"{{ toDate "2006-01-02" "2024-12-31" | date "02/01/2006" }}"#,
                "31/12/2024",
            )],
            call: |context, args| {
                let time = parsed(context, args);
                shown_locally(context, time.unwrap_or_else(|_| Time::zero()))
            },
            ..BLANK
        },
        Function {
            name: "unixEpoch",
            signature: Signature::fixed(&[TIME]),
            usage: "unixEpoch TIME",
            about: "Gives the seconds since 1970, as text.",
            examples: &[(
                r#"{{ toDate "2006-01-02" "1970-01-02" | unixEpoch }}"#,
                "86400",
            )],
            call: unix_epoch,
            ..BLANK
        },
    ],
};

const HTML_DATE: &[u8] = b"2006-01-02";

fn current(context: &dyn Context) -> Outcome<Time> {
    let host = outside(context)?;
    let (now, monotonic) = (host.now(), host.monotonic());
    let time = Time::new(now.seconds, now.nanoseconds, local_zone(context)?);
    Ok(time.with_monotonic(monotonic))
}

/// The moment of a time or of an integer, if it is one of the types that count.
fn moment(date: &Value, with_int32: bool) -> Option<Time> {
    let seconds = match date {
        Value::Int(seconds) | Value::Int64(seconds) => *seconds,
        Value::Number(Number::Int32(seconds)) if with_int32 => (*seconds).into(),
        other => {
            return other
                .downcast::<TimeObject>()
                .map(|object| object.time.clone());
        }
    };
    Some(Time::new(seconds, 0, Location::UTC))
}

fn printed(context: &dyn Context, layout: &[u8], date: &Value, zone: &str) -> Outcome {
    let time = match moment(date, true) {
        Some(time) => time,
        None => current(context)?,
    };
    let zone = match zone {
        "Local" => local_zone(context)?,
        name => Location::load(name).unwrap_or(Location::UTC),
    };
    Ok(Value::Str(time.in_location(zone).format(layout).into()))
}

fn parsed(context: &dyn Context, args: &[Value]) -> Outcome<Time> {
    let (layout, text): (&Str, &Str) = take(args)?;
    let local = local_zone(context)?;
    Time::parse(layout, text, &local).map_err(|error| Failure::Message(error.to_string()))
}

/// A time that a template gets.
fn shown_locally(context: &dyn Context, time: Time) -> Outcome {
    let local = local_zone(context)?;
    Ok(object(TimeObject { time, local }))
}

fn modified(args: &[Value]) -> Outcome {
    let (text, time): (&Str, &Value) = take(args)?;
    let duration = Duration::parse(text).map_err(|error| Failure::Message(error.to_string()))?;
    let TimeObject { time, local } = time
        .downcast()
        .ok_or_else(|| Failure::new("the argument is no time"))?;
    let (time, local) = (time.add(duration), local.clone());
    Ok(object(TimeObject { time, local }))
}

fn ago(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let date: &Value = take(args)?;
    let now = current(context)?;
    let then = moment(date, false).unwrap_or_else(|| now.clone());
    let elapsed = now.sub(&then).round(Duration::SECOND);
    Ok(elapsed.to_string().into())
}

/// An `int` is none of the types that count: `duration 95` is `0s`.
fn duration_of(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    let seconds = match value {
        Value::Int64(seconds) => *seconds,
        Value::Str(text) => strconv::parse_int(text, 10, 64).unwrap_or_else(|error| error.value),
        _ => 0,
    };
    let duration = Duration(seconds.wrapping_mul(Duration::SECOND.0));
    Ok(duration.to_string().into())
}

fn duration_round(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    let duration = match value {
        Value::Int64(nanoseconds) => Duration(*nanoseconds),
        Value::Str(text) => Duration::parse(text).unwrap_or_default(),
        other => match other.downcast::<TimeObject>() {
            Some(object) => current(context)?.sub(&object.time),
            None => Duration(0),
        },
    };
    Ok(rounded_text(duration).into())
}

/// One unit, of which there must be more than one.
fn rounded_text(duration: Duration) -> String {
    const HOUR: i64 = Duration::HOUR.0;
    const UNITS: [(i64, &str); 6] = [
        (365 * 24 * HOUR, "y"),
        (30 * 24 * HOUR, "mo"),
        (24 * HOUR, "d"),
        (HOUR, "h"),
        (Duration::MINUTE.0, "m"),
        (Duration::SECOND.0, "s"),
    ];
    let size = duration.0.unsigned_abs();
    let unit = UNITS.iter().find(|(unit, _)| size > unit.unsigned_abs());
    unit.map_or_else(
        || "0s".to_owned(),
        |(unit, name)| format!("{}{name}", size / unit.unsigned_abs()),
    )
}

fn unix_epoch(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let time: &Value = take(args)?;
    let seconds = time
        .downcast()
        .map(|object: &TimeObject| object.time.unix());
    let seconds = seconds.unwrap_or_default();
    Ok(seconds.to_string().into())
}
