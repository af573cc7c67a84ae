//! Layout of lines: indenting and wrapping.

use homescale_go::strings::{TooLong, build};
use homescale_template::{Context, Failure};
use homescale_value::{Str, Value};

use super::text::MAX_LENGTH;
use crate::arguments::{Outcome, ask, take};

pub(super) fn indent(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (width, text): (i64, &Str) = take(args)?;
    Ok(Value::Str(indented(context, b"", width, text)?.into()))
}

pub(super) fn nindent(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (width, text): (i64, &Str) = take(args)?;
    Ok(Value::Str(indented(context, b"\n", width, text)?.into()))
}

fn indented(context: &dyn Context, before: &[u8], width: i64, text: &[u8]) -> Outcome<Vec<u8>> {
    let width =
        usize::try_from(width).map_err(|_| Failure::new("strings: negative Repeat count"))?;
    let lines = memchr::memchr_iter(b'\n', text).count() + 1;
    let length = width
        .checked_mul(lines)
        .filter(|padding| *padding <= MAX_LENGTH)
        .map(|padding| before.len() + padding + text.len())
        .ok_or_else(|| Failure::new("strings: Repeat output length overflow"))?;
    ask(context, length)?;
    let mut out = Vec::with_capacity(length);
    out.extend_from_slice(before);
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', text).map(|newline| newline + 1);
    for end in ends.chain([text.len()]) {
        out.resize(out.len() + width, b' ');
        out.extend_from_slice(&text[start..end]);
        start = end;
    }
    Ok(out)
}

pub(super) fn wrap(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (width, text): (i64, &Str) = take(args)?;
    let wrapped = wrapped(text, width, b"\n", false, context.room())?;
    Ok(Value::Str(wrapped.into()))
}

pub(super) fn wrap_with(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (width, line_break, text): (i64, &Str, &Str) = take(args)?;
    let line_break = if line_break.is_empty() {
        b"\n"
    } else {
        line_break.as_bytes()
    };
    let wrapped = wrapped(text, width, line_break, true, context.room())?;
    Ok(Value::Str(wrapped.into()))
}

/// Breaks at the last space that fits. A word that is too long is broken if `inside_words`, else it runs over.
fn wrapped(
    text: &[u8],
    width: i64,
    line_break: &[u8],
    inside_words: bool,
    room: usize,
) -> Result<Vec<u8>, TooLong> {
    let width = usize::try_from(width.max(1)).unwrap_or(usize::MAX);
    build(room, text.len(), |out| {
        let mut rest = text;
        while rest.len() > width && !out.is_full() {
            if let Some(after_space) = rest.strip_prefix(b" ") {
                rest = after_space;
                continue;
            }
            let space = memchr::memrchr(b' ', &rest[..=width]);
            let (line, next) = match space {
                Some(space) => (&rest[..space], &rest[space + 1..]),
                None if inside_words => rest.split_at(width),
                None => match memchr::memchr(b' ', &rest[width..]) {
                    Some(space) => (&rest[..width + space], &rest[width + space + 1..]),
                    None => break,
                },
            };
            out.push(line);
            out.push(line_break);
            rest = next;
        }
        out.push(rest);
    })
}
