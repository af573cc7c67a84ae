//! `helm-catalog lint`: everything that is wrong with a catalog.

use clap::{Args, ValueEnum};
use homescale_catalog::{Catalog, RULES, Review, find_rule};
use homescale_located::{Rule, Severity, SourceLines};

use super::data;
use crate::context::Context;
use crate::failure::Failure;
use crate::findings;
use crate::repository::Repository;
use crate::table::{self, Cell};
use crate::terminal::{self, Stream};

#[derive(Args, Debug)]
pub(crate) struct Lint {
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// Text, or what programs read
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    output: FindingFormat,
    /// Say what a rule is about and what is to be done; without a name, list the rules
    #[arg(long, value_name = "RULE", num_args = 0..=1, default_missing_value = "")]
    explain: Option<String>,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FindingFormat {
    /// Lines to read, with the source below
    Text,
    /// JSON
    Json,
    /// Annotations of a workflow on GitHub
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Lint {
    /// Prints everything that can be said about the catalog, and fails when an error is among it.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        if let Some(rule) = &self.explain {
            return terminal::print(explain(rule, context)?.as_bytes());
        }
        let repository = context.repository()?;
        let review = repository.catalog.review();
        let is_colored = context.is_colored(Stream::Output);
        terminal::print(self.text(&repository, &review, is_colored)?.as_bytes())?;
        let found = &review.findings;
        let has = |severity| found.count(severity) > 0;
        if has(Severity::Error) || (self.strict && has(Severity::Warning)) {
            return Err(Failure::Findings(String::new()));
        }
        Ok(())
    }

    /// What was found, in the wanted format.
    fn text(
        &self,
        repository: &Repository,
        review: &Review,
        is_colored: bool,
    ) -> Result<String, Failure> {
        let (catalog, found) = (&repository.catalog, &review.findings);
        let sources = SourceLines::new(catalog.files());
        let as_text = |finding| findings::text::of(finding, &sources, is_colored);
        match self.output {
            FindingFormat::Json => data::pretty(found),
            FindingFormat::Sarif => data::pretty(&findings::sarif::log(review)),
            FindingFormat::Github => Ok(found.iter().map(findings::github::of).collect()),
            FindingFormat::Text => {
                let texts = found.iter().map(as_text);
                Ok(texts.collect::<String>() + &summary(catalog, review))
            }
        }
    }
}

/// What there is to say about the rule of that name, or the list of all.
fn explain(name: &str, context: &Context) -> Result<String, Failure> {
    if name.is_empty() {
        let is_colored = context.is_colored(Stream::Output);
        let rows: Vec<Vec<Cell>> = RULES.iter().map(|rule| row(rule)).collect();
        return Ok(table::text(
            &["RULE", "SEVERITY", "ABOUT"],
            &rows,
            is_colored,
        ));
    }
    let rule = find_rule(name).map_err(|hint| {
        let hint = hint.unwrap_or_else(|| "`lint --explain` lists the rules".to_owned());
        Failure::Usage(format!("there is no rule `{name}`")).hinted(Some(hint))
    })?;
    let (severity, about, reason, remedy) = (rule.severity, rule.about, rule.reason, rule.remedy);
    Ok(format!(
        "{name} ({severity})\n{about}\n\nWhy it matters: {reason}\n\nWhat to do: {remedy}\n"
    ))
}

fn row(rule: &Rule) -> Vec<Cell> {
    let severity = rule.severity.to_string();
    vec![
        Cell::from(rule.name),
        Cell::from(severity),
        Cell::from(rule.about),
    ]
}

/// The last line: how much there is, and how much of it is wrong.
fn summary(catalog: &Catalog, review: &Review) -> String {
    let found = &review.findings;
    let silenced = match review.silenced.len() {
        0 => String::new(),
        silenced => format!("; {silenced} silenced"),
    };
    format!(
        "{}, {}: {}, {}, {}{silenced}\n",
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
