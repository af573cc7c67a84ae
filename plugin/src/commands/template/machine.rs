//! The machine that this is, for who looks for a namespace.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use homescale_chart::command::Machine;

use super::locate::absolute;

/// This machine.
pub(super) struct Here;

impl Machine for Here {
    fn variable(&self, name: &str) -> Option<OsString> {
        env::var_os(name)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn absolute(&self, path: &Path) -> PathBuf {
        absolute(path).unwrap_or_else(|_| path.to_owned())
    }
}
