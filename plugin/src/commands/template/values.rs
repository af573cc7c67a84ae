//! The values of the command line: files and flags.

use std::error::Error;
use std::fmt;
use std::io;

use homescale::SystemError;
use homescale_chart::{HelmVersion, ValueSource, merge_values, set_file_paths};
use homescale_fileset::ReadError;
use homescale_go::os::error_text;
use homescale_value::Str;

use super::flags::Flags;
use crate::failure::Failure;
use crate::terminal;

/// What a value is not read from.
const REMOTE: &[&str] = &["http", "https", "oci"];

/// The values of the command line, in Helm's order: whatever the order of the flags, a file is weaker than `--set-json`,
/// and that than `--set`.
pub(super) fn sources(flags: &Flags, helm: HelmVersion) -> Result<Vec<ValueSource>, Failure> {
    let mut sources = Vec::new();
    for name in &flags.values {
        let text = match read(name) {
            Ok(text) => Str::from(text),
            Err(error) => {
                // Helm parses each file before it reads the next: what is wrong with those before comes first.
                merge_values(&sources, helm)?;
                return Err(Failure::input(error));
            }
        };
        let name = name.clone();
        sources.push(ValueSource::File { name, text });
    }
    sources.extend(flags.set_json.iter().cloned().map(ValueSource::SetJson));
    sources.extend(flags.set.iter().cloned().map(ValueSource::Set));
    sources.extend(flags.set_string.iter().cloned().map(ValueSource::SetString));
    for text in &flags.set_file {
        let paths = set_file_paths(text, helm).into_iter();
        let contents = paths.map(|path| {
            let text = read(&path).map(Str::from);
            let text = text.map_err(|error| ReadError::new(error.to_string()));
            (path, text)
        });
        sources.push(ValueSource::SetFile {
            contents: contents.collect(),
            text: text.clone(),
        });
    }
    let literals = flags.set_literal.iter().cloned();
    sources.extend(literals.map(ValueSource::SetLiteral));
    Ok(sources)
}

/// Why a file of values cannot be read, in Helm's words where it has some.
#[derive(Debug)]
enum Unread {
    /// Standard input.
    Input(io::Error),
    /// A file.
    File(SystemError),
    /// It would come from the network.
    Remote(String),
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => write!(f, "read /dev/stdin: {}", error_text(error)),
            Self::File(error) => error.fmt(f),
            Self::Remote(path) => write!(
                f,
                "{path}: values are read from the disk only, not from the network"
            ),
        }
    }
}

impl Error for Unread {}

/// A file, or standard input.
fn read(path: &str) -> Result<Vec<u8>, Unread> {
    if path.trim() == "-" {
        return terminal::read_input().map_err(Unread::Input);
    }
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| REMOTE.iter().any(|it| it.eq_ignore_ascii_case(scheme))) {
        return Err(Unread::Remote(path.to_owned()));
    }
    std::fs::read(path).map_err(|error| Unread::File(SystemError::reading(path, error)))
}
