//! What patches do to a manifest, and what they say when they cannot.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

use homescale_manifest::{Patch, Patched, patch_manifests};

const WEB: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  containers:
  - {name: web, image: a}
  - {name: proxy, image: b}
";

fn run(stream: &str, patches: &str) -> Result<Patched, String> {
    let patches = Patch::read_list(patches.as_bytes(), "patches.yaml");
    let patches = patches.map_err(|found| found.to_string())?;
    patch_manifests(stream.as_bytes(), &patches).map_err(|found| found.to_string())
}

fn patched(stream: &str, patches: &str) -> String {
    String::from_utf8(run(stream, patches).unwrap().manifests).unwrap()
}

/// The error, without the place and the rule.
fn error(stream: &str, patches: &str) -> String {
    let error = run(stream, patches).unwrap_err();
    let (_, message) = error.split_once("error: ").unwrap();
    message.replace(" [patch]", "")
}

#[test]
fn what_no_patch_names_keeps_its_value() {
    let numbers = "  a: 9007199254740993\n  b: 9223372036854775807\n  c: 18446744073709551615\n  d: 1.0\n  e: 1e3\n  f: 0x10\n  \
                   g: 100000000000000000000\n  h: \"0x10\"\n  i: \"1.0\"\n  j: -0.0\n  k: 1_000\n  l: \"1e3\"\n  m: \"yes\"\n";
    let stream = format!("kind: Foo\nspec:\n{numbers}");
    let change = "  z: 3\n";
    for patch in [
        "[{jsonPatch: [{op: add, path: /spec/z, value: 3}]}]",
        "[{merge: {spec: {z: 3}}}]",
    ] {
        assert_eq!(patched(&stream, patch), format!("{stream}{change}"));
    }
    let json = r#"{"kind": "Foo", "spec": {"a": 9223372036854775807, "b": 1.50}}"#;
    assert_eq!(
        patched(json, "[{merge: {spec: {z: 3}}}]"),
        "kind: Foo\nspec:\n  a: 9223372036854775807\n  b: 1.50\n  z: 3\n"
    );
}

#[test]
fn numbers_move_and_are_copied_with_their_text() {
    assert_eq!(
        patched(
            "kind: Foo\na: 1.50\nb: 9007199254740993\n",
            "[{jsonPatch: [{op: move, from: /a, path: /c}, {op: copy, from: /b, path: /d}]}]"
        ),
        "b: 9007199254740993\nc: 1.50\nd: 9007199254740993\nkind: Foo\n"
    );
}

#[test]
fn a_test_compares_numbers_by_value() {
    let test = |value: &str| {
        let patch = format!("[{{jsonPatch: [{{op: test, path: /a, value: {value}}}]}}]");
        run("kind: Foo\na: {b: 1.0, c: [1e3, 0x10]}\n", &patch).is_ok()
    };
    assert!(test("{b: 1, c: [1000, 16]}"));
    assert!(test("{c: [1000.0, 16.0], b: 1.0}"));
    assert!(!test("{b: 1, c: [1000, 17]}"));
    assert!(!test("{b: 1, c: [1000]}"));
    assert!(!test("{b: \"1.0\", c: [1000, 16]}"));
}

#[test]
fn an_integer_that_helm_rounds_is_refused() {
    let patch = |value: &str| format!("[{{merge: {{a: [{{b: {value}}}]}}}}]");
    assert_eq!(
        patched("kind: F\n", &patch("9007199254740991")),
        "a:\n- b: 9007199254740991\nkind: F\n"
    );
    for value in ["9007199254740993", "-9223372036854775808"] {
        assert!(
            error("kind: F\n", &patch(value)).contains("beyond 2^53"),
            "{value}"
        );
    }
}

