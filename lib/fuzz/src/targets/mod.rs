//! [`TARGETS`]: the table of what is fuzzed.

mod archive;
mod chart;
mod set;
mod template;
mod yaml;

use homescale_chart::{Limits, Request};

/// A function of bytes that must come back without a panic.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name on the command line.
    pub name: &'static str,
    /// What it does with an input.
    pub about: &'static str,
    /// Words that mutations insert.
    pub words: &'static [&'static str],
    /// The code.
    pub run: fn(&[u8]),
}

/// All targets, in the order of the names.
pub const TARGETS: &[Target] = &[
    archive::TARGET,
    chart::TARGET,
    set::TARGET,
    template::TARGET,
    yaml::TARGET,
];

/// The target of that name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// A request that allows little, so that inputs which only take long are found soon.
fn modest() -> Request {
    Request {
        limits: Limits {
            work: 300_000,
            output: 4 << 20,
            memory: 128 << 20,
            depth: 300,
            text: 1 << 20,
            elements: 100_000,
            values: 100_000,
        },
        ..Request::default()
    }
}
