//! [`Failure`]: what is wrong with values, and how `santhosh-tekuri/jsonschema` 6.0 says it.

use std::fmt::Write as _;

use homescale_go::strconv;
use homescale_value::{Str, Value};

use crate::decimal::Decimal;
use crate::document::Json;
use crate::error::Error;
use crate::number;
use crate::pointer::Step;
use crate::pointer::{self, quote};
use crate::program::{Place, Program, Types};

/// Something that is wrong, and what is wrong inside of it.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) at: Vec<Step>,
    pub(super) kind: Kind,
    pub(super) causes: Vec<Failure>,
}

/// What is wrong.
#[derive(Debug)]
pub(super) enum Kind {
    /// Several things.
    Group,
    /// A reference's schema is not satisfied.
    Reference,
    FalseSchema,
    /// Two ways to the same schema, which is given as a location.
    Cycle(String, String, String),
    InvalidValue(&'static str),
    Type(&'static str, Types),
    Const(Place),
    Enum(Place),
    /// The value, the format, and why.
    Format(Value, &'static str, String),
    /// A keyword with what it found and wanted.
    Count(&'static str, usize, i64),
    Limit(&'static str, Decimal, Decimal),
    Required(Vec<Str>),
    /// What is required because of another property.
    Dependency(Vec<Str>, Str),
    AdditionalProperties(Vec<Str>),
    AdditionalItems(usize),
    PropertyName(Str),
    Unique(usize, usize),
    Contains,
    MinContains(Vec<usize>, i64),
    MaxContains(Vec<usize>, i64),
    Pattern(Str, Str),
    Not,
    AllOf,
    AnyOf,
    /// The first two that matched, if there were two.
    OneOf(Option<(usize, usize)>),
    /// A limit of ours: the values or the schema are too much.
    TooMuch,
}

impl Failure {
    /// The error about values: a line for each failure that is no group of others.
    pub(super) fn into_error(self, program: &Program) -> Error {
        match self.kind {
            Kind::TooMuch => Error::too_much(),
            _ => Error::invalid(self.lines(program)),
        }
    }

    /// The whole text about a document, in the library's layout.
    pub(super) fn report(&self, program: &Program, place: Place) -> String {
        let location = quote(program.location(place));
        let lines = self.lines(program);
        let lines = lines.trim_end();
        format!("jsonschema validation failed with {location}\n{lines}")
    }

    fn lines(&self, program: &Program) -> String {
        let mut out = String::new();
        match self.kind {
            Kind::Group => {
                for cause in &self.causes {
                    cause.print(program, 0, &mut out);
                }
            }
            _ => self.print(program, 0, &mut out),
        }
        out
    }

    fn print(&self, program: &Program, mut indent: usize, out: &mut String) {
        // A reference that leads to one failure is not mentioned.
        if !(matches!(self.kind, Kind::Reference) && self.causes.len() == 1) {
            out.push_str(&"  ".repeat(indent));
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "- at {}: {}",
                quote(pointer::print(&self.at)),
                self.kind.text(program)
            );
            indent += 1;
        }
        for cause in &self.causes {
            cause.print(program, indent, out);
        }
    }
}

impl Kind {
    fn text(&self, program: &Program) -> String {
        match self {
            Self::Group | Self::Reference => "validation failed".to_owned(),
            Self::FalseSchema => "false schema".to_owned(),
            Self::Cycle(one, other, location) => format!(
                "both {one} and {other} resolve to {} causing reference cycle",
                strconv::quote(location)
            ),
            Self::InvalidValue(name) => format!("invalid jsonType {name}"),
            Self::Type(got, want) => {
                let want: Vec<&str> = want.names().collect();
                format!("got {got}, want {}", want.join(" or "))
            }
            Self::Const(place) => match program.json(*place) {
                Json::List(_) | Json::Map(_) => "'const' failed".to_owned(),
                json => format!("value must be {}", display(json)),
            },
            Self::Enum(place) => enumeration(program, *place),
            Self::Format(value, name, why) => {
                let value = match value {
                    Value::Str(text) => quote(text),
                    other => other.to_string(),
                };
                format!("{value} is not valid {name}: {why}")
            }
            Self::Count(keyword, got, want) => format!(
                "{keyword}: got {}, want {}",
                number::integer(*got as i64),
                number::integer(*want)
            ),
            Self::Limit(keyword, got, want) => format!(
                "{keyword}: got {}, want {}",
                number::float(got.to_f64()),
                number::float(want.to_f64())
            ),
            Self::Required(names) if names.len() == 1 => {
                format!("missing property {}", quote(&names[0]))
            }
            Self::Required(names) => format!("missing properties {}", join(names)),
            Self::Dependency(names, because) => format!(
                "properties {} required, if {} exists",
                join(names),
                quote(because)
            ),
            Self::AdditionalProperties(names) => {
                format!("additional properties {} not allowed", join(names))
            }
            Self::AdditionalItems(count) => format!(
                "last {} additionalItem(s) not allowed",
                number::integer(*count as i64)
            ),
            Self::PropertyName(name) => format!("invalid propertyName {}", quote(name)),
            Self::Unique(one, other) => format!(
                "items at {} and {} are equal",
                number::integer(*one as i64),
                number::integer(*other as i64)
            ),
            Self::Contains => "no items match contains schema".to_owned(),
            Self::MinContains(got, want) if got.is_empty() => format!(
                "min {} items required to match contains schema, but none matched",
                number::integer(*want)
            ),
            Self::MinContains(got, want) => contained("min", got, *want),
            Self::MaxContains(got, want) => contained("max", got, *want),
            Self::Pattern(got, want) => {
                format!("{} does not match pattern {}", quote(got), quote(want))
            }
            Self::Not => "'not' failed".to_owned(),
            Self::AllOf => "'allOf' failed".to_owned(),
            Self::AnyOf => "'anyOf' failed".to_owned(),
            Self::OneOf(None) => "'oneOf' failed, none matched".to_owned(),
            Self::OneOf(Some((one, other))) => format!(
                "'oneOf' failed, subschemas {}, {} matched",
                number::integer(*one as i64),
                number::integer(*other as i64)
            ),
            Self::TooMuch => "more work than this program does for a schema".to_owned(),
        }
    }
}

fn contained(word: &str, got: &[usize], want: i64) -> String {
    let items: Vec<String> = got.iter().map(usize::to_string).collect();
    format!(
        "{word} {} items required to match contains schema, but matched {} items at {}",
        number::integer(want),
        number::integer(got.len() as i64),
        items.join(" ")
    )
}

fn enumeration(program: &Program, place: Place) -> String {
    let Json::List(items) = program.json(place) else {
        return String::new();
    };
    let items = items.iter().map(|node| Place {
        node: *node,
        ..place
    });
    let items: Vec<&Json> = items.map(|place| program.json(place)).collect();
    let is_plain = |json: &&Json| !matches!(json, Json::List(_) | Json::Map(_));
    if !items.iter().all(is_plain) {
        return "'enum' failed".to_owned();
    }
    let texts: Vec<String> = items.iter().map(|json| display(json)).collect();
    match texts.as_slice() {
        [one] => format!("value must be {one}"),
        _ => format!("value must be one of {}", texts.join(", ")),
    }
}

/// A scalar of the schema as Go prints it.
fn display(json: &Json) -> String {
    match json {
        Json::Null => "<nil>".to_owned(),
        Json::Bool(b) => b.to_string(),
        Json::Number(text) => text.to_string(),
        Json::Str(text) => quote(text),
        Json::List(_) | Json::Map(_) => "value".to_owned(),
    }
}

fn join(names: &[Str]) -> String {
    let names: Vec<String> = names.iter().map(quote).collect();
    names.join(", ")
}
