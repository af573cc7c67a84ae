//! [`Shape`]: what a field may hold, and how a value that it must not hold is reported.

use crate::data::{Data, Node};
use crate::diagnostic::Report;
use crate::rule;

/// What a field may hold; null is always allowed, and says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// A string.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A map of anything.
    Map,
    /// A map whose values are strings.
    TextMap,
    /// A list of strings.
    Texts,
    /// A list of maps.
    Maps,
}

impl Shape {
    /// What values are, in words: `a list of strings`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Map => "a map",
            Self::TextMap => "a map of strings",
            Self::Texts => "a list of strings",
            Self::Maps => "a list of maps",
        }
    }
}

/// Reports that `what` is not of a shape. Null is of every shape.
pub fn check_shape(report: &mut Report<'_>, shape: Shape, value: &Node, what: &str) {
    if value.is_null() {
        return;
    }
    check(report, shape, value, what);
}

fn check(report: &mut Report<'_>, shape: Shape, value: &Node, what: &str) {
    match (shape, &value.data) {
        (Shape::Text, Data::Text(_))
        | (Shape::Boolean, Data::Bool(_))
        | (Shape::Map, Data::Map(_)) => {}
        (Shape::Integer, _) => check_integer(report, value, what),
        (Shape::TextMap, Data::Map(table)) => {
            for entry in table.entries() {
                let what = format!("{what}.{}", entry.name());
                check_shape(report, Shape::Text, &entry.value, &what);
            }
        }
        (Shape::Texts | Shape::Maps, Data::List(items)) => {
            let item_shape = match shape {
                Shape::Texts => Shape::Text,
                _ => Shape::Map,
            };
            for (index, item) in items.iter().enumerate() {
                check(report, item_shape, item, &format!("{what}[{index}]"));
            }
        }
        _ => wrong_type(report, value, what, shape.name()),
    }
}

/// Reports that `what` is not `expected`.
pub fn wrong_type(report: &mut Report<'_>, value: &Node, what: &str, expected: &str) {
    let found = value.data.type_name();
    let hint = match &value.data {
        Data::Number(_) | Data::Integer(_) | Data::Bool(_) if expected == "a string" => {
            Some("put it in quotes".to_owned())
        }
        Data::Text(text) if expected == "a boolean" && is_boolean_word(&text.to_text()) => {
            Some("remove the quotes".to_owned())
        }
        Data::Bool(flag) if expected == "a map of fields" => {
            Some(format!("did you mean `{{deploy: {flag}}}`?"))
        }
        Data::List(_) if expected.starts_with("a map") => {
            Some("write `name: …` in place of `- …`: a map has names, a list has none".to_owned())
        }
        Data::Bool(_) if expected == "a map" => {
            Some("write a map; `{}` is one that sets nothing".to_owned())
        }
        Data::Text(_) if expected.starts_with("a list of strings") => {
            Some("write it as an item of a list: `[…]`".to_owned())
        }
        _ => None,
    };
    report
        .emit(
            &rule::WRONG_TYPE,
            value.place,
            format!("`{what}` is {found}; it must be {expected}"),
        )
        .hint_if(hint);
}

/// Reports that `what` is no string.
pub fn check_text(report: &mut Report<'_>, value: &Node, what: &str) {
    check(report, Shape::Text, value, what);
}

/// The integer of a field, when it holds one.
pub fn integer(value: &Node) -> Option<i64> {
    match value.data {
        Data::Integer(n) => Some(n),
        Data::Number(x) if x.fract() == 0.0 && x.abs() < 9e15 => Some(x as i64),
        _ => None,
    }
}

fn check_integer(report: &mut Report<'_>, value: &Node, what: &str) {
    match (&value.data, integer(value)) {
        (_, Some(_)) => {}
        (Data::Number(x), None) => {
            let message = format!("`{what}` is {x}; it must be an integer");
            report.emit(&rule::WRONG_TYPE, value.place, message);
        }
        (Data::Text(text), None) if text.to_text().parse::<i64>().is_ok() => {
            report
                .emit(
                    &rule::WRONG_TYPE,
                    value.place,
                    format!("`{what}` is a string; it must be an integer"),
                )
                .hint("remove the quotes");
        }
        _ => wrong_type(report, value, what, "an integer"),
    }
}

/// Whether YAML 1.1, which Helm and Argo CD read, takes the plain word for a boolean.
pub fn is_boolean_word(word: &str) -> bool {
    const WORDS: [&str; 8] = ["y", "yes", "on", "true", "n", "no", "off", "false"];
    let same_case = word == word.to_lowercase()
        || word == word.to_uppercase()
        || word.chars().skip(1).all(char::is_lowercase);
    same_case && WORDS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boolean_words() {
        for word in ["no", "No", "NO", "y", "ON", "true"] {
            assert!(is_boolean_word(word), "{word}");
        }
        for word in ["nO", "yEs", "node", ""] {
            assert!(!is_boolean_word(word), "{word}");
        }
    }
}
