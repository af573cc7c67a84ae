//! Every case of `fixtures/schema` at every level, against what real Helm said about it.
//!
//! `fixtures/record-schema` says what the files mean. Go walks through its maps in random order, and Helm's lines with it:
//! where the lines are not the same, they are compared sorted. Only this test reads them from the disk.
#![expect(
    clippy::disallowed_methods,
    reason = "fixtures come from the disk; the library itself never reads it"
)]

use std::fs;
use std::path::Path;
use std::rc::Rc;

use homescale_chart::{Chart, Level, Request, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use libtest_mimic::{Arguments, Failed, Trial};

/// What is the same for every case.
const SUMMARY: &str =
    "values don't meet the specifications of the schema(s) in the following chart(s):\nc:\n";

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/schema");
    let mut trials = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of the cases") {
        let path = entry.expect("a file").path();
        let topic = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("a file of cases");
        for block in text.split("\n=== ").skip(1) {
            let (name, rest) = block.split_once('\n').expect("a case has parts");
            let part = |title: &str| {
                let (_, after) = rest.split_once(&format!("--- {title}\n"))?;
                let end = after.find("\n--- ").unwrap_or(after.len());
                Some(after[..end].trim_end().to_owned())
            };
            let schema = part("schema").unwrap_or_default();
            let values = part("values").unwrap_or_default();
            let marks: Vec<&str> = rest
                .lines()
                .filter_map(|line| line.strip_prefix("--- helm"))
                .collect();
            for level in recorded_levels() {
                let named = marks
                    .iter()
                    .find(|mark| mark.split(' ').any(|name| name == level.name()));
                let mark = named.copied().unwrap_or_default();
                let expected = part(&format!("helm{mark}")).expect("a recording");
                let (schema, values) = (schema.clone(), values.clone());
                let name = format!("{topic}::{name}::helm{}", level.name());
                trials.push(Trial::test(name, move || {
                    check(&schema, &values, level, &expected)
                }));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// The levels that the fixtures have recordings of.
fn recorded_levels() -> Vec<Level> {
    let recorded = include_str!("../../../fixtures/helm-versions.txt");
    let names = recorded.lines().filter_map(|line| line.split(' ').next());
    names
        .map(|name| {
            let level = Level::ALL.iter().find(|level| level.name() == name);
            *level.expect("every recorded level is one of ours")
        })
        .collect()
}

fn check(schema: &str, values: &str, level: Level, expected: &str) -> Result<(), Failed> {
    let mut files = FileSet::new();
    files.insert("Chart.yaml", *b"apiVersion: v2\nname: c\nversion: 0.1.0\n")?;
    files.insert("values.yaml", values.as_bytes())?;
    files.insert("values.schema.json", schema.as_bytes())?;
    let request = Request {
        level,
        ..Request::default()
    };
    let chart = Chart::load_as(&files, level)?;
    let actual = match render(&chart, &request, Rc::new(FixedHost::default())) {
        Ok(rendered) => {
            let mut lines = rendered.warnings.clone();
            lines.push("ok".to_owned());
            lines.join("\n")
        }
        Err(error) => {
            let mut lines = error.warnings().to_vec();
            let text = error.to_string();
            lines.push(
                text.strip_prefix(SUMMARY)
                    .unwrap_or(&text)
                    .trim_end()
                    .to_owned(),
            );
            lines.join("\n")
        }
    };
    // Where Helm dies, this program gives up.
    let gave_up = expected == "stack overflow" && actual.starts_with("unable to validate schema: ");
    if gave_up || actual == expected || sorted(&actual) == sorted(expected) {
        return Ok(());
    }
    Err(format!("--- Helm\n{expected}\n--- HomeScale\n{actual}").into())
}

/// The lines in order, and in each of them the names of a list.
fn sorted(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(sorted_names).collect();
    lines.sort_unstable();
    lines
}

fn sorted_names(line: &str) -> String {
    let parts = line.split_once("additional properties ");
    let parts = parts.and_then(|(start, rest)| Some((start, rest.strip_suffix(" not allowed")?)));
    let Some((start, names)) = parts else {
        return line.to_owned();
    };
    let mut names: Vec<&str> = names.split(", ").collect();
    names.sort_unstable();
    format!("{start}additional properties {}", names.join(", "))
}
