//! Patches of a stream: what they give is read again, and has what it had.

use homescale_manifest::{Patch, document, has_objects, numbered, parts, patch_manifests};
use homescale_value::Value;

use super::target::Target;
use crate::bundle;

pub(super) const TARGET: Target = Target {
    name: "patch",
    about: "splits a stream of manifests, patches it, and reads the result again",
    words: &[
        "---\n",
        "--- # c\n",
        "--- {kind: A}\n",
        "...\n",
        "%YAML 1.1\n",
        "%TAG ! x\n",
        "{\"kind\": \"A\"}",
        "kind: List\nitems:\n- ",
        "9223372036854775807",
        "1.0",
        "-- manifests --\n",
        "- target: {kind: A}\n",
        "  merge: {a: {b: null}}\n",
        "  delete: true\n",
        "  optional: true\n",
        "  jsonPatch:\n",
        "  - {op: add, path: /a, value: {}}\n",
        "  - {op: remove, path: /a}\n",
        "  - {op: move, from: /a, path: /a/b}\n",
        "  - {op: copy, from: '', path: /a/-}\n",
        "  - {op: test, path: /a/0, value: 1}\n",
        "path: ''",
        "~0",
        "~1",
        "/-",
        "\u{feff}",
        "\u{85}",
        "\r\n",
        "\n",
        "# ",
    ],
    run,
};

/// The first file has the patches, the second one the manifests.
fn run(text: &[u8]) {
    let files = bundle::split(text);
    let [(_, patches), (_, stream), ..] = files.as_slice() else {
        return;
    };
    let whole = parts(stream);
    let whole = whole.iter().flat_map(|part| [part.separator, part.body]);
    assert_eq!(
        &whole.collect::<Vec<_>>().concat(),
        stream,
        "a byte is lost"
    );
    has_objects(stream);

    let patches = Patch::read_list(patches, "patches.yaml").unwrap_or_default();
    if patches.is_empty() {
        return;
    }
    let Ok(patched) = patch_manifests(stream, &patches) else {
        return;
    };
    let changed = read(&patched.manifests).expect("what is patched can be read");
    if patches.iter().all(|patch| !patch.deletes()) {
        let before = read(stream).expect("what was patched could be read");
        assert_eq!(changed.len(), before.len(), "a document is lost");
    }
}

fn read(stream: &[u8]) -> Option<Vec<Value>> {
    let documents = numbered(stream).map(|(line, part)| document(part, line));
    let documents: Result<Vec<Value>, _> = documents.collect();
    let mut documents = documents.ok()?;
    documents.retain(|document| !document.is_nil());
    Some(documents)
}
