//! Every case of `fixtures/schema` at every level, against what real Helm said about it.
//!
//! `fixtures/record-schema` says what the files mean. Go walks through its maps in random order, and Helm's lines with it:
//! where the lines are not the same, they are compared sorted. For each real Helm at hand, which the variables HELMS, HELM4
//! and HELM3 name, the trials `live/…` run it on the same cases and compare again.
#![expect(
    clippy::disallowed_methods,
    reason = "fixtures come from the disk; the library itself never reads it"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::rc::Rc;
use std::sync::Arc;

use homescale_chart::{Chart, HelmVersion, Request, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use homescale_recordings::{fixtures, helms, of_level, sections};
use libtest_mimic::{Arguments, Failed, Trial};

/// What is the same for every case.
const SUMMARY: &str =
    "values don't meet the specifications of the schema(s) in the following chart(s):\nc:\n";

/// What Helm gives when the recursion of a schema is too much for it.
const OVERFLOW: &str = "stack overflow";

const METADATA: &str = "apiVersion: v2\nname: c\nversion: 0.1.0\n";

/// A chart's schema and values, and what each Helm says about them.
struct Case {
    schema: String,
    values: String,
    recorded: Vec<(String, String)>,
}

fn main() {
    let directory = fixtures().join("schema");
    let helms = helms();
    let mut trials = Vec::new();
    for entry in fs::read_dir(directory).expect("the directory of the cases") {
        let path = entry.expect("a file").path();
        let topic = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).expect("a file of cases");
        for (name, rest) in sections(&text, "=== ").1 {
            let name = format!("{topic}::{name}");
            let case = Arc::new(parse(rest));
            for &helm in HelmVersion::ALL {
                let name = format!("{name}::helm{}", helm.name());
                let case = Arc::clone(&case);
                trials.push(Trial::test(name, move || {
                    let expected = of_level(&case.recorded, helm.name());
                    same(expected.ok_or("nothing is recorded")?, &ours(&case, helm)?)
                }));
            }
            for real in &helms {
                let mut known = HelmVersion::ALL.iter();
                let helm = known.find(|helm| helm.name() == real.level);
                let helm = *helm.expect("every recorded version is one of ours");
                let (case, program) = (Arc::clone(&case), real.program.clone());
                let name = format!("live/{name}::helm{}", real.level);
                trials.push(Trial::test(name, move || {
                    same(&of_real(&case, &program)?, &ours(&case, helm)?)
                }));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

/// The parts of a case, which follow lines `--- title`.
fn parse(text: &str) -> Case {
    let mut case = Case {
        schema: String::new(),
        values: String::new(),
        recorded: Vec::new(),
    };
    for (title, body) in sections(text, "--- ").1 {
        let body = body.trim_end().to_owned();
        match (title, title.strip_prefix("helm")) {
            ("schema", _) => case.schema = body,
            ("values", _) => case.values = body,
            (_, Some(levels)) => case.recorded.push((levels.trim().to_owned(), body)),
            _ => {}
        }
    }
    case
}

fn ours(case: &Case, helm: HelmVersion) -> Result<String, Failed> {
    let mut files = FileSet::new();
    files.insert("Chart.yaml", METADATA.as_bytes())?;
    files.insert("values.yaml", case.values.as_bytes())?;
    files.insert("values.schema.json", case.schema.as_bytes())?;
    let request = Request {
        helm,
        ..Request::default()
    };
    let chart = Chart::load_as(&files, helm)?;
    let (mut lines, last) = match render(&chart, &request, Rc::new(FixedHost::default())) {
        Ok(rendered) => (rendered.warnings.clone(), "ok".to_owned()),
        Err(error) => (error.warnings().to_vec(), error.to_string()),
    };
    let last = last.strip_prefix(SUMMARY).unwrap_or(&last);
    lines.push(last.trim_end().to_owned());
    Ok(lines.join("\n"))
}

/// What a real Helm says, in the form of the recordings.
fn of_real(case: &Case, program: &Path) -> Result<String, Failed> {
    let scratch = tempfile::tempdir()?;
    let chart = scratch.path().join("c");
    fs::create_dir(&chart)?;
    fs::write(chart.join("Chart.yaml"), METADATA)?;
    fs::write(chart.join("values.yaml"), &case.values)?;
    fs::write(chart.join("values.schema.json"), &case.schema)?;
    let output = Command::new(program).arg("template").arg(&chart).output()?;
    let stderr = String::from_utf8_lossy(&output.stderr);
    if stderr.contains("fatal error: stack overflow") {
        return Ok(OVERFLOW.to_owned());
    }
    let untimed = |line: &str| match line.split_once(' ') {
        Some((time, rest)) if time.starts_with("time=") => rest.to_owned(),
        _ => line.to_owned(),
    };
    let mut text: String = stderr.split_inclusive('\n').map(untimed).collect();
    if output.status.success() {
        text.push_str("ok");
    }
    let text = text.replace("Error: ", "").replace(SUMMARY, "");
    Ok(text.trim_end().to_owned())
}

fn same(expected: &str, found: &str) -> Result<(), Failed> {
    // Where Helm dies, this program gives up.
    let gave_up = expected == OVERFLOW && found.starts_with("unable to validate schema: ");
    if gave_up || found == expected || sorted(found) == sorted(expected) {
        return Ok(());
    }
    Err(format!("--- Helm\n{expected}\n--- HomeScale\n{found}").into())
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
