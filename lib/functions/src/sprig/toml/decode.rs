//! Reading, with the `toml` crate: the same language, in other words when something is wrong.

use std::fmt;

use ::toml::value::{Datetime, Offset};
use homescale_go::time::{Location, Time, days_before};
use homescale_value::{List, ListType, Map, Type, Value, object};

use super::{LOCAL_DATE, LOCAL_DATETIME, LOCAL_TIME};
use crate::time::TimeObject;

/// What an array of tables is in Go.
static TABLES: ListType = ListType::plain("[]map[string]interface {}", Type::Map);

/// Why a text is no TOML. The line is told as BurntSushi does.
#[derive(Debug)]
pub(crate) enum DecodeError {
    NotUtf8,
    Syntax {
        line: usize,
        error: ::toml::de::Error,
    },
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 => f.write_str("toml: files cannot contain invalid UTF-8"),
            Self::Syntax { line, error } => write!(f, "toml: line {line}: {}", error.message()),
        }
    }
}

/// Reads a document. Times keep in mind which zone is the local one.
pub(crate) fn decode(text: &[u8], local: &Location) -> Result<Map, DecodeError> {
    let text = std::str::from_utf8(text).map_err(|_| DecodeError::NotUtf8)?;
    match text.parse::<::toml::Table>() {
        Ok(table) => Ok(map(table, local)),
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let line = text[..start].matches('\n').count() + 1;
            Err(DecodeError::Syntax { line, error })
        }
    }
}

fn map(table: ::toml::Table, local: &Location) -> Map {
    table
        .into_iter()
        .map(|(key, item)| (key, value(item, local)))
        .collect()
}

fn value(item: ::toml::Value, local: &Location) -> Value {
    match item {
        ::toml::Value::String(text) => text.into(),
        ::toml::Value::Integer(number) => Value::Int64(number),
        ::toml::Value::Float(number) => number.into(),
        ::toml::Value::Boolean(b) => b.into(),
        ::toml::Value::Datetime(moment) => object(TimeObject {
            time: time(&moment, local),
            local: local.clone(),
        }),
        ::toml::Value::Array(items) => {
            let is_tables = !items.is_empty() && items.iter().all(::toml::Value::is_table);
            let items = items.into_iter().map(|item| value(item, local)).collect();
            Value::List(if is_tables {
                List::typed(&TABLES, items)
            } else {
                List::new(items)
            })
        }
        ::toml::Value::Table(table) => Value::Map(map(table, local)),
    }
}

/// A local date or time is in a zone that BurntSushi makes up and names after it.
fn time(moment: &Datetime, local: &Location) -> Time {
    let (year, month, day) = moment.date.map_or((0, 1, 1), |date| {
        (
            i64::from(date.year),
            u32::from(date.month),
            u32::from(date.day),
        )
    });
    let mut seconds = days_before(year, month, day) * 86_400;
    let mut nanosecond = 0;
    if let Some(time) = moment.time {
        let second = time.second.unwrap_or(0);
        seconds += i64::from(time.hour) * 3600 + i64::from(time.minute) * 60 + i64::from(second);
        nanosecond = time.nanosecond.unwrap_or(0);
    }
    let zone = match (moment.offset, moment.date, moment.time) {
        (Some(Offset::Z), ..) => Location::UTC,
        (Some(Offset::Custom { minutes }), ..) => {
            let offset = i32::from(minutes) * 60;
            seconds -= i64::from(offset);
            if local.at(seconds).0 == offset {
                local.clone()
            } else {
                Location::fixed("", offset)
            }
        }
        (None, Some(_), Some(_)) => Location::fixed(LOCAL_DATETIME, 0),
        (None, Some(_), None) => Location::fixed(LOCAL_DATE, 0),
        (None, None, _) => Location::fixed(LOCAL_TIME, 0),
    };
    Time::new(seconds, nanosecond, zone)
}
