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
    match shape {
        Shape::Text => check_text(report, value, what),
        Shape::Boolean => check_boolean(report, value, what),
        Shape::Integer => check_integer(report, value, what),
        Shape::Map => check_map(report, value, what),
        Shape::TextMap => check_text_map(report, value, what),
        Shape::Texts => check_list(report, value, what, shape.name(), check_text),
        Shape::Maps => check_list(report, value, what, shape.name(), check_map),
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
    if !matches!(value.data, Data::Text(_)) {
        wrong_type(report, value, what, "a string");
    }
}

fn check_map(report: &mut Report<'_>, value: &Node, what: &str) {
    if value.as_map().is_none() {
        wrong_type(report, value, what, "a map");
    }
}

fn check_boolean(report: &mut Report<'_>, value: &Node, what: &str) {
    if !matches!(value.data, Data::Bool(_)) {
        wrong_type(report, value, what, "a boolean");
    }
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

fn check_text_map(report: &mut Report<'_>, value: &Node, what: &str) {
    let Some(table) = value.as_map() else {
        return wrong_type(report, value, what, "a map of strings");
    };
    for entry in table.entries() {
        if !entry.value.is_null() {
            check_text(report, &entry.value, &format!("{what}.{}", entry.name()));
        }
    }
}

fn check_list(
    report: &mut Report<'_>,
    value: &Node,
    what: &str,
    expected: &str,
    check_item: impl Fn(&mut Report<'_>, &Node, &str),
) {
    let Some(items) = value.as_list() else {
        return wrong_type(report, value, what, expected);
    };
    for (index, item) in items.iter().enumerate() {
        check_item(report, item, &format!("{what}[{index}]"));
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
