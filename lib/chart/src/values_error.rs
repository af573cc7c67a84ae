//! [`ValuesError`]: why values cannot be read or merged.

use std::error::Error;
use std::fmt;

use crate::set::SetError;

/// Why values cannot be read or merged, in Helm's words.
#[derive(Clone, Debug)]
pub(crate) enum ValuesError {
    /// A file of `--values` cannot be read.
    File {
        /// As the user wrote the path.
        name: String,
        /// Why not.
        cause: FileError,
    },
    /// `--set-json` has no object, though it starts as one.
    NoObject(String),
    /// `--set-json` has no names with JSON. Helm does not tell why.
    NoJson(String),
    /// A flag of this name has no names with values.
    Flag(&'static str, SetError),
    /// They are nested too deeply.
    TooDeep,
    /// A chart has values of its own where its parent has something else, which Go prints like this.
    NoTable {
        /// The name of the chart.
        chart: String,
        /// What is there.
        found: String,
    },
}

/// Why the text of a file is none of values.
#[derive(Clone, Debug)]
pub(crate) enum FileError {
    /// It is not YAML, or no map.
    Yaml(homescale_yaml::Error),
    /// One of its documents is not YAML, or no map: Helm 4, which reads all of them.
    Document(homescale_yaml::Error),
    /// The values are nested too deeply.
    TooDeep,
}

const TOO_DEEP: &str = "values are nested too deeply";

impl fmt::Display for ValuesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { name, cause } => write!(f, "failed to parse {name}: {cause}"),
            Self::NoObject(text) => write!(f, "failed parsing --set-json data JSON: {text}"),
            Self::NoJson(text) => write!(f, "failed parsing --set-json data {text}"),
            Self::Flag(flag, cause) => write!(f, "failed parsing --{flag} data: {cause}"),
            Self::TooDeep => f.write_str(TOO_DEEP),
            Self::NoTable { chart, found } => write!(f, "type mismatch on {chart}: {found}"),
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Yaml(error) => error.fmt(f),
            Self::Document(error) => write!(f, "cannot unmarshal yaml document: {error}"),
            Self::TooDeep => f.write_str(TOO_DEEP),
        }
    }
}

impl Error for ValuesError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::File { cause, .. } => Some(cause),
            Self::Flag(_, cause) => Some(cause),
            _ => None,
        }
    }
}

impl Error for FileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Yaml(error) | Self::Document(error) => Some(error),
            Self::TooDeep => None,
        }
    }
}
