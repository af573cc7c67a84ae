//! The recorded cases, one trial each, as every recorded level answers them.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use data_encoding::BASE64;
use homescale_template::{Error, Functions, Options, Set};
use libtest_mimic::{Failed, Trial};

use crate::levels::{self, Recorded};
use crate::stand_ins;

/// An expression and what Helm answers.
struct Case {
    expression: String,
    recorded: Recorded,
}

pub(crate) fn trials() -> Vec<Trial> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let functions = Arc::new(Functions::new(&[&stand_ins::FAMILY]));
    let mut trials = Vec::new();
    for folder in ["printf", "predefined"] {
        let mut files: Vec<_> = fs::read_dir(fixtures.join(folder))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let stem = file.file_stem().unwrap().to_str().unwrap();
            for case in parse(&fs::read_to_string(&file).unwrap()) {
                let name = format!("{folder}/{stem}: {}", case.expression);
                let functions = Arc::clone(&functions);
                trials.push(Trial::test(name, move || check(&functions, &case)));
            }
        }
    }
    trials
}

fn parse(text: &str) -> Vec<Case> {
    let sections = text.split("\n--- ").skip(1);
    sections
        .map(|section| {
            let start = section.find("\n+++").unwrap();
            let (expression, answers) = section.split_at(start);
            Case {
                expression: expression.to_owned(),
                recorded: levels::parts(answers),
            }
        })
        .collect()
}

fn check(functions: &Arc<Functions>, case: &Case) -> Result<(), Failed> {
    for (level, options) in levels::levels() {
        let wanted = decode(levels::part(&case.recorded, level));
        let found = match render(functions, &case.expression, &options) {
            Ok(text) => text,
            Err(error) => format!("ERR: {}", error.message).into_bytes(),
        };
        if found != wanted {
            let (wanted, found) = (show(&wanted), show(&found));
            let message = format!("Helm {level}\n wanted: {wanted}\n  found: {found}");
            return Err(message.into());
        }
    }
    Ok(())
}

fn render(functions: &Arc<Functions>, text: &str, options: &Options) -> Result<Vec<u8>, Error> {
    let mut set = Set::new(Arc::clone(functions));
    set.parse("case", &format!("{{{{ {text} }}}}").into())?;
    let mut out = Vec::new();
    set.execute("case", &stand_ins::root(), &(), options, &mut out)?;
    Ok(out)
}

/// The bytes that the answer in the file stands for.
fn decode(answer: &str) -> Vec<u8> {
    if let Some(json) = answer.strip_prefix("text ") {
        let text: String = serde_json::from_str(json).unwrap();
        return text.into_bytes();
    }
    match answer.strip_prefix("bytes ") {
        Some(encoded) => BASE64.decode(encoded.as_bytes()).unwrap(),
        None => answer.as_bytes().to_vec(),
    }
}

fn show(bytes: &[u8]) -> String {
    homescale_value::quote(bytes)
}
