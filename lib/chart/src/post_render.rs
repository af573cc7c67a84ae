//! What Helm 4 does around a post-renderer: all files become one stream, in which an annotation says of each document from which
//! file it is, and what comes back becomes files again (Helm's `pkg/action`, with `kio` of kyaml).
//!
//! Helm writes the documents anew. Here they keep their text: the annotation is put into it and taken out of it, and only where
//! that cannot be done, such as in a document with aliases, is the document written from its value.

use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::sync::Arc;

use homescale_value::{Map, Value};
use homescale_yaml::{Kind, NodeRef, from_slice, json, parse, to_yaml};

use crate::error::{Error, ErrorKind};
use crate::helm_version::HelmVersion;
use crate::manifest::{self, File, Files};

/// The annotation with the path of a document's template.
const FILE: &str = "postrenderer.helm.sh/postrender-filename";

/// What manifests go through before they are printed.
pub trait PostRenderer {
    /// Manifests in, manifests out. As Helm 3, they are CRDs and manifests as they would be printed; as Helm 4, hooks and
    /// manifests, and an annotation says of each from which file it is.
    ///
    /// # Errors
    /// Why there are none, in Helm's words.
    fn run(&self, manifests: &[u8]) -> Result<Vec<u8>, Box<dyn StdError + Send + Sync>>;
}

/// The error of a post-renderer.
pub(crate) fn failed(cause: Box<dyn StdError + Send + Sync>) -> Error {
    let message = "error while running post render on files: ";
    Error::new(ErrorKind::PostRender, message).because(cause)
}

/// What becomes of rendered files in a post-renderer.
///
/// # Errors
/// Helm's text: a file cannot be read as YAML, the post-renderer fails, or what comes back cannot be read.
pub(crate) fn through(
    post_renderer: &dyn PostRenderer,
    files: &[Arc<File>],
    helm: HelmVersion,
) -> Result<Vec<Arc<File>>, Error> {
    let error = |message: &'static str| {
        move |cause: String| Error::new(ErrorKind::PostRender, message).because(cause)
    };
    let stream = merge(files, helm).map_err(error("error merging manifests: "))?;
    let rendered = post_renderer.run(stream.as_bytes()).map_err(failed)?;
    let rendered = split(&String::from_utf8_lossy(&rendered))
        .map_err(error("error while parsing post rendered output: "))?;
    let mut files = Files::new(helm);
    for (path, text) in rendered {
        files.push(path, text.into_bytes());
    }
    Ok(files.sorted())
}

/// The documents of all files, in the order of the paths, with the annotation.
fn merge(files: &[Arc<File>], helm: HelmVersion) -> Result<String, String> {
    let mut stream: Vec<String> = Vec::new();
    for file in files {
        let (path, content) = (&file.path, &file.text);
        if manifest::trim(content).is_empty() {
            continue;
        }
        let mut add = |text: &str| -> Result<(), String> {
            for document in documents(text).map_err(|error| format!("parsing {path}: {error}"))? {
                let text = document.annotated(path);
                stream.push(text.map_err(|error| format!("annotating {path}: {error}"))?);
            }
            Ok(())
        };
        if helm.row().splits_before_post_rendering {
            for document in manifest::documents(content, helm.row().whitespace) {
                add(&String::from_utf8_lossy(document))?;
            }
        } else {
            add(&with_separators(&String::from_utf8_lossy(content)))?;
        }
    }
    Ok(stream.join("---\n"))
}

/// The files that a stream is of, by their paths. What says no file gets one of its own.
fn split(stream: &str) -> Result<BTreeMap<String, String>, String> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for (index, document) in documents(stream)?.into_iter().enumerate() {
        let (path, text) = document.plain()?;
        let path = path.unwrap_or_else(|| format!("generated-by-postrender-{index}.yaml"));
        let file = files.entry(path).or_default();
        if !file.is_empty() {
            file.push_str("---\n");
        }
        file.push_str(&text);
    }
    Ok(files)
}

/// Makes every `---` at the start of a line a separator, as templates that trim white space may leave it: `---kind: A`.
fn with_separators(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        let rest = line.strip_prefix("---").unwrap_or_default();
        let is_joined = !rest.is_empty() && !rest.starts_with(['\n', '\r', ' ', '\t']);
        if is_joined {
            format!("---\n{rest}")
        } else {
            line.to_owned()
        }
    });
    lines.collect()
}

