//! Writes the values in `fixtures/yaml/write`, `fixtures/yaml/pretty` and `fixtures/json`, and compares with what real
//! Helm wrote. `fixtures/record-yaml-write` says how the files are built, and records them.
#![expect(clippy::unwrap_used, reason = "the harness dies of bad cases")]

use std::process::ExitCode;

use homescale_recordings::{Case, case_files, decode};
use homescale_value::{List, ListType, Map, Str, Value};
use homescale_yaml::json;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for directory in ["yaml/write", "yaml/pretty", "json"] {
        for file in case_files(directory) {
            let everywhere = file.preamble.contains("\n@ everywhere");
            let job = Job::of(directory, &file.name, everywhere);
            for case in file.cases {
                let name = format!("{directory}/{}: {}", file.name, case.title);
                trials.push(Trial::test(name, move || job.check(&case)));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
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
        let question = match case.name.rsplit_once(" | ") {
            Some((name, "int64" | "b64dec")) if case.input.is_empty() => name,
            _ => case.question(),
        };
        let input = decode(question);
        let got = match self {
            // Helm's functions print nothing when they fail.
            Self::Write {
                function,
                everywhere,
            } => function(&value(&input, &case.name, everywhere)).unwrap_or_default(),
            Self::Decode => decoded(&input),
        };
        let expected = String::from_utf8(decode(case.answer("")))?;
        if got == expected {
            return Ok(());
        }
        Err(format!("--- input\n{question}\n--- expected\n{expected}\n--- got\n{got}").into())
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

/// The value of an input; the name of the case may end in a function that it is passed through.
fn value(input: &[u8], name: &str, everywhere: bool) -> Value {
    let cast = name.rsplit_once(" | ").map(|(_, cast)| cast);
    let value = match (cast, json::decode(input).unwrap()) {
        (Some("int64"), Value::Float(x)) => Value::Int64(x as i64),
        (Some("b64dec"), Value::Str(text)) => {
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
