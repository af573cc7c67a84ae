//! Completion of command lines. A shell asks the program, which knows the clusters and apps of the repository.
//!
//! `helm-catalog completions SHELL` prints what a shell is to be told once. From then on, the shell runs the program with the
//! variable [`ASKED`], which names the shell, and with the words of the command line after `--`.

mod asking;
mod bash;
mod helm;
mod names;

use std::ffi::OsString;

use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use self::bash::BASH;
use self::helm::HELM;
use crate::failure::Failure;
use crate::terminal;

/// Names the shell that asks for completions.
const ASKED: &str = "HELM_CATALOG_COMPLETE";

/// Who can ask.
const ASKING: Shells<'static> = Shells(&[&BASH, &Elvish, &Fish, &HELM, &Powershell, &Zsh]);

/// What a shell must be told so that it asks `program`.
pub(crate) fn script(shell: &str, program: &str) -> Result<Vec<u8>, Failure> {
    let mut script = Vec::new();
    let written = ASKING
        .completer(shell)
        .map(|shell| shell.write_registration(ASKED, program, program, program, &mut script));
    match written {
        Some(Ok(())) => Ok(script),
        Some(Err(error)) => Err(Failure::input(error)),
        None => Err(Failure::Usage(format!("no completion is made for {shell}"))),
    }
}

/// Answers if a shell asks how this command line goes on; `None` where none does.
pub(crate) fn answer(
    arguments: &[OsString],
    program: impl FnOnce() -> clap::Command,
) -> Option<Result<(), Failure>> {
    let shell = std::env::var(ASKED).ok()?;
    let shell = ASKING.completer(&shell)?;
    let words = arguments.iter().position(|word| word == "--")?;
    Some(complete(shell, arguments[words + 1..].to_vec(), program()))
}

fn complete(
    shell: &dyn EnvCompleter,
    words: Vec<OsString>,
    program: clap::Command,
) -> Result<(), Failure> {
    let mut program = names::add(program, &words);
    let here = std::env::current_dir().ok();
    let mut answer = Vec::new();
    // A line that nobody can complete gets no answer, and no message in the middle of it.
    let _ = shell.write_complete(&mut program, words, here.as_deref(), &mut answer);
    terminal::print(&answer)
}