/// A document that is a map.
struct Document {
    text: String,
    value: Value,
}

/// The documents of a text, without those that are empty or null. A list that is alone in its text is taken apart.
fn documents(text: &str) -> Result<Vec<Document>, String> {
    let parts = parts(&text.replace("\r\n", "\n"))?;
    let is_alone = parts.len() == 1;
    let mut found = Vec::new();
    for part in parts {
        let value = from_slice(part.as_bytes())
            .map_err(|error| format!("MalformedYAMLError: {}", error.message()))?;
        if value.is_nil() {
            continue;
        }
        let map = value.as_map().ok_or_else(|| odd(&part, &value))?;
        let metadata = map.get("metadata").filter(|it| !it.is_nil());
        if let Some(metadata) = metadata.filter(|it| it.as_map().is_none()) {
            return Err(odd(&to_yaml(&metadata).unwrap_or_default(), &metadata));
        }
        let items = is_alone.then(|| items(map)).flatten();
        let Some(items) = items else {
            let text = bare(&part);
            found.push(Document { text, value });
            continue;
        };
        for item in items {
            let text = written(&item)?;
            if item.as_map().is_none() {
                return Err(odd(&text, &item));
            }
            found.push(Document { text, value: item });
        }
    }
    Ok(found)
}

/// What is between lines that begin with `---`, but for the first line.
fn parts(text: &str) -> Result<Vec<String>, String> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find("\n---") {
        let line = from + at + 1;
        let Some(length) = rest[line..].find('\n') else {
            break;
        };
        let end = line + length;
        let after = rest[line + 3..end].trim();
        if !after.is_empty() && !after.starts_with('#') {
            let separator = rest[line..end].trim();
            return Err(format!("invalid document separator: {separator}"));
        }
        parts.push(rest[..line].to_owned());
        rest = &rest[end + 1..];
        from = 0;
    }
    parts.push(rest.to_owned());
    Ok(parts)
}

/// The items of a list of objects.
fn items(map: &Map) -> Option<Vec<Value>> {
    let kind = map.get("kind")?;
    let is_list = kind
        .as_str()
        .is_some_and(|kind| *kind == "List" || *kind == "ResourceList");
    let items = map.get("items").filter(|_| is_list)?;
    Some(items.as_list()?.items().to_vec())
}

fn odd(text: &str, value: &Value) -> String {
    let kind = if value.as_list().is_some() {
        "Sequence"
    } else {
        "Scalar"
    };
    let text = text.trim_end();
    format!("wrong node kind: expected MappingNode but got {kind}Node: node contents:\n{text}\n")
}

/// A document without a separator and blank lines around it.
fn bare(part: &str) -> String {
    let mut text = part.trim_start_matches('\n');
    if let Some((first, rest)) = text.split_once('\n')
        && first
            .strip_prefix("---")
            .is_some_and(|rest| rest.trim().is_empty())
    {
        text = rest.trim_start_matches('\n');
    }
    format!("{}\n", text.trim_end_matches('\n'))
}

impl Document {
    /// The text with the annotation.
    fn annotated(&self, path: &str) -> Result<String, String> {
        let wanted = self.value.deep_copy();
        if let Some(root) = wanted.as_map() {
            inner(&inner(root, "metadata"), "annotations").set(FILE, path);
        }
        let candidate = insert(&self.text, path);
        chosen(candidate.into_iter(), &wanted)
    }

    /// What the annotation says, and the text without it. Maps that it leaves empty go with it.
    fn plain(self) -> Result<(Option<String>, String), String> {
        let wanted = self.value.deep_copy();
        let Some(path) = take(&wanted) else {
            return Ok((None, self.text));
        };
        let text = chosen(removals(&self.text, &path).into_iter(), &wanted)?;
        Ok((Some(path).filter(|path| !path.is_empty()), text))
    }
}

/// The map under a key, made where there is none.
fn inner(map: &Map, key: &str) -> Map {
    map.get_map(key)
        .filter(|inner| !inner.is_nil())
        .unwrap_or_else(|| {
            let inner = Map::new();
            map.set(key, inner.clone());
            inner
        })
}

