//! Findings that are known, and that somebody has silenced with a reason: by a comment beside what they are about, or in
//! `lint.allow` of the catalog's values.

use std::collections::{BTreeMap, BTreeSet};

use homescale_fileset::{FileSet, Glob};
use homescale_located::{
    Diagnostic, Diagnostics, Node, Origin, Place, Report, Rule, Sources, read_map,
};

use crate::model::catalog::Catalog;
use crate::model::layout::APPS;
use crate::present::rules::find_rule;
use crate::rules;

/// How a comment that silences begins.
const COMMENT: &str = "# helm-catalog: allow";

/// Everything there is to say about a catalog, and what is not said because somebody has silenced it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Review {
    /// What there is to say.
    pub findings: Diagnostics,
    /// What is silenced, in the same order.
    pub silenced: Vec<Silenced>,
}

/// A finding that is silenced.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Silenced {
    /// The finding.
    pub finding: Diagnostic,
    /// Why it may be so.
    pub reason: String,
    /// Whether a comment says it, beside what the finding is about; else the catalog's values do.
    pub by_comment: bool,
}

/// Where findings can be silenced, and which.
pub struct Silences<'a> {
    /// The files of the repository.
    pub files: &'a FileSet,
    /// Its catalog, if it has one.
    pub catalog: Option<&'a Catalog>,
    /// The rules that can be silenced.
    pub rules: &'a [&'static Rule],
    /// Whether all findings of a rule are there, so that what silences none of them is a finding itself.
    pub is_complete: &'a dyn Fn(&str) -> bool,
}

impl Silences<'_> {
    /// Takes out what is silenced; puts in what is wrong with that.
    pub fn apply(&self, found: Diagnostics) -> Review {
        let sources = Sources::of(self.files);
        let mut report = Report::new(&sources);
        let mut allowances = self.comments(&found, &sources, &mut report);
        if self.catalog.is_some() {
            allowances.extend(self.of_values(&sources, &mut report));
        }
        let mut index = Index::of(&allowances);
        let mut review = Review::default();
        let mut used = BTreeSet::new();
        let mut findings = Vec::new();
        for finding in found {
            let Some(index) = index.find(&finding) else {
                findings.push(finding);
                continue;
            };
            used.insert(index);
            review.silenced.push(Silenced {
                finding,
                reason: allowances[index].reason.clone(),
                by_comment: allowances[index].by_comment,
            });
        }
        let unused = allowances.iter().enumerate();
        let unused = unused.filter(|(index, _)| !used.contains(index));
        for (_, allowance) in unused.filter(|(_, unused)| (self.is_complete)(&unused.rule)) {
            let rule = &allowance.rule;
            let message = format!("nothing is found here that `{rule}` would silence");
            let saying = report.emit(&rules::SILENCE, allowance.place, message);
            saying.hint("remove it: what it would silence one day should be seen");
        }
        findings.extend(report.into_items());
        review.findings = Diagnostics::new(findings);
        review
    }

    /// What comments silence, in the files of apps and clusters and in all about which something was found.
    fn comments(
        &self,
        found: &Diagnostics,
        sources: &Sources,
        report: &mut Report<'_>,
    ) -> Vec<Allowance> {
        let catalog = self.catalog.into_iter();
        let apps = catalog
            .clone()
            .flat_map(Catalog::apps)
            .map(crate::App::file);
        let clusters = catalog
            .flat_map(Catalog::clusters)
            .map(crate::Cluster::file);
        let others = found.iter().map(|finding| finding.file.as_str());
        let values = format!("{APPS}/values.yaml");
        let files = apps.chain(clusters).chain(others).chain([values.as_str()]);
        let files: BTreeSet<&str> = files.collect();
        let mut all = Vec::new();
        for file in files {
            let text = self.files.get(file).ok().flatten().unwrap_or_default();
            let text = String::from_utf8_lossy(text);
            if text.contains(COMMENT) {
                self.of_file(file, &text, sources, report, &mut all);
            }
        }
        all
    }

    fn of_file(
        &self,
        file: &str,
        text: &str,
        sources: &Sources,
        report: &mut Report<'_>,
        all: &mut Vec<Allowance>,
    ) {
        let lines: Vec<&str> = text.lines().collect();
        let next = next_contents(&lines);
        for (index, line) in lines.iter().enumerate() {
            let Some((before, comment)) = line.split_once(COMMENT) else {
                continue;
            };
            let column = before.chars().count() + 1;
            let place = Place::new(sources.file(file), index + 1, column);
            let (is_file, comment) = match comment.strip_prefix("-file") {
                Some(rest) => (true, rest),
                None => (false, comment),
            };
            let said = comment.split_once(':');
            let (names, reason) = said.unwrap_or((comment, ""));
            let own_line = before.trim().is_empty();
            let line = if own_line {
                next.get(index).copied().unwrap_or_default()
            } else {
                index + 1
            };
            for name in names.split(',') {
                let scope = if is_file {
                    Scope::File(file.to_owned())
                } else {
                    Scope::Line(file.to_owned(), line)
                };
                all.extend(self.allowance(name, reason, scope, place, true, report));
            }
        }
    }

    /// What `lint.allow` of `apps/values.yaml` silences.
    fn of_values(&self, sources: &Sources, report: &mut Report<'_>) -> Vec<Allowance> {
        let path = format!("{APPS}/values.yaml");
        let text = self.files.get(&path).ok().flatten().unwrap_or_default();
        let origin = Origin::file(sources.file(&path));
        let mut unsaid = Report::new(sources);
        let values = read_map(text, origin, &mut unsaid).unwrap_or_default();
        let items = values.at(&["lint", "allow"]).and_then(Node::as_list);
        let items = items.unwrap_or_default().iter();
        let found = items.filter_map(|item| {
            let text = |key: &str| item.get(key).and_then(Node::as_text).unwrap_or_default();
            let scope = match text("files") {
                "" => Scope::Everywhere,
                pattern => match Glob::new(pattern.as_bytes()) {
                    Ok(glob) => Scope::Files(glob),
                    Err(error) => {
                        let message =
                            format!("`files` is `{pattern}`, which is no pattern: {error}");
                        report.emit(&rules::SILENCE, item.place, message);
                        return None;
                    }
                },
            };
            self.allowance(
                text("rule"),
                text("reason"),
                scope,
                item.place,
                false,
                report,
            )
        });
        found.collect()
    }

    /// An allowance, if it names a rule and a reason; else that is reported.
    fn allowance(
        &self,
        name: &str,
        reason: &str,
        scope: Scope,
        place: Place,
        by_comment: bool,
        report: &mut Report<'_>,
    ) -> Option<Allowance> {
        let (name, reason) = (name.trim(), reason.trim());
        if let Err(hint) = find_rule(self.rules, name) {
            let message = format!("there is no rule `{name}` that could be silenced");
            let saying = report.emit(&rules::SILENCE, place, message);
            let hint =
                hint.unwrap_or_else(|| "`helm-catalog lint --explain` lists the rules".to_owned());
            saying.hint(hint);
            return None;
        }
        if reason.is_empty() {
            let message = format!("`{name}` is silenced without a reason");
            let saying = report.emit(&rules::SILENCE, place, message);
            saying.hint(if by_comment {
                format!("say why: `{COMMENT} {name}: …`")
            } else {
                "say why: `reason: …`".to_owned()
            });
            return None;
        }
        Some(Allowance {
            rule: name.to_owned(),
            scope,
            reason: reason.to_owned(),
            place,
            by_comment,
        })
    }
}

