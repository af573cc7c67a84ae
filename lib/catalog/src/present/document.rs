//! Documents of kind Catalog: a whole catalog in one manifest, which the post-renderer replaces by what it describes.

use homescale_fileset::FileSet;
use homescale_located::{Diagnostic, Diagnostics, Location};
use homescale_manifest::{
    FILE_NAME, Part, Piece, STREAM, assemble, document, line_count, numbered,
};
use homescale_value::{Map, Value};
use homescale_yaml::append_yaml;

use crate::evaluate::RenderOptions;
use crate::model::catalog::Catalog;
use crate::model::cluster::{Bootstrap, Cluster};
use crate::model::layout::APPS;
use crate::model::objects::Objects;
use crate::rules;

/// The API of the document.
const API_VERSION: &str = "homescale.cloud/v1alpha1";
const KIND: &str = "Catalog";

/// Replaces each document of kind Catalog in a stream by the Namespaces and Applications that it describes. Every other
/// byte passes through.
///
/// The comments before such a document, and Helm's annotation with the name of its file, go on to every object.
///
/// # Errors
/// A document of kind Catalog is malformed, or an app in it cannot be rendered: everything that is wrong.
pub fn expand_stream(stream: &[u8]) -> Result<Vec<u8>, Diagnostics> {
    let mut problems = Vec::new();
    let pieces = numbered(stream).map(|(line, part)| {
        let piece = piece(part, line).unwrap_or_else(|found| {
            let line = line + line_count(part.leading_comments());
            problems.extend(found.into_iter().map(|problem| placed(problem, line)));
            Piece::Kept
        });
        (part, piece)
    });
    let pieces = pieces.collect();
    if problems.is_empty() {
        return Ok(assemble(pieces));
    }
    Err(Diagnostics::new(problems))
}

/// What comes in place of a part of the stream.
fn piece(part: Part<'_>, line: usize) -> Result<Piece, Diagnostics> {
    match catalog_of(part, line)? {
        None => Ok(Piece::Kept),
        Some(document) => expand(&document, part).map(Piece::Documents),
    }
}

/// What no file in the document says is about the document.
fn placed(mut problem: Diagnostic, line: usize) -> Diagnostic {
    if problem.file.is_empty() {
        STREAM.clone_into(&mut problem.file);
        problem.line = line;
    }
    problem
}

/// The document when it is one of kind Catalog. What is not YAML is not ours to judge.
fn catalog_of(part: Part<'_>, line: usize) -> Result<Option<Map>, Diagnostics> {
    let marker = b"homescale.cloud/";
    if !part
        .body
        .windows(marker.len())
        .any(|window| window == marker)
    {
        return Ok(None);
    }
    let Ok(Value::Map(catalog)) = homescale_yaml::from_slice(part.body) else {
        return Ok(None);
    };
    let is = |key: &str, wanted: &str| {
        let text = catalog.get(key);
        text.is_some_and(|text| text.as_str().is_some_and(|text| *text == wanted))
    };
    if !(is("apiVersion", API_VERSION) && is("kind", KIND)) {
        return Ok(None);
    }
    // What stands after its end would be lost.
    document(part, line).map_err(|problem| Diagnostics::new(vec![*problem]))?;
    Ok(Some(catalog))
}

/// The objects that a document describes, as a stream.
fn expand(document: &Map, part: Part<'_>) -> Result<Vec<u8>, Diagnostics> {
    let spec = Spec::of(document)?;
    let catalog = Catalog::of_document(spec.files, &spec.values, spec.bootstrap)?;
    let cluster = catalog.clusters().next().map_or("", Cluster::name);
    let objects = catalog.render(cluster, &RenderOptions::default())?;
    let metadata = document.get_map("metadata").unwrap_or_default();
    let annotations = metadata.get_map("annotations").unwrap_or_default();
    print(
        &objects,
        annotations.get(FILE_NAME),
        part.leading_comments(),
    )
    .map_err(|error| problem(format!("the objects cannot be written: {error}")))
}

fn print(
    objects: &Objects,
    file_name: Option<Value>,
    comments: &[u8],
) -> Result<Vec<u8>, homescale_yaml::WriteError> {
    let mut out = Vec::new();
    for object in objects.to_values() {
        if let (Some(name), Some(object)) = (&file_name, object.as_map())
            && let Some(metadata) = object.get_map("metadata")
        {
            let annotations = metadata.get_map("annotations").unwrap_or_default();
            annotations.set(FILE_NAME, name.clone());
            metadata.set("annotations", annotations);
        }
        let mut text = String::new();
        append_yaml(&mut text, &object)?;
        out.extend_from_slice(b"---\n");
        out.extend_from_slice(comments);
        out.extend_from_slice(text.as_bytes());
    }
    Ok(out)
}

/// `spec` of a document.
struct Spec {
    /// As they are in a repository.
    files: FileSet,
    values: Value,
    bootstrap: Bootstrap,
}

impl Spec {
    fn of(document: &Map) -> Result<Self, Diagnostics> {
        let spec = section(document, "spec", "spec")?;
        let values = section(&spec, "values", "spec.values")?;
        let release = match spec.get("release") {
            None | Some(Value::Nil) => Map::new(),
            Some(_) => section(&spec, "release", "spec.release")?,
        };
        let text = |key: &str| {
            let text = release.get(key);
            let text = text.as_ref().and_then(Value::as_str);
            text.map_or_else(String::new, |text| text.to_text().into_owned())
        };
        let mut files = FileSet::new();
        for (path, content) in section(&spec, "files", "spec.files")?.to_vec() {
            let path = path.to_text().into_owned();
            let Value::Str(content) = content else {
                return Err(problem(format!(
                    "`spec.files[{path}]` must be the text of a file"
                )));
            };
            let bytes = content.as_bytes().to_vec();
            files
                .insert(format!("{APPS}/{path}"), bytes)
                .map_err(|error| problem(format!("`spec.files`: {error}")))?;
        }
        Ok(Self {
            files,
            values: Value::Map(values),
            bootstrap: Bootstrap {
                release_name: text("name"),
                release_namespace: text("namespace"),
                ..Bootstrap::default()
            },
        })
    }
}

/// The map at a key; `what` is its path for messages.
fn section(map: &Map, key: &str, what: &str) -> Result<Map, Diagnostics> {
    match map.get(key) {
        Some(Value::Map(section)) => Ok(section),
        Some(_) => Err(problem(format!("`{what}` must be a map"))),
        None => Err(problem(format!("`{what}` is missing"))),
    }
}

fn problem(message: String) -> Diagnostics {
    let message = format!("in the document of kind {KIND}: {message}");
    let problem = Diagnostic::new(&rules::CATALOG_DOCUMENT, Location::default(), message);
    Diagnostics::new(vec![problem])
}