/// Takes the annotation out of a document.
fn take(document: &Value) -> Option<String> {
    let root = document.as_map()?;
    let metadata = root.get_map("metadata")?;
    let annotations = metadata.get_map("annotations")?;
    let path = annotations.remove(FILE)?;
    if annotations.is_empty() {
        metadata.remove("annotations");
    }
    if metadata.is_empty() {
        root.remove("metadata");
    }
    Some(
        path.as_str()
            .map(|path| path.to_text().into_owned())
            .unwrap_or_default(),
    )
}

/// The first text that has the value, or the value written anew.
fn chosen(texts: impl Iterator<Item = String>, wanted: &Value) -> Result<String, String> {
    let encoded = json::encode(wanted).ok();
    let mut texts = texts.filter(|text| {
        let value = from_slice(text.as_bytes()).ok();
        encoded.is_some() && value.and_then(|value| json::encode(&value).ok()) == encoded
    });
    texts.next().map_or_else(|| written(wanted), Ok)
}

fn written(value: &Value) -> Result<String, String> {
    to_yaml(value).map_err(|error| error.to_string())
}

/// `name: 'path'`.
fn entry(path: &str) -> String {
    format!("{FILE}: '{}'", path.replace('\'', "''"))
}

/// The text with the annotation put before the others. `None` where the place cannot be found.
fn insert(text: &str, path: &str) -> Option<String> {
    let document = parse(text.as_bytes()).ok()?;
    let text = document.source();
    let root = document.root()?;
    let metadata = root.get("metadata").map(|found| found.value);
    let annotations = metadata
        .and_then(|it| it.get("annotations"))
        .map(|found| found.value);
    let (map, keys): (NodeRef<'_>, &[&str]) = match (metadata, annotations) {
        (Some(_), Some(annotations)) => (annotations, &[]),
        (Some(metadata), None) => (metadata, &["annotations"]),
        (None, _) => (root, &["metadata", "annotations"]),
    };
    if map.kind() != Kind::Mapping {
        return None;
    }
    let entry = entry(path);
    let start = map.range().start;
    let (at, new) = if text[start..].starts_with('{') {
        let opened: String = keys.iter().flat_map(|key| [*key, ": {"]).collect();
        let comma = if map.children().len() == 0 { "" } else { ", " };
        let new = format!("{opened}{entry}{}{comma}", "}".repeat(keys.len()));
        (start + 1, new)
    } else {
        let (first, _) = map.pairs().next()?;
        let at = first.range().start;
        let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let indent = &text[line..at];
        if !indent.bytes().all(|byte| byte == b' ') {
            return None;
        }
        let lines = keys.iter().map(|key| format!("{key}:")).chain([entry]);
        let lines = lines.enumerate();
        let lines: Vec<String> = lines
            .map(|(depth, line)| format!("{}{line}\n{indent}", "  ".repeat(depth)))
            .collect();
        (at, lines.concat())
    };
    Some(format!("{}{new}{}", &text[..at], &text[at..]))
}

