//! `helm-catalog post-render`: what is neither a Catalog nor patched goes through untouched, byte for byte.
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::fs;

use program::{Ran, helm_catalog, run};
use tempfile::TempDir;

/// Pieces of manifests, and of what people put between them; none of them is changed by anyone.
const PIECES: &[&str] = &[
    "kind: ConfigMap\n",
    "metadata: {name: a, labels: {b: \"c\"}}   # a comment\n",
    "data:\n  script: |-\n    #!/bin/sh\n    ---x\n\n\n",
    "data:\r\n  key: value\r\n",
    "folded: >+\n  one\n\n  two\n\n",
    "# Source: web/templates/it.yaml\n",
    "---\n",
    "--- \n",
    "---\r\n",
    "--- # a comment\n",
    "--- {kind: Secret}\n",
    "...\n",
    "\n",
    " \t\n",
    "{{ not: a template }}\n",
    "anchor: &a {x: 1}\nalias: *a\n",
    "größe: 'é €'\n",
    "kind: Catalog\n",
    "no line end: 1",
    "%YAML 1.1\n",
    "\u{feff}kind: Service\n",
];

/// A small generator of numbers that are the same on every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn post_render(stream: &str) -> Ran {
    let anywhere = std::env::temp_dir();
    run(
        &mut helm_catalog(&anywhere, &["post-render"]),
        stream.as_bytes(),
    )
}

#[test]
fn manifests_go_through_untouched() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..200 {
        let length = numbers.below(12);
        let pieces = (0..length).map(|_| PIECES[numbers.below(PIECES.len())]);
        let stream: String = pieces.collect();
        let expected = Ran {
            status: 0,
            stdout: stream.clone(),
            stderr: String::new(),
        };
        assert_eq!(post_render(&stream), expected);
    }
}

#[test]
fn much_input_goes_through_too() {
    let stream = "---\nkind: ConfigMap\ndata: {a: b}\n".repeat(40_000);
    assert!(post_render(&stream).stdout == stream);
}

#[test]
fn a_catalog_is_expanded_between_what_is_left_alone() {
    let catalog = fs::read_to_string(
        tree::root().join("fixtures/catalogs/output-catalog/expected/east.yaml"),
    )
    .unwrap();
    let before = "# first\n---\nkind:   ConfigMap # spaced\r\n";
    let after = "---\n# last\nkind: \"Secret\"\n";
    let ran = post_render(&format!("{before}{catalog}{after}"));
    assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.starts_with(before), "{}", ran.stdout);
    assert!(ran.stdout.ends_with(after), "{}", ran.stdout);
    let inner = &ran.stdout[before.len()..ran.stdout.len() - after.len()];
    assert_eq!(inner, post_render(&catalog).stdout);
    assert!(inner.contains("kind: Application"), "{inner}");
    assert!(!inner.contains("kind: Catalog"), "{inner}");
}

/// A repository whose app `web` has patches, for the cluster `east` one more.
fn repository() -> TempDir {
    let repository = tempfile::tempdir().unwrap();
    tree::copy(
        &tree::root().join("fixtures/broken/base"),
        repository.path(),
    );
    let file = repository.path().join("apps/web/app.yaml");
    let app = fs::read_to_string(&file).unwrap();
    let patches = "
patches:
- target: {kind: Deployment, name: web}
  jsonPatch: [{op: replace, path: /spec/replicas, value: 3}]
clusters:
  east:
    patches:
    - target: {kind: Deployment}
      merge: {spec: {replicas: 5}}
";
    fs::write(file, app + patches).unwrap();
    repository
}

#[test]
fn patches_are_those_of_the_app_on_the_cluster() {
    let repository = repository();
    let untouched = "---\n# Source: service\nkind:   Service # as it is\nmetadata: {name: web}\n";
    let deployment =
        "---\n# Source: deployment\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 1}\n";
    let stream = format!("{untouched}{deployment}");
    for (cluster, replicas) in [("east", 5), ("west", 3)] {
        let arguments = ["post-render", "--app", "web", "--cluster", cluster];
        let mut command = helm_catalog(repository.path(), &arguments);
        let ran = run(&mut command, stream.as_bytes());
        assert_eq!((ran.status, ran.stderr.as_str()), (0, ""));
        assert!(ran.stdout.starts_with(untouched), "{}", ran.stdout);
        let documents = homescale_yaml::parse_all(ran.stdout.as_bytes()).unwrap();
        let patched = homescale_yaml::json::encode(&documents[1].to_value().unwrap()).unwrap();
        let expected = format!(
            r#"{{"kind":"Deployment","metadata":{{"name":"web"}},"spec":{{"replicas":{replicas}}}}}"#
        );
        assert_eq!(patched, expected);
    }
}

#[test]
fn a_patch_that_fits_nothing_is_refused_with_its_place() {
    let repository = repository();
    let arguments = ["post-render", "--app", "web", "--cluster", "west"];
    let ran = run(
        &mut helm_catalog(repository.path(), &arguments),
        b"kind: Service\nmetadata: {name: web}\n",
    );
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""));
    assert!(
        ran.stderr.starts_with("apps/web/app.yaml:6:3: error: "),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_list_that_a_merge_replaces_is_told_and_what_is_deleted_is_gone() {
    let repository = tempfile::tempdir().unwrap();
    tree::copy(
        &tree::root().join("fixtures/broken/base"),
        repository.path(),
    );
    let file = repository.path().join("apps/web/app.yaml");
    let patches = "
patches:
- target: {kind: Pod}
  merge: {spec: {containers: [{name: web, image: new}]}}
- {target: {kind: Service}, delete: true}
";
    let app = fs::read_to_string(&file).unwrap();
    fs::write(file, app + patches).unwrap();
    let stream = "kind: Service\n---\nkind: Pod\nspec: {limit: 9007199254740993, containers: [{name: web}, {name: log}]}\n";
    let arguments = ["post-render", "--app", "web", "--cluster", "west"];
    let ran = run(
        &mut helm_catalog(repository.path(), &arguments),
        stream.as_bytes(),
    );
    let expected = "---\nkind: Pod\nspec:\n  containers:\n  - image: new\n    name: web\n  limit: 9007199254740993\n";
    assert_eq!((ran.status, ran.stdout.as_str()), (0, expected));
    let note = "apps/web/app.yaml:6:3: note: the patch replaces the list `spec.containers` of Pod, and what it says of `log`, \
                `web` is lost";
    assert!(ran.stderr.starts_with(note), "{}", ran.stderr);
}

#[test]
fn the_app_must_be_there() {
    let repository = repository();
    let cases: [(&[&str], i32, &str); 4] = [
        (&["--app", "wbe", "--cluster", "east"], 2, "wbe"),
        (&["--app", "web", "--cluster", "eats"], 2, "eats"),
        (&["--app", "web"], 2, "--cluster"),
        (&["--cluster", "east"], 2, "--app"),
    ];
    for (flags, status, message) in cases {
        let arguments = [&["post-render"], flags].concat();
        let ran = run(&mut helm_catalog(repository.path(), &arguments), b"a: 1\n");
        assert_eq!((ran.status, ran.stdout.as_str()), (status, ""), "{flags:?}");
        assert!(ran.stderr.contains(message), "{}", ran.stderr);
    }
}
