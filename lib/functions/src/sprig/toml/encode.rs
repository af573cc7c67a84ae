//! Writing: keys before tables, both in byte order or in that of a struct's fields, tables indented by their depth.

use std::fmt::{self, Write};

use homescale_go::strconv;
use homescale_go::strings::Builder;
use homescale_go::time::{RFC3339_NANO, Time};
use homescale_template::Context;
use homescale_value::{CallError, MAX_DEPTH, Map, Number, Object, Str, TimeType, Value};

use super::{LOCAL_DATE, LOCAL_DATETIME, LOCAL_TIME};
use crate::arguments::Outcome;
use crate::time::TimeObject;

/// Why a value is not written as TOML. The texts are Go's.
#[derive(Debug)]
pub(crate) enum EncodeError {
    NilElement,
    NoKey,
    /// A complex number, the one kind of value that it does not know: by itself, or in something else.
    UnsupportedAlone,
    Unsupported,
    TooMany,
    TooDeep,
    Method(CallError),
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NilElement => f.write_str("toml: cannot encode array with nil element"),
            Self::NoKey => f.write_str("toml: top-level values must be Go maps or structs"),
            Self::UnsupportedAlone => f.write_str("unsupported type for key '': complex128"),
            Self::Unsupported => f.write_str("unsupported type: complex128"),
            Self::TooMany => f.write_str("toml: the value has too many elements"),
            Self::TooDeep => f.write_str("toml: the value is nested too deeply"),
            Self::Method(error) => error.fmt(f),
        }
    }
}

/// What differs between releases of BurntSushi/toml.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dialect {
    /// Whether large and small floats have an exponent.
    pub(crate) floats_with_exponent: bool,
    /// Whether the last field of an inline struct is known by the number of all its fields, and not only of those that are
    /// written together. Either way commas are missing, or too many.
    pub(crate) counts_all_fields: bool,
}

/// The value as TOML, or why it has none. A value that is no map gives the text of the value alone. Counts the values that it
/// looks at: a list that holds another twice, which does the same, and so on, has no end of them.
///
/// # Errors
/// A limit is exceeded.
pub(crate) fn encode(
    context: &mut dyn Context,
    value: &Value,
    dialect: Dialect,
) -> Outcome<Result<String, EncodeError>> {
    let mut encoder = Encoder {
        out: Builder::after(String::new(), context.room()),
        dialect,
        steps: MAX_STEPS,
    };
    let written = encoder.item(&[], value);
    context.consume((MAX_STEPS - encoder.steps) as u64, 0)?;
    let text = encoder.out.finish()?;
    Ok(written.map(|()| text))
}

/// How many values are looked at before it is an error.
const MAX_STEPS: usize = 10_000_000;

struct Encoder {
    out: Builder<String>,
    dialect: Dialect,
    /// How many values may still be looked at.
    steps: usize,
}

type Written<T = ()> = Result<T, EncodeError>;

impl Encoder {
    /// `key = value`, `[key]` or `[[key]]`; the value alone when the key is empty.
    fn item(&mut self, key: &[&[u8]], value: &Value) -> Written {
        self.descend(MAX_DEPTH - key.len().min(MAX_DEPTH))?;
        if let Some(table) = Table::of(value) {
            return self.table(key, &table);
        }
        match value {
            Value::Map(_) => Ok(()),
            Value::List(list) if self.is_table_array(value, MAX_DEPTH)? => {
                if key.is_empty() {
                    return Err(EncodeError::NoKey);
                }
                let header = format!("{}[[{}]]\n", indentation(key), path(key));
                for table in list.items().iter().filter_map(Table::of) {
                    self.new_line();
                    self.out.push(&header);
                    self.entries(key, &table)?;
                }
                Ok(())
            }
            Value::Complex(_) if key.is_empty() => Err(EncodeError::UnsupportedAlone),
            _ => self.key_value(key, value, false),
        }
    }

    fn new_line(&mut self) {
        if !self.out.is_empty() {
            self.out.put('\n');
        }
    }

