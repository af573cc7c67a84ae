//! [`objects`]: the objects of a stream, as Argo CD takes them out of what a tool prints (`SplitYAML` of its gitops-engine;
//! `reposerver/repository/repository.go`, `GenerateManifests`).

use homescale_located::rule::YAML;
use homescale_located::{Diagnostic, Location};
use homescale_value::{Map, Value};
use homescale_yaml::to_yaml;

use crate::document::document;
use crate::object::ObjectId;
use crate::part::{Part, line_count};
use crate::stream::{STREAM, numbered};

/// An object of a stream.
#[derive(Clone, Debug)]
pub struct Object {
    /// Which object it is.
    pub id: ObjectId,
    /// The object. Numbers keep their text.
    pub value: Value,
    /// Its text: every byte of its document where it has one to itself, comments before it included; of an item of a list, as
    /// Helm's `toYaml` writes it.
    pub text: Vec<u8>,
}

/// The objects of a stream, in order. Documents without anything make none. What has a list `items` is one of objects, one level
/// deep, whatever its kind is.
///
/// ```
/// use homescale_manifest::objects;
///
/// let stream = b"# c\nkind: A\n---\n~\n---\nkind: List\nitems: [{kind: B}, {kind: C}]\n";
/// let objects = objects(stream)?;
/// let kinds: Vec<_> = objects.iter().map(|object| object.id.kind.as_str()).collect();
/// assert_eq!(kinds, ["A", "B", "C"]);
/// assert_eq!(objects[0].text, b"# c\nkind: A\n");
/// assert_eq!(objects[2].text, b"kind: C\n");
/// # Ok::<(), Box<homescale_located::Diagnostic>>(())
/// ```
///
/// # Errors
/// A document is not YAML, is no object, or has no kind; or an item of a list is no object.
pub fn objects(stream: &[u8]) -> Result<Vec<Object>, Box<Diagnostic>> {
    let mut objects = Vec::new();
    for (line, part) in numbered(stream) {
        let value = object(part, line)?;
        match value.as_ref().map(Content::of) {
            None | Some(Content::Nothing) => {}
            Some(Content::One) => {
                let value = value.unwrap_or_default();
                objects.push(Object {
                    id: ObjectId::of(&value),
                    text: text_of(part, &value),
                    value,
                });
            }
            Some(Content::Items(items)) => {
                for item in items {
                    if item.as_map().is_none() {
                        return Err(wrong(part, line, "an item of a list that is no object"));
                    }
                    objects.push(Object {
                        id: ObjectId::of(&item),
                        text: encoded(&item),
                        value: item,
                    });
                }
            }
        }
    }
    Ok(objects)
}

/// Whether Argo CD finds an object in a stream: nulls, comments and lists without items are none. What is not YAML, it may
/// judge itself.
///
/// ```
/// use homescale_manifest::has_objects;
///
/// assert!(has_objects(b"# nothing\n---\nkind: Pod\n"));
/// assert!(!has_objects(b"# nothing\n---\n~\n---\nkind: List\nitems: []\n"));
/// ```
pub fn has_objects(stream: &[u8]) -> bool {
    let is_object = |value: Value| match Content::of(&value) {
        Content::Nothing => false,
        Content::One => !value.is_nil(),
        Content::Items(items) => !items.is_empty(),
    };
    numbered(stream).any(|(line, part)| document(part, line).map_or(true, is_object))
}

/// The object of a part of a stream, whose body begins on this line; `None` where there is nothing. It is not taken apart when it
/// is a list.
///
/// # Errors
/// As [`objects`].
pub fn object(part: Part<'_>, line: usize) -> Result<Option<Value>, Box<Diagnostic>> {
    let value = document(part, line)?;
    if value.is_nil() {
        return Ok(None);
    }
    match value.as_map() {
        None => Err(wrong(part, line, "a document that is no object")),
        Some(map) if !has_kind(map) => Err(wrong(part, line, "an object without `kind`")),
        Some(_) => Ok(Some(value)),
    }
}

