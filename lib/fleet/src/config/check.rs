//! What is wrong with a file, by the rows of its table: fields that are none, that are missing, or hold what they must not.

use homescale_located::{
    Data, Node, Place, Report, Shape, Table, check_shape, did_you_mean, rule, wrong_type,
};

use super::rules::CONFIGURATION;
use super::table::{Field, Kind, SEVERITIES};
use super::values::{self, Wrong};

/// A file that is checked.
pub(crate) struct Checker<'c, 's> {
    pub(crate) report: &'c mut Report<'s>,
    /// Its text.
    pub(crate) text: &'c [u8],
}

impl Checker<'_, '_> {
    /// Reports what is wrong with a map, whose fields are those of a table. `context` is what stands before their names in
    /// messages: `clusters[0].`, or nothing.
    pub(crate) fn map(&mut self, map: &Node, fields: &[Field], context: &str) {
        let empty = Table::default();
        let table = map.as_map().unwrap_or(&empty);
        for entry in table.entries() {
            let name = entry.name();
            match fields.iter().find(|field| field.name == name) {
                // It is missing, then.
                Some(field) if field.is_required && entry.value.as_text() == Some("") => {}
                Some(field) => self.field(field, &entry.value, &format!("{context}{name}")),
                None => self.unknown(entry.place, context, &name, fields),
            }
        }
        for field in fields.iter().filter(|field| field.is_required) {
            let value = table.get(field.name);
            // An empty list is an answer.
            let says = |value: &Node| !value.is_null() && value.as_text() != Some("");
            if !value.is_some_and(says) {
                let message = format!("`{context}{}` is required", field.name);
                let place = value.unwrap_or(map).place;
                let hint = format!("such as `{}: {}`", field.name, field.example);
                self.report.emit(&CONFIGURATION, place, message).hint(hint);
            }
        }
    }

    fn unknown(&mut self, place: Place, context: &str, name: &str, fields: &[Field]) {
        let names = fields.iter().map(|field| field.name);
        let hint = did_you_mean(name, names.clone()).unwrap_or_else(|| {
            let names: Vec<&str> = names.collect();
            format!("the fields are `{}`", names.join("`, `"))
        });
        let message = format!("unknown field `{context}{name}`");
        self.report.emit(&CONFIGURATION, place, message).hint(hint);
    }

    fn field(&mut self, field: &Field, value: &Node, what: &str) {
        if value.is_null() {
            return;
        }
        match field.kind {
            Kind::Plain(shape) => check_shape(self.report, shape, value, what),
            Kind::Version(of) => match value.data {
                Data::Number(_) | Data::Integer(_) => self.bare_version(value, what),
                _ => self.text(value, what, |text| values::version(text, of)),
            },
            Kind::ApiVersions => self.texts(value, what, values::api_version),
            Kind::Path => self.text(value, what, values::path),
            Kind::Paths => self.texts(value, what, values::path),
            Kind::Pattern => self.text(value, what, values::pattern),
            Kind::Directory => self.text(value, what, values::directory),
            Kind::Server => self.text(value, what, values::server),
            Kind::Time => match value.data {
                Data::Number(_) | Data::Integer(_) => {
                    let hint = format!("write \"{}s\"", value.to_json());
                    self.number(value, what, hint);
                }
                _ => self.text(value, what, values::time),
            },
            Kind::Word(words) => self.word(value, what, words),
            Kind::Severities => self.severities(value, what),
            Kind::Map(fields) => {
                check_shape(self.report, Shape::Map, value, what);
                if value.as_map().is_some() {
                    self.map(value, fields, &format!("{what}."));
                }
            }
            Kind::List(fields) => {
                check_shape(self.report, Shape::Maps, value, what);
                for (index, item) in value.as_list().unwrap_or_default().iter().enumerate() {
                    if item.as_map().is_some() {
                        self.map(item, fields, &format!("{what}[{index}]."));
                    }
                }
            }
            Kind::Named(fields) => {
                check_shape(self.report, Shape::Map, value, what);
                for entry in value.as_map().unwrap_or(&Table::default()).entries() {
                    let what = format!("{what}.{}", entry.name());
                    check_shape(self.report, Shape::Map, &entry.value, &what);
                    if entry.value.as_map().is_some() {
                        self.map(&entry.value, fields, &format!("{what}."));
                    }
                }
            }
        }
    }

