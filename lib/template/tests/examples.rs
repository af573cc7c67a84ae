//! The examples of the predefined functions, one trial each.

use std::sync::Arc;

use homescale_template::{Functions, Options, Set, predefined};
use homescale_value::{Map, Value};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let functions = Arc::new(Functions::new(&[]));
    let mut trials = Vec::new();
    for function in predefined::FAMILY.functions {
        for (index, &(template, wanted)) in function.examples.iter().enumerate() {
            let functions = Arc::clone(&functions);
            let name = format!("{}-{}", function.name, index + 1);
            trials.push(Trial::test(name, move || {
                check(functions, template, wanted)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn check(functions: Arc<Functions>, template: &str, wanted: &str) -> Result<(), Failed> {
    let mut set = Set::new(functions);
    set.parse("example", &template.into())?;
    let mut out = Vec::new();
    let dot = Value::Map(Map::new());
    set.execute("example", &dot, &(), &Options::default(), &mut out)?;
    let found = String::from_utf8_lossy(&out);
    // What Helm deletes from the text of every file.
    let found = found.replace("<no value>", "");
    if found == wanted {
        return Ok(());
    }
    Err(format!("{template}\n wanted: {wanted:?}\n  found: {found:?}").into())
}
