//! [`Asking`]: who asks in a way of their own, which clap does not know.

use std::ffi::OsString;
use std::io::{Error, Write};
use std::path::Path;

use clap_complete::engine::{self, CompletionCandidate};
use clap_complete::env::EnvCompleter;

/// Who asks for completions: a name, how it is told to ask, and how it reads the answer.
pub(super) struct Asking {
    pub(super) name: &'static str,
    /// What it must be told, for the variable and the program that are its arguments.
    pub(super) script: fn(&str, &str) -> Result<String, Error>,
    /// The answer that these candidates make.
    pub(super) answer: fn(&[CompletionCandidate]) -> String,
}

impl EnvCompleter for Asking {
    fn name(&self) -> &'static str {
        self.name
    }

    fn is(&self, name: &str) -> bool {
        name == self.name
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        _completer: &str,
        buf: &mut dyn Write,
    ) -> Result<(), Error> {
        buf.write_all((self.script)(var, bin)?.as_bytes())
    }

    fn write_complete(
        &self,
        cmd: &mut clap::Command,
        args: Vec<OsString>,
        current_dir: Option<&Path>,
        buf: &mut dyn Write,
    ) -> Result<(), Error> {
        let last = args.len().saturating_sub(1);
        let candidates = engine::complete(cmd, args, last, current_dir)?;
        buf.write_all((self.answer)(&candidates).as_bytes())
    }
}
