//! The methods of `time.Time` and `time.Duration` that templates can call.

use std::cmp::Ordering;

use homescale_value::{Method, Param, Signature, Str, Value, object};

use crate::dates::duration::{self, SECOND};
use crate::dates::location::{LOCATION, Location};
use crate::dates::time::{Clock, DURATION_PARAMETER, MONTH, NamedInt, Time, WEEKDAY};
use crate::dates::zone::Zone;

const NONE: Signature = Signature::fixed(&[]);
const OTHER: Signature = Signature::fixed(&[Param::Type("time.Time")]);
const BY: Signature = Signature::fixed(&[Param::Integer(DURATION_PARAMETER)]);
const ONTO: Signature = Signature::fixed(&[Param::Bytes]);

/// The methods of `time.Time`.
pub(super) const TIME_METHODS: &[Method] = &[
    Method {
        name: "Add",
        signature: BY,
        call: |this, args| {
            let by = nanoseconds(args.first())?;
            time(Some(this)).map(|this| object(this.plus(by)))
        },
    },
    Method {
        name: "AddDate",
        signature: Signature::fixed(&[Param::Int, Param::Int, Param::Int]),
        call: |this, args| {
            let number = |index: usize| args.get(index).and_then(Value::as_i64).unwrap_or_default();
            time(Some(this)).map(|this| object(this.add_date(number(0), number(1), number(2))))
        },
    },
    Method {
        name: "After",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_gt().into()),
    },
    Method {
        name: "AppendBinary",
        signature: ONTO,
        call: |this, args| {
            let more = time(Some(this))?.binary()?;
            Ok(appended(args, &more))
        },
    },
    Method {
        name: "AppendFormat",
        signature: Signature::fixed(&[Param::Bytes, Param::String]),
        call: |this, args| {
            let more = time(Some(this))?.format(text(args.get(1)));
            Ok(appended(args, &more))
        },
    },
    Method {
        name: "AppendText",
        signature: ONTO,
        call: |this, args| {
            let more = marshalled(this, "AppendText")?;
            Ok(appended(args, more.as_bytes()))
        },
    },
    Method {
        name: "Before",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_lt().into()),
    },
    Method {
        name: "Clock",
        signature: NONE.refused("function Clock has 3 return values; should be 1 or 2"),
        call: |_, _| Ok(Value::Nil),
    },
    Method {
        name: "Compare",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| Value::Int(order as i64)),
    },
    Method {
        name: "Date",
        signature: NONE.refused("function Date has 3 return values; should be 1 or 2"),
        call: |_, _| Ok(Value::Nil),
    },
    Method {
        name: "Day",
        signature: NONE,
        call: |this, _| shown(this, |clock| int(clock.day)),
    },
    Method {
        name: "Equal",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_eq().into()),
    },
    Method {
        name: "Format",
        signature: Signature::fixed(&[Param::String]),
        call: |this, args| {
            let layout = text(args.first());
            time(Some(this)).map(|this| Value::Str(this.format(layout).into()))
        },
    },
    Method {
        name: "GoString",
        signature: NONE,
        call: |this, _| time(Some(this)).map(|this| this.go_expression().into()),
    },
    Method {
        name: "GobEncode",
        signature: NONE,
        call: |this, _| Ok(bytes(&time(Some(this))?.binary()?)),
    },
    Method {
        name: "Hour",
        signature: NONE,
        call: |this, _| shown(this, |clock| int(clock.hour)),
    },
    Method {
        name: "ISOWeek",
        signature: NONE.refused(
            "invalid function signature for ISOWeek: second return value should be error; is int",
        ),
        call: |_, _| Ok(Value::Nil),
    },
    Method {
        name: "In",
        signature: Signature::fixed(&[Param::Type(LOCATION)]),
        call: |this, args| {
            let location = args.first().and_then(Value::downcast);
            let Location(zone) = location.ok_or("time: missing Location in call to Time.In")?;
            time(Some(this)).map(|this| object(this.in_zone(zone.clone())))
        },
    },
    Method {
        name: "IsDST",
        signature: NONE,
        call: |this, _| time(Some(this)).map(|this| this.zone().is_dst(this.seconds()).into()),
    },
    Method {
        name: "IsZero",
        signature: NONE,
        call: |this, _| time(Some(this)).map(|this| this.is_zero().into()),
    },
    Method {
        name: "Local",
        signature: NONE,
        call: |this, _| time(Some(this)).map(|this| object(this.in_zone(this.local_zone().clone()))),
    },
    Method {
        name: "Location",
        signature: NONE,
        call: |this, _| time(Some(this)).map(|this| object(Location(this.zone().clone()))),
    },
    Method {
        name: "MarshalBinary",
        signature: NONE,
        call: |this, _| Ok(bytes(&time(Some(this))?.binary()?)),
    },
    Method {
        name: "MarshalJSON",
        signature: NONE,
        call: |this, _| {
            let text = marshalled(this, "MarshalJSON")?;
            Ok(bytes(format!("\"{text}\"").as_bytes()))
        },
    },
    Method {
        name: "MarshalText",
        signature: NONE,
        call: |this, _| Ok(bytes(marshalled(this, "MarshalText")?.as_bytes())),
    },
    Method {
        name: "Minute",
        signature: NONE,
        call: |this, _| shown(this, |clock| int(clock.minute)),
    },
    Method {
        name: "Month",
        signature: NONE,
        call: |this, _| shown(this, |clock| NamedInt::named(MONTH, clock.month)),
    },
    Method {
        name: "Nanosecond",
        signature: NONE,
        call: |this, _| shown(this, |clock| int(clock.nanosecond)),
    },
    Method {
        name: "Round",
        signature: BY,
        call: |this, args| {
            let unit = nanoseconds(args.first())?;
            time(Some(this)).map(|this| object(this.round(unit)))
        },
    },
    Method {
        name: "Second",
        signature: NONE,
        call: |this, _| shown(this, |clock| int(clock.second)),
    },
    Method {
        name: "String",
        signature: NONE,
        call: |this, _| Ok(this.to_string().into()),
    },
    Method {
        name: "Sub",
        signature: OTHER,
        call: |this, args| {
            let (this, other) = (time(Some(this))?, time(args.first())?);
            Ok(NamedInt::duration(this.since(other)))
        },
    },
    Method {
        name: "Truncate",
        signature: BY,
        call: |this, args| {
            let unit = nanoseconds(args.first())?;
            time(Some(this)).map(|this| object(this.truncate(unit)))
        },
    },
    Method {
        name: "UTC",
        signature: NONE,
        call: |this, _| time(Some(this)).map(|this| object(this.in_zone(Zone::Utc))),
    },
    Method {
        name: "Unix",
        signature: NONE,
        call: |this, _| time(Some(this)).map(|this| Value::Int64(this.seconds())),
    },
    Method {
        name: "UnixMicro",
        signature: NONE,
        call: |this, _| since_epoch(this, 1_000),
    },
    Method {
        name: "UnixMilli",
        signature: NONE,
        call: |this, _| since_epoch(this, 1_000_000),
    },
    Method {
        name: "UnixNano",
        signature: NONE,
        call: |this, _| since_epoch(this, 1),
    },
    Method {
        name: "Weekday",
        signature: NONE,
        call: |this, _| shown(this, |clock| NamedInt::named(WEEKDAY, clock.weekday)),
    },
    Method {
        name: "Year",
        signature: NONE,
        call: |this, _| shown(this, |clock| Value::Int(clock.year)),
    },
    Method {
        name: "YearDay",
        signature: NONE,
        call: |this, _| shown(this, |clock| int(clock.year_day)),
    },
    Method {
        name: "Zone",
        signature: NONE.refused(
            "invalid function signature for Zone: second return value should be error; is int",
        ),
        call: |_, _| Ok(Value::Nil),
    },
    Method {
        name: "ZoneBounds",
        signature: NONE.refused(
            "invalid function signature for ZoneBounds: second return value should be error; is time.Time",
        ),
        call: |_, _| Ok(Value::Nil),
    },
];

