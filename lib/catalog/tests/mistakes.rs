//! What newcomers get wrong, and what they are told: for each mistake a case of `fixtures/broken`, whose recorded message has
//! a line wherever the mistake is on one, and the hint that helps.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the recorded messages are on the disk, and a broken premise shall fail the test"
)]

use std::collections::BTreeSet;

/// Where the message of a mistake leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// To a line of a file.
    Line,
    /// To a file: it is about its name, or about what it lacks.
    File,
    /// To no file: it is about what there is not.
    Nowhere,
}
use Leads::{File, Line, Nowhere};

/// The mistakes: the case, where its first message leads, and a part of the hint; empty where the message says it all.
const MISTAKES: &[(&str, Leads, &str)] = &[
    // Files and directories.
    ("app-file-yml", File, "is called `app.yaml`"),
    ("app-file-yml-alone", Nowhere, "call it `app.yaml`"),
    ("chart-without-app-file", File, "add `apps/api/app.yaml`"),
    (
        "cluster-without-bootstrap",
        File,
        "clusters/north/apps.yaml",
    ),
    ("values-file-yml", File, "call it `values.yaml`"),
    ("second-document", Line, "one document"),
    ("file-of-an-app-empty", File, "`path` and a `namespace`"),
    ("app-that-is-on-nowhere", File, "defaultDeploy: true"),
    ("app-name-upper-case", File, "rename the directory"),
    ("names-like-booleans", File, "write \"no\""),
    ("file-is-a-list", Line, ""),
    // YAML.
    (
        "template-not-quoted",
        Line,
        "quote it: \"{{ .Values.cluster.name }}\"",
    ),
    (
        "template-not-quoted-with-text",
        Line,
        "quote it: \"{{ .Values.cluster.name }}.example.com\"",
    ),
    ("template-not-quoted-in-list", Line, "quote it: '"),
    ("yaml-tab-in-values", Line, "blanks"),
    ("yaml-merge-conflict", Line, "keep one side"),
    ("yaml-at-sign", Line, "in quotes"),
    ("yaml-star", Line, "in quotes"),
    ("yaml-colon-in-text", Line, "in quotes"),
    ("yaml-colon-without-blank", Line, "indented"),
    ("yaml-indentation", Line, "indentation"),
    ("yaml-text-after-quotes", Line, "in quotes"),
    ("yaml-unclosed", Line, "not closed"),
    ("yaml-unknown-anchor", Line, "within one file"),
    ("key-twice", Line, "merge the two"),
    ("boolean-keys", Line, "put it in quotes"),
    // Fields of an app.
    ("field-unknown", Line, "is `namspace` meant to be it?"),
    ("fields-missing", File, ""),
    ("fields-of-other-tools", Line, "`deploy`"),
    (
        "chart-of-somebody-else",
        Line,
        "a dependency in a Chart.yaml",
    ),
    (
        "application-in-place-of-an-app",
        File,
        "this is no Application",
    ),
    (
        "field-of-another-tool",
        Line,
        "add `exposePublic` to `fields`",
    ),
    ("revision-is-a-number", Line, "put it in quotes"),
    ("types", Line, "put it in quotes"),
    ("wave-word", Line, ""),
    ("wave-fraction", Line, ""),
    ("deploy-text", Line, "remove the quotes"),
    ("engine-unknown", Line, "did you mean `catalog`?"),
    ("helm-fields", Line, "an app has the field `releaseName`"),
    ("patches-malformed", Line, "did you mean `kind`?"),
    ("destination-both", Line, "set the other key to null"),
    ("destination-fields", Line, "did you mean `server`?"),
    ("namespace-invalid", Line, ""),
    ("release-name-too-long", Line, ""),
    ("releases-equal", File, "set another `releaseName`"),
    ("pod-security-level", Line, "did you mean `restricted`?"),
    ("pod-security-modes", Line, "did you mean `enforce`?"),
    ("sync-policy-misspelt", Line, "did you mean `automated`?"),
    ("sync-policy-automated-true", Line, "write a map"),
    (
        "sync-options-unknown",
        Line,
        "did you mean `CreateNamespace=true`?",
    ),
    ("ignore-differences", Line, "a pointer begins with `/`"),
    ("label-keys", Line, ""),
    ("label-values", Line, ""),
    // Paths and files that an app names.
    ("path-unknown", Line, "did you mean `apps/web`?"),
    ("path-without-chart", Line, "a chart has the file"),
    ("path-absolute", Line, "relative to the root"),
    ("path-outside", Line, "from the root"),
    ("value-files-missing", Line, "did you mean `values.yaml`?"),
    (
        "value-files-of-another-source",
        Line,
        "did you mean `values`?",
    ),
    // Templates in fields.
    (
        "template-with-lower-case-values",
        Line,
        "did you mean `.Values`?",
    ),
    ("template-without-a-dot", Line, "did you mean `.Values`"),
    (
        "template-reaches-an-unset-value",
        Line,
        "did you mean `region`?",
    ),
    ("template-function", Line, "did you mean `upper`?"),
    ("template-syntax", Line, ""),
    // Clusters and layers.
    ("override-for-unknown-cluster", Line, "did you mean `east`?"),
    ("override-list", Line, "in place of `- …`"),
    ("override-is-text", Line, "did you mean `{deploy: false}`?"),
    ("override-in-override", Line, "move its entries"),
    ("override-replaces-list", Line, "repeat the items"),
    ("override-unknown-field", Line, "did you mean `syncWave`?"),
    ("cluster-sets-unknown-app", Line, "did you mean `web`?"),
    ("cluster-name-differs", Line, "use one name for both"),
    ("cluster-name-missing", Line, "set `cluster: {name: …}`"),
    ("cluster-name-boolean", Line, "put it in quotes"),
    (
        "section-of-values-misspelt",
        Line,
        "did you mean `defaults`?",
    ),
    (
        "bootstrap-copied-from-another-cluster",
        Line,
        "did you mean `clusters/east`?",
    ),
    (
        "bootstrap-without-catalog",
        Line,
        "add a source with `path: apps`",
    ),
    ("bootstrap-no-application", File, "add one"),
    ("bootstrap-values-map", Line, "use `helm.valuesObject`"),
    (
        "catalog-output-unknown",
        Line,
        "did you mean `applications`?",
    ),
    ("null-for-a-value-of-the-chart", Line, "value file"),
];

