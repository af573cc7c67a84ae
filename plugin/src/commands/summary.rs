//! What came of all Applications, on standard error.

use homescale_fleet::{Fleet, Found, Outcome, Rendering, Unknown};
use homescale_located::Diagnostic;

use crate::failure::Failure;
use crate::terminal;

/// What came of Applications: how many of each, and why.
pub(super) struct Summary<'f> {
    fleet: &'f Fleet<'f>,
    /// What was done with those that did not fail.
    verb: &'static str,
    done: usize,
    kept: usize,
    failed: usize,
    skipped: usize,
    lines: Vec<String>,
    random: Vec<String>,
}

impl<'f> Summary<'f> {
    /// What comes of rendering them.
    pub(super) fn new(fleet: &'f Fleet<'f>) -> Self {
        Self::saying(fleet, "rendered")
    }

    /// What comes of something else that is done with them: `read`.
    pub(super) fn saying(fleet: &'f Fleet<'f>, verb: &'static str) -> Self {
        Self {
            fleet,
            verb,
            done: 0,
            kept: 0,
            failed: 0,
            skipped: 0,
            lines: Vec::new(),
            random: Vec::new(),
        }
    }

    /// Counts an Application.
    pub(super) fn add(&mut self, found: &Found, rendering: &Rendering) {
        match &rendering.outcome {
            Outcome::Rendered(_) => self.done += 1,
            Outcome::Failed(_, error) => self.failed(found, &error.to_string(), error.hint()),
            Outcome::Skipped(_, why) => self.skipped(found, &why.to_string(), why.hint()),
        }
        self.kept += usize::from(rendering.is_kept);
        if !rendering.random.is_empty() {
            self.random.push(found.id.to_string());
        }
    }

    /// Counts an Application of which nothing is rendered.
    pub(super) fn add_read(&mut self, found: &Found, unknown: Option<&Unknown>) {
        match unknown {
            None => self.done += 1,
            Some(why) if why.is_only_not_at_hand() => {
                self.skipped(found, &why.to_string(), why.hint());
            }
            Some(why) => self.failed(found, &why.to_string(), why.hint()),
        }
    }

    /// Counts an Application whose manifests are no objects.
    pub(super) fn add_unreadable(&mut self, found: &Found, error: &Diagnostic) {
        self.failed(found, &error.message, error.hint.clone());
    }

    fn failed(&mut self, found: &Found, why: &str, hint: Option<String>) {
        self.line("failed ", found, why, hint);
        self.failed += 1;
    }

    fn skipped(&mut self, found: &Found, why: &str, hint: Option<String>) {
        self.line("skipped", found, why, hint);
        self.skipped += 1;
    }

    fn line(&mut self, what: &str, found: &Found, why: &str, hint: Option<String>) {
        let hint = hint
            .map(|hint| format!("\n  hint: {hint}"))
            .unwrap_or_default();
        let line = format!("{what} {} on {}: {why}{hint}", found.id, found.cluster);
        self.lines.push(line);
    }

    /// Tells all of it.
    pub(super) fn tell(&self) {
        self.tell_of_fleet();
        terminal::warn(&self.lines);
        if !self.random.is_empty() {
            terminal::warn(&[format!(
                "note: different each time, because of what is random in their charts: {}\n  hint: a seed makes them repeat: $HELM_CATALOG_SEED_FILE names its file",
                self.random.join(", ")
            )]);
        }
        let all = self.done + self.failed + self.skipped;
        let noun = if all == 1 {
            "Application"
        } else {
            "Applications"
        };
        let kept = match self.kept {
            0 => String::new(),
            kept => format!("; {kept} from the cache"),
        };
        terminal::warn(&[format!(
            "{all} {noun}: {} {}, {} failed, {} skipped{kept}",
            self.done, self.verb, self.failed, self.skipped
        )]);
    }

    /// Tells what there is to say about the fleet as a whole.
    pub(super) fn tell_of_fleet(&self) {
        for finding in self.fleet.findings() {
            terminal::warn(&[finding]);
        }
        if let Some(guessed) = self.fleet.checkouts().guessed() {
            terminal::warn(&[format!(
                "note: taken for this repository, because most Applications name it: {guessed}"
            )]);
        }
    }

    /// Whether all is well: nothing failed, and, where that matters, nothing was skipped; there was something at all.
    pub(super) fn check(&self, strict: bool) -> Result<(), Failure> {
        let is_broken = self.failed > 0 || self.fleet.findings().has_errors();
        if is_broken || (strict && self.skipped + self.fleet.not_expanded().len() > 0) {
            return Err(Failure::Findings(String::new()));
        }
        if self.fleet.applications().is_empty() {
            let none = "there is no Application in this repository".to_owned();
            let hint = where_they_begin(self.fleet);
            return Err(Failure::Input(none).hinted(Some(hint)));
        }
        Ok(())
    }
}

/// What to do where there is no Application: say where they begin.
pub(super) fn where_they_begin(fleet: &Fleet<'_>) -> String {
    match fleet.likely_roots().as_slice() {
        [] => "name the file, directory or chart in which they begin with --root, or in homescale.yaml"
            .to_owned(),
        [root, ..] => format!(
            "charts here make them: `--root {root}`, with --root-values FILE for its values, or `roots` in homescale.yaml"
        ),
    }
}
