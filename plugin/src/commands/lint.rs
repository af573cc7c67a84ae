//! `helm-catalog lint`: everything that is wrong with a catalog, and with what the Applications of any repository render to.

use std::path::Path;

use clap::{Args, ValueEnum};
use homescale::checkout;
use homescale::disk::is_repository;
use homescale_catalog::{Review, find_rule};
use homescale_fileset::FileSet;
use homescale_fleet::{Checked, Config, Fleet, NOT_RENDERED, ReviewInputs, all_rules, review};
use homescale_located::{Diagnostic, Diagnostics, Rule, Severity, SourceLines};

use super::data;
use super::summary::where_they_begin;
use crate::context::Context;
use crate::failure::Failure;
use crate::findings;
use crate::fleet::{self, FleetArgs};
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
    /// Look at the files of the catalog alone, and render nothing
    #[arg(long)]
    no_render: bool,
    /// List the Applications that need what is not at hand, with the commands that fetch it. JSON and SARIF have them always
    #[arg(long)]
    skipped: bool,
    #[command(flatten)]
    fleet: FleetArgs,
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

/// What was looked at, and what was found.
struct Linted {
    files: FileSet,
    repository: Option<Repository>,
    checked: Option<Checked>,
    review: Review,
}

impl Lint {
    /// Prints everything that can be said about the catalog and the Applications, and fails when an error is among it.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        if let Some(rule) = &self.explain {
            return terminal::print(explain(rule, context)?.as_bytes());
        }
        let linted = self.lint(context)?;
        let is_colored = context.is_colored(Stream::Output);
        terminal::print(self.text(&linted, is_colored)?.as_bytes())?;
        let found = &linted.review.findings;
        let has = |severity| found.count(severity) > 0;
        if has(Severity::Error) || (self.strict && has(Severity::Warning)) {
            return Err(Failure::Findings(String::new()));
        }
        Ok(())
    }

    /// Looks at the catalog, if there is one, and at what its Applications, or those of any repository, render to.
    fn lint(&self, context: &Context) -> Result<Linted, Failure> {
        let root = fleet::root(context)?;
        let read = is_repository(&root).then(|| Repository::read(&root));
        // What cannot be read of the disk is told of the catalog first, of which less is read.
        if let Some(Err(failure @ Failure::Disk(_))) = read {
            return Err(failure);
        }
        let files = checkout(&root)?;
        let mut broken: Vec<Diagnostic> = Vec::new();
        let config = fleet::config(&root)?.unwrap_or_else(|found| {
            broken.extend(found);
            Config::default()
        });
        let repository = read.filter(|_| has_catalog(&files)).transpose()?;
        let catalog = repository.as_ref().map(|it| &*it.catalog);
        let machine = self.fleet.machine()?;
        let mut checked = None;
        let mut hint = None;
        if !self.no_render {
            match (self.fleet).find_in(&root, files.clone(), config.clone(), &machine)? {
                Err(found) => broken.extend(found),
                Ok(fleet) if catalog.is_none() && broken.is_empty() && is_empty(&fleet) => {
                    hint = Some(where_they_begin(&fleet));
                }
                Ok(fleet) => {
                    let selected = self.fleet.select(&fleet)?;
                    checked = Some(fleet.check(&selected, catalog));
                }
            }
        }
        if catalog.is_none() && checked.is_none() && broken.is_empty() {
            return Err(nothing(&root, context.given_repo().is_some()).hinted(hint));
        }
        let inputs = ReviewInputs {
            files: &files,
            catalog,
            checked: checked.as_ref(),
            config: &config,
            is_all: !self.no_render && self.fleet.means_all(),
        };
        let mut review = review(&inputs);
        review.findings = Diagnostics::new(review.findings.into_iter().chain(broken).collect());
        Ok(Linted {
            files,
            repository,
            checked,
            review,
        })
    }

    /// What was found, in the wanted format.
    fn text(&self, linted: &Linted, is_colored: bool) -> Result<String, Failure> {
        let found = &linted.review.findings;
        let sources = SourceLines::new(&linted.files);
        let shown = found.iter().filter(|finding| self.is_shown(finding));
        let as_text = |finding| findings::text::of(finding, &sources, is_colored);
        match self.output {
            FindingFormat::Json => data::pretty(found),
            FindingFormat::Sarif => data::pretty(&findings::sarif::log(&linted.review)),
            FindingFormat::Github => Ok(shown.map(findings::github::of).collect()),
            FindingFormat::Text => {
                let texts = shown.map(as_text);
                Ok(texts.collect::<String>() + &self.summary(linted))
            }
        }
    }

    /// The last lines: how much there is, and how much of it is wrong.
    fn summary(&self, linted: &Linted) -> String {
        let found = &linted.review.findings;
        let count_of = |severity, noun: &str| {
            let all = found.iter().filter(|it| it.severity == severity);
            count(all.filter(|it| self.is_shown(it)).count(), noun)
        };
        let mut parts = Vec::new();
        if let Some(repository) = &linted.repository {
            parts.push(count(repository.catalog.apps().len(), "app"));
            parts.push(count(repository.catalog.clusters().len(), "cluster"));
        }
        let applications = linted.checked.as_ref().map(|checked| {
            let (rendered, failed, skipped) = (checked.rendered, checked.failed, checked.skipped);
            let all = count(rendered + failed + skipped, "Application");
            let folded = found.iter().any(|finding| !self.is_shown(finding));
            let folded = if folded { " (see --skipped)" } else { "" };
            format!("{all}: {rendered} rendered, {failed} failed, {skipped} skipped{folded}\n")
        });
        let silenced = match linted.review.silenced.len() {
            0 => String::new(),
            silenced => format!("; {silenced} silenced"),
        };
        let of = match parts.join(", ") {
            of if of.is_empty() => of,
            of => of + ": ",
        };
        format!(
            "{}{of}{}, {}, {}{silenced}\n",
            applications.unwrap_or_default(),
            count_of(Severity::Error, "error"),
            count_of(Severity::Warning, "warning"),
            count_of(Severity::Note, "note"),
        )
    }

    /// Whether people are shown a finding: that a chart must be downloaded would bury what is wrong.
    fn is_shown(&self, finding: &Diagnostic) -> bool {
        self.skipped || finding.rule != NOT_RENDERED.name || finding.severity != Severity::Note
    }
}

