//! The flags of `helm-catalog template`, read as Helm reads those of `helm template`.
//!
//! Helm's command line is pflag's: its grammar and its messages are not clap's, and scripts depend on both. One table,
//! [`table::FLAGS`], drives all: [`parse()`] reads the arguments by it, and [`help`] tells clap the same, which prints
//! `--help`, completions and manual pages.
//!
//! # To add a flag
//! Add its row to the table, and ask [`Flags`] for it by its name where it has its effect.

mod csv;
mod duration;
pub(super) mod help;
mod parse;
mod table;
mod value;

use std::collections::BTreeMap;

use homescale_chart::CommandLine;

pub(super) use self::parse::{Parsed, last_text, parse};
use self::table::{Effect, FLAGS, Flag};

/// The flags that were given, and the other arguments.
#[derive(Debug, Default)]
pub(super) struct Flags {
    given: BTreeMap<&'static str, Vec<String>>,
    /// What is no flag: `[NAME] CHART`.
    pub(super) arguments: Vec<String>,
    /// What Helm has to say about the flags themselves, a line each, for standard error.
    pub(super) notices: Vec<String>,
}

impl Flags {
    /// Whether a flag without a value is set.
    pub(super) fn is_set(&self, name: &str) -> bool {
        self.text(name) == Some("true")
    }

    /// The value of a flag that has one: the last, if it was given several times.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts(name).last().map(String::as_str)
    }

    /// All values of a flag that may be given several times.
    pub(super) fn texts(&self, name: &str) -> &[String] {
        debug_assert!(
            FLAGS.iter().any(|flag| flag.name == name),
            "{name} has no row"
        );
        self.given.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first flag that was given although we cannot do what it asks for, and why.
    pub(super) fn refused(&self) -> Option<(&'static str, &'static str)> {
        let given = self
            .given
            .keys()
            .filter(|name| self.text(name) != Some("false"));
        given
            .filter_map(|name| FLAGS.iter().find(|flag| flag.name == *name))
            .find_map(|flag| match flag.effect {
                Effect::Refused(reason) => Some((flag.name, reason)),
                Effect::Used | Effect::Ignored => None,
            })
    }
}

/// The row of a flag that this command line has.
fn find(name: &str, line: CommandLine) -> Option<&'static Flag> {
    FLAGS
        .iter()
        .find(|flag| flag.name == name && flag.is_in(line))
}
