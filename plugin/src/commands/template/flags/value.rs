//! The value of a flag: which texts are accepted, and what Go says of others.

use std::error::Error;

use homescale_chart::CommandLine;
use homescale_go::csv;
use homescale_go::strconv::{self, quote};
use homescale_go::time::Duration;

use super::given::{Flags, PostRendererFlag};
use super::table::{Field, Flag, Kind};

/// The value of a flag that is given without one, if that may be.
pub(super) fn implied(kind: Kind, line: CommandLine) -> Option<&'static str> {
    match (kind, line) {
        (Kind::Switch, _) => Some("true"),
        (Kind::DryRun, CommandLine::Helm3) => Some("client"),
        (Kind::DryRun, CommandLine::Helm4) => Some("unset"),
        (Kind::Wait, _) => Some("watcher"),
        _ => None,
    }
}

/// Puts a value where it belongs.
///
/// # Errors
/// What is wrong with it, in the words of Go.
pub(super) fn store(
    flag: &Flag,
    text: &str,
    line: CommandLine,
    flags: &mut Flags,
    notices: &mut Vec<String>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let mut texts = vec![text.to_owned()];
    let mut is_on = true;
    match flag.kind {
        Kind::Text | Kind::Texts | Kind::DryRun | Kind::Color => {}
        Kind::Switch => is_on = strconv::parse_bool(text)?,
        Kind::List => texts = record(text)?,
        Kind::Labels => texts = labels(text)?,
        Kind::Whole => {
            strconv::parse_int(text, 0, 64)?;
        }
        Kind::Single => {
            strconv::parse_float(text, 32)?;
        }
        Kind::Duration => {
            Duration::parse(text.as_bytes())?;
        }
        Kind::Wait => notices.extend(wait(text)?),
        Kind::PostRenderer if line == CommandLine::Helm4 && !flags.post_renderers.is_empty() => {
            return Err("cannot specify --post-renderer flag more than once".into());
        }
        Kind::PostRenderer => {}
    }
    match flag.field {
        Field::None => {}
        Field::Switch(field) => *field(flags) = is_on,
        Field::Choice(field) => *field(flags) = Some(is_on),
        Field::Text(field) => *field(flags) = Some(text.to_owned()),
        Field::Name(field) => *field(flags) = (!text.is_empty()).then(|| text.to_owned()),
        Field::Texts(field) => field(flags).append(&mut texts),
        Field::PostRenderers if text.is_empty() => {}
        Field::PostRenderers => flags.post_renderers.push(PostRendererFlag {
            name: text.to_owned(),
            notices: notices.len(),
        }),
    }
    Ok(())
}

/// Values between commas.
fn record(text: &str) -> Result<Vec<String>, csv::ParseError> {
    match text {
        "" => Ok(Vec::new()),
        text => csv::read(text),
    }
}

/// `key=value` between commas. Only a text with several `=` is read as CSV.
fn labels(text: &str) -> Result<Vec<String>, Box<dyn Error + Send + Sync>> {
    let malformed = |text: &str| format!("{text} must be formatted as key=value");
    let pairs = match text.matches('=').count() {
        0 => return Err(malformed(text).into()),
        1 => vec![text.trim_matches('"').to_owned()],
        _ => record(text)?,
    };
    match pairs.iter().find(|pair| !pair.contains('=')) {
        Some(pair) => Err(malformed(pair).into()),
        None => Ok(pairs),
    }
}

/// Checks a way of waiting; Helm has something to say about the older ones.
fn wait(text: &str) -> Result<Option<String>, Box<dyn Error + Send + Sync>> {
    let instead = match text {
        "watcher" | "hookOnly" | "legacy" => return Ok(None),
        "true" => "watcher",
        "false" => "hookOnly",
        _ => {
            let text = quote(text);
            let known = "Valid inputs are watcher, hookOnly, and legacy";
            return Err(format!("invalid wait input {text}. {known}").into());
        }
    };
    Ok(Some(format!(
        "level=WARN msg=\"--wait={text} is deprecated (boolean value) and can be replaced with --wait={instead}\""
    )))
}
