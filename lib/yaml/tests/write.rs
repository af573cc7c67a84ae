//! Writes the values in `fixtures/yaml/write`, `fixtures/yaml/pretty` and `fixtures/json`, and compares with what real
//! Helm wrote. `fixtures/record-yaml-write` says how the files are built, and records them.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use homescale_value::{List, ListType, Map, Str, Value};
use homescale_yaml::json;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut trials = Vec::new();
    for folder in ["yaml/write", "yaml/pretty", "json"] {
        let mut files: Vec<PathBuf> = fs::read_dir(fixtures.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let stem = file.file_stem().unwrap().to_str().unwrap();
            let text = fs::read_to_string(&file).unwrap();
            let (preamble, cases) = parse(&text);
            for (number, case) in cases.into_iter().enumerate() {
                let job = Job::of(folder, stem, preamble.contains("\n@ everywhere"));
                let name = format!("{folder}/{stem}: {}", short(&case.name, number));
                trials.push(Trial::test(name, move || job.check(&case)));
            }
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
    cast: String,
    input: String,
    expected: String,
}

/// What stands before the first case, and the cases.
fn parse(text: &str) -> (String, Vec<Case>) {
    let mut preamble = String::new();
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
        } else {
            preamble.push_str(line);
            preamble.push('\n');
        }
    }
    let cases = cases.into_iter().map(|(header, [input, mut expected], _)| {
        if expected.last() == Some(&"") {
            expected.pop();
        }
        let (name, cast) = match header.rsplit_once(" | ") {
            Some((name, cast @ ("int64" | "b64dec"))) => (name, cast),
            _ => (header, ""),
        };
        Case {
            name: header.to_owned(),
            cast: cast.to_owned(),
            input: if input.is_empty() {
                name.to_owned()
            } else {
                plain(&input)
            },
            expected: plain(&expected),
        }
    });
    (preamble, cases.collect())
}

fn plain(lines: &[&str]) -> String {
    let text = lines.join("\n");
    match text.strip_prefix("text ") {
        Some(quoted) => serde_json::from_str(quoted).unwrap(),
        None => text,
    }
}

/// What is done with the input of a case.
#[derive(Clone, Copy)]
enum Job {
    Write {
        function: fn(&Value) -> Option<String>,
        everywhere: bool,
    },
    Decode,
}

impl Job {
    fn of(folder: &str, file: &str, everywhere: bool) -> Self {
        let function: fn(&Value) -> Option<String> = match (folder, file) {
            ("yaml/write", _) => |value| homescale_yaml::to_yaml(value).ok().map(reread).map(chomp),
            ("yaml/pretty", _) => |value| homescale_yaml::to_yaml_pretty(value).ok().map(chomp),
            (_, "encode") => |value| json::encode(value).ok(),
            (_, "raw") => |value| json::encode_raw(value).ok(),
            (_, "pretty") => |value| json::encode_pretty(value).ok(),
            _ => return Self::Decode,
        };
        Self::Write {
            function,
            everywhere,
        }
    }

    fn check(self, case: &Case) -> Result<(), Failed> {
        let got = match self {
            // Helm's functions print nothing when they fail.
            Self::Write {
                function,
                everywhere,
            } => function(&value(case, everywhere)).unwrap_or_default(),
            Self::Decode => decoded(case.input.as_bytes()),
        };
        if got == case.expected {
            return Ok(());
        }
        Err(format!(
            "--- input\n{}\n--- expected\n{}\n--- got\n{got}",
            case.input, case.expected
        )
        .into())
    }
}

/// Passes on a text that is read as a value which is written as the same text again.
///
/// The exception is go-yaml's own: it leaves the key `<<` bare, and reads it as the wish to merge.
fn reread(text: String) -> String {
    if text.contains("<<: ") {
        return text;
    }
    let value = homescale_yaml::from_slice(text.as_bytes()).unwrap();
    assert_eq!(
        homescale_yaml::to_yaml(&value).unwrap(),
        text,
        "it is not read as what was written"
    );
    text
}

/// Helm's functions take one newline from the end.
fn chomp(text: String) -> String {
    text.strip_suffix('\n').map(str::to_owned).unwrap_or(text)
}

fn value(case: &Case, everywhere: bool) -> Value {
    let decoded = json::decode(case.input.as_bytes()).unwrap();
    let value = match (case.cast.as_str(), decoded) {
        ("int64", Value::Float(x)) => Value::Int64(x as i64),
        ("b64dec", Value::Str(text)) => {
            Value::Str(data_encoding::BASE64.decode(&text).unwrap().into())
        }
        (_, value) => value,
    };
    if !everywhere {
        return value;
    }
    // A key that is no string is refused by Helm's dict unless it is turned into one.
    let key: Str = match &value {
        Value::Str(text) => text.clone(),
        other => other.to_string().into(),
    };
    Value::from(vec![
        value.clone(),
        Value::Map(Map::from_iter([("v", value.clone())])),
        Value::Map(Map::from_iter([(key, Value::Int(1))])),
        Value::from(vec![Value::from(vec![value])]),
    ])
}

/// What Helm's `fromJson` and `fromJsonArray` return: in spite of an error, with the error in it.
fn decoded(text: &[u8]) -> String {
    let map = json::decode_map(text).unwrap_or_else(|error| {
        let map = match error.partial() {
            Some(Value::Map(map)) => map.clone(),
            _ => Map::new(),
        };
        map.set("Error", error.to_string());
        map
    });
    let list = json::decode_list(text)
        .unwrap_or_else(|error| List::typed(&ListType::ANY, vec![error.to_string().into()]));
    let shown = |value: Value| json::encode(&value).unwrap();
    format!("{}\n{}", shown(map.into()), shown(list.into()))
}
