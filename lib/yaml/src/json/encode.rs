//! Writes values as JSON.

use std::fmt::Write as _;

use data_encoding::BASE64;
use homescale_go::strconv;
use homescale_go::strings::{Builder, TooLong};
use homescale_value::{Number, Str, Value};

use super::{Error, MAX_DEPTH};
use crate::nesting::{Ancestors, cycle_text, spaces};

/// From this on, and below its counterpart, floats are written with an exponent.
pub(crate) const EXPONENT_FROM: f64 = 1e21;
const EXPONENT_BELOW: f64 = 1e-6;

/// The value as `json.Marshal` writes it: on one line, keys in byte order, `<`, `>` and `&` escaped.
///
/// Fails on NaN and infinite numbers (`json: unsupported value: NaN`), on complex numbers, on values that contain
/// themselves, and where an object has no JSON form.
pub fn encode(value: &Value) -> Result<String, Error> {
    encode_within(value, usize::MAX)
}

/// The same in at most `room` bytes: see [`Error::is_too_long`]. A value that holds another twice, which does the same, and so
/// on, is short and has a text of any length.
pub fn encode_within(value: &Value, room: usize) -> Result<String, Error> {
    let (html, indent) = (true, false);
    Encoder::new(Style { html, indent }, room).document(value)
}

/// The same with `<`, `>` and `&` left as they are: an encoder with `SetEscapeHTML(false)`, without its final newline.
pub fn encode_raw(value: &Value) -> Result<String, Error> {
    encode_raw_within(value, usize::MAX)
}

/// As [`encode_raw`], within the bounds of [`encode_within`].
pub fn encode_raw_within(value: &Value, room: usize) -> Result<String, Error> {
    let (html, indent) = (false, false);
    Encoder::new(Style { html, indent }, room).document(value)
}

/// The value as `json.MarshalIndent` writes it with two spaces: a line for each item, and `{}` and `[]` for what is empty.
///
/// Fails as [`encode`] does, and on more than 10000 levels.
pub fn encode_pretty(value: &Value) -> Result<String, Error> {
    encode_pretty_within(value, usize::MAX)
}

/// As [`encode_pretty`], within the bounds of [`encode_within`].
pub fn encode_pretty_within(value: &Value, room: usize) -> Result<String, Error> {
    let (html, indent) = (true, true);
    Encoder::new(Style { html, indent }, room).document(value)
}

/// The error for a float that JSON cannot express.
pub(crate) fn unsupported_float(x: f64) -> String {
    format!(
        "json: unsupported value: {}",
        strconv::format_float(x, 'g', None, 64)
    )
}

#[derive(Clone, Copy)]
struct Style {
    html: bool,
    indent: bool,
}

struct Encoder {
    out: Builder<String>,
    style: Style,
    frames: Vec<Frame>,
    /// The entries of all maps that are being written, innermost last.
    entries: Vec<(Str, Value)>,
    ancestors: Ancestors,
}

/// A list or map that is being written.
struct Frame {
    container: Value,
    next: usize,
    /// Where the entries of a map begin in `entries`.
    start: usize,
}

impl Encoder {
    fn new(style: Style, room: usize) -> Self {
        Self {
            out: Builder::after(String::new(), room),
            style,
            frames: Vec::new(),
            entries: Vec::new(),
            ancestors: Ancestors::default(),
        }
    }

    fn document(mut self, value: &Value) -> Result<String, Error> {
        self.node(value.clone())?;
        while let (Some(frame), false) = (self.frames.last_mut(), self.out.is_full()) {
            let at = frame.next;
            let first = at == 0;
            frame.next += 1;
            if let Value::List(list) = &frame.container {
                match list.get(at) {
                    Some(item) => {
                        self.item(first);
                        self.node(item)?;
                    }
                    None => self.leave(']'),
                }
            } else {
                let at = frame.start + at;
                match self.entries.get_mut(at).map(std::mem::take) {
                    Some((key, value)) => {
                        self.item(first);
                        self.string(&key);
                        self.out.push(if self.style.indent { ": " } else { ":" });
                        self.node(value)?;
                    }
                    None => self.leave('}'),
                }
            }
        }
        self.out.finish().map_err(|TooLong| Error::too_long())
    }

    fn item(&mut self, first: bool) {
        if !first {
            self.out.put(',');
        }
        self.line();
    }

    fn leave(&mut self, close: char) {
        if let Some(frame) = self.frames.pop() {
            self.entries.truncate(frame.start);
            self.ancestors.leave(&frame.container);
        }
        self.line();
        self.out.put(close);
    }

    fn line(&mut self) {
        if self.style.indent {
            self.out.put('\n');
            spaces(&mut self.out, 2 * self.frames.len());
        }
    }

