//! Writing: keys before tables, both in byte order, tables indented by their depth.

use std::fmt::Write;

use homescale_go::strconv;
use homescale_go::time::{RFC3339_NANO, Time};
use homescale_value::{MAX_DEPTH, Map, Number, Value};

use super::{LOCAL_DATE, LOCAL_DATETIME, LOCAL_TIME};
use crate::time::TimeObject;

const NIL_ELEMENT: &str = "toml: cannot encode array with nil element";

/// The value as TOML, or Go's error text. A value that is no map gives the text of the value alone.
pub(crate) fn encode(value: &Value, floats_with_exponent: bool) -> Result<String, String> {
    let mut encoder = Encoder {
        out: String::new(),
        floats_with_exponent,
        steps: MAX_STEPS,
    };
    encoder.item(&[], value)?;
    Ok(encoder.out)
}

/// How many values are looked at before it is an error: a list that holds another twice, and so on, never ends.
const MAX_STEPS: usize = 10_000_000;

struct Encoder {
    out: String,
    floats_with_exponent: bool,
    /// How many values may still be looked at.
    steps: usize,
}

type Written = Result<(), String>;

impl Encoder {
    /// `key = value`, `[key]` or `[[key]]`; the value alone when the key is empty.
    fn item(&mut self, key: &[&[u8]], value: &Value) -> Written {
        self.descend(MAX_DEPTH - key.len().min(MAX_DEPTH))?;
        match value {
            Value::Map(map) if map.is_nil() => Ok(()),
            Value::Map(map) => self.table(key, map),
            Value::List(list) if self.is_table_array(value, MAX_DEPTH)? => {
                if key.is_empty() {
                    return Err("toml: top-level values must be Go maps or structs".to_owned());
                }
                let header = format!("{}[[{}]]\n", indentation(key), path(key));
                for table in list.items().iter() {
                    self.new_line();
                    self.out.push_str(&header);
                    if let Value::Map(table) = table {
                        self.entries(key, table)?;
                    }
                }
                Ok(())
            }
            _ => self.key_value(key, value, false),
        }
    }

