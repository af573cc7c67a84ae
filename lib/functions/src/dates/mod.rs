//! Dates and durations, in Go's layouts (`2006-01-02 15:04:05`).
//!
//! A date may be a time, or an integer of seconds since 1970. Anything else, the floats of a values file among it, counts
//! as now.

mod duration;
mod format;
mod helm;
mod layout;
mod location;
mod marshal;
mod methods;
mod parse;
mod time;
mod zone;

use homescale_go::strconv;
use homescale_template::{Context, Failure, Family, Function};
use homescale_value::{Number, Param, Signature, Str, Value, object};

use crate::arguments::{Outcome, take};
pub(crate) use crate::dates::format::{LOCAL_DATE, LOCAL_DATETIME, LOCAL_TIME};
pub(crate) use crate::dates::helm::FAMILY as DURATIONS;
pub(crate) use crate::dates::time::{NamedInt, Time, days_before};
pub(crate) use crate::dates::zone::Zone;
use crate::environment::{environment, outside};
use crate::row::SPRIG;

const TIME: Param = Param::Type("time.Time");
const ANY: Signature = Signature::fixed(&[Param::Any]);
const CHANGE: Signature = Signature::fixed(&[Param::String, TIME]);
const TWO_TEXTS: Signature = Signature::fixed(&[Param::String, Param::String]);

pub(crate) const FAMILY: Family = Family {
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
            ..SPRIG
        },
        Function {
            name: "date",
            signature: Signature::fixed(&[Param::String, Param::Any]),
            usage: "date LAYOUT DATE",
            about: "Prints a date in the local zone.",
            examples: &[(r#"{{ date "2006-01-02" (int64 86400) }}"#, "1970-01-02")],
            call: |context, args| {
                let (layout, date): (&Str, &Value) = take(args)?;
                printed(context, layout, date, "Local")
            },
            ..SPRIG
        },
        Function {
            name: "dateInZone",
            aliases: &["date_in_zone"],
            signature: Signature::fixed(&[Param::String, Param::Any, Param::String]),
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
            ..SPRIG
        },
        Function {
            name: "durationRound",
            signature: ANY,
            usage: "durationRound DURATION",
            about: "Prints the largest unit of a duration that is more than one.",
            examples: &[(r#"{{ durationRound "2h10m5s" }}"#, "2h")],
            call: duration_round,
            ..SPRIG
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
            ..SPRIG
        },
        Function {
            name: "htmlDateInZone",
            signature: Signature::fixed(&[Param::Any, Param::String]),
            usage: "htmlDateInZone DATE ZONE",
            about: "Prints a date for an HTML date picker, in a zone.",
            examples: &[(r#"{{ htmlDateInZone (int64 0) "UTC" }}"#, "1970-01-01")],
            call: |context, args| {
                let (date, zone): (&Value, &Str) = take(args)?;
                printed(context, HTML_DATE, date, &zone.to_text())
            },
            ..SPRIG
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
            call: |context, args| Ok(object(parsed(context, args)?)),
            ..SPRIG
        },
        Function {
            name: "now",
            usage: "now",
            about: "Gives the current time in the local zone.",
            examples: &[("{{ typeOf now }}", "time.Time")],
            call: |context, _| Ok(object(current(context)?)),
            ..SPRIG
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
                Ok(object(time.or_else(|_| {
                    local(context).map(|local| Time::zero(&local))
                })?))
            },
            ..SPRIG
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
            ..SPRIG
        },
    ],
};

const HTML_DATE: &[u8] = b"2006-01-02";

fn current(context: &dyn Context) -> Outcome<Time> {
    let host = outside(context)?;
    let (now, monotonic) = (host.now(), host.monotonic());
    let zone = local(context)?;
    let time = Time::new(now.seconds, now.nanoseconds, zone.clone(), &zone);
    Ok(time.with_monotonic(monotonic))
}

/// The moment of a time or of an integer, if it is one of the types that count.
fn moment(date: &Value, with_int32: bool) -> Option<Time> {
    let seconds = match date {
        Value::Int(seconds) | Value::Int64(seconds) => *seconds,
        Value::Number(Number::Int32(seconds)) if with_int32 => (*seconds).into(),
        other => return other.downcast::<Time>().cloned(),
    };
    Some(Time::new(seconds, 0, Zone::Utc, &Zone::Utc))
}

fn printed(context: &dyn Context, layout: &[u8], date: &Value, zone: &str) -> Outcome {
    let time = match moment(date, true) {
        Some(time) => time,
        None => current(context)?,
    };
    let zone = match zone {
        "Local" => local(context)?,
        name => Zone::named(name).unwrap_or(Zone::Utc),
    };
    Ok(Value::Str(time.in_zone(zone).format(layout).into()))
}

fn parsed(context: &dyn Context, args: &[Value]) -> Outcome<Time> {
    let (layout, text): (&Str, &Str) = take(args)?;
    let local = local(context)?;
    parse::parse(layout, text, &local).map_err(Failure::Message)
}

/// The local zone.
pub(crate) fn local(context: &dyn Context) -> Outcome<Zone> {
    Ok(Zone::local(environment(context)?.host().local_zone()))
}

fn modified(args: &[Value]) -> Outcome {
    let (text, time): (&Str, &Value) = take(args)?;
    let duration = duration::parse(text).map_err(Failure::Message)?;
    let time: &Time = time
        .downcast()
        .ok_or_else(|| Failure::new("the argument is no time"))?;
    Ok(object(time.plus(duration)))
}

fn ago(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let date: &Value = take(args)?;
    let now = current(context)?;
    let then = moment(date, false).unwrap_or_else(|| now.clone());
    let elapsed = now.since(&then);
    Ok(duration::text(duration::round(elapsed, duration::SECOND)).into())
}

/// An `int` is none of the types that count: `duration 95` is `0s`.
fn duration_of(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    let seconds = match value {
        Value::Int64(seconds) => *seconds,
        Value::Str(text) => strconv::parse_int(text, 10, 64).unwrap_or_else(|error| error.value),
        _ => 0,
    };
    Ok(duration::text(seconds.wrapping_mul(duration::SECOND)).into())
}

fn duration_round(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    let nanoseconds = match value {
        Value::Int64(nanoseconds) => *nanoseconds,
        Value::Str(text) => duration::parse(text).unwrap_or_default(),
        other => match other.downcast::<Time>() {
            Some(time) => current(context)?.since(time),
            None => 0,
        },
    };
    Ok(duration::rounded_text(nanoseconds).into())
}

fn unix_epoch(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let time: &Value = take(args)?;
    let seconds = time.downcast().map(Time::seconds).unwrap_or_default();
    Ok(seconds.to_string().into())
}