/// Whether a repository that has the directories of a catalog has one: an app, or a cluster that has one brought.
fn has_catalog(files: &FileSet) -> bool {
    let has = |directory: &str, file: &str| {
        let entries = files.entries(directory).into_iter();
        let mut directories = entries.filter(|(_, is_directory)| *is_directory);
        directories.any(|(name, _)| files.contains(&format!("{directory}/{name}/{file}")))
    };
    has("apps", "app.yaml") || has("clusters", "apps.yaml")
}

/// Whether a fleet has nothing that could be said to be well.
fn is_empty(fleet: &Fleet<'_>) -> bool {
    fleet.applications().is_empty()
        && fleet.not_expanded().is_empty()
        && fleet.findings().is_empty()
}

/// Why there is nothing to look at.
fn nothing(root: &Path, is_given: bool) -> Failure {
    // What is missing of a catalog, it says itself.
    if is_repository(root)
        && let Err(failure) = Repository::read(root)
    {
        return failure;
    }
    let what = if is_given {
        "not a catalog, and there is no Application in it"
    } else {
        "no catalog here or above, and no Application here"
    };
    Failure::Input(format!("{}: {what}", root.display()))
}

/// What there is to say about the rule of that name, or the list of all.
fn explain(name: &str, context: &Context) -> Result<String, Failure> {
    if name.is_empty() {
        let is_colored = context.is_colored(Stream::Output);
        let rows: Vec<Vec<Cell>> = all_rules().into_iter().map(row).collect();
        return Ok(table::text(
            &["RULE", "SEVERITY", "ABOUT"],
            &rows,
            is_colored,
        ));
    }
    let rule = find_rule(&all_rules(), name).map_err(|hint| {
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

/// How many there are of something, in words: `1 app`, `2 apps`.
fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}
