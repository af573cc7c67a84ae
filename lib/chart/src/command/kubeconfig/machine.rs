//! [`Machine`]: where Helm runs.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

/// The machine that Helm runs on, as far as it is asked for a namespace.
pub trait Machine {
    /// A variable of the environment.
    fn variable(&self, name: &str) -> Option<OsString>;

    /// Reads a file.
    ///
    /// # Errors
    /// Those of the system.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The path from the root, without `.` and `..`.
    fn absolute(&self, path: &Path) -> PathBuf;
}
