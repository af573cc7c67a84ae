//! The limits on a chart, on YAML, and on the process.

use std::fmt::Write;

use crate::sidecar::Sent;

/// What templates do to reach a limit on them.
const TEMPLATES: [(&str, &str); 6] = [
    (
        "limit fuel=100000000 exceeded",
        r#"{{ $text := repeat 1000000 "a" }}{{ range until 1000 }}{{ $_ := upper $text | len }}{{ end }}"#,
    ),
    (
        "limit output=67108864 exceeded",
        r#"{{ define "a" }}{{ repeat 1000000 "a" }}{{ end }}{{ range until 100 }}{{ $_ := include "a" $ }}{{ end }}"#,
    ),
    (
        "limit memory=1073741824 exceeded",
        r#"{{ range until 2000 }}{{ $_ := repeat 1000000 "a" }}{{ end }}"#,
    ),
    (
        "limit text=16777216 exceeded",
        r#"{{ $l := list "x" }}{{ range until 30 }}{{ $l = list $l $l }}{{ end }}a: {{ $l | toString | len }}"#,
    ),
    (
        "limit elements=1048576 exceeded",
        "{{ $l := list 1 }}{{ range until 60 }}{{ $l = list $l $l }}{{ end }}a: {{ toYaml $l | len }}",
    ),
    (
        "limit max-memory=192Mi exceeded",
        "{{ $lists := list }}{{ range until 20 }}{{ $lists = append $lists (until 1000000) }}{{ end }}",
    ),
];

#[test]
fn templates() {
    for (bound, template) in TEMPLATES {
        let sent = Sent::chart(&[("templates/t.yaml", template)]);
        sent.generate_chart().by(bound);
    }
}

#[test]
fn templates_in_each_other() {
    let template = "{{ tpl .Values.a . }}";
    let values = format!("a: '{template}'\n");
    let sent = Sent::chart(&[("templates/t.yaml", template), ("values.yaml", &values)]);
    sent.generate_chart().by("limit depth=10000 exceeded");
}

#[test]
fn values() {
    let values = format!("a: [{}]\n", "1,".repeat(1_000_001));
    let sent = Sent::chart(&[("values.yaml", &values)]);
    sent.generate_chart().by("limit values=1000000 exceeded");
}

#[test]
fn charts() {
    let mut dependencies = "dependencies:\n".to_owned();
    for index in 0..40 {
        writeln!(
            dependencies,
            "- {{name: s, version: 1.0.0, alias: a{index}}}"
        )
        .unwrap();
    }
    let chart =
        |name: &str| format!("apiVersion: v2\nname: {name}\nversion: 1.0.0\n{dependencies}");
    let sent = Sent::new(&[
        ("Chart.yaml", &chart("c")),
        ("charts/s/Chart.yaml", &chart("s")),
        (
            "charts/s/charts/s/Chart.yaml",
            "apiVersion: v2\nname: s\nversion: 1.0.0\n",
        ),
    ]);
    sent.generate_chart().by("limit charts=1000 exceeded");
}

#[test]
fn aliases() {
    let text = "x".repeat(1_000_000);
    let values = format!("a: &a {text}\nb: [{}]\n", "*a, ".repeat(40));
    let sent = Sent::chart(&[("values.yaml", &values)]);
    sent.generate_chart()
        .by("document contains excessive aliasing");
}

#[test]
fn the_deadline() {
    let sent = Sent::chart(&[("templates/t.yaml", "{{ range 90000000 }}{{ end }}")]);
    let ended = sent.generate(&[("helm", "{}")], &["--deadline", "300ms"]);
    ended.by("no result within 300ms, the deadline of the plugin");
}
