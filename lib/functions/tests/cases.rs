//! Every case of `fixtures/functions`, recorded from real Helm: one trial each.

#![expect(
    clippy::disallowed_methods,
    reason = "the cases are files; only this harness reads them"
)]

mod common;
mod levels;

use std::path::{Path, PathBuf};

use homescale_functions::Level;
use libtest_mimic::{Arguments, Failed, Trial};
use regex::Regex;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/functions");
    let values = std::fs::read_to_string(folder.join("values.yaml")).expect("the values are there");
    let mut trials = Vec::new();
    for path in files(&folder) {
        let text = std::fs::read_to_string(&path).expect("the file was just listed");
        let family = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        for case in cases(&text) {
            let name = format!("{family}::{}", case.name);
            let values = values.clone();
            trials.push(Trial::test(name, move || {
                let mut levels = levels::recorded_levels().into_iter();
                levels.try_for_each(|(name, level)| case.check(&values, name, level))
            }));
        }
    }
    assert!(trials.len() > 1000, "only {} cases", trials.len());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder of cases is there");
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files
}

/// A template, and what Helm makes of it.
#[derive(Default)]
struct Case {
    name: String,
    template: String,
    /// What Helm printed: names of levels, and their result; the first part is for all that are not named.
    recorded: Vec<(String, String)>,
}

/// The cases of a file; `fixtures/record-functions` says how it is written.
fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_record = false;
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("--- ") {
            let name = name.to_owned();
            cases.push(Case {
                name,
                ..Case::default()
            });
            in_record = false;
        } else if let Some(levels) = line.strip_prefix("+++")
            && let Some(case) = cases.last_mut()
        {
            in_record = true;
            case.recorded.push((levels.to_owned(), String::new()));
        } else if let Some(case) = cases.last_mut() {
            let part = if in_record {
                let last = case.recorded.last_mut();
                &mut last.expect("a line with +++ came before").1
            } else {
                &mut case.template
            };
            if !part.is_empty() {
                part.push('\n');
            }
            part.push_str(line);
        }
    }
    for case in &mut cases {
        if case.template.is_empty() {
            case.template = case.name.clone();
        }
        case.template = plain(&case.template);
    }
    cases
}

/// A text that was written as a JSON string after the word `text`.
fn plain(text: &str) -> String {
    let Some(json) = text.strip_prefix("text ") else {
        return text.to_owned();
    };
    let value = homescale_yaml::json::decode(json.as_bytes()).expect("the recorder writes JSON");
    value.to_string()
}

impl Case {
    fn check(&self, values: &str, name: &str, level: Level) -> Result<(), Failed> {
        let recorded = homescale_recordings::of_level(&self.recorded, name);
        let recorded = recorded.ok_or("nothing is recorded")?;
        let (wanted_error, wanted) = match recorded.strip_prefix("ERR: ") {
            Some(error) => (true, plain(error)),
            None => (false, plain(recorded)),
        };
        let (is_error, found) = match common::render(&self.template, values, level) {
            Ok(text) => (false, text),
            Err(error) => (true, error_of(&error)),
        };
        if is_error == wanted_error && found == wanted {
            return Ok(());
        }
        let says = |is_error| if is_error { "fails with" } else { "prints" };
        Err(format!(
            "{}\n  Helm {name} {} {wanted:?}\n  we   {} {found:?}",
            self.template,
            says(wanted_error),
            says(is_error)
        )
        .into())
    }
}

/// The same part of the error as the recorder keeps.
fn error_of(error: &homescale_template::Error) -> String {
    if let Some(message) = error.abort() {
        return message.to_owned();
    }
    let text = error.to_string();
    if error.executing.is_none() {
        // What Helm keeps of an error of parsing is what follows the last colon.
        return text.rsplit(": ").next().unwrap_or_default().to_owned();
    }
    for pattern in [r"error calling \w+:\s+", r"(?s)at <.*?>:\s+"] {
        let pattern = Regex::new(pattern).expect("the pattern is valid");
        if let Some(found) = pattern.find(&text) {
            return text[found.end()..].to_owned();
        }
    }
    text
}
