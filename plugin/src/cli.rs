//! The command line as a whole: the program's own help, and which command its arguments name.

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser};

use crate::commands::{Command, post_render};
use crate::context::{Context, Global};
use crate::examples;

const AFTER_HELP: &str = "\
Exit status:
  0  done
  1  the input is wrong (or `lint` found errors): the message names file and line, nothing is on standard output
  2  the command line is wrong";

/// The name of the program.
const NAME: &str = "helm-catalog";
/// The name of the Helm plugin whose command it is.
const PLUGIN: &str = "catalog";
/// What it is called as a Helm plugin.
const IN_HELM: &str = "helm catalog";

/// Turns a Git repository of apps and clusters into what Argo CD applies.
#[derive(Debug, Parser)]
#[command(name = "helm-catalog", version, after_help = AFTER_HELP, max_term_width = 100)]
struct Cli {
    /// What holds for every command.
    #[command(flatten)]
    global: Global,
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

/// Reads the command line: what to do, and what to start from. It ends the process where the command line is wrong, or asks
/// for help.
///
/// clap reads all of it but what follows `template`. What clap says of a command line with the flag
/// [`post_render::ERRORS_ON_STDOUT`] is printed as the flag asks.
pub(crate) fn read(mut arguments: Vec<OsString>) -> (Command, Context) {
    let rest = template_at(&arguments).map(|at| arguments.split_off(at + 1));
    // Where nothing else is left, clap is not asked: it takes longer to start than a small chart to render.
    let (global, mut command) = match rest {
        Some(_) if arguments.len() == 2 => {
            (Global::default(), Command::Template(Vec::new().into()))
        }
        _ => parse(arguments),
    };
    if let (Command::Template(template), Some(rest)) = (&mut command, rest) {
        let words = rest.iter().map(|word| word.to_string_lossy().into_owned());
        *template = words.collect::<Vec<_>>().into();
    }
    (command, Context::new(global, || program(NAME)))
}

/// The command line, as clap knows it, of a program that its user calls `name`.
fn program(name: &str) -> clap::Command {
    examples::add(Cli::command().bin_name(name.to_owned()), name)
}

/// Where the word `template` stands, if it is the command.
fn template_at(arguments: &[OsString]) -> Option<usize> {
    let mut words = arguments.iter().enumerate().skip(1);
    loop {
        let (at, word) = words.next()?;
        if word == "--repo" || word == "--color" {
            words.next();
        } else if !word.as_encoded_bytes().starts_with(b"-") {
            return (word == "template").then_some(at);
        }
    }
}

fn parse(arguments: Vec<OsString>) -> (Global, Command) {
    let on_stdout = arguments
        .iter()
        .any(|word| word == post_render::ERRORS_ON_STDOUT);
    let cli = try_parse(arguments).unwrap_or_else(|error| {
        if on_stdout {
            post_render::end_with(&error.to_string());
        }
        error.exit()
    });
    (cli.global, cli.command)
}

/// Reads the command line with clap, which calls the program what its user does.
fn try_parse(arguments: Vec<OsString>) -> Result<Cli, clap::Error> {
    let is_in_helm = std::env::var_os("HELM_PLUGIN_NAME").is_some_and(|name| name == PLUGIN);
    let mut command = program(if is_in_helm { IN_HELM } else { NAME });
    let matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}
