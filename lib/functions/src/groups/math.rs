//! Integer arithmetic, and lists of integers. Every argument is converted to `int64` first, so 1.9 counts as 1.

use std::fmt::Write as _;

use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{List, ListType, Signature, Type, Value};

use crate::arguments::{Outcome, ask, int64, take};
use crate::row::BLANK;

const ONE: Signature = Signature::fixed(&[Type::Any]);
const TWO: Signature = Signature::fixed(&[Type::Any, Type::Any]);
const ONE_OR_MORE: Signature = Signature::variadic(&[Type::Any], Type::Any);

pub(crate) const GROUP: Group = Group {
    name: "math",
    about: "Adds, multiplies and compares integers, and counts.",
    functions: &[
        Function {
            name: "add",
            signature: Signature::variadic(&[], Type::Any),
            usage: "add NUMBER...",
            about: "Adds integers.",
            examples: &[(r#"{{ add 1 2.9 "3" }}"#, "6")],
            call: |_, args| {
                Ok(Value::Int64(
                    args.iter().map(int64).fold(0, i64::wrapping_add),
                ))
            },
            ..BLANK
        },
        Function {
            name: "add1",
            signature: ONE,
            usage: "add1 NUMBER",
            about: "Adds 1.",
            examples: &[("{{ add1 4 }}", "5")],
            call: |_, args| {
                let number: &Value = take(args)?;
                Ok(Value::Int64(int64(number).wrapping_add(1)))
            },
            ..BLANK
        },
        Function {
            name: "div",
            signature: TWO,
            usage: "div A B",
            about: "Divides integers, rounded towards zero.",
            examples: &[("{{ div 7 2 }}", "3")],
            call: |_, args| divided(args, i64::wrapping_div),
            ..BLANK
        },
        Function {
            name: "max",
            aliases: &["biggest"],
            signature: ONE_OR_MORE,
            usage: "max NUMBER NUMBER...",
            about: "Gives the largest integer.",
            examples: &[("{{ max 1 3 2 }}", "3")],
            call: |_, args| {
                Ok(Value::Int64(
                    args.iter().map(int64).max().unwrap_or_default(),
                ))
            },
        },
        Function {
            name: "min",
            signature: ONE_OR_MORE,
            usage: "min NUMBER NUMBER...",
            about: "Gives the smallest integer.",
            examples: &[("{{ min 2 1 3 }}", "1")],
            call: |_, args| {
                Ok(Value::Int64(
                    args.iter().map(int64).min().unwrap_or_default(),
                ))
            },
            ..BLANK
        },
        Function {
            name: "mod",
            signature: TWO,
            usage: "mod A B",
            about: "Gives what a division of integers leaves, with the sign of the first.",
            examples: &[("{{ mod 7 3 }}", "1")],
            call: |_, args| divided(args, i64::wrapping_rem),
            ..BLANK
        },
        Function {
            name: "mul",
            signature: ONE_OR_MORE,
            usage: "mul NUMBER NUMBER...",
            about: "Multiplies integers.",
            examples: &[("{{ mul 2 3 4 }}", "24")],
            call: |_, args| {
                Ok(Value::Int64(
                    args.iter().map(int64).fold(1, i64::wrapping_mul),
                ))
            },
            ..BLANK
        },
        Function {
            name: "seq",
            signature: Signature::variadic(&[], Type::Int),
            usage: "seq START STEP END...",
            about: "Counts like the shell's `seq`, and gives the numbers as one text.",
            examples: &[("{{ seq 3 }}", "1 2 3"), ("{{ seq 0 2 6 }}", "0 2 4 6")],
            call: seq,
            ..BLANK
        },
        Function {
            name: "sub",
            signature: TWO,
            usage: "sub A B",
            about: "Subtracts the second integer from the first.",
            examples: &[("{{ sub 10 3 }}", "7")],
            call: |_, args| {
                let (a, b): (&Value, &Value) = take(args)?;
                Ok(Value::Int64(int64(a).wrapping_sub(int64(b))))
            },
            ..BLANK
        },
        Function {
            name: "until",
            signature: Signature::fixed(&[Type::Int]),
            usage: "until COUNT",
            about: "Gives a list of the integers from 0 up to, and without, the count.",
            examples: &[("{{ until 3 }}", "[0 1 2]")],
            call: until,
            ..BLANK
        },
        Function {
            name: "untilStep",
            signature: Signature::fixed(&[Type::Int, Type::Int, Type::Int]),
            usage: "untilStep START STOP STEP",
            about: "Gives a list of the integers from the start up to, and without, the stop.",
            examples: &[("{{ untilStep 3 9 2 }}", "[3 5 7]")],
            call: until_step,
            ..BLANK
        },
    ],
};

/// How many integers a function may list: more than any chart counts, less than what exhausts memory.
const MAX_COUNT: u64 = 10_000_000;

fn divided(args: &[Value], divide: fn(i64, i64) -> i64) -> Outcome {
    let (a, b): (&Value, &Value) = take(args)?;
    match int64(b) {
        0 => Err("runtime error: integer divide by zero".into()),
        divisor => Ok(Value::Int64(divide(int64(a), divisor))),
    }
}

fn until(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let count: i64 = take(args)?;
    let step = if count < 0 { -1 } else { 1 };
    ints(counted(context, 0, count, step)?)
}

fn until_step(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (start, stop, step): (i64, i64, i64) = take(args)?;
    ints(counted(context, start, stop, step)?)
}

fn ints(numbers: Vec<i64>) -> Outcome {
    let numbers = numbers.into_iter().map(Value::Int).collect();
    Ok(Value::List(List::typed(&ListType::INTS, numbers)))
}

/// The integers from `start` to `stop`; none when the step leads away from it. They count as work before any is made.
fn counted(context: &mut dyn Context, start: i64, stop: i64, step: i64) -> Outcome<Vec<i64>> {
    let leads_there = step > 0 && start < stop || step < 0 && start > stop;
    if !leads_there {
        return Ok(Vec::new());
    }
    let count = start.abs_diff(stop).div_ceil(step.unsigned_abs());
    if count > MAX_COUNT {
        return Err(Failure::Message(format!("more than {MAX_COUNT} numbers")));
    }
    // As numbers and as values, or as text.
    ask(context, count as usize * 2 * size_of::<Value>())?;
    context.consume(count / 2, 0)?;
    // The last product is the largest, and lies between the two ends.
    let number = |index: u64| start.wrapping_add(step.wrapping_mul(index as i64));
    Ok((0..count).map(number).collect())
}

/// The end is included. With a step that leads away from it there are no numbers.
fn seq(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let given: Vec<i64> = args.iter().filter_map(Value::as_i64).collect();
    let (start, step, end) = match given[..] {
        [end] => (1, None, end),
        [start, end] => (start, None, end),
        [start, step, end] => (start, Some(step), end),
        _ => return Ok("".into()),
    };
    let direction = if end < start { -1 } else { 1 };
    let step = step.unwrap_or(direction);
    if direction < 0 && step > 0 {
        return Ok("".into());
    }
    let numbers = counted(context, start, end.wrapping_add(direction), step)?;
    let mut out = String::new();
    for (index, number) in numbers.iter().enumerate() {
        let space = if index > 0 { " " } else { "" };
        let _ = write!(out, "{space}{number}");
    }
    Ok(out.into())
}
