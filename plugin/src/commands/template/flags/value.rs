//! The value of a flag: which texts are accepted, and what Go says of others.

use homescale_chart::CommandLine;
use homescale_go::strconv::{self, quote};

use super::table::Kind;
use super::{csv, duration};
use crate::commands::template::post_renderer::PostRenderer;

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

/// Adds a value to the earlier ones of its flag.
///
/// # Errors
/// What is wrong with it, in the words of Go.
pub(super) fn add(
    kind: Kind,
    text: &str,
    line: CommandLine,
    values: &mut Vec<String>,
    notices: &mut Vec<String>,
) -> Result<(), String> {
    match kind {
        Kind::Text | Kind::Texts | Kind::DryRun | Kind::Color => {}
        Kind::Switch => {
            let on = strconv::parse_bool(text).map_err(|error| error.to_string())?;
            values.push(on.to_string());
            return Ok(());
        }
        Kind::List => {
            values.extend(csv::record(text)?);
            return Ok(());
        }
        Kind::Labels => {
            values.extend(labels(text)?);
            return Ok(());
        }
        Kind::Whole => {
            strconv::parse_int(text, 0, 64).map_err(|error| error.to_string())?;
        }
        Kind::Single => {
            strconv::parse_float(text, 32).map_err(|error| error.to_string())?;
        }
        Kind::Duration => duration::check(text)?,
        Kind::Wait => wait(text, notices)?,
        Kind::PostRenderer => {
            if text.is_empty() {
                return Ok(());
            }
            if line == CommandLine::Helm4 && !values.is_empty() {
                return Err("cannot specify --post-renderer flag more than once".to_owned());
            }
            PostRenderer::find(text, line)?;
        }
    }
    values.push(text.to_owned());
    Ok(())
}

/// `key=value` between commas. Only a text with several `=` is read as CSV.
fn labels(text: &str) -> Result<Vec<String>, String> {
    let malformed = |text: &str| format!("{text} must be formatted as key=value");
    let pairs = match text.matches('=').count() {
        0 => return Err(malformed(text)),
        1 => vec![text.trim_matches('"').to_owned()],
        _ => csv::record(text)?,
    };
    match pairs.iter().find(|pair| !pair.contains('=')) {
        Some(pair) => Err(malformed(pair)),
        None => Ok(pairs),
    }
}

fn wait(text: &str, notices: &mut Vec<String>) -> Result<(), String> {
    let instead = match text {
        "watcher" | "hookOnly" | "legacy" => return Ok(()),
        "true" => "watcher",
        "false" => "hookOnly",
        _ => {
            let text = quote(text);
            return Err(format!(
                "invalid wait input {text}. Valid inputs are watcher, hookOnly, and legacy"
            ));
        }
    };
    notices.push(format!(
        "level=WARN msg=\"--wait={text} is deprecated (boolean value) and can be replaced with --wait={instead}\""
    ));
    Ok(())
}
