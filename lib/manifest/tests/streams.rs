//! Compares what is read from the streams in `fixtures/streams` with what Kubernetes read, which `fixtures/record-streams` has
//! recorded.
#![expect(clippy::unwrap_used, reason = "the harness dies of bad cases")]

use std::collections::BTreeMap;

use homescale_located::Diagnostic;
use homescale_manifest::{Patch, document, numbered, patch_manifests};
use homescale_value::Value;
use homescale_yaml::json;

/// Where Kubernetes drops something without a word, and we do not.
const LOST: &[&str] = &[
    "end-mark-then-a-document",
    "flow-map-then-an-end-mark-and-another",
    "flow-map-then-rubbish",
    "flow-maps-one-after-the-other",
    "json-after-a-comment",
    "json-after-a-separator",
    "next-line-character",
];

/// Where Kubernetes fails, and we read on: these are documents to YAML, and to Helm.
const REFUSED: &[&str] = &[
    "content-on-the-first-separator-line",
    "content-on-the-separator-line",
    "json-twice-then-a-separator",
    "tag-directive",
    "tag-on-the-separator-line",
    "version",
    "version-after-a-comment",
];

/// Where Kubernetes fails because a document is no object, which is not for us to judge.
const NO_OBJECTS: &[&str] = &["json-of-a-list", "without-a-kind"];

const CASES: &str = include_str!("../../../fixtures/streams/cases.json");
const EXPECTED: &str = include_str!("../../../fixtures/streams/expected.json");

fn cases() -> BTreeMap<String, String> {
    serde_json::from_str(CASES).unwrap()
}

/// What the newest recorded Kubernetes read: of each case the objects, and whether there was an error.
fn recorded() -> BTreeMap<String, (Vec<String>, bool)> {
    let versions: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        serde_json::from_str(EXPECTED).unwrap();
    let (_, newest) = versions.into_iter().next_back().unwrap();
    let cases = newest.into_iter().map(|(name, lines)| {
        let is_error = |line: &String| line.starts_with("error: ");
        let (errors, objects): (Vec<_>, Vec<_>) = lines.into_iter().partition(is_error);
        (name, (objects, !errors.is_empty()))
    });
    cases.collect()
}

fn read(stream: &[u8]) -> Result<Vec<String>, Box<Diagnostic>> {
    let mut objects = Vec::new();
    for (line, part) in numbered(stream) {
        match document(part, line)? {
            Value::Nil => {}
            object => objects.push(json::encode(&object).unwrap()),
        }
    }
    Ok(objects)
}

/// JSON of Go's `float64` where it is beyond `int64`, as its decoder has it.
fn as_of_unstructured(objects: Vec<String>) -> Vec<String> {
    let objects = objects.into_iter();
    objects
        .map(|it| it.replace("18446744073709551615", "18446744073709552000"))
        .collect()
}

#[test]
fn streams_are_read_as_kubernetes_reads_them() {
    let mut recorded = recorded();
    for (name, stream) in cases() {
        let (objects, has_failed) = recorded.remove(&name).unwrap();
        let read = read(stream.as_bytes()).map(as_of_unstructured);
        let name = name.as_str();
        let is_in = |names: &[&str]| names.contains(&name);
        if is_in(LOST) {
            assert!(!has_failed && read.is_err(), "{name}: {read:?}");
        } else if is_in(REFUSED) {
            assert!(has_failed && read.unwrap().len() > objects.len(), "{name}");
        } else if is_in(NO_OBJECTS) {
            assert!(has_failed && read.is_ok(), "{name}");
        } else if has_failed {
            assert!(read.is_err(), "{name}: {read:?}");
        } else {
            assert_eq!(read, Ok(objects), "{name}");
        }
    }
    assert!(recorded.is_empty(), "{recorded:?} are no cases");
}

/// What is changed is a stream that everyone reads as we do: it has every object, and the change in each.
#[test]
fn a_patched_stream_has_every_object() {
    let patch = b"[{target: {kind: ConfigMap}, merge: {patched: true}, optional: true}]";
    let patches = Patch::read_list(patch, "patches.yaml").unwrap();
    for (name, stream) in cases() {
        let Ok(before) = read(stream.as_bytes()) else {
            assert!(
                patch_manifests(stream.as_bytes(), &patches).is_err(),
                "{name}"
            );
            continue;
        };
        if NO_OBJECTS.contains(&&*name) {
            continue;
        }
        let patched = patch_manifests(stream.as_bytes(), &patches);
        let patched = patched.unwrap().manifests;
        let after = read(&patched).unwrap();
        let objects = |objects: &[String]| objects.concat().matches("\"ConfigMap\"").count();
        assert_eq!(after.len(), before.len(), "{name}");
        let changed = after.concat().matches("\"patched\":true").count();
        assert_eq!(changed, objects(&before), "{name}");
        let text = String::from_utf8(patched).unwrap();
        let is_bare = |line: &str| line.trim_end() == "---" || line.starts_with("--- #");
        let mut lines = text.lines().filter(|line| line.starts_with("---"));
        assert!(changed == 0 || lines.all(is_bare), "{name}: {text}");
    }
}

#[test]
fn what_would_be_lost_is_shown() {
    let told = |stream: &str| {
        let error = read(stream.as_bytes()).unwrap_err();
        (error.line, error.column, error.hint.is_some())
    };
    assert_eq!(told("a: 1\n---\n# c\n{b: 2}\n\n {c: 3}\n"), (6, 2, true));
    assert_eq!(
        told("a: 1\n---\n\n{\"b\": 2}\n\n{\"c\": 3}\n"),
        (6, 0, true)
    );
    assert_eq!(told("a: 1\n...\nb: 2\n"), (3, 1, true));
    assert_eq!(told("a: 1\n%TAG ! x\n---\n- b\n...\nc"), (6, 1, true));
}
