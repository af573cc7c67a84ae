//! The grammar of `--set-literal`: names as in `--set` but without escapes, and the rest of the text as the value.

use homescale_value::{Map, Value};

use super::step::{Step, Stop, failed};
use super::target;
use crate::helm_version::HelmVersion;
use homescale_go::strconv::{quote, quote_rune};

/// Applies the one entry of the text.
pub(super) fn parse(text: &str, into: &Map, helm: HelmVersion) -> Result<(), String> {
    let mut parser = Parser { rest: text, helm };
    match parser.key(into, 0) {
        Ok(()) | Err(Stop::End) => Ok(()),
        Err(Stop::Failed(reason)) => Err(reason),
    }
}

struct Parser<'a> {
    rest: &'a str,
    helm: HelmVersion,
}

impl<'a> Parser<'a> {
    fn key(&mut self, map: &Map, dots: usize) -> Step<()> {
        let (key, stop) = self.until(&['=', '[', '.']);
        match stop {
            None if key.is_empty() => Err(Stop::End),
            None => failed(format!("key {} has no value", quote(key))),
            Some('=') => {
                target::set(map, key, self.value());
                Ok(())
            }
            Some('[') => {
                let index = self.index()?;
                let mut list = target::list_at(map, key)?;
                let result = self.item(&mut list, index, dots);
                target::set(map, key, target::finished(list));
                result
            }
            Some(_) => {
                let dots = target::count_dot(dots)?;
                let inner = target::map_at(map, key)?;
                let result = self.key(&inner, dots);
                if inner.is_empty() {
                    if result.is_ok() {
                        return failed(format!("key map {} has no value", quote(key)));
                    }
                } else {
                    target::set(map, key, Value::Map(inner));
                }
                result
            }
        }
    }

    fn item(&mut self, list: &mut Vec<Value>, index: i64, dots: usize) -> Step<()> {
        target::check_sign(index)?;
        let (between, stop) = self.until(&['[', '.', '=']);
        if !between.is_empty() {
            let shown: Vec<String> = between.chars().map(quote_rune).collect();
            let shown = shown.join(" ");
            return failed(format!("unexpected data at end of array index: [{shown}]"));
        }
        match stop {
            None => Err(Stop::End),
            Some('=') => target::set_item(list, index, self.value()),
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

    fn value(&mut self) -> Value {
        Value::from(std::mem::take(&mut self.rest))
    }

    fn index(&mut self) -> Step<i64> {
        match self.until(&[']']) {
            (text, Some(_)) => target::index(text),
            (_, None) if self.helm.row().major.unfinished_index_is_ignored => Err(Stop::End),
            (_, None) => failed("error parsing index: EOF"),
        }
    }

    /// The text up to one of these characters, which is consumed, or up to the end.
    fn until(&mut self, stops: &[char]) -> (&'a str, Option<char>) {
        match self.rest.find(stops) {
            Some(at) => {
                let text = &self.rest[..at];
                let stop = self.rest[at..].chars().next();
                self.rest = &self.rest[at + stop.map_or(0, char::len_utf8)..];
                (text, stop)
            }
            None => (std::mem::take(&mut self.rest), None),
        }
    }
}
