//! The manifests of one file of a directory (`getObjsFromYAMLOrJSON`).

use std::borrow::Cow;

use homescale_located::rule::YAML;
use homescale_located::{Diagnostic, Location};
use homescale_manifest::{has_kind, line_count, numbered, object, text_of};
use homescale_value::Value;
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

/// What a text has in it when it is meant to be a manifest.
const MARKS: [&[u8]; 3] = [b"apiVersion:", b"kind:", b"metadata:"];

/// The manifests of a file. What does not look like manifests at all has none.
///
/// # Errors
/// A document is no object, though the file looks like manifests.
pub(super) fn read(file: &ManifestFile<'_>) -> Result<Vec<Manifest>, Box<Diagnostic>> {
    let text = utf8(file.bytes);
    if file.path.ends_with(JSON) {
        return Ok(read_json(file.path, &text)?.into_iter().collect());
    }
    let mut manifests = Vec::new();
    for (line, part) in numbered(&text) {
        match object(part, line) {
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

/// The object of a file of JSON.
fn read_json(path: &str, text: &[u8]) -> Result<Option<Manifest>, Box<Diagnostic>> {
    let wrong = |line: usize, message: String| {
        let mut wrong = Box::new(Diagnostic::new(&YAML, at(line), message));
        path.clone_into(&mut wrong.file);
        wrong
    };
    let (value, end) = json::decode_first(text)
        .map_err(|error| wrong(0, format!("the file is not JSON: {error}")))?;
    let rest = text[end..].iter().find(|byte| !byte.is_ascii_whitespace());
    let is_object = value.as_map().is_some_and(has_kind);
    if !is_object && !is_oci_manifest(&value) {
        return Err(wrong(1, "an object without `kind`".to_owned()));
    }
    // So has Go's decoder it, for which these end a list or a map.
    if is_object && rest.is_some_and(|byte| !b"]}".contains(byte)) {
        let line = 1 + line_count(&text[..end]);
        let mut further = wrong(line, "a further object; a file of JSON has one".to_owned());
        further.hint = Some("put each into a file of its own, or into a `List`".to_owned());
        return Err(further);
    }
    Ok(is_object.then(|| text[..end].trim_ascii().to_vec()))
}

/// Whether a value may be the manifest of an OCI image, which Argo CD passes over: what it would be read into has these
/// fields, all of which may be missing.
fn is_oci_manifest(value: &Value) -> bool {
    let Some(map) = value.as_map() else {
        return value.is_nil();
    };
    let is = |key: &str, is_right: fn(&Value) -> bool| {
        let field = map.get(key);
        field.is_none_or(|value| value.is_nil() || is_right(&value))
    };
    let is_text = |value: &Value| value.as_str().is_some();
    let is_map = |value: &Value| value.as_map().is_some();
    is("mediaType", is_text)
        && is("artifactType", is_text)
        && is("schemaVersion", |value| {
            value.as_f64().is_some_and(|it| it.fract() == 0.0)
        })
        && is("config", is_map)
        && is("subject", is_map)
        && is("annotations", is_map)
        && is("layers", |value| value.as_list().is_some())
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
