//! Every example of every row, through the real evaluator: one trial each.

mod common;
mod levels;

use homescale_functions::GROUPS;
use libtest_mimic::{Arguments, Trial};

fn main() {
    let mut trials = Vec::new();
    for group in GROUPS {
        for function in group.functions {
            for (index, (template, output)) in function.examples.iter().enumerate() {
                let name = format!("{}::{}::{index}", group.name, function.name);
                trials.push(Trial::test(name, move || check(template, output)));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(template: &str, wanted: &str) -> Result<(), libtest_mimic::Failed> {
    let (_, newest) = levels::LEVELS.last().expect("there are levels");
    let printed = common::render(template, "{}", *newest).map_err(|error| error.to_string())?;
    if printed == wanted {
        return Ok(());
    }
    Err(format!("{template}\n  wanted {wanted:?}\n  printed {printed:?}").into())
}
