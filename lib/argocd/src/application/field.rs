//! [`Field`]: a field of an object that knows its path, for messages.

use std::collections::BTreeMap;

use homescale_located::{Node, Shape, from_value};
use homescale_value::Value;

use super::error::ApplicationError;

/// A field of an object. What is not there is nil, and nil is empty, as for Go's decoder of JSON.
pub(crate) struct Field {
    path: String,
    value: Value,
}

impl Field {
    /// The object itself.
    pub(crate) fn root(object: &Value) -> Self {
        let value = object.clone();
        let path = String::new();
        Self { path, value }
    }

    /// Whether it is there.
    pub(crate) fn is_said(&self) -> bool {
        !self.value.is_nil()
    }

    /// A field of this map.
    pub(crate) fn get(&self, key: &str) -> Result<Self, ApplicationError> {
        let value = match self.value.as_map() {
            Some(map) => map.get(key).unwrap_or(Value::Nil),
            None if self.is_said() => return Err(self.wrong("a map")),
            None => Value::Nil,
        };
        let path = match self.path.as_str() {
            "" => key.to_owned(),
            path => format!("{path}.{key}"),
        };
        Ok(Self { path, value })
    }

    pub(crate) fn text(&self) -> Result<String, ApplicationError> {
        match &self.value {
            Value::Nil => Ok(String::new()),
            Value::Str(text) => Ok(text.to_text().into_owned()),
            _ => Err(self.wrong("a string")),
        }
    }

    /// The text, if it is there.
    pub(crate) fn said_text(&self) -> Result<Option<String>, ApplicationError> {
        self.is_said().then(|| self.text()).transpose()
    }

    pub(crate) fn flag(&self) -> Result<bool, ApplicationError> {
        match &self.value {
            Value::Nil => Ok(false),
            Value::Bool(flag) => Ok(*flag),
            _ => Err(self.wrong("a boolean")),
        }
    }

    /// The items of this list.
    pub(crate) fn items(&self) -> Result<Vec<Self>, ApplicationError> {
        self.items_of("a list")
    }

    fn items_of(&self, expected: &'static str) -> Result<Vec<Self>, ApplicationError> {
        let Some(list) = self.value.as_list() else {
            let is_empty = !self.is_said();
            return (is_empty.then(Vec::new)).ok_or_else(|| self.wrong(expected));
        };
        let items = list.to_vec().into_iter().enumerate();
        let item = |(index, value)| Self {
            path: format!("{}[{index}]", self.path),
            value,
        };
        Ok(items.map(item).collect())
    }

    pub(crate) fn texts(&self) -> Result<Vec<String>, ApplicationError> {
        let items = self.items_of(Shape::Texts.name())?;
        items.iter().map(Self::text).collect()
    }

    /// The entries of this map.
    pub(crate) fn entries(&self) -> Result<Vec<(String, Self)>, ApplicationError> {
        let keys = match self.value.as_map() {
            Some(map) => map.keys(),
            None if self.is_said() => return Err(self.wrong("a map")),
            None => Vec::new(),
        };
        let names = keys.iter().map(|key| key.to_text().into_owned());
        let entry = |name: String| Ok((name.clone(), self.get(&name)?));
        names.map(entry).collect()
    }

    pub(crate) fn text_map(&self) -> Result<BTreeMap<String, String>, ApplicationError> {
        let entries = self.entries()?.into_iter();
        let entry = |(name, field): (String, Self)| Ok((name, field.text()?));
        entries.map(entry).collect()
    }

    /// Whether it is of a shape.
    pub(crate) fn check(&self, shape: Shape) -> Result<(), ApplicationError> {
        match shape {
            Shape::Text => self.text().map(drop),
            Shape::Boolean => self.flag().map(drop),
            Shape::Map => self.entries().map(drop),
            Shape::TextMap => self.text_map().map(drop),
            Shape::Texts => self.texts().map(drop),
            Shape::Maps => {
                let items = self.items_of(shape.name())?;
                items.iter().try_for_each(|item| item.check(Shape::Map))
            }
            // Nothing else is in what is read here.
            _ => Ok(()),
        }
    }

    /// The map as it is; `None` when it is not there.
    ///
    /// # Errors
    /// It is no map, or is nested too deeply.
    pub(crate) fn map(&self) -> Result<Option<Node>, ApplicationError> {
        self.check(Shape::Map)?;
        if !self.is_said() {
            return Ok(None);
        }
        let node = from_value(&self.value).ok_or_else(|| ApplicationError {
            field: self.path.clone(),
            found: "nested too deeply",
            expected: "a map of fewer levels",
        })?;
        Ok(Some(node))
    }

    fn wrong(&self, expected: &'static str) -> ApplicationError {
        ApplicationError {
            field: self.path.clone(),
            found: match &self.value {
                Value::Nil => "null",
                Value::Bool(_) => "a boolean",
                Value::Str(_) => "a string",
                Value::List(_) => "a list",
                Value::Map(_) => "a map",
                _ => "a number",
            },
            expected,
        }
    }
}
