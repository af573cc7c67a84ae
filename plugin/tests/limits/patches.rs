//! The limits on what patches do.

use crate::sidecar::{Ended, Sent};

/// What patches make of the manifests of a chart with one template.
fn patched(template: &str, patches: &str) -> Ended {
    let sent = Sent::chart(&[("templates/t.yaml", template)]);
    sent.generate(&[("helm", "{}"), ("patches", patches)], &[])
}

#[test]
fn what_they_add() {
    let copy = |index| format!("{{op: copy, from: /data, path: /data/k{index}}}");
    let operations: Vec<String> = (0..30).map(copy).collect();
    let patches = format!("[{{jsonPatch: [{}]}}]", operations.join(", "));
    patched("kind: ConfigMap\ndata: {a: x}\n", &patches).by("the patches add more than 16 MiB");
}

#[test]
fn what_is_written_anew() {
    // Each level of a map in a map is a line with more blanks than the one before.
    let template = r#"{{ range until 60 }}
---
kind: A
a: {{ repeat 900 "{a: " }}x{{ repeat 900 "}" }}
{{ end }}"#;
    let bound =
        "the manifests that are written anew are more than 8 times as long as before, and 16 MiB";
    patched(template, "[{merge: {b: c}}]").by(bound);
}

#[test]
fn how_deep_they_nest() {
    // Each puts a copy of the whole into its innermost map.
    let operation = |depth: u32| {
        let path = "/a".repeat((1 << depth) + 1);
        format!("{{op: copy, from: /a, path: {path}}}")
    };
    let operations: Vec<String> = (0..10).map(operation).collect();
    let patches = format!("[{{jsonPatch: [{}]}}]", operations.join(", "));
    patched("kind: F\na: {}\n", &patches).by("nested in more than 1000 levels");
}

#[test]
fn what_they_compare() {
    let template = "kind: List\nitems: [{{ range until 10000 }}{kind: A}, {{ end }}]\n";
    let patches = "- {target: {kind: B}, merge: {}, optional: true}\n".repeat(2_001);
    patched(template, &patches).by("the patches take more than 20 million steps");
}
