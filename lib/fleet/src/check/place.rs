//! [`ChartPlaces`]: where in the repository the files of an Application's charts are.

use homescale_argocd::normalize;
use homescale_fileset::FileSet;
use homescale_located::{Lines, Location, Node, from_value, nearest};
use homescale_yaml::from_slice;

use crate::checkouts::Checkouts;
use crate::found::Found;

/// Where the files of an Application's sources are.
pub(super) struct ChartPlaces<'f> {
    pub(super) found: &'f Found,
    pub(super) checkouts: &'f Checkouts,
}

impl ChartPlaces<'_> {
    /// The path of a file, if this repository has it.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        let path = path.trim_start_matches("./");
        self.checkouts.own().contains(path).then(|| path.to_owned())
    }

    /// The directory of a source, if it is in this repository.
    fn directory(&self, source: usize) -> Option<String> {
        let source = self.found.application.sources.get(source)?;
        let is_here = self.checkouts.is_own(&source.repo_url) && source.chart.is_empty();
        normalize(&source.path).filter(|_| is_here)
    }

    /// The Chart.yaml of a source.
    pub(super) fn head(&self, source: usize) -> Option<Location> {
        let file = join(&self.directory(source)?, "Chart.yaml");
        let is_there = self.checkouts.own().contains(&file);
        is_there.then(|| Location {
            file,
            ..Location::default()
        })
    }

    /// The file or directory that is meant by a path that is not there, as a hint.
    pub(super) fn near(&self, source: usize, path: &str, wants_directory: bool) -> Option<String> {
        let source = self.found.application.sources.get(source)?;
        if !self.checkouts.is_own(&source.repo_url) {
            return None;
        }
        let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
        let entries = self.checkouts.own().entries(directory).into_iter();
        let names = entries.filter(|(_, is_directory)| *is_directory == wants_directory);
        let near = nearest(name, names.map(|(name, _)| name))?;
        Some(format!("did you mean `{}`?", join(directory, near)))
    }

    /// The place of a template of the chart of a source. Helm calls it by the names of charts:
    /// `web/charts/cache/templates/a.yaml`. `None` where the chart is not in this repository.
    pub(super) fn template(
        &self,
        source: usize,
        name: &str,
        line: Option<u32>,
        column: Option<u32>,
    ) -> Option<Location> {
        let chart = self.directory(source)?;
        let files = self.checkouts.own();
        let (_, inside) = name.split_once('/')?;
        let (file, is_whole) = resolve(files, chart, inside)?;
        let number = |number: Option<u32>| number.map_or(0, |number| number as usize);
        let (line, column) = if is_whole {
            (number(line), number(column))
        } else {
            (0, 0)
        };
        let column = characters(files, &file, line, column);
        Some(Location { file, line, column })
    }
}

/// The file of a name in a chart, and whether that is the file itself, and not an archive that has it.
fn resolve(files: &FileSet, mut chart: String, name: &str) -> Option<(String, bool)> {
    let mut name = name;
    loop {
        let file = join(&chart, name);
        if files.contains(&file) {
            return Some((file, true));
        }
        let (subchart, inside) = name.strip_prefix("charts/")?.split_once('/')?;
        let declared = declared(files, &chart, subchart);
        let subchart = declared.as_ref().map_or(subchart, |it| it.name.as_str());
        let charts = join(&chart, "charts");
        let entries = files.entries(&charts);
        let is_it = |directory: &str| chart_name(files, &join(&charts, directory), subchart);
        let directories = entries.iter().filter(|(_, is_directory)| *is_directory);
        let directory = directories.map(|(name, _)| *name).find(|name| is_it(name));
        if let Some(directory) = directory {
            chart = join(&charts, directory);
            name = inside;
            continue;
        }
        let archive = entries.iter().find(|(entry, is_directory)| {
            let version = entry
                .strip_suffix(".tgz")
                .and_then(|it| it.strip_prefix(subchart));
            !is_directory && version.is_some_and(|it| it.starts_with('-'))
        });
        if let Some((archive, _)) = archive {
            return Some((join(&charts, archive), false));
        }
        // A chart that its parent names by a path.
        chart = declared?.directory?;
        name = inside;
    }
}

/// The value of a file of a chart that is YAML.
fn yaml(files: &FileSet, path: &str) -> Option<homescale_value::Value> {
    from_slice(files.get(path).ok()??).ok()
}

fn chart_name(files: &FileSet, directory: &str, name: &str) -> bool {
    let chart = yaml(files, &join(directory, "Chart.yaml"));
    let own = chart.as_ref().and_then(|chart| chart.as_map()?.get("name"));
    own.is_some_and(|own| own.as_str().is_some_and(|own| **own == *name.as_bytes()))
}

/// A dependency as a Chart.yaml declares it.
struct Declared {
    /// The name of the chart, which may be called otherwise in the parent.
    name: String,
    /// Its directory, if the parent names a path: `repository: file://../cache`.
    directory: Option<String>,
}

/// The dependency of a chart that is called so.
fn declared(files: &FileSet, chart: &str, called: &str) -> Option<Declared> {
    let file = yaml(files, &join(chart, "Chart.yaml"))?;
    let file = from_value(&file)?;
    let mut dependencies = file.get("dependencies")?.as_list()?.iter();
    dependencies.find_map(|it| {
        let text = |key: &str| it.get(key).and_then(Node::as_text);
        let name = text("name")?;
        if text("alias").unwrap_or(name) != called {
            return None;
        }
        let path = text("repository").and_then(|it| it.strip_prefix("file://"));
        let directory = path.and_then(|path| normalize(&join(chart, path)));
        let is_chart = |directory: &String| files.contains(&join(directory, "Chart.yaml"));
        Some(Declared {
            name: name.to_owned(),
            directory: directory.filter(is_chart),
        })
    })
}

/// The path of a name in a directory.
fn join(directory: &str, name: &str) -> String {
    match directory {
        "" => name.to_owned(),
        directory => format!("{directory}/{name}"),
    }
}

/// A column that counts bytes, in characters.
fn characters(files: &FileSet, file: &str, line: usize, column: usize) -> usize {
    let Some(before) = column.checked_sub(1) else {
        return 0;
    };
    let text = files.get(file).ok().flatten().unwrap_or_default();
    let lines = Lines::of(text);
    let line = lines.get(line).unwrap_or_default();
    let before = line.get(..before).unwrap_or(line);
    String::from_utf8_lossy(before).chars().count() + 1
}
