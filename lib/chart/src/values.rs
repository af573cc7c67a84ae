//! The values of the user: files and flags in, one map out.

use homescale_fileset::ReadError;
use homescale_value::{Data, Map, Str, Value};
use homescale_yaml::map_from_slice;
use memchr::memmem;

use crate::error::{Error, ErrorKind};
use crate::helm_version::HelmVersion;
use crate::set::{self, SetError};
use crate::values_error::{FileError, ValuesError};

/// What a user can say about values. Helm applies them by kind, in the order of the variants here, whatever their order
/// on the command line; within a kind, in the order given.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueSource {
    /// `-f`: a file.
    File {
        /// As the user wrote the path, for messages.
        name: String,
        /// The contents.
        text: Str,
    },
    /// `--set-json`.
    SetJson(String),
    /// `--set`.
    Set(String),
    /// `--set-string`.
    SetString(String),
    /// `--set-file`.
    SetFile {
        /// The text of the flag, with paths as values.
        text: String,
        /// What each path holds: the contents, or why they could not be read.
        contents: Vec<(String, Result<Str, ReadError>)>,
    },
    /// `--set-literal`.
    SetLiteral(String),
    /// Values that are already a map, applied like a file.
    Map(Plain),
}

/// Plain data: what a YAML file can hold, to be used by several threads and renders.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plain(pub(crate) Data);

impl Plain {
    /// Takes plain data out of a value. Objects and functions in it become nil.
    ///
    /// # Errors
    /// It is nested too deeply.
    pub fn from_value(value: &Value) -> Result<Self, Error> {
        match Data::from_value(value) {
            Ok(data) => Ok(Self(data)),
            Err(_) => Err(failed(ValuesError::TooDeep)),
        }
    }

    /// A new value of this data.
    pub fn to_value(&self) -> Value {
        self.0.to_value()
    }
}

/// How much of a flag a message shows, in characters.
const MAX_SHOWN: usize = 60;

impl ValueSource {
    /// The place of the kind in Helm's order.
    fn rank(&self) -> usize {
        match self {
            Self::File { .. } | Self::Map(_) => 0,
            Self::SetJson(_) => 1,
            Self::Set(_) => 2,
            Self::SetString(_) => 3,
            Self::SetFile { .. } => 4,
            Self::SetLiteral(_) => 5,
        }
    }

    /// What it alone gives, what to call it, and the text of the file if it is one.
    pub(crate) fn alone(&self, helm: HelmVersion) -> (Map, String, &[u8]) {
        let flag = |flag: &str, text: &str| {
            let start: String = text.chars().take(MAX_SHOWN).collect();
            let rest = if start.len() < text.len() { "…" } else { "" };
            (format!("--{flag} {start}{rest}"), &b""[..])
        };
        let (name, text) = match self {
            Self::File { name, text } => (name.clone(), text.as_bytes()),
            Self::Map(_) => ("a map of values".to_owned(), &b""[..]),
            Self::SetJson(text) => flag("set-json", text),
            Self::Set(text) => flag("set", text),
            Self::SetString(text) => flag("set-string", text),
            Self::SetFile { text, .. } => flag("set-file", text),
            Self::SetLiteral(text) => flag("set-literal", text),
        };
        let values = self.apply(Map::new(), helm);
        (values.unwrap_or_default(), name, text)
    }

    fn apply(&self, values: Map, helm: HelmVersion) -> Result<Map, ValuesError> {
        let of = |flag: &'static str| move |error| ValuesError::Flag(flag, error);
        match self {
            Self::File { name, text } => {
                let file = file(text, helm).map_err(|cause| ValuesError::File {
                    name: name.clone(),
                    cause,
                })?;
                return Ok(overlaid(&values, &file));
            }
            Self::Map(plain) => return Ok(overlaid(&values, &plain.0.to_map())),
            Self::SetJson(text) => {
                let trimmed = text.trim();
                if trimmed.starts_with('{') && helm.row().major.set_json_takes_objects {
                    let map = homescale_yaml::json::decode_map(trimmed.as_bytes())
                        .map_err(|_| ValuesError::NoObject(text.clone()))?;
                    return Ok(overlaid(&values, &map));
                }
                set::json(text, &values, helm).map_err(|_| ValuesError::NoJson(text.clone()))?;
            }
            Self::Set(text) => set::typed(text, &values, helm).map_err(of("set"))?,
            Self::SetString(text) => {
                set::strings(text, &values, helm).map_err(of("set-string"))?;
            }
            Self::SetFile { text, contents } => {
                let read = |path: &str| {
                    let found = contents.iter().find(|(known, _)| known == path);
                    let missing = || format!("open {path}: no such file or directory");
                    match found {
                        Some((_, Ok(text))) => Ok(Value::Str(text.clone())),
                        Some((_, Err(error))) => Err(SetError::File(error.clone())),
                        None => Err(SetError::File(ReadError::new(missing()))),
                    }
                };
                set::files(text, &values, helm, read).map_err(of("set-file"))?;
            }
            Self::SetLiteral(text) => {
                set::literal(text, &values, helm).map_err(of("set-literal"))?;
            }
        }
        Ok(values)
    }
}

