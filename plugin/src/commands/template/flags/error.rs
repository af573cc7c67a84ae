//! [`FlagError`]: why a command line is none that Helm takes.

use std::error::Error;
use std::fmt;

use homescale_go::strconv::{self, quote};

/// What is wrong with the arguments, in the words of pflag, cobra and Helm.
#[derive(Debug)]
pub(in crate::commands::template) enum FlagError {
    /// A word such as `---` or `--=`.
    Syntax(String),
    /// There is no flag of this name.
    Unknown(String),
    /// There is no flag of the first of these letters.
    UnknownLetter(String),
    /// The arguments end where the value of this flag should be.
    NoValue(String),
    /// The same, for the letter among these letters.
    NoValueOfLetter(char, String),
    /// The flag does not take this value.
    Value {
        /// The value.
        value: String,
        /// The name of the flag.
        name: &'static str,
        /// Its letter.
        short: Option<char>,
        /// Why not.
        cause: Box<dyn Error + Send + Sync>,
    },
    /// Several were given of flags of which one may be.
    Exclusive {
        /// The flags that exclude each other.
        group: &'static [&'static str],
        /// Those that were given.
        given: Vec<&'static str>,
    },
    /// There is no chart.
    NoChart,
    /// No colour mode of Helm 4, which looks at this first and fails in a way of its own.
    Color(String),
}

impl fmt::Display for FlagError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(word) => write!(f, "bad flag syntax: {word}"),
            Self::Unknown(name) => write!(f, "unknown flag: --{name}"),
            Self::UnknownLetter(letters) => {
                // pflag looks at bytes, and prints the first of a character that has several.
                let first = letters.bytes().next().map_or('\0', char::from);
                let first = strconv::quote_rune(first);
                write!(f, "unknown shorthand flag: {first} in -{letters}")
            }
            Self::NoValue(name) => write!(f, "flag needs an argument: --{name}"),
            Self::NoValueOfLetter(letter, letters) => {
                write!(f, "flag needs an argument: '{letter}' in -{letters}")
            }
            Self::Value {
                value,
                name,
                short,
                cause,
            } => {
                let name = match short {
                    Some(letter) => format!("-{letter}, --{name}"),
                    None => format!("--{name}"),
                };
                let (value, name) = (quote(value), quote(name));
                write!(f, "invalid argument {value} for {name} flag: {cause}")
            }
            Self::Exclusive { group, given } => write!(
                f,
                "if any flags in the group [{}] are set none of the others can be; [{}] were all set",
                group.join(" "),
                given.join(" ")
            ),
            Self::NoChart => f.write_str(
                "\"helm template\" requires at least 1 argument\n\nUsage:  helm template [NAME] [CHART] [flags]",
            ),
            Self::Color(mode) => {
                let mode = quote(mode);
                let problem = format!("invalid color mode {mode}: must be one of: never, auto, always");
                write!(f, "level=WARN msg=\"command failed\" error={}", quote(problem))
            }
        }
    }
}

impl Error for FlagError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Value { cause, .. } => Some(cause.as_ref()),
            _ => None,
        }
    }
}
