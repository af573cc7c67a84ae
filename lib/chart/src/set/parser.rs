//! The grammar of `--set`, `--set-string`, `--set-file`, `--set-json` and `--set-literal`.

use homescale_value::{Map, Value};

use super::error::SetError;
use super::step::{Step, Stop};
use super::{json, target};
use crate::helm_version::HelmVersion;

/// How the text of a value becomes a value.
pub(super) enum Values<'a> {
    /// By this function; `{a,b}` is a list.
    Text(&'a mut dyn FnMut(String) -> Result<Value, SetError>),
    /// It is JSON.
    Json,
    /// It is the rest of the text, after a name without escapes.
    Literal,
}

/// Applies all entries of the text, up to the first that cannot be read.
pub(super) fn parse<'a>(
    text: &'a str,
    into: &Map,
    helm: HelmVersion,
    values: Values<'a>,
) -> Result<(), SetError> {
    let mut parser = Parser {
        rest: text,
        helm,
        values,
    };
    loop {
        match parser.key(into, 0) {
            Ok(()) => {}
            Err(Stop::End) => return Ok(()),
            Err(Stop::Failed(error)) => return Err(error),
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    helm: HelmVersion,
    values: Values<'a>,
}

impl Parser<'_> {
    /// One entry, or what follows a dot of its name.
    fn key(&mut self, map: &Map, dots: usize) -> Step<()> {
        let stops: &[char] = match self.values {
            Values::Literal => &['=', '[', '.'],
            _ => &['=', '[', '.', ','],
        };
        let (key, stop) = self.until(stops);
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => Err(SetError::NoValue(key).into()),
            Some('[') => {
                let index = self.index()?;
                let mut list = target::list_at(map, &key)?;
                let result = self.item(&mut list, index, dots);
                target::set(map, &key, target::finished(list));
                result
            }
            Some('=') => self.value_of_key(map, &key),
            Some(',') => {
                target::set(map, &key, Value::from(""));
                Err(SetError::NoValueAtComma(key).into())
            }
            Some(_) => {
                let dots = target::count_dot(dots)?;
                let inner = target::map_at(map, &key)?;
                let result = self.key(&inner, dots);
                if inner.is_empty() {
                    if result.is_ok() {
                        return Err(SetError::EmptyMap(key).into());
                    }
                } else {
                    target::set(map, &key, Value::Map(inner));
                }
                result
            }
        }
    }

    fn value_of_key(&mut self, map: &Map, key: &str) -> Step<()> {
        match &mut self.values {
            Values::Json => {
                if self.blank() {
                    target::set(map, key, Value::Nil);
                    return Ok(());
                }
                let value = self.json()?;
                target::set(map, key, value);
                self.blank();
                Ok(())
            }
            Values::Literal => {
                target::set(map, key, self.remainder());
                Ok(())
            }
            Values::Text(_) if self.rest.is_empty() => {
                target::set(map, key, Value::from(""));
                Err(Stop::End)
            }
            Values::Text(_) => {
                if let Some(list) = self.list()? {
                    target::set(map, key, target::finished(list));
                    return Ok(());
                }
                let (text, _) = self.until(&[',']);
                match self.read(text) {
                    Ok(value) => {
                        target::set(map, key, value);
                        Ok(())
                    }
                    Err(stop) => {
                        target::set(map, key, Value::Nil);
                        Err(stop)
                    }
                }
            }
        }
    }

    /// What follows an index of a list: its value, another index, or a name in it.
    fn item(&mut self, list: &mut Vec<Value>, index: i64, dots: usize) -> Step<()> {
        target::check_sign(index)?;
        let (between, stop) = self.until(&['[', '.', '=']);
        if !between.is_empty() {
            return Err(SetError::AfterIndex(between).into());
        }
        match stop {
            None => Err(Stop::End),
            Some('=') => {
                let value = self.value_of_item()?;
                target::set_item(list, index, value)
            }
            Some('[') => {
                let inner_index = self.index()?;
                let mut inner = target::list_in(list, index)?;
                self.item(&mut inner, inner_index, dots)?;
                target::set_item(list, index, target::finished(inner))
            }
            Some(_) => {
                let inner = target::map_in(list, index);
                self.key(&inner, dots)?;
                target::set_item(list, index, Value::Map(inner))
            }
        }
    }

    fn value_of_item(&mut self) -> Step<Value> {
        if matches!(self.values, Values::Json) {
            if self.blank() {
                return Ok(Value::Nil);
            }
            let value = self.json()?;
            self.blank();
            return Ok(value);
        }
        if self.rest.is_empty() || matches!(self.values, Values::Literal) {
            return Ok(self.remainder());
        }
        if let Some(list) = self.list()? {
            return Ok(target::finished(list));
        }
        let (text, _) = self.until(&[',']);
        self.read(text)
    }

    /// The number between brackets.
    fn index(&mut self) -> Step<i64> {
        match self.until(&[']']) {
            (text, Some(_)) => target::index(&text),
            (_, None) if self.helm.row().major.unfinished_index_is_ignored => Err(Stop::End),
            (_, None) => Err(SetError::OpenIndex.into()),
        }
    }

    /// `{a,b}`, if that is what follows.
    fn list(&mut self) -> Step<Option<Vec<Value>>> {
        let Some(rest) = self.rest.strip_prefix('{') else {
            return Ok(None);
        };
        self.rest = rest;
        let mut list = Vec::new();
        loop {
            let (text, stop) = self.until(&[',', '}']);
            if stop.is_none() {
                return Err(SetError::OpenList.into());
            }
            list.push(self.read(text)?);
            if stop == Some('}') {
                self.rest = self.rest.strip_prefix(',').unwrap_or(self.rest);
                return Ok(Some(list));
            }
        }
    }

    fn read(&mut self, text: String) -> Step<Value> {
        match &mut self.values {
            Values::Text(read) => read(text).map_err(Stop::Failed),
            Values::Json | Values::Literal => Ok(Value::from(text)),
        }
    }

    fn remainder(&mut self) -> Value {
        Value::from(std::mem::take(&mut self.rest))
    }

    fn json(&mut self) -> Step<Value> {
        let (value, rest) = json::first_value(self.rest)?;
        self.rest = rest;
        Ok(value)
    }

    /// Skips white space and one comma after it; whether a comma or the end came.
    fn blank(&mut self) -> bool {
        self.rest = self.rest.trim_start();
        if let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest;
            return true;
        }
        self.rest.is_empty()
    }

    /// The text up to one of these characters, which is consumed, or up to the end. A backslash takes the next
    /// character literally, but for `--set-literal`.
    fn until(&mut self, stops: &[char]) -> (String, Option<char>) {
        let has_escapes = !matches!(self.values, Values::Literal);
        let mut text = String::new();
        let mut chars = self.rest.chars();
        while let Some(c) = chars.next() {
            if stops.contains(&c) {
                self.rest = chars.as_str();
                return (text, Some(c));
            }
            if c == '\\' && has_escapes {
                text.extend(chars.next());
            } else {
                text.push(c);
            }
        }
        self.rest = "";
        (text, None)
    }
}
