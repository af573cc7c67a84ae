//! [`KubeconfigError`]: why Helm cannot work with a kubeconfig.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use homescale_go::base64::CorruptInputError;
use homescale_go::os::error_text;
use homescale_go::strconv::quote;

/// Why Helm cannot work with a kubeconfig, in the words of client-go.
#[derive(Debug)]
#[non_exhaustive]
pub enum KubeconfigError {
    /// The file of `--kubeconfig` is not there.
    Missing(PathBuf),
    /// The system refuses to say whether the file of the user is there.
    User(PathBuf, io::Error),
    /// Files cannot be read, each for a reason.
    Files(Vec<(PathBuf, KubeconfigFileError)>),
    /// There is no context of the name that was asked for.
    NoContext(String),
    /// What the current context names cannot be used.
    Unusable(Vec<ContextProblem>),
}

/// Why a file is no kubeconfig.
#[derive(Debug)]
#[non_exhaustive]
pub enum KubeconfigFileError {
    /// It cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: io::Error,
    },
    /// It is not YAML.
    Yaml(homescale_yaml::Error),
    /// Its version and kind cannot be found out, for Go's reason.
    NoVersion(String),
    /// `apiVersion` is malformed.
    Version(String),
    /// It is of another version or kind.
    Kind {
        /// The kind.
        kind: String,
        /// The version.
        version: String,
        /// The line of Kubernetes' code that the list of known kinds is named after.
        line: u32,
    },
    /// A value has a wrong type, in Go's words.
    Type(String),
    /// A text should be base64.
    Base64(CorruptInputError),
    /// Two items of a list have one name.
    Duplicate {
        /// The list, in Go's words: `*[]NamedContext into *map[string]*api.Context`.
        list: &'static str,
        /// The name.
        name: String,
    },
}

/// What makes a context unusable.
#[derive(Debug)]
#[non_exhaustive]
pub enum ContextProblem {
    /// There is no context of this name.
    NoContext(String),
    /// A file of a user or cluster cannot be read.
    Unreadable {
        /// What it is: `client-key`.
        what: &'static str,
        /// The file.
        path: String,
        /// Whose it is.
        owner: String,
        /// Why not.
        cause: io::Error,
    },
    /// Anything else, in the words of client-go.
    Invalid(String),
}

impl KubeconfigFileError {
    pub(super) fn read(path: &Path, cause: io::Error) -> Self {
        let path = path.to_owned();
        Self::Read { path, cause }
    }
}

/// Several errors as Kubernetes lists them, each once.
fn list(f: &mut fmt::Formatter<'_>, errors: impl Iterator<Item = String>) -> fmt::Result {
    let mut texts: Vec<String> = Vec::new();
    for text in errors {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    match texts.as_slice() {
        [text] => f.write_str(text),
        texts => write!(f, "[{}]", texts.join(", ")),
    }
}

/// What Go does when it opens or reads a file that cannot be.
fn reading(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::IsADirectory => "read",
        _ => "open",
    }
}

impl fmt::Display for KubeconfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => {
                write!(f, "stat {}: no such file or directory", path.display())
            }
            Self::User(path, error) => {
                write!(f, "stat {}: {}", path.display(), error_text(error))
            }
            Self::Files(files) => list(
                f,
                files.iter().map(|(path, error)| {
                    let path = path.display();
                    format!("error loading config file \"{path}\": {error}")
                }),
            ),
            Self::NoContext(name) => write!(f, "context {} does not exist", quote(name)),
            Self::Unusable(problems) => {
                f.write_str("invalid configuration: ")?;
                list(f, problems.iter().map(ContextProblem::to_string))
            }
        }
    }
}

impl fmt::Display for KubeconfigFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, cause } => {
                let (doing, path) = (reading(cause), path.display());
                write!(f, "{doing} {path}: {}", error_text(cause))
            }
            Self::Yaml(error) => f.write_str(&error.message()),
            Self::NoVersion(problem) => {
                write!(f, "couldn't get version/kind; json parse error: {problem}")
            }
            Self::Version(version) => write!(f, "unexpected GroupVersion string: {version}"),
            Self::Kind {
                kind,
                version,
                line,
            } => {
                let (kind, version) = (quote(kind), quote(version));
                let scheme = quote(format!("pkg/runtime/scheme.go:{line}"));
                write!(
                    f,
                    "no kind {kind} is registered for version {version} in scheme {scheme}"
                )
            }
            Self::Type(mismatch) => write!(f, "json: cannot unmarshal {mismatch}"),
            Self::Base64(error) => error.fmt(f),
            Self::Duplicate { list, name } => write!(
                f,
                "error converting {list}: duplicate name \"{name}\" in list"
            ),
        }
    }
}

impl fmt::Display for ContextProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoContext(name) => {
                write!(f, "context was not found for specified context: {name}")
            }
            Self::Unreadable {
                what,
                path,
                owner,
                cause,
            } => write!(
                f,
                "unable to read {what} {path} for {owner} due to open {path}: {}",
                error_text(cause)
            ),
            Self::Invalid(text) => f.write_str(text),
        }
    }
}

impl Error for KubeconfigError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::User(_, error) => Some(error),
            Self::Files(files) => files.first().map(|(_, error)| error as _),
            Self::Unusable(problems) => problems.first().map(|problem| problem as _),
            Self::Missing(_) | Self::NoContext(_) => None,
        }
    }
}

impl Error for KubeconfigFileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { cause, .. } => Some(cause),
            Self::Yaml(error) => Some(error),
            _ => None,
        }
    }
}

impl Error for ContextProblem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
