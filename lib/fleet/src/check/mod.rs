//! What is wrong with the Applications of a fleet: each is rendered, and looked at.

mod applications;
mod applied;
mod failures;
mod few;
mod finding;
mod place;
mod projects;
mod sizes;
mod told;
mod twice;

use std::collections::{BTreeMap, BTreeSet};

use homescale_argocd::SourceKind;
use homescale_catalog::Catalog;
use homescale_located::{Diagnostic, Diagnostics};
use homescale_manifest::{Scopes, objects};
use homescale_template::parallel;

use self::applications::Applications;
use self::applied::Applied;
use self::few::few;
use self::finding::Finding;
use self::place::ChartPlaces;
use self::twice::Owners;
use crate::fleet::Fleet;
use crate::found::Found;
use crate::rendering::{Outcome, Rendering};
use crate::rules;

/// How many Applications wait for their turn, for each thread.
const WAITING: usize = 16;

/// What was found in the Applications of a fleet.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Checked {
    /// What is wrong, or worth knowing.
    pub findings: Diagnostics,
    /// How many Applications were rendered.
    pub rendered: usize,
    /// How many cannot be, so that Argo CD would show an error, too.
    pub failed: usize,
    /// How many need what is not at hand.
    pub skipped: usize,
    /// The clusters to which they go.
    pub(crate) clusters: BTreeSet<String>,
    /// The files of the apps of which a catalog makes them.
    pub(crate) apps: BTreeSet<String>,
}

/// What was found in one Application.
struct Looked {
    outcome: Kind,
    findings: Vec<Finding>,
    applied: Applied,
}

/// What came of an Application.
#[derive(Clone, Copy)]
enum Kind {
    Rendered,
    Failed,
    Skipped,
}

impl Fleet<'_> {
    /// Renders Applications, and says what is wrong with them; and what was found while all were found. `catalog` is that of the
    /// repository, if it has one: what it makes is told at its files.
    pub fn check(&self, selected: &[&Found], catalog: Option<&Catalog>) -> Checked {
        let applications = Applications::new(self, catalog);
        let threads = self.inputs.threads;
        let mut checked = Checked::default();
        // Which kinds have a namespace is known when all definitions of custom resources are.
        let mut scopes: BTreeMap<&str, Scopes> = BTreeMap::new();
        let mut applied: Vec<(&Found, Applied)> = Vec::new();
        let mut findings: Vec<(&Found, Finding)> = Vec::new();
        let done: Result<(), std::convert::Infallible> = parallel::in_order(
            selected,
            threads,
            WAITING * threads,
            |found| self.look(found),
            |found, mut looked| {
                match looked.outcome {
                    Kind::Rendered => checked.rendered += 1,
                    Kind::Failed => checked.failed += 1,
                    Kind::Skipped => checked.skipped += 1,
                }
                checked.clusters.insert(found.cluster.clone());
                checked
                    .apps
                    .extend(applications.app(found).map(str::to_owned));
                findings.extend(looked.findings.into_iter().map(|it| (*found, it)));
                let of_cluster = scopes.entry(found.cluster.as_str()).or_default();
                of_cluster.extend(std::mem::take(&mut looked.applied.scopes));
                applied.push((*found, looked.applied));
                Ok(())
            },
        );
        let Ok(()) = done;
        let mut owners = Owners::default();
        let none = Scopes::default();
        for (found, applied) in &applied {
            let scopes = scopes.get(found.cluster.as_str()).unwrap_or(&none);
            let objects = applied.objects(&found.application, scopes);
            findings.extend(
                projects::check(self, found, &objects, scopes)
                    .into_iter()
                    .map(|it| (*found, it)),
            );
            // What somebody applies by hand, an Application may keep.
            if !found.is_root {
                owners.add(found, applied.kept(&objects));
            }
        }
        findings.extend(owners.findings(&applications));
        let told = told::diagnostics(findings, &applications);
        let all = self.findings.iter().cloned().chain(told);
        checked.findings = Diagnostics::new(all.collect::<Vec<Diagnostic>>());
        let clusters: BTreeSet<&str> = (self.applications().iter())
            .map(|found| found.cluster.as_str())
            .collect();
        checked.findings.generalize(clusters.len());
        checked
    }

    /// Renders an Application, and looks at what comes of it.
    fn look(&self, found: &Found) -> Looked {
        let rendering = self.render(found);
        let mut looked = Looked {
            outcome: Kind::Rendered,
            findings: sizes::check(found),
            applied: Applied::default(),
        };
        let charts = ChartPlaces {
            found,
            checkouts: self.checkouts(),
        };
        match &rendering.outcome {
            Outcome::Rendered(stream) => look_at(stream, &rendering, &mut looked),
            Outcome::Failed(source, error) => {
                looked.outcome = Kind::Failed;
                looked
                    .findings
                    .extend(failures::findings(*source, error, &charts));
            }
            Outcome::Skipped(source, why) => {
                looked.outcome = Kind::Skipped;
                looked.findings.extend(failures::not_rendered(*source, why));
            }
        }
        looked
    }
}

/// Looks at manifests.
fn look_at(stream: &[u8], rendering: &Rendering, looked: &mut Looked) {
    let findings = &mut looked.findings;
    let notes = rendering.notes.iter();
    findings.extend(notes.filter_map(|note| {
        let rule = rules::all_rules().into_iter();
        let rule = rule.into_iter().find(|rule| rule.name == note.rule)?;
        Some(Finding::of(rule, note))
    }));
    if !rendering.random.is_empty() {
        findings.push(random(&rendering.random));
    }
    match objects(stream) {
        Ok(objects) => {
            let says_nothing = |kind: &SourceKind| {
                // The sidecar refuses to give nothing, unless that is asked for.
                *kind == SourceKind::Plugin
            };
            if objects.is_empty() && !rendering.kinds.iter().any(says_nothing) {
                let hint = "see its path, and what switches its templates off";
                let cause = "renders to nothing";
                findings.push(Finding::new(&rules::NO_MANIFESTS, cause).hint(Some(hint)));
            }
            looked.applied = Applied::of(&objects);
        }
        Err(error) => findings.push(Finding::of(&rules::MANIFEST, &error)),
    }
}

fn random(calls: &[String]) -> Finding {
    let cause = format!(
        "its manifests are different each time: {}",
        few(calls, "; ")
    );
    let hint = "set the values that are generated; here, `--seed-file` makes them repeat";
    Finding::new(&rules::RANDOM, cause).hint(Some(hint))
}