/// The paths that the text of a `--set-file` names, in order: what has to be read before it can be applied.
pub fn set_file_paths(text: &str, helm: HelmVersion) -> Vec<String> {
    let mut paths = Vec::new();
    let read = |path: &str| {
        paths.push(path.to_owned());
        Ok(Value::Nil)
    };
    // A text that cannot be read is reported when it is applied.
    let _ = set::files(text, &Map::new(), helm, read);
    paths
}

/// The values that the sources give together, without those of any chart.
///
/// # Errors
/// Helm's text: a source cannot be read.
pub fn merge_values(sources: &[ValueSource], helm: HelmVersion) -> Result<Value, Error> {
    of_user(sources, helm).map(Value::Map)
}

/// All that the user says, merged in Helm's order.
pub(crate) fn of_user(sources: &[ValueSource], helm: HelmVersion) -> Result<Map, Error> {
    let mut ordered: Vec<&ValueSource> = sources.iter().collect();
    ordered.sort_by_key(|source| source.rank());
    let mut values = Map::new();
    for source in ordered {
        values = source.apply(values, helm).map_err(failed)?;
    }
    match Data::from_value(&Value::Map(values.clone())) {
        Ok(_) => Ok(values),
        Err(_) => Err(failed(ValuesError::TooDeep)),
    }
}

fn failed(error: ValuesError) -> Error {
    Error::new(ErrorKind::Values, "").because(error)
}

/// The values of a chart's values.yaml.
pub(crate) fn defaults(text: &[u8], helm: HelmVersion) -> Result<Data, FileError> {
    let map = file(text, helm)?;
    Data::from_value(&Value::Map(map)).map_err(|_| FileError::TooDeep)
}

/// The values in a file.
fn file(text: &[u8], helm: HelmVersion) -> Result<Map, FileError> {
    if !helm.row().major.values_have_documents {
        return map_from_slice(text).map_err(FileError::Yaml);
    }
    let read = |text: &[u8]| map_from_slice(text).map_err(FileError::Document);
    if is_one_document(text) {
        return read(text);
    }
    let mut values = Map::new();
    for text in documents(text, helm) {
        values = overlaid(&values, &read(&text)?);
    }
    Ok(values)
}

/// Whether the file needs no splitting: it ends as a line does, no line starts with `---`, and there is no carriage return.
fn is_one_document(text: &[u8]) -> bool {
    text.ends_with(b"\n")
        && !text.starts_with(b"---")
        && memmem::find(text, b"\n---").is_none()
        && memchr::memchr(b'\r', text).is_none()
}

/// Splits a file at lines of `---`, which may be followed by white space or a comment.
fn documents(text: &[u8], helm: HelmVersion) -> Vec<Vec<u8>> {
    let mut documents = Vec::new();
    let mut current = Vec::new();
    let mut lines = text.split(|&b| b == b'\n').peekable();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        if is_last
            && (line.is_empty() || (helm.row().loses_full_last_line && line.len() % 4096 == 0))
        {
            break;
        }
        // The line reader takes a carriage return for a part of the line's end, but not at the end of the file.
        let line = match line.strip_suffix(b"\r") {
            Some(line) if !is_last => line,
            _ => line,
        };
        if line.strip_prefix(b"---").is_some_and(ends_document) && !current.is_empty() {
            documents.push(std::mem::take(&mut current));
            continue;
        }
        current.extend_from_slice(line);
        current.push(b'\n');
    }
    if !current.is_empty() {
        documents.push(current);
    }
    documents
}

fn ends_document(after_dashes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(after_dashes);
    let text = text.trim();
    text.is_empty() || text.starts_with('#')
}

/// A map with the pairs of both; where both have a map, that is merged likewise, and otherwise the upper one counts.
fn overlaid(lower: &Map, upper: &Map) -> Map {
    let merged: Map = lower.to_vec().into_iter().collect();
    for (key, value) in upper.to_vec() {
        let value = match (&value, merged.get_map(&key)) {
            (Value::Map(upper), Some(lower)) => Value::Map(overlaid(&lower, upper)),
            _ => value,
        };
        merged.set(key, value);
    }
    merged
}
