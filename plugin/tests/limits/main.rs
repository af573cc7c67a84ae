//! Each bound of `docs/limits.md` in the sidecar's configuration: somebody reaches it, and the process ends by its name, soon, and
//! with less memory than its container has.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod chart;
mod files;
mod patches;
mod sidecar;
