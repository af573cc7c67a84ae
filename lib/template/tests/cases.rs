//! The template language on the cases in `fixtures/template`, whose results `fixtures/record-template` takes from Helm.
#![expect(
    clippy::disallowed_methods,
    reason = "a harness reads its cases from the disk"
)]

mod support;

use std::path::Path;
use std::{fs, process};

use homescale_template::{Error, Options};
use libtest_mimic::{Arguments, Failed, Trial};
use support::levels::{self, Recorded};

/// A case: a template, the values it is rendered with, and what comes out at each level.
struct Case {
    name: String,
    values: String,
    template: Vec<u8>,
    recorded: Recorded,
}

fn main() -> process::ExitCode {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/template");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("the folder of cases can be read")
        .map(|entry| entry.expect("an entry can be read").path())
        .collect();
    files.sort();
    let mut trials = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).expect("a file of cases is text");
        let family = file.file_stem().unwrap_or_default().to_string_lossy();
        for case in cases(&text) {
            let name = format!("{family}/{}", case.name);
            trials.push(Trial::test(name, move || check(&case)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Splits a file into its cases; the form is described in `fixtures/record-template`.
fn cases(text: &str) -> Vec<Case> {
    let parts = text.split("\n--- ").skip(1);
    parts
        .map(|part| {
            let (name, rest) = part.split_once('\n').expect("a case has lines");
            let (values, rest) = match rest.strip_prefix("values ") {
                Some(rest) => rest.split_once('\n').expect("values are on one line"),
                None => ("{}", rest),
            };
            let start = rest.find("\n+++").expect("a case has `+++`");
            let (template, recorded) = rest.split_at(start);
            Case {
                name: name.to_owned(),
                values: values.to_owned(),
                template: plain(template),
                recorded: levels::parts(recorded),
            }
        })
        .collect()
}

/// The bytes of a part, which is written as a JSON string when it would not survive in a file of lines.
fn plain(text: &str) -> Vec<u8> {
    match text.strip_prefix("text ") {
        Some(json) => serde_json::from_str::<String>(json)
            .expect("what follows `text` is a JSON string")
            .into_bytes(),
        None => text.as_bytes().to_vec(),
    }
}

fn check(case: &Case) -> Result<(), Failed> {
    let mut levels = levels::levels().into_iter();
    levels.try_for_each(|(level, options)| {
        let mut expected = levels::part(&case.recorded, level).to_owned();
        if level.starts_with('3') {
            // The stand-ins have the types of Helm 4.
            expected = expected.replace("chartutil.", "common.");
        }
        let expected = plain(&expected);
        check_level(case, level, &options, &expected)
    })
}

fn check_level(case: &Case, level: &str, options: &Options, expected: &[u8]) -> Result<(), Failed> {
    let result = match support::render(&case.template, &case.values, options) {
        Ok(out) => out,
        Err(error) => format!("ERR: {}", shown(&error)).into_bytes(),
    };
    if result == expected {
        return Ok(());
    }
    let [template, expected, result] = [&case.template[..], expected, &result]
        .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    Err(format!("{template}\nshould give in Helm {level}\n{expected}\nbut gives\n{result}").into())
}

/// An error as Helm shows it: of an error of parsing only the end.
fn shown(error: &Error) -> String {
    if error.executing.is_some() {
        return error.to_string();
    }
    let end = error.message.rsplit(": ").next().unwrap_or_default();
    format!("parse error at ({}): {end}", error.place())
}