    fn key_value(&mut self, key: &[&[u8]], value: &Value, is_inline: bool) -> Written {
        let Some(name) = key.last() else {
            return self.element(value, MAX_DEPTH);
        };
        self.out.push(&indentation(key));
        self.out.push(&key_text(name));
        self.out.push(" = ");
        self.element(value, MAX_DEPTH - key.len().min(MAX_DEPTH))?;
        if !is_inline {
            self.out.put('\n');
        }
        Ok(())
    }

    fn table(&mut self, key: &[&[u8]], table: &Table) -> Written {
        if key.len() == 1 {
            self.new_line();
        }
        if !key.is_empty() {
            let header = format!("{}[{}]\n", indentation(key), path(key));
            self.out.push(&header);
        }
        self.entries(key, table)
    }

    /// What is no table first, then the tables; nil is left out.
    fn entries(&mut self, key: &[&[u8]], table: &Table) -> Written {
        let (direct, tables) = self.split(table)?;
        for Entry { name, value, .. } in direct.into_iter().chain(tables) {
            if !value.is_nil() {
                let mut path = key.to_vec();
                path.push(name);
                self.item(&path, value)?;
            }
        }
        Ok(())
    }

    fn inline_table(&mut self, table: &Table, depth: usize) -> Written {
        let (direct, tables) = self.split(table)?;
        let (first, second) = (direct.len(), tables.len());
        self.out.put('{');
        for (group, is_followed) in [(direct, second > 0), (tables, false)] {
            let count = if self.dialect.counts_all_fields {
                first + second
            } else {
                group.len()
            };
            for (index, entry) in group.iter().enumerate() {
                if entry.value.is_nil() {
                    continue;
                }
                self.out.push(&key_text(&entry.name));
                self.out.push(" = ");
                self.element(&entry.value, depth)?;
                let has_comma = match entry.place {
                    Some(place) => place + 1 != count,
                    None => is_followed || index + 1 < group.len(),
                };
                if has_comma {
                    self.out.push(", ");
                }
            }
        }
        self.out.put('}');
        Ok(())
    }

    fn element(&mut self, value: &Value, depth: usize) -> Written {
        let depth = self.descend(depth)?;
        match value {
            Value::Str(text) => self.quoted(text),
            Value::Float(x) => self.float(*x, 64),
            Value::Number(Number::Float32(x)) => self.float(f64::from(*x), 32),
            Value::Bool(_) | Value::Int(_) | Value::Int64(_) | Value::Number(_) => {
                self.out.push(&value.to_string());
            }
            Value::Bytes(bytes) => {
                let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
                for part in ["[", &numbers.join(", "), "]"] {
                    self.out.push(part);
                }
            }
            Value::List(list) => {
                self.out.put('[');
                for (index, item) in list.items().iter().enumerate() {
                    if index > 0 {
                        self.out.push(", ");
                    }
                    self.element(item, depth)?;
                }
                self.out.put(']');
            }
            Value::Map(_) => self.inline_table(&Table::of_map(value), depth)?,
            Value::Object(object) => self.object(object.as_ref(), value, depth)?,
            Value::Nil => return Err(EncodeError::NilElement),
            Value::Complex(_) => return Err(EncodeError::Unsupported),
        }
        Ok(())
    }

    fn object(&mut self, object: &dyn Object, value: &Value, depth: usize) -> Written {
        if let Some(time) = value.downcast::<TimeObject>() {
            self.time(&time.time);
        } else if object.time_type() == Some(TimeType::Duration) {
            self.quoted(object.text().unwrap_or_default().as_bytes());
        } else if let Some(table) = Table::of(value) {
            self.inline_table(&table, depth)?;
        } else {
            let data = object.to_data().map_err(EncodeError::Method)?;
            self.element(&data, depth)?;
        }
        Ok(())
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
        self.out.push(&String::from_utf8_lossy(&text));
    }

    fn quoted(&mut self, text: &[u8]) {
        push_quoted(&mut self.out, text);
    }

    fn float(&mut self, x: f64, bits: u32) {
        if x.is_nan() {
            self.out.push("nan");
        } else if x.is_infinite() {
            self.out.push(if x < 0.0 { "-inf" } else { "inf" });
        } else {
            let form = if self.dialect.floats_with_exponent {
                'g'
            } else {
                'f'
            };
            let text = strconv::format_float(x, form, None, bits);
            self.out.push(&text);
            if !text.contains(['.', 'e']) {
                self.out.push(".0");
            }
        }
    }

