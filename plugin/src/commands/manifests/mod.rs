//! `helm-catalog manifests`: every manifest of every Application.

mod json;
mod output;

use std::fmt::Display;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use homescale_fleet::{DryCommit, Fleet, Found, Layout, Outcome, Rendering, TreePlan, stream};
use homescale_manifest::objects;
use homescale_template::parallel;

use self::output::{Output, Scope};
use super::summary::Summary;
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::{self, FleetArgs};
use crate::git;
use crate::progress::Progress;
use crate::terminal::{self, Stream};

/// How many renders wait for their turn, for each thread.
const WAITING: usize = 16;

#[derive(Args, Debug)]
pub(crate) struct Manifests {
    #[command(flatten)]
    fleet: FleetArgs,
    /// Write a tree of files into DIR instead of printing
    #[arg(long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// How the tree is laid out
    #[arg(
        long,
        value_name = "LAYOUT",
        default_value = "resources",
        requires = "output_dir"
    )]
    layout: LayoutChoice,
    /// Compare the tree in --output-dir with what would be written, and fail if they differ
    #[arg(long, requires = "output_dir", conflicts_with = "prune")]
    check: bool,
    /// With --output-dir, for all Applications: remove the files there that are of none
    #[arg(long, requires = "output_dir", conflicts_with_all = ["clusters", "apps", "selector", "shard"])]
    prune: bool,
    /// With what Argo CD adds: the namespace of the destination, and what says of which Application an object is
    #[arg(long)]
    as_applied: bool,
    /// Fail when an Application is skipped
    #[arg(long)]
    strict: bool,
    /// YAML, or JSON with what came of each Application
    #[arg(
        short,
        long,
        value_name = "FORMAT",
        default_value = "yaml",
        conflicts_with = "output_dir"
    )]
    output: OutputFormat,
}

/// How manifests are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    /// A stream of YAML documents
    Yaml,
    /// A JSON list with each Application, what came of it, and its objects
    Json,
}

/// How a tree is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum LayoutChoice {
    /// A file an object: CLUSTER/APP/KIND-NAME.yaml
    Resources,
    /// A file an Application: CLUSTER/APP.yaml
    Apps,
    /// As Argo CD's hydrator writes a branch: PATH/manifest.yaml, with the path of sourceHydrator, else CLUSTER/APP
    Hydrator,
}

impl Manifests {
    /// Renders the Applications, and prints or writes what comes of them, in their order.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let machine = self.fleet.machine()?;
        let fleet = self.fleet.find(context, &machine)?;
        let selected = self.fleet.select(&fleet)?;
        let plan = self.plan(context, &fleet, &selected)?;
        let mut output = self.output(&plan)?;
        let mut summary = Summary::new(&fleet);
        let threads = parallel::available();
        let is_printed = self.output_dir.is_none() && Stream::Output.takes_escapes();
        let progress = Progress::new(selected.len(), "Applications").silent_if(is_printed);
        parallel::in_order(
            &selected,
            threads,
            WAITING * threads,
            |found| self.render(&fleet, found),
            |found, rendering| {
                progress.step();
                let rendering = rendering?;
                summary.add(found, &rendering);
                output.take(found, rendering)
            },
        )?;
        let is_same = output.finish(Scope {
            is_all: self.fleet.means_all(),
            prune: self.prune,
            unknown: unknown(&fleet),
        })?;
        summary.tell();
        summary.check(self.strict)?;
        if is_same {
            Ok(())
        } else {
            Err(Failure::Findings(String::new()))
        }
    }

    /// What comes of an Application, as it is wanted.
    fn render(&self, fleet: &Fleet<'_>, found: &Found) -> Result<Rendering, Failure> {
        let mut rendering = fleet.render(found);
        if let Outcome::Rendered(manifests) = &mut rendering.outcome
            && self.as_applied
        {
            let wrong = |error: &dyn Display| Failure::Input(format!("{}: {error}", found.id));
            let objects = objects(manifests).map_err(|error| wrong(&error.message))?;
            let applied = fleet.as_applied(found, objects);
            *manifests = stream(&applied.map_err(|error| wrong(&error))?);
        }
        Ok(rendering)
    }

    /// Where files go.
    fn plan(
        &self,
        context: &Context,
        fleet: &Fleet<'_>,
        selected: &[&Found],
    ) -> Result<TreePlan, Failure> {
        let layout = self.layout.layout();
        let dry = match layout {
            Layout::Hydrator if !self.check => dry_commit(context)?,
            _ => DryCommit::default(),
        };
        TreePlan::new(layout, fleet.applications(), selected, dry).map_err(output::failure)
    }

    fn output<'n>(&self, plan: &'n TreePlan) -> Result<Box<dyn Output + 'n>, Failure> {
        Ok(match (&self.output_dir, self.output) {
            (None, OutputFormat::Yaml) => Box::new(output::Printed),
            (None, OutputFormat::Json) => Box::new(json::Json::default()),
            (Some(dir), _) if self.check => Box::new(output::Checked::new(dir, plan)),
            (Some(dir), _) => Box::new(output::Written::new(dir, plan)?),
        })
    }
}

impl LayoutChoice {
    fn layout(self) -> Layout {
        match self {
            Self::Resources => Layout::Resources,
            Self::Apps => Layout::Applications,
            Self::Hydrator => Layout::Hydrator,
        }
    }
}

/// The commit that is checked out. What is not known of it is left out of the files, and told.
fn dry_commit(context: &Context) -> Result<DryCommit, Failure> {
    let root = fleet::root(context)?;
    let commit = git::head(&root).unwrap_or_else(|error| {
        terminal::warn(&[format!(
            "note: without drySha, author, date, subject and body in hydrator.metadata: {error}"
        )]);
        git::Commit::default()
    });
    let origin = git::Clone::around(&root).origin;
    if origin.is_none() {
        terminal::warn(&[
            "note: without repoURL in hydrator.metadata: the clone has no remote `origin`",
        ]);
    }
    Ok(DryCommit {
        repo_url: origin.unwrap_or_default(),
        sha: commit.id,
        author: commit.author,
        date: commit.date,
        message: commit.message,
    })
}

/// Why there may be Applications of which nobody knows.
fn unknown(fleet: &Fleet<'_>) -> Vec<String> {
    let mut why = Vec::new();
    if fleet.findings().has_errors() {
        why.push("errors were found".to_owned());
    }
    let sets = fleet.not_expanded().iter();
    let sets: Vec<&str> = sets.map(|set| set.name.as_str()).collect();
    if !sets.is_empty() {
        let sets = sets.join(", ");
        why.push(format!("these ApplicationSets were not expanded: {sets}"));
    }
    why
}
