//! [`Target`]: what a fuzz target is, and what all of them allow a render.

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

/// A request that allows little, so that inputs which only take long are found soon.
pub(super) fn modest() -> Request {
    Request {
        limits: Limits {
            fuel: 300_000,
            output: 4 << 20,
            memory: 128 << 20,
            depth: 300,
            text: 1 << 20,
            elements: 100_000,
            values: 100_000,
            charts: 500,
        },
        ..Request::default()
    }
}
