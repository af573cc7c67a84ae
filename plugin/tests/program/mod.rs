//! Running programs: the binary under test, and what it is compared with.

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a program printed, and its exit status.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// `helm-catalog` with these arguments in a folder, and with nothing in its environment but PATH.
pub(crate) fn helm_catalog(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = bare(env!("CARGO_BIN_EXE_helm-catalog"), folder);
    command.args(arguments);
    command
}

/// A program in a folder, and with nothing in its environment but PATH.
pub(crate) fn bare(program: impl AsRef<OsStr>, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_clear();
    command.envs(std::env::var_os("PATH").map(|path| ("PATH", path)));
    command
}

/// Runs a program with this on its standard input.
pub(crate) fn run(command: &mut Command, input: &[u8]) -> Ran {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        // A program that reads no input may close it.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    });
    Ran {
        status: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
