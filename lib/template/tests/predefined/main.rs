//! The predefined functions: the examples of their documentation, and the cases in `fixtures/printf` and
//! `fixtures/predefined`, compared with what real Helm made of them. `fixtures/record-printf` says how the files are
//! built, and records them.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod examples;
#[path = "../support/levels.rs"]
mod levels;
mod recorded;
mod stand_ins;

use libtest_mimic::Arguments;

fn main() {
    let mut trials = examples::trials();
    trials.extend(recorded::trials());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}
