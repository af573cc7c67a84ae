//! Go's `and` and `or`. The evaluator itself calls them, because they evaluate no more arguments than they need.

use homescale_value::{Param, Signature, Value};

use crate::function::{Family, Function, Origin};

/// The functions that short-circuit.
pub(crate) const FAMILY: Family = Family {
    name: "logic",
    about: "Logic on the truth of values, which evaluates no more arguments than it needs.",
    functions: &[
        Function {
            name: "and",
            aliases: &[],
            origin: Origin::Go,
            signature: Signature::variadic(&[Param::Reflect], Param::Reflect),
            usage: "and VALUE...",
            about: "The first value that is false or empty, else the last; the values after it are not evaluated.",
            examples: &[
                (r#"{{ and 1 "" 2 }}"#, ""),
                (r#"{{ and 1 "a" }}"#, "a"),
                ("{{ and false (index nil 1) }}", "false"),
            ],
            call: |_, arguments| Ok(first(arguments, false)),
        },
        Function {
            name: "or",
            aliases: &[],
            origin: Origin::Go,
            signature: Signature::variadic(&[Param::Reflect], Param::Reflect),
            usage: "or VALUE...",
            about: "The first value that is neither false nor empty, else the last; the values after it are not evaluated.",
            examples: &[
                (r#"{{ or "" "a" 2 }}"#, "a"),
                (r#"{{ or 0 "" | printf "%q" }}"#, r#""""#),
                ("{{ or true (index nil 1) }}", "true"),
            ],
            call: |_, arguments| Ok(first(arguments, true)),
        },
    ],
};

/// The first argument of this truth, else the last.
fn first(arguments: &[Value], truth: bool) -> Value {
    let found = arguments.iter().find(|value| value.is_true() == truth);
    found.or(arguments.last()).cloned().unwrap_or_default()
}
