//! Whole charts as one text, in which a line `-- path --` starts each file, so that a case can be made smaller line by line.

use homescale_fileset::FileSet;
use homescale_fuzz::bundle;
use homescale_fuzz::mutate::Random;

use crate::engine::{FLAGS, Job, chart};
use crate::family::{Batch, Family};

/// A chart in the making.
#[derive(Debug, Default)]
pub(crate) struct Bundle {
    pub(crate) text: String,
}

impl Bundle {
    /// Adds a file. `@values` is a file of values, `@set` has a flag a line: its name, a space, its value.
    pub(crate) fn add(&mut self, path: &str, contents: &str) {
        let is_ended = contents.is_empty() || contents.ends_with('\n');
        let end = if is_ended { "" } else { "\n" };
        self.text
            .push_str(&format!("-- {path} --\n{contents}{end}"));
    }
}

/// A family whose cases are bundles, each tried alone.
pub(crate) const fn family(name: &'static str, generate: fn(&mut Random) -> Batch) -> Family {
    Family {
        name,
        generate,
        together: None,
        alone: job,
        sample: 1,
    }
}

/// Some bundles with these texts.
pub(crate) fn batch(random: &mut Random, text: fn(&mut Random) -> String) -> Batch {
    Batch {
        values: String::new(),
        items: (0..10).map(|_| text(random)).collect(),
    }
}

/// What is asked of a bundle. A chart without Chart.yaml gets one; `values` is not used.
pub(crate) fn job(_: &str, item: &str) -> Job {
    let mut job = Job::default();
    let files = bundle::split(item.as_bytes());
    // Leaving out lines makes paths that no disk can have.
    let is_folder = |path: &str| {
        let inside = format!("{}/", path.trim_end_matches('/'));
        path.ends_with('/') || files.iter().any(|(other, _)| other.starts_with(&inside))
    };
    let usable = files.iter().filter(|(path, _)| {
        FileSet::new().insert(path.clone(), Vec::new()).is_ok() && !is_folder(path)
    });
    for (path, bytes) in usable.cloned() {
        match path.as_str() {
            "@values" => job.values.push(bytes),
            "@set" => job.set.extend(flags(&String::from_utf8_lossy(&bytes))),
            _ => job.files.push((path, bytes)),
        }
    }
    if !job.files.iter().any(|(path, _)| path == "Chart.yaml") {
        let metadata = chart(b"")
            .into_iter()
            .find(|(path, _)| path == "Chart.yaml");
        job.files.extend(metadata);
    }
    job
}

/// The flags of lines; a line that is none is left out.
pub(crate) fn flags(lines: &str) -> Vec<(&'static str, String)> {
    let flag = |line: &str| {
        let (flag, value) = line.split_once(' ')?;
        let flag = FLAGS.iter().find(|known| **known == flag)?;
        Some((*flag, value.to_owned()))
    };
    lines.lines().filter_map(flag).collect()
}
