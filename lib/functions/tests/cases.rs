//! Every case of `fixtures/functions`, recorded from real Helm: one trial each.

#![expect(
    clippy::disallowed_methods,
    reason = "the cases are files; only this harness reads them"
)]

mod common;
mod levels;

use homescale_functions::Options;
use homescale_recordings::{Case, case_files, decode, fixtures};
use libtest_mimic::{Arguments, Failed, Trial};
use regex::Regex;

use crate::levels::LEVELS;

fn main() {
    let recorded = homescale_recordings::levels();
    assert!(
        LEVELS.iter().map(|(name, _)| *name).eq(recorded),
        "each recorded level has a row"
    );
    let values = fixtures().join("functions/values.yaml");
    let values = std::fs::read_to_string(values).expect("the values are there");
    let mut trials = Vec::new();
    for file in case_files("functions") {
        for case in file.cases {
            let name = format!("{}::{}", file.name, case.name);
            let values = values.clone();
            trials.push(Trial::test(name, move || {
                let mut levels = LEVELS.iter();
                levels.try_for_each(|(name, options)| check(&case, &values, name, *options))
            }));
        }
    }
    assert!(trials.len() > 1000, "only {} cases", trials.len());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn plain(text: &str) -> String {
    String::from_utf8(decode(text)).expect("the recorder writes text")
}

fn check(case: &Case, values: &str, name: &str, options: Options) -> Result<(), Failed> {
    let template = plain(case.question());
    let recorded = case.answer(name);
    let (wanted_error, wanted) = match recorded.strip_prefix("ERR: ") {
        Some(error) => (true, plain(error)),
        None => (false, plain(recorded)),
    };
    let (is_error, found) = match common::render(&template, values, options) {
        Ok(text) => (false, text),
        Err(error) => (true, error_of(&error)),
    };
    if is_error == wanted_error && found == wanted {
        return Ok(());
    }
    let says = |is_error| if is_error { "fails with" } else { "prints" };
    Err(format!(
        "{template}\n  Helm {name} {} {wanted:?}\n  we   {} {found:?}",
        says(wanted_error),
        says(is_error)
    )
    .into())
}

/// The same part of the error as the recorder keeps.
fn error_of(error: &homescale_template::Error) -> String {
    if let Some(message) = error.abort() {
        return message.to_owned();
    }
    let text = error.to_string();
    if error.executing().is_none() {
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