    fn new_line(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn key_value(&mut self, key: &[&[u8]], value: &Value, is_inline: bool) -> Written {
        let Some(name) = key.last() else {
            return self.element(value, MAX_DEPTH);
        };
        self.out.push_str(&indentation(key));
        self.out.push_str(&key_text(name));
        self.out.push_str(" = ");
        self.element(value, MAX_DEPTH - key.len().min(MAX_DEPTH))?;
        if !is_inline {
            self.out.push('\n');
        }
        Ok(())
    }

    fn table(&mut self, key: &[&[u8]], map: &Map) -> Written {
        if key.len() == 1 {
            self.new_line();
        }
        if !key.is_empty() {
            let header = format!("{}[{}]\n", indentation(key), path(key));
            self.out.push_str(&header);
        }
        self.entries(key, map)
    }

    /// What is no table first, then the tables; nil is left out.
    fn entries(&mut self, key: &[&[u8]], map: &Map) -> Written {
        let (direct, tables) = self.split(map)?;
        for (name, value) in direct.iter().chain(&tables) {
            if !value.is_nil() {
                let mut path = key.to_vec();
                path.push(name);
                self.item(&path, value)?;
            }
        }
        Ok(())
    }

    fn inline_table(&mut self, map: &Map, depth: usize) -> Written {
        let (direct, tables) = self.split(map)?;
        self.out.push('{');
        for (group, is_followed) in [(&direct, !tables.is_empty()), (&tables, false)] {
            for (index, (name, value)) in group.iter().enumerate() {
                if value.is_nil() {
                    continue;
                }
                self.out.push_str(&key_text(name));
                self.out.push_str(" = ");
                self.element(value, depth)?;
                if is_followed || index + 1 < group.len() {
                    self.out.push_str(", ");
                }
            }
        }
        self.out.push('}');
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Written {
        let depth = self.descend(depth)?;
        match value {
            Value::Str(text) => self.quoted(text),
            Value::Float(x) => self.float(*x, 64),
            Value::Number(Number::Float32(x)) => self.float(f64::from(*x), 32),
            Value::Bool(_) | Value::Int(_) | Value::Int64(_) | Value::Number(_) => {
                self.out.push_str(&value.to_string());
            }
            Value::Bytes(bytes) => {
                let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
                self.out.extend(["[", &numbers.join(", "), "]"]);
            }
            Value::List(list) => {
                self.out.push('[');
                for (index, item) in list.items().iter().enumerate() {
                    if index > 0 {
                        self.out.push_str(", ");
                    }
                    self.element(item, depth)?;
                }
                self.out.push(']');
            }
            Value::Map(map) => self.inline_table(map, depth)?,
            Value::Object(_) => match value.downcast::<TimeObject>() {
                Some(object) => self.time(&object.time),
                None => self.object(value, depth)?,
            },
            Value::Nil => return Err(NIL_ELEMENT.to_owned()),
            Value::Complex(_) => return Err("unsupported type: complex128".to_owned()),
        }
        Ok(())
    }

    fn object(&mut self, value: &Value, depth: usize) -> Written {
        let Value::Object(object) = value else {
            return Ok(());
        };
        let data = object.to_data().map_err(|error| error.to_string())?;
        self.element(&data, depth)
    }

    /// RFC 3339, but that a date or a time of day without an offset is written as it was read.
    fn time(&mut self, time: &Time) {
        let layout: &[u8] = match time.location().name() {
            LOCAL_DATETIME => b"2006-01-02T15:04:05.999999999",
            LOCAL_DATE => b"2006-01-02",
            LOCAL_TIME => b"15:04:05.999999999",
            _ => RFC3339_NANO,
        };
        let text = time.format(layout);
        self.out.push_str(&String::from_utf8_lossy(&text));
    }

    fn quoted(&mut self, text: &[u8]) {
        push_quoted(&mut self.out, text);
    }

    fn float(&mut self, x: f64, bits: u32) {
        if x.is_nan() {
            self.out.push_str("nan");
        } else if x.is_infinite() {
            self.out.push_str(if x < 0.0 { "-inf" } else { "inf" });
        } else {
            let form = if self.floats_with_exponent { 'g' } else { 'f' };
            let text = strconv::format_float(x, form, None, bits);
            self.out.push_str(&text);
            if !text.contains(['.', 'e']) {
                self.out.push_str(".0");
            }
        }
    }

    /// The entries that are no tables, and those that are tables or arrays of them.
    fn split(&mut self, map: &Map) -> Result<(Entries, Entries), String> {
        let mut direct = Vec::new();
        let mut tables = Vec::new();
        for entry in map.to_vec() {
            let is_table = match &entry.1 {
                Value::Map(map) => !map.is_nil(),
                list @ Value::List(_) => self.is_table_array(list, MAX_DEPTH)?,
                _ => false,
            };
            if is_table {
                tables.push(entry);
            } else {
                direct.push(entry);
            }
        }
        Ok((direct, tables))
    }

    /// Whether this is a list of maps only. A nil in a list, at any level, is an error.
    fn is_table_array(&mut self, value: &Value, depth: usize) -> Result<bool, String> {
        let Value::List(list) = value else {
            return Ok(false);
        };
        let depth = self.descend(depth)?;
        let mut all_tables = !list.is_empty();
        for item in list.items().iter() {
            if item.is_nil() {
                return Err(NIL_ELEMENT.to_owned());
            }
            self.is_table_array(item, depth)?;
            all_tables &= matches!(item, Value::Map(_));
        }
        Ok(all_tables)
    }

    /// Counts a value that is looked at, one level deeper.
    fn descend(&mut self, depth: usize) -> Result<usize, String> {
        self.steps = self
            .steps
            .checked_sub(1)
            .ok_or("toml: the value has too many elements")?;
        depth
            .checked_sub(1)
            .ok_or_else(|| "toml: the value is nested too deeply".to_owned())
    }
}

type Entries = Vec<(homescale_value::Str, Value)>;

fn indentation(key: &[&[u8]]) -> String {
    "  ".repeat(key.len().saturating_sub(1))
}

fn path(key: &[&[u8]]) -> String {
    let names: Vec<String> = key.iter().map(|name| key_text(name)).collect();
    names.join(".")
}

/// A key, in quotes if it has other characters than letters, digits, underscores and hyphens.
fn key_text(name: &[u8]) -> String {
    let is_bare = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    let mut out = String::new();
    if !name.is_empty() && name.iter().all(is_bare) {
        out.push_str(&String::from_utf8_lossy(name));
    } else {
        push_quoted(&mut out, name);
    }
    out
}

fn push_quoted(out: &mut String, text: &[u8]) {
    out.push('"');
    for c in String::from_utf8_lossy(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str(r"\\"),
            '\t' => out.push_str(r"\t"),
            '\n' => out.push_str(r"\n"),
            '\r' => out.push_str(r"\r"),
            '\u{8}' => out.push_str(r"\b"),
            '\u{c}' => out.push_str(r"\f"),
            _ if c.is_ascii_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}
