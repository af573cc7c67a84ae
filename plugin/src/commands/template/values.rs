//! The values of the command line: files and flags.

use std::io;

use homescale_chart::{HelmVersion, ValueSource, set_file_paths};
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
        let text = Str::from(read(name).map_err(Failure::Input)?);
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

/// A file, or standard input.
fn read(path: &str) -> Result<Vec<u8>, String> {
    if path.trim() == "-" {
        let read = terminal::read_input();
        return read.map_err(|error| format!("read /dev/stdin: {}", error_text(&error)));
    }
    let scheme = path.split_once(':').map(|(scheme, _)| scheme);
    if scheme.is_some_and(|scheme| REMOTE.iter().any(|it| it.eq_ignore_ascii_case(scheme))) {
        return Err(format!(
            "{path}: values are read from the disk only, not from the network"
        ));
    }
    std::fs::read(path).map_err(|error| {
        // A directory opens like a file.
        let doing = match error.kind() {
            io::ErrorKind::IsADirectory => "read",
            _ => "open",
        };
        format!("{doing} {path}: {}", error_text(&error))
    })
}
