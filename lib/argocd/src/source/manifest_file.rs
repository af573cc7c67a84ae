//! The manifests of one file of a directory (`getObjsFromYAMLOrJSON`).

use std::borrow::Cow;

use homescale_located::rule::YAML;
use homescale_located::{Diagnostic, Location};
use homescale_manifest::{Part, has_kind, line_count, numbered, object, text_of};
use homescale_yaml::json;
use memchr::memmem;

/// A file of a directory.
pub(super) struct ManifestFile<'f> {
    /// Its path from the root of the repository.
    pub(super) path: &'f str,
    /// What is in it.
    pub(super) bytes: &'f [u8],
}

/// The text of a manifest: one document, with the comments before it.
pub(super) type Manifest = Vec<u8>;

/// How the name of a file of JSON ends.
const JSON: &str = ".json";

/// What separates documents.
const MARK: &[u8] = b"---";

/// What a text has in it when it is meant to be a manifest.
const MARKS: [&[u8]; 3] = [b"apiVersion:", b"kind:", b"metadata:"];

/// The manifests of a file. What does not look like manifests at all has none.
///
/// # Errors
/// A document is no object, though the file looks like manifests.
pub(super) fn read(file: &ManifestFile<'_>) -> Result<Vec<Manifest>, Box<Diagnostic>> {
    let text = utf8(file.bytes);
    if file.path.ends_with(JSON) {
        return Ok(vec![read_json(file.path, &text)?]);
    }
    let mut manifests = Vec::new();
    let mut parts = numbered(&text).peekable();
    while let Some((line, part)) = parts.next() {
        // What stands before a line that is refused is never decoded.
        let next = parts.peek().filter(|(_, next)| next.body.starts_with(MARK));
        let refused = next.map(|(line, _)| *line).or_else(|| refused(part, line));
        let read = match refused {
            Some(line) => Err(not_a_separator(line)),
            None => object(part, line),
        };
        match read {
            Ok(None) => {}
            Ok(Some(object)) => manifests.push(text_of(part, &object)),
            Err(mut diagnostic) => {
                let is_meant = || MARKS.iter().all(|mark| memmem::find(&text, mark).is_some());
                if manifests.is_empty() && !is_meant() {
                    return Ok(Vec::new());
                }
                file.path.clone_into(&mut diagnostic.file);
                return Err(diagnostic);
            }
        }
    }
    Ok(manifests)
}

/// The line of a part, the body of which begins on `line`, that Kubernetes refuses: one that begins with three dashes and goes
/// on, or a directive.
fn refused(part: Part<'_>, line: usize) -> Option<usize> {
    if part.separator.starts_with(b"%") {
        return Some(line - line_count(part.separator));
    }
    let goes_on = |text: &[u8]| {
        let rest = text.strip_prefix(MARK).map(<[u8]>::trim_ascii);
        rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with(b"#"))
    };
    let mut lines = part.body.split(|&byte| byte == b'\n');
    lines.position(goes_on).map(|index| line + index)
}

fn not_a_separator(line: usize) -> Box<Diagnostic> {
    let message = "a separator of documents that Kubernetes does not know";
    let mut refused = Diagnostic::new(&YAML, at(line), message);
    refused.hint = Some("write `---` on a line of its own, and no directives".to_owned());
    Box::new(refused)
}

/// The object of a file of JSON.
fn read_json(path: &str, text: &[u8]) -> Result<Manifest, Box<Diagnostic>> {
    let wrong = |line: usize, message: String| {
        let mut wrong = Box::new(Diagnostic::new(&YAML, at(line), message));
        path.clone_into(&mut wrong.file);
        wrong
    };
    let (value, end) = json::decode_first(text)
        .map_err(|error| wrong(0, format!("the file is not JSON: {error}")))?;
    let rest = text[end..].iter().find(|byte| !byte.is_ascii_whitespace());
    // The repo-server passes on what an OCI image's manifest could be, and then the controller fails on it.
    if !value.as_map().is_some_and(has_kind) {
        return Err(wrong(1, "an object without `kind`".to_owned()));
    }
    // So has Go's decoder it, for which these end a list or a map.
    if rest.is_some_and(|byte| !b"]}".contains(byte)) {
        let line = 1 + line_count(&text[..end]);
        let mut further = wrong(line, "a further object; a file of JSON has one".to_owned());
        further.hint = Some("put each into a file of its own, or into a `List`".to_owned());
        return Err(further);
    }
    Ok(text[..end].trim_ascii().to_vec())
}

/// A text as UTF-8: without a mark of byte order, or from UTF-16 where the mark says so.
fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let text: String = char::decode_utf16(units)
            .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        Cow::Owned(text.into_bytes())
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Cow::Borrowed(rest),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        _ => Cow::Borrowed(bytes),
    }
}

/// Appends manifests to a stream, each with the path of its file, as Helm does it.
pub(super) fn append(stream: &mut Vec<u8>, path: &str, manifests: &[Manifest]) {
    for manifest in manifests {
        stream.extend_from_slice(b"---\n");
        // In JSON, there are no comments.
        if !manifest.trim_ascii_start().starts_with(b"{") {
            let path = homescale_fileset::printable(path);
            stream.extend_from_slice(format!("# Source: {path}\n").as_bytes());
        }
        stream.extend_from_slice(manifest);
        if !manifest.ends_with(b"\n") {
            stream.push(b'\n');
        }
    }
}

fn at(line: usize) -> Location {
    Location {
        file: String::new(),
        line,
        column: 0,
    }
}
