//! Go's own functions: the examples of their documentation, and the cases in `fixtures/printf` and
//! `fixtures/predefined`, compared with what real Helm made of them. `fixtures/record-printf` says how the files are
//! built, and records them.

mod examples;
mod recorded;
#[path = "../support/mod.rs"]
mod support;

use libtest_mimic::Arguments;

fn main() {
    let mut trials = examples::trials();
    trials.extend(recorded::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
