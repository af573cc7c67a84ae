//! `helm-catalog which`: the Applications that a changed file touches.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use clap::Args;
use homescale::DiskError;
use homescale_fileset::FileSet;
use homescale_fleet::{Touch, Touched};
use serde::Serialize;

use super::applications::{ApplicationData, few};
use super::data::{self, ListFormat};
use super::summary::Summary;
use crate::context::Context;
use crate::failure::Failure;
use crate::fleet::{self, FleetArgs};
use crate::git::Clone;
use crate::table::{self, Cell};
use crate::terminal::{self, Stream};

#[derive(Args, Debug)]
pub(crate) struct Which {
    /// Files that have changed, are new, or are gone, or directories of them, from here or from the root of the repository;
    /// `-` for names on standard input, one a line, as `git diff --name-only` prints them
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    fleet: FleetArgs,
    /// Table, JSON, YAML, or CLUSTER/APP on each line
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    output: ListFormat,
}

impl Which {
    /// Prints the Applications that the files touch.
    pub(crate) fn run(&self, context: &Context) -> Result<(), Failure> {
        let machine = self.fleet.machine()?;
        let fleet = self.fleet.find(context, &machine)?;
        let selected = self.fleet.select(&fleet)?;
        let files = self.files(&Bases::of(&fleet::root(context)?)?, fleet.checkouts().own())?;
        let touched = fleet.which(&files, &selected);
        let data: Vec<TouchedData<'_>> = touched.iter().map(TouchedData::of).collect();
        let is_colored = context.is_colored(Stream::Output);
        let names = || {
            let names: BTreeSet<String> = data.iter().map(|it| it.application.short()).collect();
            names.into_iter().collect()
        };
        data::list(self.output, &data, || table(&data, is_colored), names)?;
        let summary = Summary::new(&fleet);
        summary.tell_of_fleet();
        let (some, all) = (touched.len(), selected.len());
        terminal::warn(&[format!("{some} of {all} Applications touched")]);
        summary.check(false)
    }

    /// The files, by their paths from the root of the repository.
    fn files(&self, bases: &Bases, own: &FileSet) -> Result<Vec<String>, Failure> {
        let mut files = BTreeSet::new();
        for file in &self.files {
            if file.as_os_str() == "-" {
                let input = terminal::read_input()
                    .map_err(|error| Failure::Input(format!("standard input: {error}")))?;
                let input = String::from_utf8_lossy(&input);
                for line in input.lines().filter(|line| !line.is_empty()) {
                    bases.add(Path::new(line), true, own, &mut files);
                }
            } else {
                bases.add(file, false, own, &mut files);
            }
        }
        Ok(files.into_iter().collect())
    }
}

/// Where the names of files may begin.
struct Bases {
    /// The root of the repository.
    root: PathBuf,
    /// The directory in which the program runs.
    here: PathBuf,
    /// The root of the clone, where Git's names begin.
    clone: Option<PathBuf>,
}

impl Bases {
    fn of(root: &Path) -> Result<Self, Failure> {
        let real = |path: &Path| {
            let real = std::fs::canonicalize(path);
            real.map_err(|error| DiskError::io("read", path, error))
        };
        let clone = Clone::around(root).root;
        Ok(Self {
            root: real(root)?,
            here: real(Path::new("."))?,
            clone: clone.map(|clone| real(&clone)).transpose()?,
        })
    }

    /// Adds the files that a name means: of the places where it may begin, the first where there is such a file counts, and where
    /// there is none, the first that is in the repository.
    fn add(&self, name: &Path, is_of_git: bool, own: &FileSet, files: &mut BTreeSet<String>) {
        let here = Some(&self.here);
        let root = Some(&self.root);
        let clone = self.clone.as_ref();
        let bases = if is_of_git {
            [clone, root, here]
        } else {
            [here, root, clone]
        };
        let paths: Vec<String> = (bases.into_iter().flatten())
            .filter_map(|base| self.path(&base.join(name)))
            .collect();
        let is_there = |path: &&String| own.contains(path) || own.has_folder(path);
        match paths.iter().find(is_there).or(paths.first()) {
            Some(path) if own.has_folder(path) => {
                files.extend(own.paths_below(path).map(str::to_owned));
            }
            Some(path) => {
                files.insert(path.clone());
            }
            None => {
                let name = name.display();
                terminal::warn(&[format!("note: {name} is not in the repository")]);
            }
        }
    }

    /// The path from the root of the repository; `None` where it is outside.
    fn path(&self, path: &Path) -> Option<String> {
        let mut clean = PathBuf::new();
        for component in path.components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    clean.pop();
                }
                other => clean.push(other),
            }
        }
        let path = clean.strip_prefix(&self.root).ok()?;
        let parts = path.iter().map(|part| part.to_str());
        Some(parts.collect::<Option<Vec<&str>>>()?.join("/"))
    }
}

fn table(touched: &[TouchedData<'_>], is_colored: bool) -> String {
    let rows = touched.iter().map(|touched| {
        let how: BTreeSet<&str> = touched
            .files
            .iter()
            .flat_map(|file| &file.how)
            .copied()
            .collect();
        let how: Vec<&str> = how.into_iter().collect();
        let files: Vec<&str> = touched.files.iter().map(|file| file.file).collect();
        [touched.application.short(), how.join(", "), few(&files)]
            .map(Cell::from)
            .to_vec()
    });
    let header = ["APPLICATION", "HOW", "FILES"];
    table::text(&header, &rows.collect::<Vec<_>>(), is_colored)
}

/// An Application that files touch, as data.
#[derive(Serialize)]
struct TouchedData<'t> {
    #[serde(flatten)]
    application: ApplicationData<'t>,
    files: Vec<FileData<'t>>,
}

#[derive(Serialize)]
struct FileData<'t> {
    file: &'t str,
    how: Vec<&'static str>,
}

impl<'t> TouchedData<'t> {
    fn of(touched: &'t Touched<'_>) -> Self {
        let files = touched.files.iter().map(|(file, how)| FileData {
            file,
            how: how.iter().copied().map(Touch::name).collect(),
        });
        Self {
            application: ApplicationData::new(&touched.found.cluster, &touched.found.id),
            files: files.collect(),
        }
    }
}
