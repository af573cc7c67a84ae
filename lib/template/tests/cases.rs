//! The template language on the cases in `fixtures/template`, whose results `fixtures/record-template` takes from Helm.

mod support;

use std::process;

use homescale_recordings::{Case, case_files, decode};
use homescale_template::{Error, Options};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> process::ExitCode {
    let mut trials = Vec::new();
    for file in case_files("template") {
        for case in file.cases {
            let name = format!("{}/{}", file.name, case.name);
            trials.push(Trial::test(name, move || check(&case)));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(case: &Case) -> Result<(), Failed> {
    let (values, template) = match case.input.strip_prefix("values ") {
        Some(rest) => rest.split_once('\n').expect("values are on one line"),
        None => ("{}", case.input.as_str()),
    };
    let template = decode(template);
    let mut levels = support::levels().into_iter();
    levels.try_for_each(|(level, options)| {
        let mut expected = case.answer(level).to_owned();
        if level.starts_with('3') {
            // The stand-ins have the types of Helm 4.
            expected = expected.replace("chartutil.", "common.");
        }
        check_level(&template, values, level, &options, &decode(&expected))
    })
}

fn check_level(
    template: &[u8],
    values: &str,
    level: &str,
    options: &Options,
    expected: &[u8],
) -> Result<(), Failed> {
    let result = match support::render(
        template,
        support::root(values, ("a.txt", b"hello\n")),
        options,
    ) {
        Ok(out) => out,
        Err(error) => format!("ERR: {}", shown(&error)).into_bytes(),
    };
    if result == expected {
        return Ok(());
    }
    let [template, expected, result] =
        [template, expected, &result].map(|bytes| String::from_utf8_lossy(bytes));
    Err(format!("{template}\nshould give in Helm {level}\n{expected}\nbut gives\n{result}").into())
}

/// An error as Helm shows it: of an error of parsing only the end.
fn shown(error: &Error) -> String {
    let (text, message) = (error.to_string(), error.message());
    match (error.executing(), error.position()) {
        (None, Some(position)) => {
            let end = message.rsplit(": ").next().unwrap_or_default();
            format!("parse error at ({position}): {end}")
        }
        _ => text,
    }
}
