//! [`PluginError`]: why a plugin did not post-render.

use std::error::Error;
use std::fmt;
use std::path::PathBuf;

use homescale_go::strconv::quote;

/// The type of a plugin that post-renders.
pub(super) const TYPE: &str = "postrenderer/v1";

/// Why a plugin did not post-render, in Helm's words where Helm has some.
#[derive(Debug)]
#[non_exhaustive]
pub enum PluginError {
    /// There is no post-renderer of this name.
    NotFound(String),
    /// Two plugins of a directory have one name.
    TwoOfOneName {
        /// The name.
        name: String,
        /// Where the first is.
        first: PathBuf,
        /// Where the second is.
        second: PathBuf,
    },
    /// It could not be run to its end.
    NotInvoked {
        /// The name of the plugin.
        name: String,
        /// Why not.
        cause: InvokeError,
    },
    /// It printed what is no manifests.
    Output {
        /// The name of the plugin.
        name: String,
        /// What is wrong with what it printed.
        problem: OutputError,
    },
}

/// Why a plugin could not be run to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum InvokeError {
    /// It has no command for this machine.
    NoCommand,
    /// Its command cannot be started.
    Start(Box<dyn Error + Send + Sync>),
    /// It said that it failed.
    Exit,
}

/// Why what a plugin printed is no manifests.
#[derive(Debug)]
#[non_exhaustive]
pub enum OutputError {
    /// There is nothing.
    Empty,
    /// It is not YAML.
    NotYaml(homescale_yaml::Error),
    /// A document is a string: what the plugin has to say.
    Text(String),
    /// A document is something else that is no map.
    NoMap,
}

impl fmt::Display for PluginError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(name) => write!(f, "plugin: {{Name:{name} Type:{TYPE}}} not found"),
            Self::TwoOfOneName {
                name,
                first,
                second,
            } => {
                let paths = [first, second];
                let [first, second] = paths.map(|path| quote(path.to_string_lossy().as_ref()));
                let name = quote(name);
                write!(
                    f,
                    "two plugins claim the name {name} at {first} and {second}"
                )
            }
            Self::NotInvoked { name, cause } => {
                let name = quote(name);
                write!(f, "failed to invoke post-renderer plugin {name}: ")?;
                match cause {
                    InvokeError::Exit => write!(f, "plugin {name} exited with error"),
                    cause => cause.fmt(f),
                }
            }
            Self::Output { name, problem } => {
                write!(f, "post-renderer {} {problem}", quote(name))
            }
        }
    }
}

impl fmt::Display for InvokeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCommand => {
                f.write_str("failed to prepare plugin command: no plugin command is applicable")
            }
            Self::Start(cause) => cause.fmt(f),
            Self::Exit => f.write_str("exited with error"),
        }
    }
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("produced empty output"),
            Self::NotYaml(error) => write!(f, "printed what is not YAML: {}", error.problem()),
            Self::Text(text) => write!(f, "printed no manifests:\n{}", text.trim_end()),
            Self::NoMap => f.write_str("printed a document that is not a map"),
        }
    }
}

impl Error for PluginError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotInvoked { cause, .. } => Some(cause),
            Self::Output { problem, .. } => Some(problem),
            _ => None,
        }
    }
}

impl Error for InvokeError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Start(cause) => Some(cause.as_ref()),
            _ => None,
        }
    }
}

impl Error for OutputError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NotYaml(error) => Some(error),
            _ => None,
        }
    }
}