/// Whether Kubernetes finds the kind of an object. It does not where the version is malformed.
pub fn has_kind(object: &Map) -> bool {
    let text = |key: &str| {
        let text = object.get(key)?;
        Some(text.as_str()?.to_text().into_owned())
    };
    let is_version = |version: String| version.matches('/').count() <= 1;
    text("kind").is_some_and(|kind| !kind.is_empty()) && text("apiVersion").is_none_or(is_version)
}

/// The text of a document by itself, wherever in a stream it is put.
pub fn text_of(part: Part<'_>, object: &Value) -> Vec<u8> {
    // With directives, tags may mean something else.
    let has_directives = part.separator.starts_with(b"%");
    let own = if part.body.starts_with(b"---") {
        part.movable_body()
    } else {
        Some(part.body)
    };
    match own.filter(|_| !has_directives) {
        Some(text) => text.to_vec(),
        None => encoded(object),
    }
}

/// What of the objects of a stream is in one document.
enum Content {
    /// Nothing: a list without a list of items.
    Nothing,
    /// The document is an object.
    One,
    /// These objects.
    Items(Vec<Value>),
}

impl Content {
    /// What is in an object.
    fn of(object: &Value) -> Self {
        let Some(map) = object.as_map() else {
            return Self::One;
        };
        match map.get("items") {
            Some(Value::List(items)) => Self::Items(items.to_vec()),
            Some(Value::Nil) if !map.contains("spec") && !map.contains("status") => Self::Nothing,
            _ => Self::One,
        }
    }
}

fn encoded(object: &Value) -> Vec<u8> {
    // What has been read can be written.
    to_yaml(object).unwrap_or_default().into_bytes()
}

fn wrong(part: Part<'_>, line: usize, message: &str) -> Box<Diagnostic> {
    let location = Location {
        file: STREAM.to_owned(),
        line: line + line_count(part.leading_comments()),
        column: 0,
    };
    Box::new(Diagnostic::new(&YAML, location, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(stream: &str) -> Result<Vec<String>, String> {
        let objects = objects(stream.as_bytes()).map_err(|error| error.to_string())?;
        Ok(objects.iter().map(|object| object.id.to_string()).collect())
    }

    #[test]
    fn lists_are_taken_apart_once() {
        let some = |ids: &[&str]| Ok(ids.iter().map(|&id| id.to_owned()).collect());
        for (stream, expected) in [
            ("", some(&[])),
            ("# nothing\n---\nnull\n", some(&[])),
            ("kind: AList\nitems:\n", some(&[])),
            ("kind: A\nitems:\nspec: {}\n", some(&["A"])),
            ("kind: A\nitems: {}\n", some(&["A"])),
            ("kind: A\nitems: []\n", some(&[])),
            (
                "kind: A\nitems: [{kind: List, items: [{kind: B}]}, {}]\n",
                some(&["List", "a document without a kind"]),
            ),
            (
                "a: b\n",
                Err("stdin:1: error: an object without `kind` [yaml]".to_owned()),
            ),
            (
                "kind: A\n---\n# c\nkind: B\napiVersion: a/b/c\n",
                Err("stdin:4: error: an object without `kind` [yaml]".to_owned()),
            ),
            (
                "[]\n",
                Err("stdin:1: error: a document that is no object [yaml]".to_owned()),
            ),
            (
                "kind: A\nitems: [a]\n",
                Err("stdin:1: error: an item of a list that is no object [yaml]".to_owned()),
            ),
        ] {
            assert_eq!(ids(stream), expected, "{stream}");
        }
    }

    #[test]
    fn documents_keep_their_text() {
        let stream = b"%YAML 1.1\n---\nkind: A\n--- {kind: B} # b\n---\n# c\nkind: \"C\"\n";
        let texts: Vec<Vec<u8>> = (objects(stream).unwrap().into_iter())
            .map(|object| object.text)
            .collect();
        let expected: [&[u8]; 3] = [b"kind: A\n", b"{kind: B} # b\n", b"# c\nkind: \"C\"\n"];
        assert_eq!(texts, expected);
    }
}
