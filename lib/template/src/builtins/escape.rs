//! `html`, `js` and `urlquery`: the text of values, escaped.

use homescale_go::strings::Builder;
use homescale_go::{unicode, utf8};
use homescale_value::{Str, Value, fmt};

use crate::error::Failure;
use crate::function::Context;
use crate::printable::printable;

pub(super) fn html(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let mut out = Builder::within(context.room());
    for &byte in text(arguments).as_bytes() {
        match byte {
            0 => out.push("\u{fffd}".as_bytes()),
            b'"' => out.push(b"&#34;"),
            b'\'' => out.push(b"&#39;"),
            b'&' => out.push(b"&amp;"),
            b'<' => out.push(b"&lt;"),
            b'>' => out.push(b"&gt;"),
            _ => out.push(&[byte]),
        }
    }
    Ok(Value::Str(out.finish()?.into()))
}

pub(super) fn js(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let mut out = Builder::within(context.room());
    for (rune, source) in utf8::runes(text(arguments).as_bytes()) {
        match rune {
            '\\' | '\'' | '"' => out.push(&[b'\\', source[0]][..]),
            '<' | '>' | '&' | '=' | '\0'..' ' => push_code(&mut out, rune),
            ' '..='\x7f' => out.push(&source[..1]),
            _ if unicode::is_print(rune) => out.push(source),
            _ => push_code(&mut out, rune),
        }
    }
    Ok(Value::Str(out.finish()?.into()))
}

fn push_code(out: &mut Builder, rune: char) {
    out.push(format!("\\u{:04X}", u32::from(rune)).as_bytes());
}

pub(super) fn urlquery(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let mut out = Builder::within(context.room());
    for &byte in text(arguments).as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(&[byte]);
            }
            b' ' => out.push(b"+"),
            _ => out.push(format!("%{byte:02X}").as_bytes()),
        }
    }
    Ok(Value::Str(out.finish()?.into()))
}

/// The values as `print` writes them, but with `<no value>` for nil, as in an action (Go's `evalArgs`).
fn text(arguments: &[Value]) -> Str {
    if let [Value::Str(text)] = arguments {
        return text.clone();
    }
    let shown: Vec<Value> = arguments
        .iter()
        .map(|value| match value {
            Value::Nil => "<no value>".into(),
            value => printable(value).into_owned(),
        })
        .collect();
    fmt::sprint(&shown).into()
}
