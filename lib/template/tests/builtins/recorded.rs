//! The recorded cases, one trial each, as every recorded level answers them.

use homescale_recordings::{Case, case_files, decode};
use libtest_mimic::{Failed, Trial};

use crate::support;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for directory in ["printf", "predefined"] {
        for file in case_files(directory) {
            for case in file.cases {
                let name = format!("{directory}/{}: {}", file.name, case.name);
                trials.push(Trial::test(name, move || check(&case)));
            }
        }
    }
    trials
}

fn check(case: &Case) -> Result<(), Failed> {
    // The expression may have several lines.
    let template = format!("{{{{ {}\n{} }}}}", case.name, case.input);
    let dot = support::root("{}", ("data.bin", b"A\0\xff\n"));
    for (level, options) in support::levels() {
        let wanted = decode(case.answer(level));
        let found = match support::render(template.as_bytes(), dot.clone(), &options) {
            Ok(text) => text,
            Err(error) => format!("ERR: {}", error.message()).into_bytes(),
        };
        if found != wanted {
            let [wanted, found] = [wanted, found].map(|text| homescale_go::strconv::quote(&text));
            let message = format!("Helm {level}\n wanted: {wanted}\n  found: {found}");
            return Err(message.into());
        }
    }
    Ok(())
}
