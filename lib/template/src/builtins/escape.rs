//! `html`, `js` and `urlquery`: the text of values, escaped.

use homescale_go::{unicode, utf8};
use homescale_value::{Str, Value, fmt};

use crate::error::Failure;
use crate::function::Context;
use crate::printable::printable;

pub(super) fn html(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let mut out = Vec::new();
    for &byte in text(arguments).as_bytes() {
        match byte {
            0 => out.extend_from_slice("\u{fffd}".as_bytes()),
            b'"' => out.extend_from_slice(b"&#34;"),
            b'\'' => out.extend_from_slice(b"&#39;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            b'<' => out.extend_from_slice(b"&lt;"),
            b'>' => out.extend_from_slice(b"&gt;"),
            _ => out.push(byte),
        }
    }
    Ok(Value::Str(out.into()))
}

pub(super) fn js(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let mut out = Vec::new();
    for (rune, source) in utf8::runes(text(arguments).as_bytes()) {
        match rune {
            '\\' | '\'' | '"' => out.extend_from_slice(&[b'\\', source[0]]),
            '<' | '>' | '&' | '=' | '\0'..' ' => push_code(&mut out, rune),
            ' '..='\x7f' => out.push(source[0]),
            _ if unicode::is_print(rune) => out.extend_from_slice(source),
            _ => push_code(&mut out, rune),
        }
    }
    Ok(Value::Str(out.into()))
}

fn push_code(out: &mut Vec<u8>, rune: char) {
    out.extend_from_slice(format!("\\u{:04X}", u32::from(rune)).as_bytes());
}

pub(super) fn urlquery(_: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let mut out = Vec::new();
    for &byte in text(arguments).as_bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(byte),
            b' ' => out.push(b'+'),
            _ => out.extend_from_slice(format!("%{byte:02X}").as_bytes()),
        }
    }
    Ok(Value::Str(out.into()))
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
