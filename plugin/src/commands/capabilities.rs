//! `helm-catalog capabilities`: what a cluster can, in a file.

use std::io::{IsTerminal, stdin};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use homescale_fleet::{CAPTURE_HINT, capture};
use homescale_go::os::error_text;

use crate::failure::Failure;
use crate::{disk, terminal};

#[derive(Debug, Subcommand)]
pub(crate) enum Capabilities {
    /// Read what `kubectl version` and `kubectl api-versions` print, and print a file for `capabilities` in homescale.yaml
    ///
    /// Standard input has what the two print about a cluster, one after the other, in any order; also what `kubectl
    /// api-resources` prints, for charts that ask for a kind.
    Capture(Capture),
}

#[derive(Args, Debug)]
pub(crate) struct Capture {
    /// Write it there, in place of what is there; without it, to standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl Capabilities {
    /// Captures what a cluster can.
    pub(crate) fn run(&self) -> Result<(), Failure> {
        let Self::Capture(capture) = self;
        capture.run()
    }
}

impl Capture {
    fn run(&self) -> Result<(), Failure> {
        if stdin().is_terminal() {
            let text = "standard input is a terminal".to_owned();
            return Err(Failure::Usage(text).hinted(Some(CAPTURE_HINT)));
        }
        let printed = terminal::read_input().map_err(|error| {
            let error = error_text(&error);
            Failure::Input(format!("standard input: cannot read: {error}"))
        })?;
        let found = capture(&printed).map_err(|error| {
            Failure::Input(format!("standard input: {error}")).hinted(Some(CAPTURE_HINT))
        })?;
        let text = found.to_yaml();
        match &self.output {
            None => terminal::print(text.as_bytes()),
            Some(file) => write(file, text.as_bytes()),
        }
    }
}

/// Writes a file in place of what is there, all of it or nothing.
fn write(file: &Path, text: &[u8]) -> Result<(), Failure> {
    let name = file.file_name().and_then(|name| name.to_str());
    let Some(name) = name else {
        let file = file.display();
        return Err(Failure::Usage(format!("--output {file}: it names no file")));
    };
    let directory = file.parent().filter(|parent| *parent != Path::new(""));
    let directory = directory.unwrap_or(Path::new("."));
    Ok(disk::write_all(directory, [(name, text)])?)
}
