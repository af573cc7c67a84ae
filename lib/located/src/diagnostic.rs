//! [`Diagnostic`]: something to say about a catalog, with the file, line and column it is about.

use std::fmt;

use homescale_fileset::{printable, printable_lines};
use serde::Serialize;

use crate::place::{Location, Place, Sources};
use crate::rule::{Rule, Severity};

/// Something to say about a catalog. Prints as `apps/web/app.yaml:7:3: error: … [rule]`, with the hint and the related places
/// on lines of their own below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The rule that says it, the name of a [`Rule`]: `unknown-field`.
    pub rule: &'static str,
    /// The file, by its path from the root of the repository; empty when no file is to blame.
    pub file: String,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The column in characters, from 1; 0 for the line as a whole.
    pub column: usize,
    /// What is wrong: what was found, and what was expected.
    pub message: String,
    /// What to do about it, where that is clear.
    pub hint: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The clusters on which it is so; empty when it is so on every one, or does not depend on any.
    pub clusters: Vec<String>,
}

/// A further place that a [`Diagnostic`] is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Related {
    /// Where.
    pub location: Location,
    /// What is there.
    pub message: String,
}

impl Diagnostic {
    /// A finding under a rule.
    pub fn new(rule: &Rule, location: Location, message: impl Into<String>) -> Self {
        let Location { file, line, column } = location;
        Self {
            severity: rule.severity,
            rule: rule.name,
            file,
            line,
            column,
            message: message.into(),
            hint: None,
            related: Vec::new(),
            clusters: Vec::new(),
        }
    }

    /// The place it is about.
    pub fn location(&self) -> Location {
        Location {
            file: self.file.clone(),
            line: self.line,
            column: self.column,
        }
    }

    /// Whether it is an error.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether the two say the same, perhaps of different clusters.
    pub fn says_the_same(&self, other: &Self) -> bool {
        self.rule == other.rule && self.order() == other.order()
    }

    /// The message and what stands below it, without the place and the other places: the hint, and the clusters.
    pub fn explanation(&self) -> String {
        let mut text = self.message.clone();
        if let Some(hint) = &self.hint {
            text.extend(["\nhint: ", hint]);
        }
        if let Some(clusters) = self.on_clusters() {
            text.extend(["\n", &clusters]);
        }
        printable_lines(&text).into_owned()
    }

    /// On which clusters it is so, in words.
    fn on_clusters(&self) -> Option<String> {
        match self.clusters.as_slice() {
            [] => None,
            [cluster] => Some(format!("on the cluster {cluster}")),
            clusters => Some(format!("on the clusters {}", clusters.join(", "))),
        }
    }

    /// Writes it, with the severity as `severity` shows it: perhaps in colour. What cannot be printed in names and texts is
    /// shown as an escape. The hint and what else stands on lines of its
    /// own comes after `excerpt`, whose lines each begin with a line feed: perhaps the source that it is about.
    ///
    /// # Errors
    /// `out` cannot be written to.
    pub fn write(
        &self,
        out: &mut dyn fmt::Write,
        severity: &dyn fmt::Display,
        excerpt: &dyn fmt::Display,
    ) -> fmt::Result {
        let place = self.location().to_string();
        if !place.is_empty() {
            write!(out, "{}: ", printable(&place))?;
        }
        let message = printable_lines(&self.message);
        write!(out, "{severity}: {message} [{}]{excerpt}", self.rule)?;
        if let Some(hint) = &self.hint {
            write!(out, "\n  hint: {}", printable_lines(hint))?;
        }
        for related in &self.related {
            let place = related.location.to_string();
            let message = printable_lines(&related.message);
            write!(out, "\n  {}: {message}", printable(&place))?;
        }
        match self.on_clusters() {
            None => Ok(()),
            Some(clusters) => write!(out, "\n  {}", printable(&clusters)),
        }
    }

    /// Widens the finding to further clusters; none means all.
    fn add_clusters(&mut self, further: &[String]) {
        if self.clusters.is_empty() || further.is_empty() {
            self.clusters.clear();
        } else {
            self.clusters.extend_from_slice(further);
            self.clusters.sort();
            self.clusters.dedup();
        }
    }

    fn order(&self) -> impl Ord + '_ {
        let place = (&self.file, self.line, self.column);
        (
            place,
            self.severity,
            &self.message,
            &self.hint,
            &self.related,
        )
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, &self.severity, &"")
    }
}

/// What there is to say, in order of files and places, nothing twice. Prints one below the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Sorts findings. What is said of several clusters becomes one finding with all of them.
    pub fn new(mut items: Vec<Diagnostic>) -> Self {
        items.sort_by(|a, b| a.order().cmp(&b.order()));
        items.dedup_by(|next, kept| {
            let same = next.says_the_same(kept);
            if same {
                kept.add_clusters(&next.clusters);
            }
            same
        });
        Self(items)
    }

    /// Makes what is found on all of that many clusters a finding without clusters.
    pub fn generalize(&mut self, clusters: usize) {
        for item in self
            .0
            .iter_mut()
            .filter(|item| item.clusters.len() == clusters)
        {
            item.clusters.clear();
        }
    }

    /// Each of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many of this severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        let of_severity = |diagnostic: &&Diagnostic| diagnostic.severity == severity;
        self.iter().filter(of_severity).count()
    }

    /// Whether one of them is an error.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Collects diagnostics, and turns places into file, line and column.
pub struct Report<'s> {
    sources: &'s Sources,
    items: Vec<Diagnostic>,
    errors: usize,
}

impl<'s> Report<'s> {
    /// A report about these files, with nothing in it.
    pub fn new(sources: &'s Sources) -> Self {
        Self {
            sources,
            items: Vec::new(),
            errors: 0,
        }
    }

    /// Reports a finding at a place.
    pub fn emit(
        &mut self,
        rule: &Rule,
        place: Place,
        message: impl Into<String>,
    ) -> DiagnosticBuilder<'_> {
        let location = self.sources.location(place);
        let index = self.items.len();
        self.errors += usize::from(rule.severity == Severity::Error);
        self.items.push(Diagnostic::new(rule, location, message));
        DiagnosticBuilder {
            sources: self.sources,
            diagnostic: &mut self.items[index],
        }
    }

    /// Adds findings of another report.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.errors += usize::from(diagnostic.is_error());
            self.items.push(diagnostic);
        }
    }

    /// Whether an error was reported.
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// How many errors were reported.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// The path of the file of a place.
    pub fn file_of(&self, place: Place) -> &'s str {
        self.sources.path(place)
    }

    /// What was reported, in that order.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// The same, when nothing more is to be reported.
    pub fn into_items(self) -> Vec<Diagnostic> {
        self.items
    }

    /// What was reported, sorted.
    pub fn finish(self) -> Diagnostics {
        Diagnostics::new(self.items)
    }
}

/// A diagnostic that was just reported, to be completed.
pub struct DiagnosticBuilder<'r> {
    sources: &'r Sources,
    diagnostic: &'r mut Diagnostic,
}

impl DiagnosticBuilder<'_> {
    /// Adds what to do about it.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        self.diagnostic.hint = Some(hint.into());
        self
    }

    /// Adds what to do about it, if there is something.
    pub fn hint_if(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.hint(hint),
            None => self,
        }
    }

    /// Adds a further place.
    pub fn related(self, place: Place, message: impl Into<String>) -> Self {
        if !place.is_nowhere() {
            self.diagnostic.related.push(Related {
                location: self.sources.location(place),
                message: message.into(),
            });
        }
        self
    }
}