    /// The entries that are no tables, and those that are tables or arrays of them.
    fn split<'t>(&mut self, table: &'t Table) -> Written<(Vec<&'t Entry>, Vec<&'t Entry>)> {
        let mut direct = Vec::new();
        let mut tables = Vec::new();
        for entry in &table.0 {
            if is_table(&entry.value) || self.is_table_array(&entry.value, MAX_DEPTH)? {
                tables.push(entry);
            } else {
                direct.push(entry);
            }
        }
        Ok((direct, tables))
    }

    /// Whether this is a list of maps only. A nil in a list, at any level, is an error.
    fn is_table_array(&mut self, value: &Value, depth: usize) -> Written<bool> {
        let Value::List(list) = value else {
            return Ok(false);
        };
        let depth = self.descend(depth)?;
        let mut all_tables = !list.is_empty();
        for item in list.items().iter() {
            if item.is_nil() {
                return Err(EncodeError::NilElement);
            }
            self.is_table_array(item, depth)?;
            all_tables &= is_table(item);
        }
        Ok(all_tables)
    }

    /// Counts a value that is looked at, one level deeper.
    fn descend(&mut self, depth: usize) -> Written<usize> {
        let left = self.steps.checked_sub(1).filter(|_| !self.out.is_full());
        self.steps = left.ok_or(EncodeError::TooMany)?;
        depth.checked_sub(1).ok_or(EncodeError::TooDeep)
    }
}

/// The entries of a map, or of a struct, which is written in the order of its fields.
struct Table(Vec<Entry>);

struct Entry {
    name: Str,
    value: Value,
    /// Which field of a struct it is.
    place: Option<usize>,
}

impl Table {
    /// The table that a value is; a nil map, and an object with a text of its own, is none.
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Object(object) if is_table(value) => Some(Self::of_struct(object.as_ref())),
            Value::Map(_) if is_table(value) => Some(Self::of_map(value)),
            _ => None,
        }
    }

    fn of_map(value: &Value) -> Self {
        let pairs = value.as_map().map(Map::to_vec).unwrap_or_default();
        let entries = pairs.into_iter().map(|(name, value)| Entry {
            name,
            value,
            place: None,
        });
        Self(entries.collect())
    }

    /// The fields that are exported, among them those of an embedded struct, all of which have the place of that.
    fn of_struct(object: &dyn Object) -> Self {
        let mut entries = Vec::new();
        for (place, (field, value)) in object.fields().into_iter().enumerate() {
            match value {
                Value::Object(inner) if field.is_embedded => {
                    let inner = Self::of_struct(inner.as_ref()).0.into_iter();
                    entries.extend(inner.map(|entry| Entry {
                        place: Some(place),
                        ..entry
                    }));
                }
                value if field.is_exported() => entries.push(Entry {
                    name: field.name.into(),
                    value,
                    place: Some(place),
                }),
                _ => {}
            }
        }
        Self(entries)
    }
}

fn is_table(value: &Value) -> bool {
    match value {
        Value::Map(map) => !map.is_nil(),
        Value::Object(object) => object.members().is_some(),
        _ => false,
    }
}

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

fn push_quoted(out: &mut impl Write, text: &[u8]) {
    let mut push = |text: &str| {
        let written = out.write_str(text);
        written.expect("writing to a text cannot fail");
    };
    push("\"");
    for c in String::from_utf8_lossy(text).chars() {
        match c {
            '"' => push("\\\""),
            '\\' => push(r"\\"),
            '\t' => push(r"\t"),
            '\n' => push(r"\n"),
            '\r' => push(r"\r"),
            '\u{8}' => push(r"\b"),
            '\u{c}' => push(r"\f"),
            _ if c.is_ascii_control() => push(&format!("\\u{:04x}", u32::from(c))),
            _ => push(c.encode_utf8(&mut [0; 4])),
        }
    }
    push("\"");
}