/// The methods of `time.Month` and `time.Weekday`.
pub(super) const NAMED_METHODS: &[Method] = &[Method {
    name: "String",
    signature: NONE,
    call: |this, _| Ok(this.to_string().into()),
}];

/// The methods of `time.Duration`.
pub(super) const DURATION_METHODS: &[Method] = &[
    Method {
        name: "Abs",
        signature: NONE,
        call: |this, _| nanoseconds(Some(this)).map(|n| NamedInt::duration(n.saturating_abs())),
    },
    Method {
        name: "Hours",
        signature: NONE,
        call: |this, _| counted(this, 3600 * SECOND),
    },
    Method {
        name: "Microseconds",
        signature: NONE,
        call: |this, _| nanoseconds(Some(this)).map(|n| Value::Int64(n / 1_000)),
    },
    Method {
        name: "Milliseconds",
        signature: NONE,
        call: |this, _| nanoseconds(Some(this)).map(|n| Value::Int64(n / 1_000_000)),
    },
    Method {
        name: "Minutes",
        signature: NONE,
        call: |this, _| counted(this, 60 * SECOND),
    },
    Method {
        name: "Nanoseconds",
        signature: NONE,
        call: |this, _| nanoseconds(Some(this)).map(Value::Int64),
    },
    Method {
        name: "Round",
        signature: BY,
        call: |this, args| {
            let unit = nanoseconds(args.first())?;
            nanoseconds(Some(this)).map(|n| NamedInt::duration(duration::round(n, unit)))
        },
    },
    Method {
        name: "Seconds",
        signature: NONE,
        call: |this, _| counted(this, SECOND),
    },
    Method {
        name: "String",
        signature: NONE,
        call: |this, _| Ok(this.to_string().into()),
    },
    Method {
        name: "Truncate",
        signature: BY,
        call: |this, args| {
            let unit = nanoseconds(args.first())?;
            let cut = |n: i64| if unit <= 0 { n } else { n - n % unit };
            nanoseconds(Some(this)).map(|n| NamedInt::duration(cut(n)))
        },
    },
];

