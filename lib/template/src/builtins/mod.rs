//! The functions that Go's `text/template` has by itself (`builtins` in Go's `funcs.go`).

mod compare;
mod element;
mod escape;
mod logic;

use homescale_value::{Signature, Type, Value, fmt};

use crate::error::Failure;
use crate::function::{Context, Function, Group};

/// All of them.
pub const GROUP: Group = Group {
    name: "builtins",
    about: "What Go's templates have by themselves: comparison, logic, elements of lists and maps, printing, escaping.",
    functions: &[
        Function {
            name: "and",
            aliases: &[],
            signature: Signature::variadic(&[Type::Reflect], Type::Reflect),
            usage: "and VALUE...",
            about: "The first value that is false or empty, else the last; the values after it are not evaluated.",
            examples: &[
                (r#"{{ and 1 "" 2 }}"#, ""),
                (r#"{{ and 1 "a" }}"#, "a"),
                ("{{ and false (index nil 1) }}", "false"),
            ],
            call: logic::and,
        },
        Function {
            name: "call",
            aliases: &[],
            signature: Signature::variadic(&[Type::Reflect], Type::Reflect),
            usage: "call FUNCTION ARGUMENT...",
            about: "An error always: it would call a value that is a function, and no value that Helm passes is one.",
            examples: &[("{{ if false }}{{ call 1 }}{{ end }}", "")],
            call,
        },
        Function {
            name: "eq",
            aliases: &[],
            signature: Signature::variadic(&[Type::Reflect], Type::Reflect),
            usage: "eq VALUE OTHER...",
            about: "Whether the first value equals one of the others; an integer never compares with a float.",
            examples: &[
                (r#"{{ eq "a" "b" "a" }}"#, "true"),
                ("{{ eq 1.0 1.5 }}", "false"),
                ("{{ eq .missing nil }}", "true"),
            ],
            call: compare::eq,
        },
        Function {
            name: "ge",
            aliases: &[],
            signature: TWO,
            usage: "ge A B",
            about: "Whether A is greater than B or equal to it: numbers of like kind, or strings by their bytes.",
            examples: &[("{{ ge 2 2 }}", "true"), (r#"{{ ge "a" "b" }}"#, "false")],
            call: compare::ge,
        },
        Function {
            name: "gt",
            aliases: &[],
            signature: TWO,
            usage: "gt A B",
            about: "Whether A is greater than B: numbers of like kind, or strings by their bytes.",
            examples: &[("{{ gt 2 1 }}", "true"), (r#"{{ gt "a" "B" }}"#, "true")],
            call: compare::gt,
        },
        Function {
            name: "html",
            aliases: &[],
            signature: ANY,
            usage: "html VALUE...",
            about: "The values as one text, as by `print`, with the characters escaped that mean something in HTML.",
            examples: &[(
                r#"{{ html "<a href='x'>&" }}"#,
                "&lt;a href=&#39;x&#39;&gt;&amp;",
            )],
            call: escape::html,
        },
        Function {
            name: "index",
            aliases: &[],
            signature: Signature::variadic(&[Type::Reflect], Type::Reflect),
            usage: "index VALUE KEY...",
            about: "The element of a map, list or string at a key or position, then the element of that at the next.",
            examples: &[
                (r#"{{ index "abc" 1 }}"#, "98"),
                (r#"{{ index . "missing" | printf "%v" }}"#, "<nil>"),
            ],
            call: element::index,
        },
        Function {
            name: "js",
            aliases: &[],
            signature: ANY,
            usage: "js VALUE...",
            about: "The values as one text, as by `print`, escaped for a string of JavaScript.",
            examples: &[(r#"{{ js "it's <b>" }}"#, r"it\'s \u003Cb\u003E")],
            call: escape::js,
        },
        Function {
            name: "le",
            aliases: &[],
            signature: TWO,
            usage: "le A B",
            about: "Whether A is less than B or equal to it: numbers of like kind, or strings by their bytes.",
            examples: &[("{{ le 1.5 1.5 }}", "true"), ("{{ le 2 1 }}", "false")],
            call: compare::le,
        },
        Function {
            name: "len",
            aliases: &[],
            signature: Signature::fixed(&[Type::Reflect]),
            usage: "len VALUE",
            about: "The number of elements of a map or list, or of bytes of a string.",
            examples: &[(r#"{{ len "é" }}"#, "2"), ("{{ len . }}", "0")],
            call: element::len,
        },
        Function {
            name: "lt",
            aliases: &[],
            signature: TWO,
            usage: "lt A B",
            about: "Whether A is less than B: numbers of like kind, or strings by their bytes.",
            examples: &[("{{ lt 1 2 }}", "true"), (r#"{{ lt "10" "9" }}"#, "true")],
            call: compare::lt,
        },
        Function {
            name: "ne",
            aliases: &[],
            signature: TWO,
            usage: "ne A B",
            about: "Whether the two values differ; see `eq`.",
            examples: &[
                ("{{ ne 1 2 }}", "true"),
                (r#"{{ ne .missing "" }}"#, "true"),
            ],
            call: compare::ne,
        },
        Function {
            name: "not",
            aliases: &[],
            signature: Signature::fixed(&[Type::Reflect]),
            usage: "not VALUE",
            about: "Whether the value is false or empty.",
            examples: &[
                (r#"{{ not "" }}"#, "true"),
                (r#"{{ not "false" }}"#, "false"),
            ],
            call: logic::not,
        },
        Function {
            name: "or",
            aliases: &[],
            signature: Signature::variadic(&[Type::Reflect], Type::Reflect),
            usage: "or VALUE...",
            about: "The first value that is neither false nor empty, else the last; the values after it are not evaluated.",
            examples: &[
                (r#"{{ or "" "a" 2 }}"#, "a"),
                (r#"{{ or 0 "" | printf "%q" }}"#, r#""""#),
                ("{{ or true (index nil 1) }}", "true"),
            ],
            call: logic::or,
        },
        Function {
            name: "print",
            aliases: &[],
            signature: ANY,
            usage: "print VALUE...",
            about: "The values as one text, with a space between two that are not strings.",
            examples: &[(r#"{{ print 1 2 "a" 3 nil }}"#, "1 2a3 <nil>")],
            call: |_, arguments| Ok(Value::Str(fmt::sprint(arguments).into())),
        },
        Function {
            name: "printf",
            aliases: &[],
            signature: Signature::variadic(&[Type::String], Type::Any),
            usage: "printf FORMAT VALUE...",
            about: "The format with the values in the places of its directives; a wrong directive is told in the text.",
            examples: &[
                (r#"{{ printf "%s-%03d" "web" 7 }}"#, "web-007"),
                (r#"{{ printf "%.2f %q" 1.5 "a" }}"#, r#"1.50 "a""#),
                (r#"{{ printf "%d" "x" }}"#, "%!d(string=x)"),
            ],
            call: printf,
        },
        Function {
            name: "println",
            aliases: &[],
            signature: ANY,
            usage: "println VALUE...",
            about: "The values as one line, with a space between any two.",
            examples: &[(r#"{{ println "a" 1 }}"#, "a 1\n")],
            call: |_, arguments| Ok(Value::Str(fmt::sprintln(arguments).into())),
        },
        Function {
            name: "slice",
            aliases: &[],
            signature: Signature::variadic(&[Type::Reflect], Type::Reflect),
            usage: "slice VALUE FROM TO",
            about: "The part of a list or string from a position on, up to another; both may be left out.",
            examples: &[
                (r#"{{ slice "abcd" 1 3 }}"#, "bc"),
                (r#"{{ slice "abcd" 2 }}"#, "cd"),
            ],
            call: element::slice,
        },
        Function {
            name: "urlquery",
            aliases: &[],
            signature: ANY,
            usage: "urlquery VALUE...",
            about: "The values as one text, as by `print`, escaped for the query of a URL.",
            examples: &[(r#"{{ urlquery "a b&c" }}"#, "a+b%26c")],
            call: escape::urlquery,
        },
    ],
};

const TWO: Signature = Signature::fixed(&[Type::Reflect, Type::Reflect]);
const ANY: Signature = Signature::variadic(&[], Type::Any);

/// The evaluator puts the text of the first argument before the arguments, for the message.
fn call(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    match arguments {
        [Value::Str(text), callee, ..] if !matches!(callee, Value::Nil) => {
            let message = format!("non-function {text} of type {}", callee.type_name());
            Err(Failure::Message(message))
        }
        _ => Err("call of nil".into()),
    }
}

fn printf(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let (format, values) = match arguments {
        [Value::Str(format), values @ ..] => (format.as_bytes(), values),
        _ => (&b""[..], arguments),
    };
    Ok(Value::Str(fmt::sprintf(format, values).into()))
}