/// That a rule is silent somewhere.
struct Allowance {
    rule: String,
    scope: Scope,
    reason: String,
    /// Where that is said.
    place: Place,
    by_comment: bool,
}

/// Where a rule is silent.
enum Scope {
    Line(String, usize),
    File(String),
    /// All files that fit.
    Files(Glob),
    Everywhere,
}

/// The allowances by what they are for, as their numbers.
struct Index<'a> {
    /// Of each rule, file and line the first; an allowance for all lines of a file has none.
    placed: BTreeMap<(&'a str, &'a str, Option<usize>), usize>,
    /// Of each rule those that are for many files.
    others: BTreeMap<&'a str, Vec<(usize, &'a Scope)>>,
    /// What was found among the others for the rule and file that were asked for last.
    last: Option<(&'static str, String, Option<usize>)>,
}

impl<'a> Index<'a> {
    fn of(allowances: &'a [Allowance]) -> Self {
        let mut index = Self {
            placed: BTreeMap::new(),
            others: BTreeMap::new(),
            last: None,
        };
        for (number, allowance) in allowances.iter().enumerate() {
            let rule = allowance.rule.as_str();
            let (file, line) = match &allowance.scope {
                Scope::Line(file, line) => (file, Some(*line)),
                Scope::File(file) => (file, None),
                scope => {
                    index.others.entry(rule).or_default().push((number, scope));
                    continue;
                }
            };
            index.placed.entry((rule, file, line)).or_insert(number);
        }
        index
    }

    /// The first allowance that fits a finding.
    fn find(&mut self, finding: &Diagnostic) -> Option<usize> {
        let file = finding.file.as_str();
        let lines = [None, Some(finding.line)];
        let placed = lines.map(|line| self.placed.get(&(finding.rule, file, line)).copied());
        let of_others = self.among_others(finding.rule, file);
        placed.into_iter().flatten().chain(of_others).min()
    }

    fn among_others(&mut self, rule: &'static str, file: &str) -> Option<usize> {
        if let Some((last_rule, last_file, found)) = &self.last
            && *last_rule == rule
            && last_file == file
        {
            return *found;
        }
        let mut others = self.others.get(rule).into_iter().flatten();
        let found = others.find(|(_, scope)| match scope {
            Scope::Files(glob) => glob.is_match(file),
            _ => true,
        });
        let found = found.map(|(number, _)| *number);
        self.last = Some((rule, file.to_owned(), found));
        found
    }
}

/// For each line the number of the first one with content after it; 0 where there is none.
fn next_contents(lines: &[&str]) -> Vec<usize> {
    let is_content = |line: &str| !line.trim().is_empty() && !line.trim().starts_with('#');
    let mut next = vec![0; lines.len()];
    let mut found = 0;
    for (index, line) in lines.iter().enumerate().rev() {
        next[index] = found;
        if is_content(line) {
            found = index + 1;
        }
    }
    next
}