#[test]
fn operations_do_what_rfc_6902_says() {
    let done = |operations: &str| {
        let patch = format!("[{{jsonPatch: {operations}}}]");
        patched("kind: F\nm: {a: 1, b/c: 2}\nl: [1, 2]\n", &patch)
    };
    assert_eq!(
        done("[{op: add, path: /l/1, value: 9}]"),
        "kind: F\nl:\n- 1\n- 9\n- 2\nm:\n  a: 1\n  b/c: 2\n"
    );
    assert_eq!(
        done("[{op: add, path: /l/-, value: 9}, {op: remove, path: /m}]"),
        "kind: F\nl:\n- 1\n- 2\n- 9\n"
    );
    assert_eq!(
        done("[{op: add, path: /l/2, value: 9}, {op: remove, path: /m}]"),
        "kind: F\nl:\n- 1\n- 2\n- 9\n"
    );
    assert_eq!(
        done("[{op: replace, path: /m, value: null}, {op: remove, path: /l/0}]"),
        "kind: F\nl:\n- 2\nm: null\n"
    );
    assert_eq!(
        done("[{op: move, from: /m/b~1c, path: /l}, {op: copy, from: /m, path: /m/a}]"),
        "kind: F\nl: 2\nm:\n  a:\n    a: 1\n"
    );
    assert_eq!(
        done("[{op: move, from: /l, path: /l}, {op: remove, path: /m}]"),
        "kind: F\nl:\n- 1\n- 2\n"
    );
    assert_eq!(
        done("[{op: replace, path: '', value: {kind: G}}]"),
        "kind: G\n"
    );
}

#[test]
fn an_operation_that_fails_says_why_and_what_to_do() {
    let fails = |operation: &str| error(WEB, &format!("[{{jsonPatch: [{operation}]}}]"));
    let cases = [
        (
            "{op: replace, path: /spec/replica, value: 3}",
            "there is no `/spec/replica`\n  hint: did you mean `replicas`?",
        ),
        (
            "{op: add, path: /spec/template/spec/x, value: 3}",
            "there is no `/spec/template`\n  hint: add `/spec/template` before, with `value: {}`; or write a `merge`, which makes the maps on the way",
        ),
        (
            "{op: remove, path: /metadata/annotations}",
            "there is no `/metadata/annotations`\n  hint: null in a `merge` removes what may be missing",
        ),
        (
            "{op: remove, path: /spec/containers/2}",
            "there is no `/spec/containers/2`: the list has 2 items\n  hint: an item is named by its index, from 0; `add` takes `-` for the end of the list",
        ),
        (
            "{op: replace, path: /spec/containers/web/image, value: c}",
            "`/spec/containers` is a list, and `web` is no index of an item\n  hint: an item is named by its index, from 0; `add` takes `-` for the end of the list",
        ),
        (
            "{op: add, path: /spec/replicas/x, value: c}",
            "`/spec/replicas` is a number",
        ),
        (
            "{op: move, from: /metadata, path: /metadata/labels/x}",
            "nothing can be moved into itself",
        ),
        (
            "{op: test, path: /spec/replicas, value: 3}",
            "expected 3, found 2",
        ),
        (
            "{op: remove, path: ''}",
            "it removes the manifest itself\n  hint: to drop the manifest, write `delete: true` in place of `jsonPatch` or `merge`",
        ),
        (
            "{op: remove, path: /kind}",
            "it leaves the manifest without `kind`\n  hint: to drop the manifest, write `delete: true` in place of `jsonPatch` or `merge`",
        ),
        (
            "{op: replace, path: '', value: null}",
            "it leaves the manifest without `kind`\n  hint: to drop the manifest, write `delete: true` in place of `jsonPatch` or `merge`",
        ),
    ];
    for (operation, expected) in cases {
        let found = fails(operation);
        let (_, cause) = found
            .split_once("`: ")
            .unwrap_or(found.split_once("web: ").unwrap());
        assert_eq!(cause.trim_end(), expected, "{operation}");
    }
}

/// The library that was used before undid the operations before the one that failed, and died of it.
#[test]
fn operations_before_the_one_that_fails_are_not_undone() {
    for first in [
        "{op: move, from: /metadata/name, path: /metadata}",
        "{op: move, from: /spec/containers/0, path: /spec}",
        "{op: replace, path: '', value: 1}",
        "{op: copy, from: '', path: /spec/containers/0}",
    ] {
        let patch = format!("[{{jsonPatch: [{first}, {{op: remove, path: /nope}}]}}]");
        assert!(
            error(WEB, &patch).contains("operation 1, `remove /nope`"),
            "{first}"
        );
    }
}

