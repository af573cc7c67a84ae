//! `helm-catalog cache`: what is kept of renders.

use clap::{Args, Subcommand};
use homescale::DiskError;
use serde::Serialize;

use super::data::{self, ReportFormat};
use crate::cache::{CacheDir, Contents, Directory, USUAL_SIZE};
use crate::context::Context;
use crate::failure::Failure;
use crate::table;
use crate::terminal::{self, Stream};
use crate::watch::Size;

#[derive(Debug, Subcommand)]
pub(crate) enum Cache {
    /// Print the directory in which renders are kept
    Path(CacheDir),
    /// Show how much is kept
    Info(Info),
    /// Take away what was not used for the longest time, until the rest is small enough
    Prune(Prune),
}

#[derive(Args, Debug)]
pub(crate) struct Info {
    #[command(flatten)]
    place: CacheDir,
    /// Table, JSON or YAML
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: ReportFormat,
}

#[derive(Args, Debug)]
pub(crate) struct Prune {
    #[command(flatten)]
    place: CacheDir,
    /// How much is left at most
    #[arg(long, value_name = "SIZE", default_value_t = USUAL_SIZE)]
    max_size: Size,
}

/// How much is kept.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    directory: String,
    entries: usize,
    bytes: u64,
    max_bytes: u64,
    /// How long ago the entry was used that goes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_seconds: Option<u64>,
}

impl Cache {
    /// Answers, or takes away.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        match self {
            Self::Path(place) => {
                let directory = place.get()?;
                terminal::print(format!("{}\n", directory.display()).as_bytes())
            }
            Self::Info(info) => info.run(context),
            Self::Prune(prune) => prune.run(),
        }
    }
}

/// The directory of entries, and what is in it.
fn contents(place: &CacheDir) -> Result<(Directory, Contents), Failure> {
    let directory = Directory::open(&place.get()?);
    let directory = directory.map_err(|refused| {
        let hint = refused.hint();
        Failure::Input(refused.to_string()).hinted(Some(hint))
    })?;
    let contents = Contents::of(directory.path());
    let contents = contents.map_err(|error| DiskError::io("read", directory.path(), error))?;
    Ok((directory, contents))
}

impl Info {
    fn run(&self, context: &Context) -> Result<(), Failure> {
        let (directory, contents) = contents(&self.place)?;
        let age = contents.oldest().and_then(|used| used.elapsed().ok());
        let report = Report {
            directory: directory.path().display().to_string(),
            entries: contents.len(),
            bytes: contents.bytes(),
            max_bytes: USUAL_SIZE.0,
            oldest_seconds: age.map(|age| age.as_secs()),
        };
        if self.output != ReportFormat::Table {
            return data::print(&report, self.output);
        }
        let row = vec![
            report.entries.to_string().into(),
            rounded(report.bytes).into(),
            USUAL_SIZE.to_string().into(),
            report.oldest_seconds.map_or_else(String::new, ago).into(),
            report.directory.into(),
        ];
        let header = ["ENTRIES", "SIZE", "MAX", "OLDEST USE", "DIRECTORY"];
        let text = table::text(&header, &[row], context.is_colored(Stream::Output));
        terminal::print(text.as_bytes())
    }
}

impl Prune {
    fn run(&self) -> Result<(), Failure> {
        let (_, contents) = contents(&self.place)?;
        let pruned = contents.prune(self.max_size.0);
        let entries = contents.len() - pruned.entries;
        let text = format!(
            "removed {} of {} entries, {}; {} left, {}\n",
            pruned.entries,
            contents.len(),
            rounded(pruned.bytes),
            entries,
            rounded(contents.bytes() - pruned.bytes),
        );
        terminal::print(text.as_bytes())
    }
}

/// A size with three digits or so.
fn rounded(bytes: u64) -> String {
    let units = [("Gi", 30), ("Mi", 20), ("Ki", 10)];
    let unit = units.into_iter().find(|(_, bits)| bytes >> bits > 0);
    let Some((unit, bits)) = unit else {
        return format!("{bytes}");
    };
    let number = bytes as f64 / (1u64 << bits) as f64;
    let digits = usize::from(number < 100.0);
    format!("{number:.digits$}{unit}")
}

/// A time that has passed, in its largest unit.
fn ago(seconds: u64) -> String {
    let units = [("day", 86400), ("hour", 3600), ("minute", 60)];
    let unit = units.into_iter().find(|(_, length)| seconds >= *length);
    let Some((unit, length)) = unit else {
        return "now".to_owned();
    };
    let number = seconds / length;
    let end = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{end} ago")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_short() {
        let sizes = [0, 1023, 1024, 1 << 20, 150 << 20, 3 << 29];
        let sizes = sizes.map(rounded);
        assert_eq!(sizes, ["0", "1023", "1.0Ki", "1.0Mi", "150Mi", "1.5Gi"]);
        let times = [0, 59, 60, 7199, 7200, 86400 * 9].map(ago);
        let said = [
            "now",
            "now",
            "1 minute ago",
            "1 hour ago",
            "2 hours ago",
            "9 days ago",
        ];
        assert_eq!(times, said);
    }
}
