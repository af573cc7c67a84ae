//! `helm-catalog manifests`: what it prints and writes of `fixtures/fleets/platform`, a fleet with every form of source, and of
//! fleets that are made here. `snapshots/fleets` has what all of it renders to.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod fleet;
mod hydrated;
#[cfg(target_os = "linux")]
mod killed;
mod names;
mod printed;
#[path = "../program/mod.rs"]
mod program;
mod recorded;
mod selection;
#[path = "../tree/mod.rs"]
mod tree;
mod written;