    /// A text that must be something.
    fn text(&mut self, value: &Node, what: &str, check: impl Fn(&str) -> Result<(), Wrong>) {
        let Some(text) = value.as_text() else {
            return wrong_type(self.report, value, what, Shape::Text.name());
        };
        if let Err(Wrong { problem, hint }) = check(text) {
            let found = match text {
                "" => "empty".to_owned(),
                text => format!("`{text}`"),
            };
            let message = format!("`{what}` is {found}; {problem}");
            let saying = self.report.emit(&CONFIGURATION, value.place, message);
            saying.hint_if(hint);
        }
    }

    /// A list of such.
    fn texts(&mut self, value: &Node, what: &str, check: impl Fn(&str) -> Result<(), Wrong>) {
        check_shape(self.report, Shape::Texts, value, what);
        for (index, item) in value.as_list().unwrap_or_default().iter().enumerate() {
            if item.as_text().is_some() {
                self.text(item, &format!("{what}[{index}]"), &check);
            }
        }
    }

    /// A version that is a number, for YAML, and may have lost a zero by that.
    fn bare_version(&mut self, value: &Node, what: &str) {
        let written = self.word_at(value.place);
        let read = value.to_json().to_string();
        let hint = if written == read || written.is_empty() {
            format!("put it in quotes: \"{read}\"")
        } else {
            format!("put it in quotes: \"{written}\"; without them, YAML reads the number {read}")
        };
        self.number(value, what, hint);
    }

    fn number(&mut self, value: &Node, what: &str, hint: String) {
        let message = format!("`{what}` is a number; it must be a string");
        (self.report.emit(&rule::WRONG_TYPE, value.place, message)).hint(hint);
    }

    /// The word of the file that begins at a place.
    fn word_at(&self, place: Place) -> String {
        let mut lines = self.text.split(|&byte| byte == b'\n');
        let line = lines.nth(place.line().wrapping_sub(1)).unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        let rest = line.chars().skip(place.column().saturating_sub(1));
        rest.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '+' | '-'))
            .collect()
    }

    fn word(&mut self, value: &Node, what: &str, words: &[&str]) {
        let Some(text) = value.as_text() else {
            return wrong_type(self.report, value, what, Shape::Text.name());
        };
        if !words.contains(&text) {
            let message = format!("`{what}` is `{text}`; it must be {}", or(words));
            let saying = self.report.emit(&CONFIGURATION, value.place, message);
            saying.hint_if(did_you_mean(text, words.iter().copied()));
        }
    }

    fn severities(&mut self, value: &Node, what: &str) {
        check_shape(self.report, Shape::Map, value, what);
        for entry in value.as_map().unwrap_or(&Table::default()).entries() {
            let what = format!("{what}.{}", entry.name());
            match &entry.value.data {
                // `off`, as YAML 1.1 reads it.
                Data::Bool(false) | Data::Null => {}
                Data::Bool(true) => {
                    let word = self.word_at(entry.value.place);
                    let message = format!("`{what}` is `{word}`; it must be {}", or(&SEVERITIES));
                    self.report.emit(&CONFIGURATION, entry.value.place, message);
                }
                _ => self.word(&entry.value, &what, &SEVERITIES),
            }
        }
    }
}

/// Some words: `a`, `b` or `c`.
fn or(words: &[&str]) -> String {
    let (last, others) = words.split_last().unwrap_or((&"", &[]));
    format!("`{}` or `{last}`", others.join("`, `"))
}
