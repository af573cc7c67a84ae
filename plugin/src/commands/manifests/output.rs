//! Where manifests go: to standard output, into a tree, or into a comparison with one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use homescale_fleet::{Found, Outcome, Rendering, TreeError, TreePart, TreePlan};
use homescale_manifest::objects;

use crate::failure::Failure;
use crate::terminal;
use crate::tree::{self, Difference, Tree};

/// Takes what Applications render to, one after the other.
pub(super) trait Output {
    /// Takes what came of an Application.
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure>;

    /// Ends it. Gives whether all is as it should be.
    fn finish(self: Box<Self>, scope: Scope) -> Result<bool, Failure>;
}

/// Which Applications were taken.
pub(super) struct Scope {
    /// All that are known: no selection was made.
    pub(super) is_all: bool,
    /// Files of no Application shall be removed.
    pub(super) prune: bool,
    /// Why there may be Applications that are not known, each a part of a sentence.
    pub(super) unknown: Vec<String>,
}

impl Scope {
    /// Adds the Applications that bring others, and of which it is not known which they are now.
    fn failed_parents(&mut self, parents: &[String]) {
        if !parents.is_empty() {
            let parents = parents.join(", ");
            self.unknown.push(format!(
                "these were not rendered, which brought some: {parents}"
            ));
        }
    }

    /// Whether what is of no known Application is of none. If not, says so.
    fn is_complete(&self) -> bool {
        if self.is_all && !self.unknown.is_empty() {
            let what = if self.prune {
                "nothing is pruned"
            } else {
                "files of no Application are not looked for"
            };
            let why = self.unknown.join("; ");
            terminal::warn(&[format!(
                "note: {what}, because not all Applications are known: {why}"
            )]);
        }
        self.is_all && self.unknown.is_empty()
    }
}

/// A stream of YAML documents on standard output.
#[derive(Default)]
pub(super) struct Printed;

impl Output for Printed {
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure> {
        let Outcome::Rendered(stream) = rendering.outcome else {
            return Ok(());
        };
        let head = format!("---\n# Application: {} on {}\n", found.id, found.cluster);
        let end: &[u8] = if stream.ends_with(b"\n") || stream.is_empty() {
            b""
        } else {
            b"\n"
        };
        terminal::print_pieces(&[head.as_bytes(), &stream, end])
    }

    fn finish(self: Box<Self>, _: Scope) -> Result<bool, Failure> {
        Ok(true)
    }
}

/// The files of an Application in a tree; an error where its manifests are none.
fn part(found: &Found, stream: &[u8], plan: &TreePlan) -> Result<TreePart, Failure> {
    let objects = objects(stream);
    let objects =
        objects.map_err(|error| Failure::Input(format!("{}: {}", found.id, error.message)))?;
    plan.part(found, &objects).map_err(failure)
}

/// Manifests cannot be laid out as asked for.
pub(super) fn failure(error: TreeError) -> Failure {
    let hint = error.hint().map(str::to_owned);
    Failure::Input(error.to_string()).hinted(hint)
}