/// The text without the annotation, in each way that it may have been written.
fn removals(text: &str, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let is_entry = |line: &&str| {
        line.trim_start()
            .trim_start_matches(['"', '\''])
            .starts_with(FILE)
    };
    if let Some(at) = lines.iter().position(is_entry) {
        let is_key = |back: usize, key: &str| {
            let line = at.checked_sub(back).map(|index| lines[index]);
            line.is_some_and(|line| line.trim() == key)
        };
        let without = |back: usize| [&lines[..at - back], &lines[at + 1..]].concat().concat();
        found.push(without(0));
        if is_key(1, "annotations:") {
            found.push(without(1));
            if is_key(2, "metadata:") {
                found.push(without(2));
            }
        }
    }
    let entry = entry(path);
    let annotations = format!("annotations: {{{entry}}}");
    let metadata = format!("metadata: {{{annotations}}}");
    for part in [metadata, annotations, entry] {
        for part in [format!("{part}, "), format!(", {part}"), part] {
            if text.contains(&part) {
                found.push(text.replacen(&part, "", 1));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotated(text: &str) -> String {
        let documents = documents(text).unwrap();
        let texts = documents
            .iter()
            .map(|document| document.annotated("c/templates/it's.yaml").unwrap());
        texts.collect::<Vec<_>>().join("---\n")
    }

    const ENTRY: &str = "postrenderer.helm.sh/postrender-filename: 'c/templates/it''s.yaml'";

    #[test]
    fn the_annotation_is_put_into_the_text() {
        for (text, expected) in [
            (
                "# why\nkind: A # yes\nmetadata:\n    name: a\n",
                "# why\nkind: A # yes\nmetadata:\n    annotations:\n      ENTRY\n    name: a\n",
            ),
            (
                "metadata:\n  annotations:\n    \"a\": b\n",
                "metadata:\n  annotations:\n    ENTRY\n    \"a\": b\n",
            ),
            (
                "kind: A\n",
                "metadata:\n  annotations:\n    ENTRY\nkind: A\n",
            ),
            (
                "metadata: {name: a}\n",
                "metadata: {annotations: {ENTRY}, name: a}\n",
            ),
            (
                "metadata: {annotations: {}}\n",
                "metadata: {annotations: {ENTRY}}\n",
            ),
            (
                "{kind: A}\n",
                "{metadata: {annotations: {ENTRY}}, kind: A}\n",
            ),
            // These are written anew.
            (
                "metadata:\nkind: A\n",
                "kind: A\nmetadata:\n  annotations:\n    KEPT\n",
            ),
            (
                "a: &a {b: c}\nmetadata: *a\n",
                "a:\n  b: c\nmetadata:\n  annotations:\n    KEPT\n  b: c\n",
            ),
        ] {
            let kept = "postrenderer.helm.sh/postrender-filename: c/templates/it's.yaml";
            let expected = expected.replace("ENTRY", ENTRY).replace("KEPT", kept);
            assert_eq!(annotated(text), expected, "{text}");
        }
    }

    #[test]
    fn what_comes_back_unchanged_is_as_it_was() {
        for text in [
            "# why\nkind: A # yes\nmetadata:\n    name: a\n",
            "metadata:\n  annotations:\n    \"a\": b\n",
            "kind: A\n",
            "metadata: {name: a}\n",
            "metadata: {annotations: {a: b}}\n",
            "{kind: A}\n",
            "kind: A\ndata:\n  text: |+\n    x\n\n  more: y\n",
        ] {
            let files = split(&annotated(text)).unwrap();
            let expected = ("c/templates/it's.yaml".to_owned(), text.to_owned());
            assert_eq!(files, [expected].into());
        }
    }

    #[test]
    fn documents_are_told_apart() {
        let texts = |text: &str| {
            documents(text).map(|found| {
                found
                    .into_iter()
                    .map(|document| document.text)
                    .collect::<Vec<_>>()
            })
        };
        let some = |texts: &[&str]| Ok(texts.iter().map(|&text| text.to_owned()).collect());
        assert_eq!(
            texts("---\na: 1\n--- # x\n\nb: 1\n---\n# no\n---\nnull\n"),
            some(&["a: 1\n", "b: 1\n"])
        );
        assert_eq!(texts("a: 1\r\n---\r\nb: 1"), some(&["a: 1\n", "b: 1\n"]));
        let list = "kind: List\nitems:\n- {a: 1}\n";
        assert_eq!(texts(list), some(&["a: 1\n"]));
        assert_eq!(
            texts(&format!("{list}---\nb: 1\n")),
            some(&[list, "b: 1\n"])
        );
        let problem = |text: &str| texts(text).unwrap_err();
        assert_eq!(
            problem("a: 1\n---b: 1\nc: 1\n"),
            "invalid document separator: ---b: 1"
        );
        assert_eq!(
            problem("foo\n"),
            "wrong node kind: expected MappingNode but got ScalarNode: node contents:\nfoo\n"
        );
        assert!(problem("a: [\n").starts_with("MalformedYAMLError: "));
    }

    #[test]
    fn what_says_no_file_gets_one() {
        let files = split("a: 1\n---\nb: 1\n").unwrap();
        let names: Vec<_> = files.keys().collect();
        assert_eq!(
            names,
            [
                "generated-by-postrender-0.yaml",
                "generated-by-postrender-1.yaml"
            ]
        );
    }
}
