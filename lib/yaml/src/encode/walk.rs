//! Walks through a value and writes it, with a stack of its own, so that depth costs no call stack.

use std::fmt::Write as _;

use data_encoding::BASE64;
use homescale_go::strings::Builder;
use homescale_value::{List, Number, Object, TimeType, Value};

use super::dialect::{Dialect, MAX_DEPTH, WriteError};
use super::order::{self, Entry};
use super::quote::{self, Place};
use super::style::Form;
use super::writer::Writer;
use super::{number, reread};
use crate::exact::ExactNumber;
use crate::nesting::{Ancestors, cycle_text};

/// Keys longer than this are written after a `?` on their own line.
const LONGEST_SIMPLE_KEY: usize = 128;

/// Lines of base64 under a `!!binary` tag.
const BINARY_LINE: usize = 70;

/// Appends the value as one YAML document of at most `room` bytes. After an error, `out` is as it was.
pub(super) fn append(
    out: &mut String,
    value: &Value,
    dialect: Dialect,
    room: usize,
) -> Result<(), WriteError> {
    let start = out.len();
    let mut walk = Walk {
        writer: Writer::new(Builder::after(std::mem::take(out), room)),
        dialect,
        frames: Vec::new(),
        entries: Vec::new(),
        ancestors: Ancestors::default(),
    };
    let result = walk.document(value);
    let (text, is_whole) = walk.writer.out.into_parts();
    *out = text;
    let result = if is_whole {
        result
    } else {
        Err(WriteError::TooLong)
    };
    if result.is_err() {
        out.truncate(start);
    }
    result
}

struct Walk {
    writer: Writer,
    dialect: Dialect,
    frames: Vec<Frame>,
    /// The sorted entries of all maps that are being written, innermost last.
    entries: Vec<Entry>,
    ancestors: Ancestors,
}

/// A list or map that is being written.
struct Frame {
    container: Value,
    /// The next item of a list, or the next place in `entries`.
    next: usize,
    /// Where the entries of a map begin in `entries`.
    start: usize,
    /// The indentation to go back to.
    outer: Option<usize>,
}

impl Walk {
    fn document(&mut self, value: &Value) -> Result<(), WriteError> {
        self.node(value.clone(), false)?;
        while let (Some(frame), false) = (self.frames.last_mut(), self.writer.out.is_full()) {
            let at = frame.next;
            frame.next += 1;
            match &frame.container {
                Value::List(list) => match list.get(at) {
                    Some(item) => {
                        self.writer.indent();
                        self.writer.block_mark('-');
                        self.node(item, false)?;
                    }
                    None => self.leave(),
                },
                _ => match self.entries.get_mut(at) {
                    Some((key, value)) => {
                        let (key, value) = (key.clone(), std::mem::take(value));
                        self.key(&key)?;
                        self.node(value, true)?;
                    }
                    None => self.leave(),
                },
            }
        }
        self.writer.indent = None;
        self.writer.indent();
        Ok(())
    }

    fn leave(&mut self) {
        if let Some(frame) = self.frames.pop() {
            self.entries.truncate(frame.start);
            self.writer.indent = frame.outer;
            self.ancestors.leave(&frame.container);
        }
    }

