//! Helm's own functions for durations, which came with 4.3. They take what stands for a duration in values: a duration, a
//! text such as `1h30m`, and a number of seconds, also as text.

use homescale_go::time::Duration;
use homescale_go::{strconv, strings};
use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{Kind, Signature, Type, Value};

use crate::arguments::{Outcome, take};
use crate::row::BLANK;
use crate::time::NamedInt;

const ANY: Signature = Signature::fixed(&[Type::Any]);
const TWO: Signature = Signature::fixed(&[Type::Any, Type::Any]);

pub(crate) const GROUP: Group = Group {
    name: "durations",
    about: "Reads durations, and counts them in units.",
    functions: &[
        Function {
            name: "durationDays",
            signature: ANY,
            usage: "durationDays DURATION",
            about: "Counts days, with a fraction, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationDays "36h" }}"#, "1.5")],
            call: |_, args| hours(args, |hours| hours / 24.0),
            ..BLANK
        },
        Function {
            name: "durationHours",
            signature: ANY,
            usage: "durationHours DURATION",
            about: "Counts hours, with a fraction, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationHours "90m" }}"#, "1.5")],
            call: |_, args| hours(args, |hours| hours),
            ..BLANK
        },
        Function {
            name: "durationMicroseconds",
            signature: ANY,
            usage: "durationMicroseconds DURATION",
            about: "Counts whole microseconds, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationMicroseconds "1ms" }}"#, "1000")],
            call: |_, args| whole(args, 1_000),
            ..BLANK
        },
        Function {
            name: "durationMilliseconds",
            signature: ANY,
            usage: "durationMilliseconds DURATION",
            about: "Counts whole milliseconds, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationMilliseconds "1.5s" }}"#, "1500")],
            call: |_, args| whole(args, 1_000_000),
            ..BLANK
        },
        Function {
            name: "durationMinutes",
            signature: ANY,
            usage: "durationMinutes DURATION",
            about: "Counts minutes, with a fraction, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationMinutes "90s" }}"#, "1.5")],
            call: |_, args| Ok(Value::Float(lenient(args)?.count(Duration::MINUTE))),
            ..BLANK
        },
        Function {
            name: "durationNanoseconds",
            signature: ANY,
            usage: "durationNanoseconds DURATION",
            about: "Counts nanoseconds, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationNanoseconds "1us" }}"#, "1000")],
            call: |_, args| whole(args, 1),
            ..BLANK
        },
        Function {
            name: "durationRoundTo",
            signature: TWO,
            usage: "durationRoundTo DURATION UNIT",
            about: "Rounds to the nearest multiple of another duration, halves away from zero.",
            examples: &[(r#"{{ durationRoundTo "2h15m" "30m" }}"#, "2h30m0s")],
            call: |_, args| multiple(args, Duration::round),
            ..BLANK
        },
        Function {
            name: "durationSeconds",
            signature: ANY,
            usage: "durationSeconds DURATION",
            about: "Counts seconds, with a fraction, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationSeconds "1m0.5s" }}"#, "60.5")],
            call: |_, args| Ok(Value::Float(lenient(args)?.count(Duration::SECOND))),
            ..BLANK
        },
        Function {
            name: "durationTruncateTo",
            signature: TWO,
            usage: "durationTruncateTo DURATION UNIT",
            about: "Rounds towards zero to a multiple of another duration.",
            examples: &[(r#"{{ durationTruncateTo "2h29m" "30m" }}"#, "2h0m0s")],
            call: |_, args| multiple(args, Duration::truncate),
            ..BLANK
        },
        Function {
            name: "durationWeeks",
            signature: ANY,
            usage: "durationWeeks DURATION",
            about: "Counts weeks, with a fraction, or gives 0 for what is no duration.",
            examples: &[(r#"{{ durationWeeks "252h" }}"#, "1.5")],
            call: |_, args| hours(args, |hours| hours / 24.0 / 7.0),
            ..BLANK
        },
        Function {
            name: "mustToDuration",
            signature: ANY,
            usage: "mustToDuration DURATION",
            about: "Reads a duration, and fails for what is none.",
            examples: &[("{{ mustToDuration 90 }}", "1m30s")],
            call: must_to_duration,
            ..BLANK
        },
    ],
};

fn must_to_duration(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    Ok(NamedInt::duration(
        duration(value).map_err(Failure::Message)?.0,
    ))
}

/// The duration that is the only argument, or none at all.
fn lenient(args: &[Value]) -> Outcome<Duration> {
    let value: &Value = take(args)?;
    Ok(duration(value).unwrap_or_default())
}

fn whole(args: &[Value], unit: i64) -> Outcome {
    Ok(Value::Int64(lenient(args)?.0 / unit))
}

fn hours(args: &[Value], convert: fn(f64) -> f64) -> Outcome {
    Ok(Value::Float(convert(lenient(args)?.count(Duration::HOUR))))
}

fn multiple(args: &[Value], of: fn(Duration, Duration) -> Duration) -> Outcome {
    let (value, unit): (&Value, &Value) = take(args)?;
    let result = match (duration(value), duration(unit)) {
        (Err(_), _) => Duration(0),
        (Ok(value), Err(_)) => value,
        (Ok(value), Ok(unit)) => of(value, unit),
    };
    Ok(NamedInt::duration(result.0))
}

/// What a value stands for, or Helm's text for what is wrong with it.
fn duration(value: &Value) -> Result<Duration, String> {
    match value {
        Value::Nil => Err("invalid duration".to_owned()),
        Value::Str(text) => of_text(text),
        Value::Object(_) => match value.downcast::<NamedInt>() {
            Some(number) => match number.as_duration() {
                Some(duration) => Ok(duration),
                None => of_seconds(number.number),
            },
            None => Err(unsupported(value)),
        },
        Value::Float(seconds) => of_float(*seconds),
        Value::Number(number) if number.kind() == Kind::Float32 => {
            of_float(number.as_f64().unwrap_or_default())
        }
        _ => match (value.as_i64(), value.as_u64()) {
            (Some(seconds), _) => of_seconds(seconds),
            (None, Some(seconds)) => match i64::try_from(seconds) {
                Ok(seconds) => of_seconds(seconds),
                Err(_) => Err(format!("duration seconds overflow: {seconds}")),
            },
            (None, None) => Err(unsupported(value)),
        },
    }
}

fn unsupported(value: &Value) -> String {
    format!("unsupported duration type {}", value.type_name())
}

fn of_text(text: &[u8]) -> Result<Duration, String> {
    let trimmed = strings::trim_space(text);
    if trimmed.is_empty() {
        return Err("empty duration".to_owned());
    }
    if let Ok(duration) = Duration::parse(trimmed) {
        return Ok(duration);
    }
    match strconv::parse_float(trimmed, 64) {
        Ok(seconds) => of_float(seconds),
        Err(_) => Err(format!("could not parse duration {}", strconv::quote(text))),
    }
}

fn of_seconds(seconds: i64) -> Result<Duration, String> {
    let nanoseconds = seconds.checked_mul(Duration::SECOND.0);
    nanoseconds
        .map(Duration)
        .ok_or_else(|| format!("duration seconds overflow: {seconds}"))
}

fn of_float(seconds: f64) -> Result<Duration, String> {
    const SECOND_FLOAT: f64 = 1e9;
    /// The first number that is too large for an `int64`.
    const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;
    let shown = |x: f64| Value::Float(x).to_string();
    if !seconds.is_finite() {
        return Err(format!("invalid duration seconds: {}", shown(seconds)));
    }
    let largest = TOO_LARGE / SECOND_FLOAT;
    if seconds > largest || seconds < -largest {
        return Err(format!("duration seconds overflow: {}", shown(seconds)));
    }
    let nanoseconds = seconds * SECOND_FLOAT;
    if !(-TOO_LARGE..=TOO_LARGE).contains(&nanoseconds) {
        return Err(format!(
            "duration nanoseconds overflow: {}",
            shown(nanoseconds)
        ));
    }
    // What is one too large becomes the smallest number on Go's most common machines.
    Ok(Duration(if nanoseconds >= TOO_LARGE {
        i64::MIN
    } else {
        nanoseconds as i64
    }))
}
