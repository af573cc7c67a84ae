//! Defaults: what to take when a value is empty.
//!
//! Empty is what `{{ if }}` takes as false: nil, false, zero, and text, lists and maps without contents.

use homescale_template::{Context, Function, Group};
use homescale_value::{Signature, Type, Value};

use crate::arguments::{Outcome, take};
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "defaults",
    about: "Chooses between values by whether they are empty.",
    functions: &[
        Function {
            name: "all",
            signature: Signature::variadic(&[], Type::Any),
            usage: "all VALUE...",
            about: "Tells whether no value is empty.",
            examples: &[(r#"{{ all 1 "a" }} {{ all 1 "" }}"#, "true false")],
            call: all,
            ..BLANK
        },
        Function {
            name: "any",
            signature: Signature::variadic(&[], Type::Any),
            usage: "any VALUE...",
            about: "Tells whether at least one value is not empty.",
            examples: &[(r#"{{ any 0 "a" }} {{ any 0 "" }}"#, "true false")],
            call: any,
            ..BLANK
        },
        Function {
            name: "coalesce",
            signature: Signature::variadic(&[], Type::Any),
            usage: "coalesce VALUE...",
            about: "Gives the first value that is not empty, or nil.",
            examples: &[(r#"{{ coalesce 0 "" "a" "b" }}"#, "a")],
            call: coalesce,
            ..BLANK
        },
        Function {
            name: "default",
            signature: Signature::variadic(&[Type::Any], Type::Any),
            usage: "default DEFAULT VALUE...",
            about: "Gives the first value after the default unless that is empty or absent.",
            examples: &[(r#"{{ default "a" "" }} {{ "b" | default "a" }}"#, "a b")],
            call: default,
            ..BLANK
        },
        Function {
            name: "empty",
            signature: Signature::fixed(&[Type::Any]),
            usage: "empty VALUE",
            about: "Tells whether the value is empty.",
            examples: &[(r#"{{ empty 0 }} {{ empty "0" }}"#, "true false")],
            call: empty,
            ..BLANK
        },
        Function {
            name: "ternary",
            signature: Signature::fixed(&[Type::Any, Type::Any, Type::Bool]),
            usage: "ternary IF_TRUE IF_FALSE CONDITION",
            about: "Gives the first value if the condition is true, else the second.",
            examples: &[(r#"{{ true | ternary "a" "b" }}"#, "a")],
            call: ternary,
            ..BLANK
        },
    ],
};

fn all(_: &mut dyn Context, args: &[Value]) -> Outcome {
    Ok(args.iter().all(Value::is_true).into())
}

fn any(_: &mut dyn Context, args: &[Value]) -> Outcome {
    Ok(args.iter().any(Value::is_true).into())
}

fn coalesce(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let first = args.iter().find(|value| value.is_true());
    Ok(first.cloned().unwrap_or_default())
}

fn default(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (default, values): (&Value, &[Value]) = take(args)?;
    let given = values.first().filter(|value| value.is_true());
    Ok(given.unwrap_or(default).clone())
}

fn empty(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    Ok((!value.is_true()).into())
}

fn ternary(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (yes, no, condition): (&Value, &Value, bool) = take(args)?;
    Ok(if condition { yes } else { no }.clone())
}
