//! Where manifests go: to standard output, into a tree, or into a comparison with one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use homescale_fleet::{Found, Layout, Outcome, Rendering, TreeFile, TreeNames};
use homescale_manifest::objects;

use crate::failure::Failure;
use crate::terminal;
use crate::tree::{self, Difference, Tree};

/// Takes what Applications render to, one after the other.
pub(super) trait Output {
    /// Takes what came of an Application.
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure>;

    /// Ends it. `is_all`: no other Applications are there. Gives whether all is as it should be.
    fn finish(self: Box<Self>, is_all: bool, prune: bool) -> Result<bool, Failure>;
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

    fn finish(self: Box<Self>, _: bool, _: bool) -> Result<bool, Failure> {
        Ok(true)
    }
}

/// The files of an Application in a tree; an error where its manifests are none.
fn files(
    found: &Found,
    stream: &[u8],
    layout: Layout,
    names: &TreeNames,
) -> Result<Vec<TreeFile>, Failure> {
    let objects = objects(stream);
    let objects =
        objects.map_err(|error| Failure::Input(format!("{}: {}", found.id, error.message)))?;
    Ok(layout.files(found, &objects, names))
}

/// A tree that is written.
pub(super) struct Written<'n> {
    tree: Tree,
    directory: PathBuf,
    layout: Layout,
    names: &'n TreeNames,
    places: Vec<String>,
}

impl<'n> Written<'n> {
    pub(super) fn new(
        directory: &Path,
        layout: Layout,
        names: &'n TreeNames,
    ) -> Result<Self, Failure> {
        Ok(Self {
            tree: Tree::new(directory)?,
            directory: directory.to_owned(),
            layout,
            names,
            places: Vec::new(),
        })
    }
}

impl Output for Written<'_> {
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure> {
        let place = self.layout.place(found, self.names);
        // What cannot be rendered stays as it is: that it is gone nobody said.
        if let Outcome::Rendered(stream) = &rendering.outcome {
            self.tree
                .put(&place, &files(found, stream, self.layout, self.names)?)?;
        }
        self.places.push(place);
        Ok(())
    }

    fn finish(self: Box<Self>, is_all: bool, prune: bool) -> Result<bool, Failure> {
        self.tree.finish()?;
        if !is_all {
            return Ok(true);
        }
        let places: Vec<&str> = self.places.iter().map(String::as_str).collect();
        let others = tree::others(&self.directory, &places)?;
        if prune {
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
    layout: Layout,
    names: &'n TreeNames,
    places: Vec<String>,
    differences: BTreeMap<String, Difference>,
}

impl<'n> Checked<'n> {
    pub(super) fn new(directory: &Path, layout: Layout, names: &'n TreeNames) -> Self {
        Self {
            directory: directory.to_owned(),
            layout,
            names,
            places: Vec::new(),
            differences: BTreeMap::new(),
        }
    }
}

impl Output for Checked<'_> {
    fn take(&mut self, found: &Found, rendering: Rendering) -> Result<(), Failure> {
        let place = self.layout.place(found, self.names);
        if let Outcome::Rendered(stream) = &rendering.outcome {
            let files = files(found, stream, self.layout, self.names)?;
            self.differences
                .extend(tree::compare(&self.directory, &place, &files)?);
        }
        self.places.push(place);
        Ok(())
    }

    fn finish(mut self: Box<Self>, is_all: bool, _: bool) -> Result<bool, Failure> {
        if is_all && self.directory.is_dir() {
            let places: Vec<&str> = self.places.iter().map(String::as_str).collect();
            let others = tree::others(&self.directory, &places)?.into_iter();
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