#[test]
fn what_copies_double_is_bounded() {
    let doubling = |times: usize| {
        let copy = |index| format!("{{op: copy, from: /data, path: /data/k{index}}}");
        let operations: Vec<String> = (0..times).map(copy).collect();
        format!("[{{jsonPatch: [{}]}}]", operations.join(", "))
    };
    let stream = "kind: ConfigMap\ndata: {a: x}\n";
    assert!(run(stream, &doubling(8)).is_ok());
    for times in [30, 2000] {
        assert!(error(stream, &doubling(times)).contains("the patches add more than 16 MiB"));
    }
}

#[test]
fn what_copies_nest_is_bounded() {
    // Each puts a copy of the whole into its innermost map.
    let operation = |depth: u32| {
        let path = "/a".repeat((1 << depth) + 1);
        format!("{{op: copy, from: /a, path: {path}}}")
    };
    let operations: Vec<String> = (0..10).map(operation).collect();
    let patch = format!("[{{jsonPatch: [{}]}}]", operations.join(", "));
    assert!(error("kind: F\na: {}\n", &patch).contains("nested in more than 1000 levels"));
}

#[test]
fn all_manifests_together_are_bounded() {
    let stream = "kind: ConfigMap\n---\n".repeat(200);
    let patch = format!("[{{merge: {{data: {{a: {}}}}}}}]", "x".repeat(100_000));
    assert!(run(&stream[..20 * 20], &patch).is_ok());
    let found = error(&stream, &patch);
    assert_eq!(found.matches("the patches add more than 16 MiB").count(), 1);
    assert_eq!(found.matches("error").count(), 0, "{found}");
}

#[test]
fn targets_that_are_compared_are_counted() {
    let stream = format!("kind: List\nitems: [{}]\n", "{kind: A}, ".repeat(10_000));
    let patches = "- {target: {kind: B}, merge: {}, optional: true}\n".repeat(2_001);
    assert!(error(&stream, &patches).contains("the patches take more than 20 million steps"));
}

#[test]
fn comparisons_are_counted() {
    let items = "1, ".repeat(10_000);
    let test = format!("{{op: test, path: /l, value: &x [{items}]}}");
    let again = ", {op: test, path: /l, value: *x}".repeat(30);
    let stream = format!(
        "kind: List\nitems: [{}]\n",
        format!("{{kind: A, l: [{items}]}}, ").repeat(70)
    );
    let patch = format!("[{{jsonPatch: [{test}{again}]}}]");
    assert!(error(&stream, &patch).contains("the patches take more than 20 million steps"));
}

#[test]
fn delete_drops_the_manifest() {
    let stream = "# a\nkind: A\n---\n# b\nkind: B\n--- # c\nkind: C\n";
    let drop = |kind: &str| format!("[{{target: {{kind: {kind}}}, delete: true}}]");
    assert_eq!(
        patched(stream, &drop("A")),
        "---\n# b\nkind: B\n--- # c\nkind: C\n"
    );
    assert_eq!(
        patched(stream, &drop("B")),
        "# a\nkind: A\n--- # c\nkind: C\n"
    );
    assert_eq!(
        patched(stream, &drop("C")),
        "# a\nkind: A\n---\n# b\nkind: B\n"
    );
    assert_eq!(patched("kind: A\n", &drop("A")), "");
    let json = r#"{"kind": "A"}{"kind": "B"}{"kind": "C"}"#;
    assert_eq!(
        patched(json, &drop("A")),
        "{\"kind\": \"B\"}\n---\n{\"kind\": \"C\"}"
    );
    let list = "kind: List\nitems: [{kind: A}, {kind: B}]\n";
    assert_eq!(patched(list, &drop("A")), "items:\n- kind: B\nkind: List\n");
    let all = "[{target: {kind: A}, delete: true}, {target: {kind: B}, delete: true}]";
    assert_eq!(patched(list, all), "");
}

#[test]
fn no_later_patch_finds_what_is_deleted() {
    let patches = "[{target: {kind: A}, delete: true}, {target: {kind: A}, merge: {x: 1}}]";
    assert!(error("kind: A\n---\nkind: B\n", patches).contains("fits no manifest"));
}