/// What is recorded of a case.
fn recorded(case: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../snapshots/broken");
    std::fs::read_to_string(format!("{folder}/{case}.txt")).unwrap()
}

/// Where a message leads.
fn leads(message: &str) -> Leads {
    let (place, _) = message.split_once(": ").unwrap();
    let mut parts = place.split(':');
    match (parts.next(), parts.next()) {
        (Some(file), Some(_)) if file.contains('/') => Line,
        (Some(file), None) if file.contains('/') => File,
        _ => Nowhere,
    }
}

#[test]
fn each_mistake_has_a_place_and_a_hint() {
    for (case, expected, hint) in MISTAKES {
        let text = recorded(case);
        let first = text.lines().next().unwrap();
        assert_eq!(leads(first), *expected, "{case}: {first}");
        let mut hints = text.lines().filter(|line| line.starts_with("  hint: "));
        let is_given = hint.is_empty() || hints.any(|line| line.contains(hint));
        assert!(is_given, "{case}: no hint says {hint:?}:\n{text}");
        assert!(text.lines().all(is_whole), "{case}: {text}");
    }
}

/// Whether a line of a message names its rule, or stands below one that does.
fn is_whole(line: &str) -> bool {
    line.starts_with("  ") || line.ends_with(']')
}

#[test]
fn the_mistakes_are_many_and_each_is_one() {
    let cases: BTreeSet<&str> = MISTAKES.iter().map(|(case, ..)| *case).collect();
    assert_eq!(cases.len(), MISTAKES.len());
    assert!(cases.len() >= 62);
}
