//! Cutting, joining, quoting and searching.

use homescale_go::strings::{self, Builder};
use homescale_go::{strconv, utf8};
use homescale_template::{Context, Failure};
use homescale_value::{Str, Value};

use crate::arguments::{Outcome, ask, ask_quoted, printed, strval, take};

/// How long a text may become by repetition: more than any chart needs, less than what exhausts memory.
pub(super) const MAX_LENGTH: usize = 1 << 28;

pub(super) fn cat(context: &mut dyn Context, args: &[Value]) -> Outcome {
    spaced(context, args, printed, |out, text| out.push(text))
}

/// What is written of the text of each value that is not nil, with spaces between.
fn spaced(
    context: &mut dyn Context,
    args: &[Value],
    text_of: fn(&mut dyn Context, &Value) -> Outcome<Str>,
    write: fn(&mut Builder, &Str),
) -> Outcome {
    let present = args.iter().filter(|value| !matches!(value, Value::Nil));
    let texts = present.map(|value| text_of(context, value));
    let texts = texts.collect::<Outcome<Vec<Str>>>()?;
    let written = strings::build(context.room(), 0, |out| {
        for (index, text) in texts.iter().enumerate() {
            if index > 0 {
                out.push(b" ");
            }
            write(out, text);
        }
    });
    Ok(Value::Str(written?.into()))
}

pub(super) fn contains(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (part, text): (&Str, &Str) = take(args)?;
    Ok(strings::contains(text, part).into())
}

pub(super) fn has_prefix(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (prefix, text): (&Str, &Str) = take(args)?;
    Ok(text.starts_with(prefix).into())
}

pub(super) fn has_suffix(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (suffix, text): (&Str, &Str) = take(args)?;
    Ok(text.ends_with(suffix).into())
}

/// goutils takes each byte for a character, so what is not ASCII comes out as Latin-1.
pub(super) fn initials(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let mut after_space = true;
    let initials = text.iter().map(|b| char::from(*b)).filter(|c| {
        let starts = after_space && !c.is_whitespace();
        after_space = c.is_whitespace();
        starts
    });
    Ok(initials.collect::<String>().into())
}

/// The same: bytes that are white space as Latin-1 go, and if one does, the rest is converted from it.
pub(super) fn nospace(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    let is_space = |b: &u8| char::from(*b).is_whitespace();
    if !text.iter().any(is_space) {
        return Ok(Value::Str(text.clone()));
    }
    let kept = text.iter().filter(|b| !is_space(b));
    Ok(kept.map(|b| char::from(*b)).collect::<String>().into())
}

pub(super) fn plural(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (one, many, count): (&Str, &Str, i64) = take(args)?;
    Ok(Value::Str(if count == 1 { one } else { many }.clone()))
}

pub(super) fn quote(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text_of = |context: &mut dyn Context, value: &Value| {
        let text = strval(context, value)?;
        ask_quoted(context, &text)?;
        Ok(text)
    };
    spaced(context, args, text_of, |out, text| {
        out.push(strconv::quote(text).as_bytes());
    })
}

pub(super) fn repeat(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (count, text): (i64, &Str) = take(args)?;
    let count =
        usize::try_from(count).map_err(|_| Failure::new("strings: negative Repeat count"))?;
    match count.checked_mul(text.len()) {
        Some(length) if length <= MAX_LENGTH => {
            ask(context, length)?;
            Ok(Value::Str(text.repeat(count).into()))
        }
        _ => Err("strings: Repeat output length overflow".into()),
    }
}

pub(super) fn replace(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (old, new, text): (&Str, &Str, &Str) = take(args)?;
    if old == new || !strings::contains(text, old) {
        return Ok(Value::Str(text.clone()));
    }
    let replaced = strings::replace_all(text, old, new, context.room())?;
    Ok(Value::Str(replaced.into()))
}

pub(super) fn squote(context: &mut dyn Context, args: &[Value]) -> Outcome {
    spaced(context, args, printed, |out, text| {
        out.push(b"'");
        out.push(text);
        out.push(b"'");
    })
}

/// A negative start means the start of the text, a negative or too large end means its end.
pub(super) fn substr(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (start, end, text): (i64, i64, &Str) = take(args)?;
    let length = text.len() as i64;
    let (start, end) = match (start, end) {
        (..0, ..0) => return Err(out_of_bounds(&format!("[:{end}]"))),
        (..0, _) if end > length => {
            return Err(out_of_bounds(&format!("[:{end}] with length {length}")));
        }
        (..0, _) => (0, end),
        _ if end < 0 || end > length => (start, length),
        _ => (start, end),
    };
    if start > end {
        return Err(out_of_bounds(&format!("[{start}:{end}]")));
    }
    Ok(Value::Str(text[start as usize..end as usize].into()))
}

fn out_of_bounds(range: &str) -> Failure {
    Failure::Message(format!("runtime error: slice bounds out of range {range}"))
}

pub(super) fn trim(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let text: &Str = take(args)?;
    Ok(part(text, strings::trim_space(text)))
}

pub(super) fn trim_all(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (cut, text): (&Str, &Str) = take(args)?;
    let mut cut: Vec<char> = utf8::runes(cut).map(|(rune, _)| rune).collect();
    cut.sort_unstable();
    Ok(part(
        text,
        strings::trim_func(text, |rune| cut.binary_search(&rune).is_ok()),
    ))
}

pub(super) fn trim_prefix(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (prefix, text): (&Str, &Str) = take(args)?;
    Ok(part(
        text,
        text.strip_prefix(prefix.as_bytes()).unwrap_or(text),
    ))
}

pub(super) fn trim_suffix(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (suffix, text): (&Str, &Str) = take(args)?;
    Ok(part(
        text,
        text.strip_suffix(suffix.as_bytes()).unwrap_or(text),
    ))
}

pub(super) fn trunc(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (count, text): (i64, &Str) = take(args)?;
    let kept = usize::try_from(count.unsigned_abs()).unwrap_or(usize::MAX);
    if kept >= text.len() {
        return Ok(Value::Str(text.clone()));
    }
    Ok(part(
        text,
        if count < 0 {
            &text[text.len() - kept..]
        } else {
            &text[..kept]
        },
    ))
}

/// A part of a text, which is the text itself when nothing was cut.
fn part(text: &Str, part: &[u8]) -> Value {
    Value::Str(if part.len() == text.len() {
        text.clone()
    } else {
        part.into()
    })
}
