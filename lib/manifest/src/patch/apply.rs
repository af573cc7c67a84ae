//! Applies patches to a stream of manifests.

use homescale_located::{Diagnostic, Diagnostics, Location, Rule};
use homescale_value::{List, Value};

use crate::document::document;
use crate::object::{Fields, ObjectId};
use crate::part::Part;
use crate::patch::budget::{Budget, Exhausted};
use crate::patch::change::{Change, Patch};
use crate::patch::failure::Failure;
use crate::patch::manifest::{Done, change};
use crate::patch::merge::Replaced;
use crate::patch::replaced::HINT;
use crate::rule::{LIST_REPLACED, PATCH};
use crate::stream::{Piece, assemble, numbered};
use crate::tree::Tree;

/// What patches made of a stream.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Patched {
    /// The manifests, as a stream.
    pub manifests: Vec<u8>,
    /// What is worth knowing: lists that a `merge` replaced.
    pub notes: Diagnostics,
}

/// Applies patches, in order, to the manifests of a stream.
///
/// A document that no patch fits keeps every byte. One that is changed is written anew, as Helm's `toYaml` writes; the
/// comments before it, the line `---` and the text of numbers stay. The items of a `List` are manifests of their own. Patches
/// do not see the annotation by which Helm 4 knows the file of a document, and cannot lose it.
///
/// # Errors
/// A document is not YAML, or has something after its end; a patch fits no manifest and is not `optional`; a patch fails on a
/// manifest, or leaves one without `kind` or `apiVersion` that had it; the patches do more than they may: everything that is
/// wrong.
pub fn patch_manifests(stream: &[u8], patches: &[Patch]) -> Result<Patched, Diagnostics> {
    if patches.is_empty() {
        let manifests = stream.to_vec();
        let notes = Diagnostics::default();
        return Ok(Patched { manifests, notes });
    }
    let mut run = Run {
        patches,
        hits: vec![0; patches.len()],
        budget: Budget::of_stream(stream.len()),
        is_unread: false,
        is_over: false,
        problems: Vec::new(),
        notes: Vec::new(),
    };
    let parts = numbered(stream);
    let pieces = parts.map(|(line, part)| (part, run.part(part, line)));
    let pieces = pieces.collect();
    run.finish(pieces)
}

struct Run<'p> {
    patches: &'p [Patch],
    /// How many manifests each patch fitted.
    hits: Vec<usize>,
    budget: Budget,
    /// Whether a document cannot be read: nobody knows then which patches would have fitted.
    is_unread: bool,
    /// Whether the budget is exhausted: then nothing is patched any more.
    is_over: bool,
    problems: Vec<Diagnostic>,
    notes: Vec<Diagnostic>,
}

/// What became of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Kept,
    Changed,
    Dropped,
}

