//! The command line as a whole: the program's own help, and which command its arguments name.

use std::ffi::OsString;

use clap::{CommandFactory, FromArgMatches, Parser};

use crate::commands::{Command, post_render};
use crate::context::{Context, Global, Program};
use crate::failure::Failure;
use crate::{completion, examples, terminal};

const AFTER_HELP: &str = "\
Exit status:
  0  done
  1  the input is wrong (or `lint` found errors): the message names file and line, nothing is on standard output
  2  the command line is wrong
  141  whoever reads standard output went away";

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

/// Does what the command line says, or answers a shell that asks how it goes on. It ends the process where the command line is
/// wrong, or asks for help.
pub(crate) fn run(arguments: Vec<OsString>) -> Result<(), Failure> {
    let program = Program {
        name: name(),
        command: program,
    };
    if let Some(answer) = completion::answer(&arguments, || (program.command)(program.name)) {
        return answer;
    }
    let (command, global) = read(arguments, program.name);
    command.run(&Context::new(global, program))
}

/// Reads the command line: what to do, and what to start from.
///
/// clap reads all of it but what follows `template`. What clap says of a command line with the flag
/// [`post_render::ERRORS_ON_STDOUT`] is printed as the flag asks.
fn read(mut arguments: Vec<OsString>, name: &str) -> (Command, Global) {
    let rest = template_at(&arguments).map(|at| arguments.split_off(at + 1));
    // Where nothing else is left, clap is not asked: it takes longer to start than a small chart to render.
    let (global, mut command) = match rest {
        Some(_) if arguments.len() == 2 => {
            (Global::default(), Command::Template(Vec::new().into()))
        }
        _ => parse(arguments, name),
    };
    if let (Command::Template(template), Some(rest)) = (&mut command, rest) {
        let words = rest.iter().map(|word| word.to_string_lossy().into_owned());
        *template = words.collect::<Vec<_>>().into();
    }
    (command, global)
}

/// What its user calls the program: Helm says so where it is a plugin.
fn name() -> &'static str {
    match std::env::var_os("HELM_PLUGIN_NAME") {
        Some(plugin) if plugin == PLUGIN => IN_HELM,
        _ => NAME,
    }
}

/// The command line, as clap knows it, of a program that its user calls `name`.
fn program(name: &str) -> clap::Command {
    let program = Cli::command().bin_name(name.to_owned());
    let usage = format!("{name} template [NAME] CHART [flags]");
    let program = program.mut_subcommand("template", |it| it.override_usage(usage));
    examples::add(program, name)
}

/// Where the word `template` stands, if it is the command.
fn template_at(arguments: &[OsString]) -> Option<usize> {
    let mut words = arguments.iter().enumerate().skip(1);
    loop {
        let (at, word) = words.next()?;
        let takes_value = ["--repo", "--color", "--timeout", "--max-memory"];
        if takes_value.iter().any(|flag| word == flag) {
            words.next();
        } else if !word.as_encoded_bytes().starts_with(b"-") {
            return (word == "template").then_some(at);
        }
    }
}

fn parse(arguments: Vec<OsString>, name: &str) -> (Global, Command) {
    let on_stdout = arguments
        .iter()
        .any(|word| word == post_render::ERRORS_ON_STDOUT);
    let cli = try_parse(arguments, name).unwrap_or_else(|error| {
        if on_stdout {
            post_render::end_with(&error.to_string());
        }
        end_with(&error)
    });
    (cli.global, cli.command)
}

/// Prints what clap has to say, help among it, and ends the process.
fn end_with(error: &clap::Error) -> ! {
    let printed = error.print().map_err(|error| terminal::unwritten(&error));
    let status = match (error.exit_code(), printed) {
        (0, printed) => terminal::status_of(printed),
        // Nobody is left to tell when standard error is closed.
        (status, _) => status,
    };
    std::process::exit(status)
}

/// Reads the command line with clap, which calls the program what its user does.
fn try_parse(arguments: Vec<OsString>, name: &str) -> Result<Cli, clap::Error> {
    let mut command = program(name).color(color(&arguments));
    let matches = command.try_get_matches_from_mut(arguments)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut command))
}

/// How help and mistakes are coloured, which clap prints before it has read all of the command line.
fn color(arguments: &[OsString]) -> clap::ColorChoice {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    let mut choice = clap::ColorChoice::Auto;
    while let Some(word) = words.next() {
        let said = match word.strip_prefix("--color") {
            Some("") => words.next(),
            Some(value) => value.strip_prefix('='),
            None => None,
        };
        choice = match said {
            Some("always") => clap::ColorChoice::Always,
            Some("never") => clap::ColorChoice::Never,
            Some("auto") => clap::ColorChoice::Auto,
            _ => choice,
        };
    }
    choice
}
