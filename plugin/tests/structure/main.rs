//! The promises of `lib/README.md` about the code's own structure, each held by a test.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken premise shall fail the test"
)]

mod circles;
mod compiled;
mod doors;
mod layers;
mod map;
mod modules;
mod packages;
mod releases;
mod repository;
mod results;
mod tokens;
