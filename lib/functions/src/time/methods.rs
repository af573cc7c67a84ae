//! The methods of `time.Time` and `time.Duration` that templates can call.

use std::cmp::Ordering;

use homescale_go::time::{Clock, Duration, Location, MarshalError, Time};
use homescale_value::{CallError, Method, Signature, Str, Type, Value, object};

use super::{DURATION, LOCATION, LocationObject, MONTH, NamedInt, TIME, TimeObject, WEEKDAY};

const NONE: Signature = Signature::fixed(&[]);
const OTHER: Signature = Signature::fixed(&[Type::Named(TIME)]);
const BY: Signature = Signature::fixed(&[Type::Integer(DURATION)]);
const ONTO: Signature = Signature::fixed(&[Type::Bytes]);

/// The methods of `time.Time`.
pub(super) const TIME_METHODS: &[Method] = &[
    Method {
        name: "Add",
        signature: BY,
        call: |this, args| {
            let by = duration(args.first())?;
            changed(this, |time| time.add(by))
        },
    },
    Method {
        name: "AddDate",
        signature: Signature::fixed(&[Type::Int, Type::Int, Type::Int]),
        call: |this, args| {
            let number = |index: usize| args.get(index).and_then(Value::as_i64).unwrap_or_default();
            changed(this, |time| time.add_date(number(0), number(1), number(2)))
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
            let more = binary(this)?;
            Ok(appended(args, &more))
        },
    },
    Method {
        name: "AppendFormat",
        signature: Signature::fixed(&[Type::Bytes, Type::String]),
        call: |this, args| {
            let more = time(this)?.format(text(args.get(1)));
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
        signature: Signature::fixed(&[Type::String]),
        call: |this, args| {
            let layout = text(args.first());
            time(this).map(|time| Value::Str(time.format(layout).into()))
        },
    },
    Method {
        name: "GoString",
        signature: NONE,
        call: |this, _| time(this).map(|time| time.go_string().into()),
    },
    Method {
        name: "GobEncode",
        signature: NONE,
        call: |this, _| Ok(bytes(&binary(this)?)),
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
        signature: Signature::fixed(&[Type::Pointer(LOCATION)]),
        call: |this, args| {
            let location = args.first().and_then(Value::downcast);
            let LocationObject(location) =
                location.ok_or("time: missing Location in call to Time.In")?;
            changed(this, |time| time.in_location(location.clone()))
        },
    },
    Method {
        name: "IsDST",
        signature: NONE,
        call: |this, _| time(this).map(|time| time.location().is_dst(time.unix()).into()),
    },
    Method {
        name: "IsZero",
        signature: NONE,
        call: |this, _| time(this).map(|time| time.is_zero().into()),
    },
    Method {
        name: "Local",
        signature: NONE,
        call: |this, _| {
            let local = &receiver(this)?.local;
            changed(this, |time| time.in_location(local.clone()))
        },
    },
    Method {
        name: "Location",
        signature: NONE,
        call: |this, _| time(this).map(|time| object(LocationObject(time.location().clone()))),
    },
    Method {
        name: "MarshalBinary",
        signature: NONE,
        call: |this, _| Ok(bytes(&binary(this)?)),
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
        call: |this, _| shown(this, |clock| NamedInt::of(MONTH, clock.month.into())),
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
            let unit = duration(args.first())?;
            changed(this, |time| time.round(unit))
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
            let (this, other) = (time(this)?, argument(args)?);
            Ok(NamedInt::duration(this.sub(other).0))
        },
    },
    Method {
        name: "Truncate",
        signature: BY,
        call: |this, args| {
            let unit = duration(args.first())?;
            changed(this, |time| time.truncate(unit))
        },
    },
    Method {
        name: "UTC",
        signature: NONE,
        call: |this, _| changed(this, |time| time.in_location(Location::UTC)),
    },
    Method {
        name: "Unix",
        signature: NONE,
        call: |this, _| time(this).map(|time| Value::Int64(time.unix())),
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
        call: |this, _| shown(this, |clock| NamedInt::of(WEEKDAY, clock.weekday.into())),
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

/// The only method of `time.Month`, `time.Weekday` and `*time.Location`.
pub(super) const STRING: &[Method] = &[Method {
    name: "String",
    signature: NONE,
    call: |this, _| Ok(this.to_string().into()),
}];

/// The methods of `time.Duration`.
pub(super) const DURATION_METHODS: &[Method] = &[
    Method {
        name: "Abs",
        signature: NONE,
        call: |this, _| duration(Some(this)).map(|d| NamedInt::duration(d.0.saturating_abs())),
    },
    Method {
        name: "Hours",
        signature: NONE,
        call: |this, _| counted(this, Duration::HOUR),
    },
    Method {
        name: "Microseconds",
        signature: NONE,
        call: |this, _| duration(Some(this)).map(|d| Value::Int64(d.0 / 1_000)),
    },
    Method {
        name: "Milliseconds",
        signature: NONE,
        call: |this, _| duration(Some(this)).map(|d| Value::Int64(d.0 / 1_000_000)),
    },
    Method {
        name: "Minutes",
        signature: NONE,
        call: |this, _| counted(this, Duration::MINUTE),
    },
    Method {
        name: "Nanoseconds",
        signature: NONE,
        call: |this, _| duration(Some(this)).map(|d| Value::Int64(d.0)),
    },
    Method {
        name: "Round",
        signature: BY,
        call: |this, args| {
            let unit = duration(args.first())?;
            duration(Some(this)).map(|d| NamedInt::duration(d.round(unit).0))
        },
    },
    Method {
        name: "Seconds",
        signature: NONE,
        call: |this, _| counted(this, Duration::SECOND),
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
            let unit = duration(args.first())?;
            duration(Some(this)).map(|d| NamedInt::duration(d.truncate(unit).0))
        },
    },
];

fn receiver(this: &Value) -> Result<&TimeObject, CallError> {
    let time = this.downcast();
    time.ok_or_else(|| "the value is no time.Time".into())
}

fn time(this: &Value) -> Result<&Time, CallError> {
    Ok(&receiver(this)?.time)
}

fn argument(args: &[Value]) -> Result<&Time, CallError> {
    time(args.first().unwrap_or(&Value::Nil))
}

/// The time that becomes of this one.
fn changed(this: &Value, change: impl Fn(&Time) -> Time) -> Result<Value, CallError> {
    let TimeObject { time, local } = receiver(this)?;
    Ok(object(TimeObject {
        time: change(time),
        local: local.clone(),
    }))
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
fn marshalled(this: &Value, method: &str) -> Result<String, CallError> {
    let text = time(this)?.marshal_text();
    text.map_err(|problem| format!("Time.{method}: {problem}").into())
}

fn binary(this: &Value) -> Result<Vec<u8>, CallError> {
    let bytes = time(this)?.marshal_binary();
    bytes.map_err(|problem: MarshalError| problem.to_string().into())
}

fn duration(value: Option<&Value>) -> Result<Duration, CallError> {
    let number = value.and_then(Value::downcast::<NamedInt>);
    let duration = number.and_then(NamedInt::as_duration);
    duration.ok_or_else(|| "the value is no time.Duration".into())
}

fn shown(this: &Value, get: fn(&Clock) -> Value) -> Result<Value, CallError> {
    time(this).map(|time| get(&time.clock()))
}

fn compared(this: &Value, args: &[Value], get: fn(Ordering) -> Value) -> Result<Value, CallError> {
    let (this, other) = (time(this)?, argument(args)?);
    Ok(get(this.compare(other)))
}

fn since_epoch(this: &Value, unit: i64) -> Result<Value, CallError> {
    time(this).map(|time| Value::Int64(time.unix_nano().div_euclid(unit)))
}

fn counted(this: &Value, unit: Duration) -> Result<Value, CallError> {
    duration(Some(this)).map(|duration| Value::Float(duration.count(unit)))
}

fn int(number: u32) -> Value {
    Value::Int(number.into())
}