    /// Writes a scalar or an empty container, or begins a container.
    fn node(&mut self, value: Value) -> Result<(), Error> {
        match &value {
            Value::Nil => self.out.push("null"),
            Value::Bool(true) => self.out.push("true"),
            Value::Bool(false) => self.out.push("false"),
            Value::Int(n) | Value::Int64(n) => self.display(n),
            Value::Float(x) => self.float(*x)?,
            Value::Number(number) => match (number.as_i64(), number.as_u64(), number) {
                (Some(n), ..) => self.display(n),
                (_, Some(n), _) => self.display(n),
                (_, _, Number::Float32(x)) => self.float32(*x)?,
                _ => self.out.push("null"),
            },
            Value::Complex(_) => return Err(Error::new("json: unsupported type: complex128")),
            Value::Str(text) => self.string(text),
            Value::Bytes(bytes) => {
                self.out.put('"');
                self.out.push(&BASE64.encode(bytes));
                self.out.put('"');
            }
            Value::List(list) if list.is_nil() => self.out.push("null"),
            Value::Map(map) if map.is_nil() => self.out.push("null"),
            Value::List(list) if list.is_empty() => self.empty("[]")?,
            Value::Map(map) if map.is_empty() => self.empty("{}")?,
            Value::List(_) | Value::Map(_) => return self.enter(value, Vec::new()),
            Value::Object(object) => {
                if let Some(members) = object.members() {
                    if members.is_empty() {
                        return self.empty("{}");
                    }
                    return self.enter(value, members);
                }
                let data = object
                    .to_data()
                    .map_err(|error| Error::new(error.to_string()))?;
                if let Value::Object(_) = data {
                    return Err(Error::new(format!(
                        "json: unsupported type: {}",
                        object.type_name()
                    )));
                }
                return self.node(data);
            }
        }
        Ok(())
    }

    /// Begins a list, a map, or an object of these members.
    fn enter(&mut self, container: Value, members: Vec<(&str, Value)>) -> Result<(), Error> {
        if !self.ancestors.enter(&container) {
            return Err(Error::new(cycle_text(&container)));
        }
        let start = self.entries.len();
        let members = members.into_iter();
        self.entries
            .extend(members.map(|(name, value)| (name.into(), value)));
        if let Value::Map(map) = &container {
            let entries = map.entries();
            let handles = entries
                .iter()
                .map(|(key, value)| (key.clone(), value.clone()));
            self.entries.extend(handles);
        }
        let open = if let Value::List(_) = container {
            '['
        } else {
            '{'
        };
        self.check_depth(self.ancestors.depth(), open)?;
        self.out.put(open);
        self.frames.push(Frame {
            container,
            next: 0,
            start,
        });
        Ok(())
    }

    fn empty(&mut self, text: &str) -> Result<(), Error> {
        self.check_depth(
            self.ancestors.depth() + 1,
            if text == "[]" { '[' } else { '{' },
        )?;
        self.out.push(text);
        Ok(())
    }

    /// Go indents by scanning the text again, and its scanner has a limit.
    fn check_depth(&self, depth: usize, open: char) -> Result<(), Error> {
        if self.style.indent && depth > MAX_DEPTH {
            return Err(Error::new(format!(
                "invalid character '{open}' exceeded max depth"
            )));
        }
        Ok(())
    }

    fn display(&mut self, number: impl std::fmt::Display) {
        write!(self.out, "{number}").expect("writing to a string cannot fail");
    }

    fn float(&mut self, x: f64) -> Result<(), Error> {
        let size = x.abs();
        if !x.is_finite() {
            return Err(Error::new(unsupported_float(x)));
        }
        if size != 0.0 && !(EXPONENT_BELOW..EXPONENT_FROM).contains(&size) {
            self.scientific(&strconv::format_float(x, 'e', None, 64));
        } else {
            self.out.push(&strconv::format_float(x, 'f', None, 64));
        }
        Ok(())
    }

    fn float32(&mut self, x: f32) -> Result<(), Error> {
        let size = x.abs();
        if !x.is_finite() {
            return Err(Error::new(unsupported_float(x.into())));
        }
        if size != 0.0 && !(EXPONENT_BELOW as f32..EXPONENT_FROM as f32).contains(&size) {
            self.scientific(&strconv::format_float(x.into(), 'e', None, 32));
        } else {
            self.out
                .push(&strconv::format_float(x.into(), 'f', None, 32));
        }
        Ok(())
    }

    /// `encoding/json` writes `1e-7` where `strconv` gives `1e-07`.
    fn scientific(&mut self, text: &str) {
        match text.split_once("e-0") {
            Some((digits, exponent)) => {
                for part in [digits, "e-", exponent] {
                    self.out.push(part);
                }
            }
            None => self.out.push(text),
        }
    }

    fn string(&mut self, bytes: &[u8]) {
        self.out.put('"');
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.text(text);
        } else {
            for chunk in bytes.utf8_chunks() {
                self.text(chunk.valid());
                (chunk.invalid().iter()).for_each(|_| self.out.push("\\ufffd"));
            }
        }
        self.out.put('"');
    }

    fn text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut done = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let (escape, width) = match byte {
                b'"' => ("\\\"", 1),
                b'\\' => ("\\\\", 1),
                b'\n' => ("\\n", 1),
                b'\r' => ("\\r", 1),
                b'\t' => ("\\t", 1),
                0x08 => ("\\b", 1),
                0x0C => ("\\f", 1),
                0..=0x1F => ("", 1),
                b'<' if self.style.html => ("\\u003c", 1),
                b'>' if self.style.html => ("\\u003e", 1),
                b'&' if self.style.html => ("\\u0026", 1),
                // The line and paragraph separators, which JavaScript does not allow in a string.
                0xE2 if bytes[at..].starts_with(b"\xE2\x80\xA8") => ("\\u2028", 3),
                0xE2 if bytes[at..].starts_with(b"\xE2\x80\xA9") => ("\\u2029", 3),
                _ => {
                    at += 1;
                    continue;
                }
            };
            self.out.push(&text[done..at]);
            if escape.is_empty() {
                write!(self.out, "\\u{byte:04x}").expect("writing to a string cannot fail");
            } else {
                self.out.push(escape);
            }
            at += width;
            done = at;
        }
        self.out.push(&text[done..]);
    }
}