impl Run<'_> {
    /// What comes in place of a part.
    fn part(&mut self, part: Part<'_>, line: usize) -> Piece {
        let piece = match document(part, line) {
            Ok(value) => self.patched(&value, part),
            Err(problem) => {
                self.is_unread = true;
                Err(problem)
            }
        };
        piece.unwrap_or_else(|problem| {
            self.problems.push(*problem);
            Piece::Kept
        })
    }

    /// Whether a patch fits a document, or an item of it. Where none does, none will.
    fn fits_any(&mut self, value: &Value) -> Result<bool, Exhausted> {
        let items = value.as_map().and_then(|map| map.get("items"));
        let items = items.filter(|_| is_list(value));
        let items = items.as_ref().and_then(Value::as_list).map(List::items);
        let manifests = items.as_deref().unwrap_or(std::slice::from_ref(value));
        self.budget.step(self.patches.len() * manifests.len())?;
        Ok(manifests.iter().any(|manifest| {
            let is_map = manifest.as_map().is_some();
            is_map && self.patches.iter().any(|it| it.target.fits(manifest))
        }))
    }

    fn patched(&mut self, value: &Value, part: Part<'_>) -> Result<Piece, Box<Diagnostic>> {
        let failed = |problem: String| {
            let message = format!("{}: {problem}", ObjectId::of(value));
            Box::new(Diagnostic::new(&PATCH, Location::default(), message))
        };
        if self.is_over {
            return Ok(Piece::Kept);
        }
        let fits = self.fits_any(value).map_err(|exhausted| {
            self.is_over = true;
            failed(exhausted.to_string())
        });
        if !fits? {
            return Ok(Piece::Kept);
        }
        let tree = Tree::of_value(value);
        let mut tree = tree.map_err(|error| failed(error.to_string()))?;
        match self.document(&mut tree) {
            Outcome::Kept => return Ok(Piece::Kept),
            Outcome::Dropped => return Ok(Piece::Dropped),
            Outcome::Changed => {}
        }
        let written = self.budget.write(tree.size(0));
        written.map_err(|exhausted| failed(exhausted.to_string()))?;
        let text = homescale_yaml::to_yaml(&tree.into_value());
        let text = text.map_err(|error| failed(format!("it cannot be written: {error}")))?;
        Ok(Piece::Document(
            [part.leading_comments(), text.as_bytes()].concat(),
        ))
    }

    /// Applies the patches to a document, or to its items where it is a list of them.
    fn document(&mut self, tree: &mut Tree) -> Outcome {
        let is_list = is_list(tree);
        let items = match tree {
            Tree::Map(entries) if is_list => entries.get_mut(b"items"),
            _ => None,
        };
        let Some(Tree::List(items)) = items else {
            return self.manifest(tree);
        };
        let mut outcomes = Vec::with_capacity(items.len());
        items.retain_mut(|item| {
            let outcome = self.manifest(item);
            outcomes.push(outcome);
            outcome != Outcome::Dropped
        });
        let all = |outcome| outcomes.iter().all(|it| *it == outcome);
        match (all(Outcome::Kept), all(Outcome::Dropped)) {
            (true, _) => Outcome::Kept,
            (_, true) => Outcome::Dropped,
            _ => Outcome::Changed,
        }
    }

    fn manifest(&mut self, manifest: &mut Tree) -> Outcome {
        let mut outcome = Outcome::Kept;
        let mut is_broken = false;
        for (index, patch) in self.patches.iter().enumerate() {
            let fits = matches!(manifest, Tree::Map(_)) && patch.target.fits(manifest);
            if !fits {
                continue;
            }
            self.hits[index] += 1;
            if is_broken || self.is_over {
                continue;
            }
            let id = ObjectId::of_fields(manifest);
            match change(manifest, &patch.change, &mut self.budget) {
                Ok(Done::Deleted) => return Outcome::Dropped,
                Ok(Done::Changed(replaced)) => {
                    outcome = Outcome::Changed;
                    self.note(patch, &id, replaced);
                }
                Err((operation, failure)) => {
                    is_broken = true;
                    self.is_over |= matches!(failure, Failure::Exhausted(_));
                    self.problems.push(problem(patch, &id, operation, &failure));
                }
            }
        }
        outcome
    }

    fn note(&mut self, patch: &Patch, id: &ObjectId, replaced: Vec<Replaced>) {
        for Replaced { path, names } in replaced {
            let names = names.join("`, `");
            let message = format!(
                "the patch replaces the list `{path}` of {id}, and what it says of `{names}` is lost"
            );
            let mut note = diagnostic(&LIST_REPLACED, patch, message);
            note.hint = Some(HINT.to_owned());
            self.notes.push(note);
        }
    }

    fn finish(mut self, pieces: Vec<(Part<'_>, Piece)>) -> Result<Patched, Diagnostics> {
        for (patch, hits) in self.patches.iter().zip(&self.hits) {
            if *hits == 0 && !patch.optional && !self.is_unread && !self.is_over {
                let message = format!("the patch fits no manifest; its target is {}", patch.target);
                let mut problem = diagnostic(&PATCH, patch, message);
                problem.hint = Some("correct the target, or add `optional: true`".to_owned());
                self.problems.push(problem);
            }
        }
        if !self.problems.is_empty() {
            return Err(Diagnostics::new(self.problems));
        }
        Ok(Patched {
            manifests: assemble(pieces),
            notes: Diagnostics::new(self.notes),
        })
    }
}

/// Whether a document is a list of manifests, by its kind.
fn is_list(manifest: &impl Fields) -> bool {
    let kind = manifest.text_at(&["kind"]);
    kind.is_some_and(|kind| kind.ends_with(b"List"))
}

fn problem(
    patch: &Patch,
    id: &ObjectId,
    operation: Option<usize>,
    failure: &Failure,
) -> Diagnostic {
    let operation = match &patch.change {
        Change::Json(operations) => {
            operation.and_then(|index| Some((index, operations.get(index)?)))
        }
        _ => None,
    };
    let mut problem = match operation {
        None => diagnostic(&PATCH, patch, format!("the patch fails on {id}: {failure}")),
        Some((index, operation)) => {
            let message =
                format!("the patch fails on {id}: operation {index}, `{operation}`: {failure}");
            let mut problem = diagnostic(&PATCH, patch, message);
            if let Some(location) = &operation.location {
                problem.file.clone_from(&location.file);
                (problem.line, problem.column) = (location.line, location.column);
            }
            problem
        }
    };
    problem.hint = failure.hint(operation.map(|(_, operation)| operation.name()));
    problem
}

fn diagnostic(rule: &Rule, patch: &Patch, message: String) -> Diagnostic {
    let location = patch.location.clone().unwrap_or_default();
    Diagnostic::new(rule, location, message)
}