    /// Writes a scalar or an empty container, or begins a container. `of_mapping`: the node is the value of a key.
    /// Go: `encoder.marshal`.
    fn node(&mut self, value: Value, of_mapping: bool) -> Result<(), WriteError> {
        match &value {
            Value::Nil => self.word("null"),
            Value::Bool(true) => self.word("true"),
            Value::Bool(false) => self.word("false"),
            Value::Int(n) | Value::Int64(n) => self.number(n),
            Value::Float(x) => self.float(*x)?,
            Value::Number(rare) => self.word(&number::rare(*rare, self.dialect)?),
            Value::Complex(_) => return Err(self.unsupported("complex128")),
            Value::Str(text) => self.string(text)?,
            Value::Bytes(bytes) if self.dialect == Dialect::Kubernetes => {
                self.text(&BASE64.encode(bytes));
            }
            Value::Bytes(bytes) => {
                let items = bytes
                    .iter()
                    .map(|byte| Value::Number(Number::Uint8(*byte)))
                    .collect();
                return self.node(Value::List(List::new(items)), of_mapping);
            }
            Value::List(list) if list.is_nil() && self.dialect == Dialect::Kubernetes => {
                self.word("null");
            }
            Value::Map(map) if map.is_nil() && self.dialect == Dialect::Kubernetes => {
                self.word("null");
            }
            Value::List(list) if list.is_empty() => self.empty('[', ']')?,
            Value::Map(map) if map.is_empty() => self.empty('{', '}')?,
            Value::List(_) => {
                let compact =
                    self.dialect == Dialect::Kubernetes && of_mapping && !self.writer.indention;
                return self.enter(value, compact);
            }
            Value::Map(_) => return self.enter(value, false),
            Value::Object(object) => {
                if let Some(number) = value.downcast::<ExactNumber>() {
                    self.word(&number::exactly(number, self.dialect)?);
                    return Ok(());
                }
                if self.dialect == Dialect::Pretty {
                    match object.time_type() {
                        Some(TimeType::Duration) => {
                            self.text(&object.text().unwrap_or_default());
                            return Ok(());
                        }
                        Some(TimeType::Time) => {
                            let data = object
                                .to_data()
                                .map_err(|error| WriteError::new(error.to_string()))?;
                            self.word(&data.to_string());
                            return Ok(());
                        }
                        None if object.members().is_some() => {
                            if struct_entries(object.as_ref()).is_empty() {
                                return self.empty('{', '}');
                            }
                            return self.enter(value, false);
                        }
                        None => {}
                    }
                }
                let data = object.to_data().map_err(|error| match self.dialect {
                    Dialect::Kubernetes => WriteError::json(error.to_string()),
                    Dialect::Pretty => WriteError::new(error.to_string()),
                })?;
                if let Value::Object(_) = data {
                    return Err(self.unsupported("struct"));
                }
                return self.node(data, of_mapping);
            }
        }
        Ok(())
    }

    fn enter(&mut self, container: Value, compact: bool) -> Result<(), WriteError> {
        if !self.ancestors.enter(&container) {
            let text = cycle_text(&container);
            return Err(match self.dialect {
                Dialect::Kubernetes => WriteError::json(text),
                Dialect::Pretty => WriteError::new(text),
            });
        }
        check_depth(self.ancestors.depth())?;
        let start = self.entries.len();
        let mut next = 0;
        if let Value::Object(object) = &container {
            next = start;
            self.entries.extend(struct_entries(object.as_ref()));
        }
        if let Value::Map(map) = &container {
            next = start;
            let mut changed = false;
            for (key, value) in map.entries().iter() {
                let key = match self.dialect {
                    Dialect::Pretty => key.clone(),
                    Dialect::Kubernetes => match reread::key(key)? {
                        std::borrow::Cow::Borrowed(_) => key.clone(),
                        std::borrow::Cow::Owned(text) => {
                            changed = true;
                            text.into()
                        }
                    },
                };
                self.entries.push((key, value.clone()));
            }
            order::sort(&mut self.entries, start, self.dialect);
            if changed {
                self.drop_duplicates(start);
            }
        }
        let outer = self.writer.indent;
        self.writer.indent = Some(self.writer.deeper(compact));
        self.frames.push(Frame {
            container,
            next,
            start,
            outer,
        });
        Ok(())
    }

    /// Keys that became equal on the way through JSON: the last one wins.
    fn drop_duplicates(&mut self, start: usize) {
        let mut own = self.entries.split_off(start);
        own.reverse();
        own.dedup_by(|a, b| a.0 == b.0);
        own.reverse();
        self.entries.append(&mut own);
    }

    /// Writes a key and its colon: on one line, or after a question mark (`yaml_emitter_emit_block_mapping_key`).
    fn key(&mut self, key: &[u8]) -> Result<(), WriteError> {
        self.writer.indent();
        let binary;
        let (text, tag) = if let Ok(text) = std::str::from_utf8(key) {
            (text, "")
        } else {
            binary = binary_text(key);
            (binary.as_str(), BINARY)
        };
        let form = self.form(text, tag);
        if form.multiline || text.len() + tag.len() > LONGEST_SIMPLE_KEY {
            self.writer.block_mark('?');
            self.tag(tag);
            quote::write(&mut self.writer, text, form, Place::Value, self.dialect);
            self.writer.indent();
            self.writer.block_mark(':');
        } else {
            self.tag(tag);
            quote::write(&mut self.writer, text, form, Place::Key, self.dialect);
            self.writer.mark(':');
        }
        Ok(())
    }

