//! Reads the texts in `fixtures/yaml/read` and compares with what real Helm made of them. `fixtures/record-yaml-read` says
//! how the files are built, and records them.
#![expect(clippy::unwrap_used, reason = "the harness dies of bad cases")]

use std::process::ExitCode;

use homescale_recordings::{Case, case_files, decode};
use homescale_value::Value;
use homescale_yaml::{Error, from_slice, json, list_from_slice, map_from_slice};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for file in case_files("yaml/read") {
        let is_everywhere = file.preamble.lines().any(|line| line == "@ everywhere");
        for case in file.cases {
            let name = format!("yaml/read/{}: {}", file.name, case.title);
            trials.push(Trial::test(name, move || check(&case, is_everywhere)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(case: &Case, is_everywhere: bool) -> Result<(), Failed> {
    let question = case.question();
    let (question, is_list) = match question.strip_suffix(" | list") {
        Some(question) => (question, true),
        None => (question, case.name.ends_with(" | list")),
    };
    let input = decode(question);
    let outcome = if is_everywhere {
        [
            read(&[b"v: ", &input[..]].concat()),
            read(&[&input[..], b": v"].concat()),
            show(list_from_slice(&[b"- ", &input[..]].concat())),
        ]
        .join("\n")
    } else if is_list {
        show(list_from_slice(&input))
    } else {
        read(&input)
    };
    let expected = String::from_utf8(decode(case.answer("")))?;
    if outcome == expected {
        return Ok(());
    }
    let input = String::from_utf8_lossy(&input);
    Err(format!("input:\n{input}\nHelm:\n{expected}\nwe:\n{outcome}").into())
}

/// Reads a map, or a list if it turns out to be one.
fn read(text: &[u8]) -> String {
    match from_slice(text) {
        Ok(Value::List(_)) => show(list_from_slice(text)),
        _ => show(map_from_slice(text)),
    }
}

fn show(result: Result<impl Into<Value>, Error>) -> String {
    match result {
        Ok(value) => json::encode(&value.into()).unwrap(),
        Err(error) => format!("ERR: {error}"),
    }
}
