//! Other programs: started with what they read on standard input, and waited for.

use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use homescale_go::os::error_text;

/// Why a program does not run, in Go's words.
#[derive(Debug)]
pub(crate) struct StartError {
    program: PathBuf,
    cause: io::Error,
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (program, cause) = (self.program.display(), error_text(&self.cause));
        write!(f, "fork/exec {program}: {cause}")
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.cause)
    }
}

/// Runs a program that reads `input`, and gives what it printed.
///
/// # Errors
/// It cannot be started.
pub(crate) fn run(command: &mut Command, input: &[u8]) -> Result<Output, StartError> {
    let program = PathBuf::from(command.get_program());
    let piped = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut run = || -> io::Result<Output> {
        let mut child = piped.spawn()?;
        let stdin = child.stdin.take();
        std::thread::scope(|scope| {
            // A program that does not read its input may close it: that is no failure.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
            child.wait_with_output()
        })
    };
    run().map_err(|cause| StartError { program, cause })
}
