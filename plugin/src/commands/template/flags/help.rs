//! What clap is told of the flags, so that it prints help, completions and manual pages.

use std::path::PathBuf;

use clap::{Arg, ArgAction, Command};

use super::table::{Effect, FLAGS, Flag, Kind};

/// Adds the arguments of `template` to its command.
pub(in crate::commands::template) fn describe(command: Command) -> Command {
    let chart = Arg::new("arguments")
        .value_names(["NAME", "CHART"])
        .num_args(0..=2)
        .help("`[NAME] CHART`: the release's name (default `release-name`), and the chart");
    let mut command = command
        .disable_help_flag(true)
        .after_help(after_help())
        .arg(chart);
    let mut last = "";
    for flag in FLAGS {
        // A flag that the two Helms understand differently has two rows.
        if flag.name != last {
            command = command.arg(argument(flag));
        }
        last = flag.name;
    }
    command
}

fn argument(flag: &Flag) -> Arg {
    let mut arg = Arg::new(flag.name)
        .long(flag.name)
        .help(flag.about)
        .hide(flag.effect != Effect::Used)
        .value_name(flag.value)
        .help_heading(flag.heading);
    if let Some(letter) = flag.short {
        arg = arg.short(letter);
    }
    match flag.kind {
        Kind::Switch if flag.name == "help" => arg.action(ArgAction::Help),
        Kind::Switch => arg.action(ArgAction::SetTrue),
        Kind::Texts | Kind::List | Kind::Labels => arg.action(ArgAction::Append),
        // The flag of every command that has this name is the path of a directory.
        _ if flag.name == "repo" => arg.value_parser(clap::value_parser!(PathBuf)),
        _ => arg.action(ArgAction::Set),
    }
}

/// The flags that have no row in the help.
fn after_help() -> String {
    let mut text = String::from(
        "Accepted without effect, because they concern an installation or a cluster:\n ",
    );
    let mut width = 0;
    let mut last = "";
    for flag in FLAGS.iter().filter(|flag| flag.effect == Effect::Ignored) {
        if flag.name == last {
            continue;
        }
        last = flag.name;
        if width + flag.name.len() > 92 {
            text.push_str("\n ");
            width = 0;
        }
        text.extend([" --", flag.name]);
        width += flag.name.len() + 3;
    }
    text
}
