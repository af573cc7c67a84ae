//! Reports as data: JSON, YAML.

use clap::ValueEnum;
use serde::Serialize;

use crate::failure::Failure;
use crate::terminal;

/// How reports are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// A table to read
    Table,
    /// JSON
    Json,
    /// YAML
    Yaml,
}

/// How lists of things that have a name are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// A table to read
    Table,
    /// JSON
    Json,
    /// YAML
    Yaml,
    /// A name a line, for scripts
    Name,
}

/// Prints a list: as a table, as data, or as names.
pub(crate) fn list(
    format: ListFormat,
    data: &impl Serialize,
    table: impl FnOnce() -> String,
    names: impl FnOnce() -> Vec<String>,
) -> Result<(), Failure> {
    match format {
        ListFormat::Table => terminal::print(table().as_bytes()),
        ListFormat::Json => print(data, ReportFormat::Json),
        ListFormat::Yaml => print(data, ReportFormat::Yaml),
        ListFormat::Name => {
            let lines = names().into_iter().map(|name| name + "\n");
            terminal::print(lines.collect::<String>().as_bytes())
        }
    }
}

/// Prints data as JSON or YAML.
pub(crate) fn print(data: &impl Serialize, format: ReportFormat) -> Result<(), Failure> {
    let json = pretty(data)?;
    if format == ReportFormat::Json {
        return terminal::print(json.as_bytes());
    }
    let value = homescale_yaml::json::decode(json.as_bytes()).map_err(Failure::input)?;
    let yaml = homescale_yaml::to_yaml(&value).map_err(Failure::input)?;
    terminal::print(yaml.as_bytes())
}

/// Indented JSON with a line end.
pub(crate) fn pretty(data: &impl Serialize) -> Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(data).map_err(Failure::input)?;
    text.push('\n');
    Ok(text)
}

/// A value of a template as JSON.
pub(crate) fn to_json(value: &homescale_value::Value) -> Result<serde_json::Value, Failure> {
    let text = homescale_yaml::json::encode(value).map_err(Failure::input)?;
    serde_json::from_str(&text).map_err(Failure::input)
}
