//! Helm, which asks the program `plugin.complete` of a plugin how a command line goes on, for whichever shell asks Helm.

use std::ffi::OsString;
use std::io::{Error, Write};
use std::path::Path;

use clap_complete::engine;
use clap_complete::env::EnvCompleter;

/// Helm shall not list the files of the current directory.
const NO_FILES: u8 = 4;
/// The word goes on after what is completed.
const NO_SPACE: u8 = 2;

pub(super) struct Helm;

impl EnvCompleter for Helm {
    fn name(&self) -> &'static str {
        "helm"
    }

    fn is(&self, name: &str) -> bool {
        name == self.name()
    }

    fn write_registration(
        &self,
        _var: &str,
        _name: &str,
        _bin: &str,
        _completer: &str,
        _buf: &mut dyn Write,
    ) -> Result<(), Error> {
        Err(Error::other(
            "Helm completes its plugins by itself: `helm completion --help`",
        ))
    }

    /// Writes a line for each candidate, with what it means after a tab, and a last one that says how to go on.
    fn write_complete(
        &self,
        cmd: &mut clap::Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<(), Error> {
        let last = args.len().saturating_sub(1);
        let mut next = NO_FILES;
        for candidate in engine::complete(cmd, args, last, current_dir)? {
            let value = candidate.get_value().to_string_lossy();
            let about = candidate.get_help().map(ToString::to_string);
            let about = about.as_deref().and_then(|about| about.lines().next());
            match about {
                Some(about) => writeln!(buf, "{value}\t{about}")?,
                None => writeln!(buf, "{value}")?,
            }
            if value.ends_with(['/', '=']) {
                next |= NO_SPACE;
            }
        }
        writeln!(buf, ":{next}")
    }
}
