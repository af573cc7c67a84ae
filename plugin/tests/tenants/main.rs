//! What a tenant of the sidecar, or a pull request in a pipeline, must not get: each repository lies beside what belongs to others,
//! with a mark in it.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod paths;
#[path = "../program/mod.rs"]
mod program;
mod secrets;
mod server;
#[path = "../tree/mod.rs"]
mod tree;