#[test]
fn delete_needs_a_target_and_stands_alone() {
    let refused = |patch: &str| error("kind: A\n", &format!("[{{{patch}}}]"));
    assert!(refused("delete: true").contains("`delete` needs a `target`"));
    assert!(refused("target: {}, delete: true").contains("`delete` needs a `target`"));
    assert!(refused("target: {kind: A}, delete: false").contains("`delete` is false"));
    assert!(refused("target: {kind: A}, delete: yes please").contains("must be a boolean"));
    assert!(refused("target: {kind: A}, delete: true, merge: {}").contains("write two patches"));
}

#[test]
fn what_is_misspelt_does_not_widen_a_patch() {
    for patch in [
        "{target: {kindd: A}, merge: {x: 1}}",
        "{traget: {kind: A}, merge: {x: 1}}",
        "{target: {kind: null}, merge: {x: 1}}",
        "{target: null, merge: {x: 1}}",
        "{target: [A], merge: {x: 1}}",
        "{target: {kind: A, labelSelector: 5}, merge: {x: 1}}",
    ] {
        assert!(
            run("kind: A\n---\nkind: B\n", &format!("[{patch}]")).is_err(),
            "{patch}"
        );
    }
}

#[test]
fn directives_of_strategic_merge_patches_are_refused() {
    let cases = [
        (
            "{$patch: delete}",
            "write `delete: true` in place of `merge`",
        ),
        (
            "{spec: {containers: [{name: a, $patch: delete}]}}",
            "`jsonPatch` removes or replaces anything",
        ),
        ("{spec: {$patch: replace, a: 1}}", "null removes a field"),
        (
            "{spec: {$retainKeys: [type]}}",
            "set the other keys to null",
        ),
        (
            "{spec: {$setElementOrder/containers: [{name: a}]}}",
            "write the whole list in the wanted order",
        ),
        (
            "{metadata: {$deleteFromPrimitiveList/finalizers: [a]}}",
            "remove the items with `jsonPatch`",
        ),
    ];
    for (merge, hint) in cases {
        let found = error(WEB, &format!("[{{merge: {merge}}}]"));
        assert!(
            found.contains("directive") && found.contains(hint),
            "{merge}: {found}"
        );
    }
    // A name that only begins alike is a field.
    assert!(run(WEB, "[{merge: {spec: {$ref: a, $patches: b}}}]").is_ok());
}

#[test]
fn a_merge_that_replaces_named_items_is_noted() {
    let notes = |merge: &str| {
        let patch = format!("[{{merge: {{spec: {{containers: {merge}}}}}}}]");
        run(WEB, &patch).unwrap().notes.to_string()
    };
    let lost = notes("[{name: web, image: c}]");
    assert!(lost.contains("patches.yaml:1:2: note: the patch replaces the list `spec.containers` of Deployment web, and what it says of `proxy`, `web` is lost"), "{lost}");
    assert!(notes("[{name: web, image: a}]").contains("`proxy` is lost"));
    assert_eq!(
        notes("[{name: proxy, image: b}, {name: web, image: a}, {name: new}]"),
        ""
    );
    assert_eq!(notes("[a, b]"), "");
    assert_eq!(notes("null"), "");
}

#[test]
fn a_merge_does_what_rfc_7396_says() {
    let merged = |merge: &str| {
        let patch = format!("[{{merge: {merge}}}]");
        patched("kind: F\na: {b: 1, c: [1]}\n", &patch)
    };
    assert_eq!(
        merged("{a: {c: null, d: {e: null, f: 2}}}"),
        "a:\n  b: 1\n  d:\n    f: 2\nkind: F\n"
    );
    assert_eq!(
        merged("{a: {b: {x: null}, c: {z: 1}}}"),
        "a:\n  b: {}\n  c:\n    z: 1\nkind: F\n"
    );
    assert_eq!(merged("{a: 1}"), "a: 1\nkind: F\n");
    assert_eq!(merged("{a: null}"), "kind: F\n");
}

#[test]
fn every_object_keeps_its_kind() {
    let stream = "apiVersion: v1\nkind: A\n";
    for patch in [
        "{kind: null}",
        "{kind: ''}",
        "{kind: {}}",
        "{apiVersion: null}",
        "{apiVersion: 1}",
    ] {
        let found = error(stream, &format!("[{{merge: {patch}}}]"));
        assert!(
            found.contains("it leaves the manifest without"),
            "{patch}: {found}"
        );
    }
    assert_eq!(patched("a: 1\n", "[{merge: {b: 2}}]"), "a: 1\nb: 2\n");
}
