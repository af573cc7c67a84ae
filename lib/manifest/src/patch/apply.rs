//! Applies patches to a stream of manifests.

use std::error::Error;

use homescale_located::rule::YAML;
use homescale_located::{Diagnostic, Diagnostics, Location};
use homescale_value::{List, Map, Value};
use homescale_yaml::json;
use serde_json::Value as Json;

use crate::object::ObjectId;
use crate::patch::change::{Change, Patch};
use crate::rule::PATCH;
use crate::stream::{FILE_NAME, Part, STREAM, line_count, numbered};

/// Applies patches, in order, to the manifests of a stream.
///
/// A document that no patch fits keeps every byte. One that is changed is written anew, as Helm's `toYaml` writes; the
/// comments before it and the line `---` stay. The items of a `List` are manifests of their own. Patches do not see the
/// annotation by which Helm 4 knows the file of a document, and cannot lose it.
///
/// # Errors
/// A document is not YAML, a patch fits no manifest and is not `optional`, or a patch fails on a manifest: everything that
/// is wrong.
pub fn patch_manifests(stream: &[u8], patches: &[Patch]) -> Result<Vec<u8>, Diagnostics> {
    if patches.is_empty() {
        return Ok(stream.to_vec());
    }
    let mut run = Run {
        patches,
        hits: vec![0; patches.len()],
        problems: Vec::new(),
    };
    let mut out = Vec::with_capacity(stream.len());
    for (line, part) in numbered(stream) {
        run.part(part, line, &mut out);
    }
    run.finish()?;
    Ok(out)
}

struct Run<'p> {
    patches: &'p [Patch],
    /// How many manifests each patch fitted.
    hits: Vec<usize>,
    problems: Vec<Diagnostic>,
}

impl Run<'_> {
    fn part(&mut self, part: Part<'_>, line: usize, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(part.separator);
        out.extend_from_slice(part.body);
        let value = match homescale_yaml::from_slice(part.body) {
            Ok(value) => value,
            Err(error) => {
                let message = format!("the manifests are not YAML: {}", error.problem());
                // The parser has seen the comments, too.
                let start = line - line_count(part.leading_comments());
                let place = Location {
                    file: STREAM.to_owned(),
                    line: start + error.line().map_or(0, |line| line - 1),
                    column: error.column().unwrap_or(0),
                };
                self.problems.push(Diagnostic::new(&YAML, place, message));
                return;
            }
        };
        let Some(patched) = self.document(&value) else {
            return;
        };
        match homescale_yaml::to_yaml(&patched) {
            Ok(text) => {
                out.truncate(start);
                out.extend_from_slice(part.separator);
                out.extend_from_slice(part.leading_comments());
                out.extend_from_slice(text.as_bytes());
            }
            Err(error) => {
                let message = format!(
                    "the patched {} cannot be written: {error}",
                    ObjectId::of(&value)
                );
                self.problems
                    .push(Diagnostic::new(&PATCH, Location::default(), message));
            }
        }
    }

    /// The document after the patches that fit, if any does.
    fn document(&mut self, value: &Value) -> Option<Value> {
        let manifest = value.as_map()?;
        let is_list = manifest
            .get("kind")
            .is_some_and(|kind| kind.as_str().is_some_and(|kind| kind.ends_with(b"List")));
        let items = manifest.get("items").filter(|_| is_list);
        let Some(Value::List(items)) = items else {
            return self.manifest(value);
        };
        let patched: Vec<Option<Value>> = items
            .items()
            .iter()
            .map(|item| self.manifest(item))
            .collect();
        if patched.iter().all(Option::is_none) {
            return None;
        }
        let items = items.items();
        let items = items
            .iter()
            .zip(patched)
            .map(|(old, new)| new.unwrap_or_else(|| old.clone()));
        let list: Map = manifest.to_vec().into_iter().collect();
        list.set("items", items.collect::<List>());
        Some(Value::Map(list))
    }

    fn manifest(&mut self, value: &Value) -> Option<Value> {
        let mut current: Option<Value> = None;
        for (index, patch) in self.patches.iter().enumerate() {
            let manifest = current.as_ref().unwrap_or(value);
            if !patch.target.fits(manifest) {
                continue;
            }
            self.hits[index] += 1;
            match patched(manifest, patch) {
                Ok(new) => current = Some(new),
                Err(problem) => {
                    let message =
                        format!("the patch fails on {}: {problem}", ObjectId::of(manifest));
                    self.problems.push(problem_of(patch, message));
                }
            }
        }
        current
    }

    fn finish(mut self) -> Result<(), Diagnostics> {
        for (patch, hits) in self.patches.iter().zip(&self.hits) {
            if *hits == 0 && !patch.optional {
                let message = format!("the patch fits no manifest; its target is {}", patch.target);
                let mut problem = problem_of(patch, message);
                problem.hint = Some("correct the target, or add `optional: true`".to_owned());
                self.problems.push(problem);
            }
        }
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(Diagnostics::new(self.problems))
    }
}

fn problem_of(patch: &Patch, message: String) -> Diagnostic {
    let location = patch.location.clone().unwrap_or_default();
    Diagnostic::new(&PATCH, location, message)
}

/// The manifest after a patch. Numbers and texts pass through JSON, as they do in `toYaml`.
fn patched(manifest: &Value, patch: &Patch) -> Result<Value, Box<dyn Error>> {
    let text = json::encode_raw(manifest)?;
    let mut document: Json = serde_json::from_str(&text)?;
    let file_name = take_file_name(&mut document);
    match &patch.change {
        Change::Merge(change) => json_patch::merge(&mut document, change),
        Change::Json(operations) => {
            json_patch::patch(&mut document, operations)?;
        }
    }
    if let Some(name) = file_name {
        put_file_name(&mut document, name);
    }
    Ok(json::decode(document.to_string().as_bytes())?)
}

/// Takes Helm's annotation off a manifest, and with it the annotations when there are no others: a patch finds what it finds
/// under a Helm that has put none there.
fn take_file_name(manifest: &mut Json) -> Option<Json> {
    let metadata = manifest.get_mut("metadata")?.as_object_mut()?;
    let annotations = metadata.get_mut("annotations")?.as_object_mut()?;
    let name = annotations.shift_remove(FILE_NAME)?;
    if annotations.is_empty() {
        metadata.shift_remove("annotations");
    }
    Some(name)
}

/// Puts Helm's annotation back, as far as the patch has left a place for it.
fn put_file_name(manifest: &mut Json, name: Json) {
    let Some(manifest) = manifest.as_object_mut() else {
        return;
    };
    let empty = || Json::Object(serde_json::Map::new());
    let metadata = manifest.entry("metadata").or_insert_with(empty);
    let Some(metadata) = metadata.as_object_mut() else {
        return;
    };
    let annotations = metadata.entry("annotations").or_insert_with(empty);
    if annotations.is_null() {
        *annotations = empty();
    }
    if let Some(annotations) = annotations.as_object_mut() {
        annotations.insert(FILE_NAME.to_owned(), name);
    }
}
