//! Reads the texts in `fixtures/yaml/read` and compares with what real Helm made of them. `fixtures/record-yaml-read` says
//! how the files are built, and records them.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use homescale_value::Value;
use homescale_yaml::{Error, json, list_from_slice, map_from_slice};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/yaml/read");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut trials = Vec::new();
    for file in files {
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let text = fs::read_to_string(&file).unwrap();
        let is_everywhere = text.lines().any(|line| line == "@ everywhere");
        for (number, case) in parse(&text).into_iter().enumerate() {
            let name = format!("yaml/read/{stem}: {}", short(&case.name, number));
            trials.push(Trial::test(name, move || case.check(is_everywhere)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A name for the list of trials: the number of the case stands for the rest of a long one.
fn short(name: &str, number: usize) -> String {
    match name.char_indices().nth(50) {
        Some((end, _)) => format!("{}… ({})", &name[..end], number + 1),
        None => name.to_owned(),
    }
}

struct Case {
    name: String,
    is_list: bool,
    input: Vec<u8>,
    expected: String,
}

fn parse(text: &str) -> Vec<Case> {
    let mut cases: Vec<(&str, [Vec<&str>; 2], usize)> = Vec::new();
    for line in text.lines() {
        if let Some(header) = line.strip_prefix("--- ") {
            cases.push((header, [Vec::new(), Vec::new()], 0));
        } else if let Some((_, parts, part)) = cases.last_mut() {
            if line == "+++" {
                *part = 1;
            } else {
                parts[*part].push(line);
            }
        }
    }
    cases
        .into_iter()
        .map(|(header, [input, mut expected], _)| {
            if expected.last() == Some(&"") {
                expected.pop();
            }
            let name = header.strip_suffix(" | list");
            let given = if input.is_empty() {
                name.unwrap_or(header).to_owned()
            } else {
                input.join("\n")
            };
            Case {
                name: header.to_owned(),
                is_list: name.is_some(),
                input: decode(&given),
                expected: String::from_utf8(decode(&expected.join("\n"))).unwrap(),
            }
        })
        .collect()
}

/// A text as it is, as a JSON string, or in base64.
fn decode(given: &str) -> Vec<u8> {
    if let Some(literal) = given.strip_prefix("text ") {
        return serde_json::from_str::<String>(literal)
            .unwrap()
            .into_bytes();
    }
    match given.strip_prefix("base64 ") {
        Some(encoded) => data_encoding::BASE64.decode(encoded.as_bytes()).unwrap(),
        None => given.as_bytes().to_vec(),
    }
}

impl Case {
    fn check(&self, is_everywhere: bool) -> Result<(), Failed> {
        let outcome = if is_everywhere {
            [
                read(&[b"v: ", &self.input[..]].concat()),
                read(&[&self.input[..], b": v"].concat()),
                show(list_from_slice(&[b"- ", &self.input[..]].concat())),
            ]
            .join("\n")
        } else if self.is_list {
            show(list_from_slice(&self.input))
        } else {
            read(&self.input)
        };
        if outcome == self.expected {
            return Ok(());
        }
        let input = String::from_utf8_lossy(&self.input);
        Err(format!("input:\n{input}\nHelm:\n{}\nwe:\n{outcome}", self.expected).into())
    }
}

/// Reads a map, or a list if it turns out to be one.
fn read(text: &[u8]) -> String {
    match map_from_slice(text) {
        Err(error) if error.problem().contains("cannot unmarshal array") => {
            show(list_from_slice(text))
        }
        result => show(result),
    }
}

fn show(result: Result<Value, Error>) -> String {
    match result {
        Ok(value) => json::encode(&value).unwrap(),
        Err(error) => format!("ERR: {error}"),
    }
}
