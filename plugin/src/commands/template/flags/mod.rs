//! The flags of `helm-catalog template`, read as Helm reads those of `helm template`.
//!
//! Helm's command line is pflag's: its grammar and its messages are not clap's, and scripts depend on both. One table,
//! [`table::FLAGS`], drives all: [`parse()`] reads the arguments by it into [`Flags`], and [`help`] tells clap the same,
//! which prints `--help`, completions and manual pages.
//!
//! # To add a flag
//! Add a field to [`Flags`] and a row that names it to the table, and use the field where the flag has its effect.

mod error;
mod given;
pub(super) mod help;
mod parse;
mod table;
mod value;

pub(super) use self::error::FlagError;
pub(super) use self::given::Flags;
pub(super) use self::parse::{Parsed, last_text, parse};
