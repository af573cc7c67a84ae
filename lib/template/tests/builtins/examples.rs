//! The examples in the table of functions, one trial each.

use std::sync::Arc;

use homescale_template::{Functions, Options, Set, builtins};
use homescale_value::{Map, Value};
use libtest_mimic::{Failed, Trial};

pub(crate) fn trials() -> Vec<Trial> {
    let functions = Arc::new(Functions::new(&[]));
    let mut trials = Vec::new();
    for function in builtins::GROUP.functions {
        for (index, &(template, wanted)) in function.examples.iter().enumerate() {
            let functions = Arc::clone(&functions);
            let name = format!("example {}-{}", function.name, index + 1);
            trials.push(Trial::test(name, move || {
                check(functions, template, wanted)
            }));
        }
    }
    trials
}

fn check(functions: Arc<Functions>, template: &str, wanted: &str) -> Result<(), Failed> {
    let mut set = Set::new("examples", functions);
    set.parse("example", &template.into())?;
    let mut out = Vec::new();
    let dot = Value::Map(Map::new());
    set.execute("example", &dot, &(), &Options::default(), &mut out)?;
    let found = String::from_utf8_lossy(&out);
    if found == wanted {
        return Ok(());
    }
    Err(format!("{template}\n wanted: {wanted:?}\n  found: {found:?}").into())
}