/// Whether what an earlier run wrote of an Application has others in it. What it brings now is not known when it has no manifests.
fn brought_others(directory: &Path, places: &[String]) -> Result<bool, Failure> {
    let has = |bytes: &[u8], text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    for place in places {
        let files = tree::read(directory, place)?;
        let mut contents = files.values();
        if contents.any(|bytes| has(bytes, b"argoproj.io/") && has(bytes, b"Application")) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A tree that is written.
pub(super) struct Written<'n> {
    tree: Tree,
    directory: PathBuf,
    plan: &'n TreePlan,
    places: Vec<String>,
    failed_parents: Vec<String>,
}

impl<'n> Written<'n> {
    pub(super) fn new(directory: &Path, plan: &'n TreePlan) -> Result<Self, Failure> {
        Ok(Self {
            tree: Tree::new(directory)?,
            directory: directory.to_owned(),
            plan,
            places: Vec::new(),
            failed_parents: Vec::new(),
        })
    }
}

impl Output for Written<'_> {
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure> {
        let places = self.plan.places(found).map_err(failure)?;
        // What cannot be rendered stays as it is: that it is gone nobody said.
        if let Outcome::Rendered(stream) = &rendering.outcome {
            let part = part(found, stream, self.plan)?;
            // What tells where manifests come from is as old as they are.
            if self.tree.put(&part.place, &part.files)? {
                self.tree.put_each(&part.beside)?;
            }
        } else if brought_others(&self.directory, &places)? {
            self.failed_parents.push(found.id.to_string());
        }
        self.places.extend(places);
        Ok(())
    }

    fn finish(mut self: Box<Self>, mut scope: Scope) -> Result<bool, Failure> {
        let root_files = self.plan.root_files();
        self.tree.put_each(&root_files)?;
        self.places
            .extend(root_files.into_iter().map(|file| file.path));
        self.tree.finish()?;
        scope.failed_parents(&self.failed_parents);
        if !scope.is_complete() {
            return Ok(true);
        }
        let others = tree::others(&self.directory, &self.places)?;
        if scope.prune {
            tree::remove_files(&self.directory, &others)?;
            let removed = others.iter().map(|path| format!("removed {path}"));
            terminal::warn(&removed.collect::<Vec<_>>());
        } else if !others.is_empty() {
            let count = others.len();
            let files = if count == 1 { "file is" } else { "files are" };
            terminal::warn(&[format!(
                "note: {count} {files} of no Application: {}; --prune removes them",
                few(&others)
            )]);
        }
        Ok(true)
    }
}

/// A tree that is compared.
pub(super) struct Checked<'n> {
    directory: PathBuf,
    plan: &'n TreePlan,
    places: Vec<String>,
    failed_parents: Vec<String>,
    differences: BTreeMap<String, Difference>,
}

impl<'n> Checked<'n> {
    pub(super) fn new(directory: &Path, plan: &'n TreePlan) -> Self {
        Self {
            directory: directory.to_owned(),
            plan,
            places: Vec::new(),
            failed_parents: Vec::new(),
            differences: BTreeMap::new(),
        }
    }
}

impl Output for Checked<'_> {
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure> {
        let places = self.plan.places(found).map_err(failure)?;
        if let Outcome::Rendered(stream) = &rendering.outcome {
            let part = part(found, stream, self.plan)?;
            let differences = tree::compare(&self.directory, &part.place, &part.files)?;
            self.differences.extend(differences);
        } else if brought_others(&self.directory, &places)? {
            self.failed_parents.push(found.id.to_string());
        }
        self.places.extend(places);
        Ok(())
    }

    fn finish(mut self: Box<Self>, mut scope: Scope) -> Result<bool, Failure> {
        scope.failed_parents(&self.failed_parents);
        let root_files = self.plan.root_files().into_iter();
        self.places.extend(root_files.map(|file| file.path));
        if scope.is_complete() && self.directory.is_dir() {
            let others = tree::others(&self.directory, &self.places)?.into_iter();
            self.differences
                .extend(others.map(|path| (path, Difference::Extra)));
        }
        let lines = self.differences.iter().map(|(path, difference)| {
            let what = match difference {
                Difference::Missing => "missing",
                Difference::Other => "differs",
                Difference::Extra => "not rendered any more",
            };
            format!("{}: {what}\n", self.directory.join(path).display())
        });
        terminal::print(lines.collect::<String>().as_bytes())?;
        Ok(self.differences.is_empty())
    }
}

/// The first of some names, for a message.
fn few(names: &[String]) -> String {
    const FEW: usize = 5;
    let shown = names.iter().take(FEW).map(String::as_str);
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if names.len() > FEW {
        text += ", …";
    }
    text
}
