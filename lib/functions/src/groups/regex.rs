//! Regular expressions in Go's dialect (RE2).
//!
//! A pattern that does not compile is false for `regexMatch`, and an error for every other function. Those called `must…`
//! differ in the words around the error only.

use std::rc::Rc;

use homescale_go::regexp::{self, Regexp};
use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{List, ListType, Signature, Str, Type, Value};

use crate::arguments::{Outcome, string_list, take};
use crate::environment::environment;
use crate::row::BLANK;

const PATTERN_AND_TEXT: Signature = Signature::fixed(&[Type::String, Type::String]);
const AND_COUNT: Signature = Signature::fixed(&[Type::String, Type::String, Type::Int]);
const AND_TEXT: Signature = Signature::fixed(&[Type::String, Type::String, Type::String]);

pub(crate) const GROUP: Group = Group {
    name: "regex",
    about: "Finds, replaces and splits with regular expressions.",
    functions: &[
        Function {
            name: "mustRegexFind",
            signature: PATTERN_AND_TEXT,
            usage: "mustRegexFind PATTERN TEXT",
            about: "Is `regexFind`, with a plain error for a bad pattern.",
            examples: &[(r#"{{ mustRegexFind "[0-9]+" "a12" }}"#, "12")],
            call: |context, args| find(context, args, Strict::Error),
            ..BLANK
        },
        Function {
            name: "mustRegexFindAll",
            signature: AND_COUNT,
            usage: "mustRegexFindAll PATTERN TEXT COUNT",
            about: "Is `regexFindAll`, with a plain error for a bad pattern.",
            examples: &[(r#"{{ mustRegexFindAll "[0-9]" "a1b2" 1 }}"#, "[1]")],
            call: |context, args| find_all(context, args, Strict::Error),
            ..BLANK
        },
        Function {
            name: "mustRegexMatch",
            signature: PATTERN_AND_TEXT,
            usage: "mustRegexMatch PATTERN TEXT",
            about: "Is `regexMatch`, with an error for a bad pattern.",
            examples: &[(r#"{{ mustRegexMatch "^a" "abc" }}"#, "true")],
            call: must_match,
            ..BLANK
        },
        Function {
            name: "mustRegexReplaceAll",
            signature: AND_TEXT,
            usage: "mustRegexReplaceAll PATTERN TEXT REPLACEMENT",
            about: "Is `regexReplaceAll`, with a plain error for a bad pattern.",
            examples: &[(r#"{{ mustRegexReplaceAll "(a)b" "ab" "${1}c" }}"#, "ac")],
            call: |context, args| replace_all(context, args, Strict::Error),
            ..BLANK
        },
        Function {
            name: "mustRegexReplaceAllLiteral",
            signature: AND_TEXT,
            usage: "mustRegexReplaceAllLiteral PATTERN TEXT REPLACEMENT",
            about: "Is `regexReplaceAllLiteral`, with a plain error for a bad pattern.",
            examples: &[(r#"{{ mustRegexReplaceAllLiteral "a" "ab" "$1" }}"#, "$1b")],
            call: |context, args| replace_all_literal(context, args, Strict::Error),
            ..BLANK
        },
        Function {
            name: "mustRegexSplit",
            signature: AND_COUNT,
            usage: "mustRegexSplit PATTERN TEXT COUNT",
            about: "Is `regexSplit`, with a plain error for a bad pattern.",
            examples: &[(r#"{{ mustRegexSplit "z+" "azzb" -1 }}"#, "[a b]")],
            call: |context, args| split(context, args, Strict::Error),
            ..BLANK
        },
        Function {
            name: "regexFind",
            signature: PATTERN_AND_TEXT,
            usage: "regexFind PATTERN TEXT",
            about: "Gives the first match, or an empty string.",
            examples: &[(r#"{{ regexFind "[a-z][0-9]" "abc1d2" }}"#, "c1")],
            call: |context, args| find(context, args, Strict::Panic),
            ..BLANK
        },
        Function {
            name: "regexFindAll",
            signature: AND_COUNT,
            usage: "regexFindAll PATTERN TEXT COUNT",
            about: "Gives a list of at most that many matches, or of all when the count is negative.",
            examples: &[(r#"{{ regexFindAll "[2468]" "1234567" -1 }}"#, "[2 4 6]")],
            call: |context, args| find_all(context, args, Strict::Panic),
            ..BLANK
        },
        Function {
            name: "regexMatch",
            signature: PATTERN_AND_TEXT,
            usage: "regexMatch PATTERN TEXT",
            about: "Tells whether the pattern matches anywhere in the text.",
            examples: &[(r#"{{ regexMatch "^[a-z]+$" "abc" }}"#, "true")],
            call: is_match,
            ..BLANK
        },
        Function {
            name: "regexQuoteMeta",
            signature: Signature::fixed(&[Type::String]),
            usage: "regexQuoteMeta TEXT",
            about: "Gives a pattern that matches exactly this text.",
            examples: &[(r#"{{ regexQuoteMeta "1.2" }}"#, r"1\.2")],
            call: quote_meta,
            ..BLANK
        },
        Function {
            name: "regexReplaceAll",
            signature: AND_TEXT,
            usage: "regexReplaceAll PATTERN TEXT REPLACEMENT",
            about: "Replaces every match, where `$1` and `${name}` stand for groups.",
            examples: &[(
                r#"{{ regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W" }}"#,
                "-W-xxW-",
            )],
            call: |context, args| replace_all(context, args, Strict::Panic),
            ..BLANK
        },
        Function {
            name: "regexReplaceAllLiteral",
            signature: AND_TEXT,
            usage: "regexReplaceAllLiteral PATTERN TEXT REPLACEMENT",
            about: "Replaces every match with the text as it is.",
            examples: &[(
                r#"{{ regexReplaceAllLiteral "a(x*)b" "-ab-" "$1" }}"#,
                "-$1-",
            )],
            call: |context, args| replace_all_literal(context, args, Strict::Panic),
            ..BLANK
        },
        Function {
            name: "regexSplit",
            signature: AND_COUNT,
            usage: "regexSplit PATTERN TEXT COUNT",
            about: "Splits at the matches into at most that many parts, or into all when the count is negative.",
            examples: &[(r#"{{ regexSplit "z+" "pizza" -1 }}"#, "[pi a]")],
            call: |context, args| split(context, args, Strict::Panic),
            ..BLANK
        },
    ],
};

/// How Sprig reports a pattern that does not compile.
#[derive(Clone, Copy)]
enum Strict {
    /// `regexp.Compile` returned the error.
    Error,
    /// `regexp.MustCompile` panicked with it.
    Panic,
}

/// The compiled pattern, if it is one. The work of compiling it and of comparing it with the text is counted.
fn counted(
    context: &mut dyn Context,
    pattern: &Str,
    text: &[u8],
) -> Outcome<Result<Rc<Regexp>, regexp::Error>> {
    let for_ascii = text.is_ascii();
    let known = environment(context)?.pattern(pattern, for_ascii);
    let compiled = match known {
        Some(known) => Ok(known),
        None => compile(context, pattern, for_ascii)?,
    };
    let compiled = match compiled {
        Ok(compiled) => compiled,
        Err(error) => return Ok(Err(error)),
    };
    context.consume(compiled.fuel(text), 0)?;
    Ok(Ok(compiled))
}

/// Compiles a pattern that is new, and counts what that takes.
fn compile(
    context: &mut dyn Context,
    pattern: &Str,
    for_ascii: bool,
) -> Outcome<Result<Rc<Regexp>, regexp::Error>> {
    let effort = Regexp::effort(pattern);
    context.consume(effort.fuel, effort.memory)?;
    let compiled = environment(context)?.compile(pattern, for_ascii);
    if let Ok(compiled) = &compiled {
        let cost = compiled.cost();
        context.consume(cost.fuel, cost.memory)?;
    }
    Ok(compiled)
}

fn compiled(
    context: &mut dyn Context,
    pattern: &Str,
    text: &[u8],
    strict: Strict,
) -> Outcome<Rc<Regexp>> {
    counted(context, pattern, text)?.map_err(|error| {
        Failure::Message(match strict {
            Strict::Error => error.to_string(),
            Strict::Panic => format!("regexp: Compile({}): {error}", regexp::quote(pattern)),
        })
    })
}

/// A bad pattern matches nothing.
fn is_match(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (pattern, text): (&Str, &Str) = take(args)?;
    let pattern = counted(context, pattern, text)?;
    Ok(pattern.is_ok_and(|pattern| pattern.is_match(text)).into())
}

fn find(context: &mut dyn Context, args: &[Value], strict: Strict) -> Outcome {
    let (pattern, text): (&Str, &Str) = take(args)?;
    let pattern = compiled(context, pattern, text, strict)?;
    let found = pattern.find(text).unwrap_or_default();
    Ok(Value::Str(found.into()))
}

fn find_all(context: &mut dyn Context, args: &[Value], strict: Strict) -> Outcome {
    let (pattern, text, count): (&Str, &Str, i64) = take(args)?;
    let pattern = compiled(context, pattern, text, strict)?;
    let matches = pattern.find_all_index(text, count);
    if matches.is_empty() {
        return Ok(Value::List(List::nil(&ListType::STRINGS)));
    }
    let matches: Vec<&[u8]> = matches.into_iter().map(|found| &text[found]).collect();
    string_list(context, &matches)
}

fn must_match(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (pattern, text): (&Str, &Str) = take(args)?;
    let pattern = compiled(context, pattern, text, Strict::Error)?;
    Ok(pattern.is_match(text).into())
}

fn replace_all(context: &mut dyn Context, args: &[Value], strict: Strict) -> Outcome {
    let (pattern, text, replacement): (&Str, &Str, &Str) = take(args)?;
    let pattern = compiled(context, pattern, text, strict)?;
    let replaced = pattern.replace_all(text, replacement, context.room())?;
    Ok(Value::Str(replaced.into()))
}

fn replace_all_literal(context: &mut dyn Context, args: &[Value], strict: Strict) -> Outcome {
    let (pattern, text, replacement): (&Str, &Str, &Str) = take(args)?;
    let pattern = compiled(context, pattern, text, strict)?;
    let replaced = pattern.replace_all_literal(text, replacement, context.room())?;
    Ok(Value::Str(replaced.into()))
}

fn split(context: &mut dyn Context, args: &[Value], strict: Strict) -> Outcome {
    let (pattern, text, count): (&Str, &Str, i64) = take(args)?;
    let pattern = compiled(context, pattern, text, strict)?;
    match pattern.split(text, count) {
        Some(parts) => string_list(context, &parts),
        None => Ok(Value::List(List::nil(&ListType::STRINGS))),
    }
}

fn quote_meta(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(Value::Str(regexp::quote_meta(text).into()))
}