fn time(value: Option<&Value>) -> Result<&Time, String> {
    let time = value.and_then(Value::downcast);
    time.ok_or_else(|| "the value is no time.Time".to_owned())
}

fn text(value: Option<&Value>) -> &[u8] {
    value
        .and_then(Value::as_str)
        .map_or(&b""[..], Str::as_bytes)
}

fn bytes(bytes: &[u8]) -> Value {
    Value::Bytes(bytes.to_vec().into())
}

/// The bytes of the first argument, and more.
fn appended(args: &[Value], more: &[u8]) -> Value {
    match args.first() {
        Some(Value::Bytes(start)) => bytes(&[start.as_bytes(), more].concat()),
        _ => bytes(more),
    }
}

/// RFC 3339; the error names the method.
fn marshalled(this: &Value, method: &str) -> Result<String, String> {
    let text = time(Some(this))?.strict_rfc3339();
    text.map_err(|problem| format!("Time.{method}: {problem}"))
}

fn nanoseconds(value: Option<&Value>) -> Result<i64, String> {
    let duration = value.and_then(Value::downcast::<NamedInt>);
    duration
        .map(NamedInt::number)
        .ok_or_else(|| "the value is no time.Duration".to_owned())
}

fn shown(this: &Value, get: fn(&Clock) -> Value) -> Result<Value, String> {
    time(Some(this)).map(|this| get(&this.clock()))
}

fn compared(this: &Value, args: &[Value], get: fn(Ordering) -> Value) -> Result<Value, String> {
    let (this, other) = (time(Some(this))?, time(args.first())?);
    Ok(get(this.order().cmp(&other.order())))
}

fn since_epoch(this: &Value, unit: i64) -> Result<Value, String> {
    time(Some(this)).map(|this| Value::Int64(this.total_nanoseconds().div_euclid(unit)))
}

/// The duration in a unit: Go divides the whole units and the rest on their own, which can differ in the last digit.
fn counted(this: &Value, unit: i64) -> Result<Value, String> {
    nanoseconds(Some(this))
        .map(|n| Value::Float((n / unit) as f64 + (n % unit) as f64 / unit as f64))
}

fn int(number: u32) -> Value {
    Value::Int(number.into())
}
