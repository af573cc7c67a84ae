//! `helm-catalog lint`: everything that is wrong with a catalog.

use clap::{Args, ValueEnum};
use homescale_catalog::Catalog;
use homescale_located::{Diagnostics, Severity};

use super::data;
use crate::context::Context;
use crate::failure::Failure;
use crate::findings;
use crate::terminal::{self, Stream};

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// Text or JSON
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    output: FindingFormat,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FindingFormat {
    /// Lines to read, with the source below
    Text,
    /// JSON
    Json,
}

impl Lint {
    /// Prints everything that can be said about the catalog, and fails when an error is among it.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let repository = context.repository()?;
        let found = repository.catalog.lint();
        let text = match self.output {
            FindingFormat::Json => data::pretty(&found)?,
            FindingFormat::Text => {
                let is_colored = context.is_colored(Stream::Output);
                let texts = found
                    .iter()
                    .map(|finding| findings::text(finding, repository.catalog.files(), is_colored));
                texts.collect::<String>() + &summary(&repository.catalog, &found)
            }
        };
        terminal::print(text.as_bytes())?;
        let has = |severity| found.count(severity) > 0;
        if has(Severity::Error) || (self.strict && has(Severity::Warning)) {
            return Err(Failure::Findings(String::new()));
        }
        Ok(())
    }
}

/// The last line: how much there is, and how much of it is wrong.
fn summary(catalog: &Catalog, found: &Diagnostics) -> String {
    format!(
        "{}, {}: {}, {}, {}\n",
        count(catalog.apps().len(), "app"),
        count(catalog.clusters().len(), "cluster"),
        count(found.count(Severity::Error), "error"),
        count(found.count(Severity::Warning), "warning"),
        count(found.count(Severity::Note), "note"),
    )
}

/// How many there are of something, in words: `1 app`, `2 apps`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