    fn form(&self, text: &str, tag: &str) -> Form {
        if tag.is_empty() {
            Form::of(text, self.dialect)
        } else {
            Form::of_binary(text, self.dialect)
        }
    }

    fn tag(&mut self, tag: &str) {
        if !tag.is_empty() {
            self.writer.separate();
            self.writer.text(tag, tag.len());
            self.writer.whitespace = false;
            self.writer.indention = false;
        }
    }

    fn string(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        if self.dialect == Dialect::Kubernetes {
            self.text(&reread::string(bytes)?);
        } else if let Ok(text) = std::str::from_utf8(bytes) {
            self.text(text);
        } else {
            let text = binary_text(bytes);
            let form = self.form(&text, BINARY);
            self.tag(BINARY);
            quote::write(&mut self.writer, &text, form, Place::Value, self.dialect);
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        let form = Form::of(text, self.dialect);
        quote::write(&mut self.writer, text, form, Place::Value, self.dialect);
    }

    /// Writes text that is neither quoted nor folded.
    fn word(&mut self, word: &str) {
        self.writer.separate();
        self.writer.text(word, word.len());
        self.writer.whitespace = false;
        self.writer.indention = false;
    }

    fn number(&mut self, number: impl std::fmt::Display) {
        self.writer.separate();
        let start = self.writer.out.len();
        write!(self.writer.out, "{number}").expect("writing to a string cannot fail");
        self.writer.column += self.writer.out.len() - start;
        self.writer.whitespace = false;
        self.writer.indention = false;
    }

    fn float(&mut self, x: f64) -> Result<(), WriteError> {
        match number::exact(x) {
            Some(n) if self.dialect == Dialect::Kubernetes => self.number(n),
            _ => self.word(&number::float(x, self.dialect)?),
        }
        Ok(())
    }

    /// Go: `yaml_emitter_check_empty_sequence`, `yaml_emitter_check_empty_mapping`.
    fn empty(&mut self, open: char, close: char) -> Result<(), WriteError> {
        check_depth(self.ancestors.depth() + 1)?;
        self.writer.separate();
        self.writer.put(open);
        self.writer.mark(close);
        Ok(())
    }

    fn unsupported(&self, name: &str) -> WriteError {
        match self.dialect {
            Dialect::Kubernetes => WriteError::json(format_args!("json: unsupported type: {name}")),
            Dialect::Pretty => WriteError::new(format!("cannot marshal type: {name}")),
        }
    }
}

/// Go-yaml version 3 keeps the order of a struct's fields.
fn struct_entries(object: &dyn Object) -> Vec<Entry> {
    let fields = object.fields().into_iter().filter(|(field, value)| {
        let omits = field.has_yaml_tag && field.omits_empty;
        field.is_exported() && (value.is_true() || !omits)
    });
    let entries = fields.map(|(field, value)| (field.in_yaml().into(), value));
    entries.collect()
}

fn check_depth(depth: usize) -> Result<(), WriteError> {
    if depth > MAX_DEPTH {
        return Err(WriteError::new(format!(
            "yaml: exceeded max depth of {MAX_DEPTH}"
        )));
    }
    Ok(())
}

const BINARY: &str = "!!binary";

/// Base64, in lines when there are more than one.
fn binary_text(bytes: &[u8]) -> String {
    let text = BASE64.encode(bytes);
    if text.len() < BINARY_LINE {
        return text;
    }
    let mut lines = String::with_capacity(text.len() + text.len() / BINARY_LINE + 1);
    for (at, c) in text.char_indices() {
        if at > 0 && at % BINARY_LINE == 0 {
            lines.push('\n');
        }
        lines.push(c);
    }
    lines.push('\n');
    lines
}
