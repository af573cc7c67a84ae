//! How fast templates are parsed and executed: a list of 2,000 items that prints some 130 kB.
//!
//! `cargo bench -p homescale-template --bench render`
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock and prints"
)]

use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use homescale_template::{Functions, Options, Set, parse_file};
use homescale_value::{Map, Value};

const ITEMS: usize = 2_000;
const ROUNDS: usize = 200;

/// Fields, conditions and variables.
const FIELDS: &str = r"{{ range $i, $item := .items }}- name: {{ $item.name }}
  index: {{ $i }}
  port: {{ .port }}
{{ if $item.enabled }}  enabled: {{ $item.enabled }}
{{ end }}  image: {{ .image.repository }}:{{ .image.tag }}
{{ end }}";

/// Calls of functions, and pipelines.
const CALLS: &str = r#"{{ range .items }}{{ if and .enabled (eq .name "web") }}no{{ else }}{{ printf "%s-%s" .name .image.tag | print "name: " }}
{{ index . "image" "repository" | printf "image: %q" }} {{ len .name }}
{{ end }}{{ end }}"#;

/// Templates that call templates.
const TEMPLATES: &str = r#"{{ define "image" }}{{ .repository }}:{{ .tag }}{{ end }}
{{- define "item" }}- name: {{ .name }}
  image: {{ template "image" .image }}
  port: {{ .port }}
{{ end }}
{{- range .items }}{{ template "item" . }}{{ end }}"#;

fn main() {
    let functions = Arc::new(Functions::new(&[]));
    let dot = items();
    for (name, text) in [
        ("fields", FIELDS),
        ("calls", CALLS),
        ("templates", TEMPLATES),
    ] {
        let mut set = Set::new("bench", Arc::clone(&functions));
        set.parse(name, &text.into()).unwrap();
        measure(name, || {
            let mut out = Vec::new();
            set.execute(name, &dot, &(), &Options::default(), &mut out)
                .unwrap();
            out.len()
        });
    }
    let long = FIELDS.repeat(500).into();
    measure("parse", || {
        black_box(parse_file(&functions, "long", &long).unwrap());
        FIELDS.len() * 500
    });
}

/// Prints the best of some rounds, and how many bytes were written or read.
fn measure(name: &str, work: impl Fn() -> usize) {
    let mut best = Duration::MAX;
    let mut bytes = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        bytes = black_box(work());
        best = best.min(start.elapsed());
    }
    println!("{name:<10} {bytes:>8} bytes {best:>12.2?}");
}

fn items() -> Value {
    let items = (0..ITEMS).map(|n| {
        let image = Map::from_iter([
            ("repository", Value::from("docker.io/library/web")),
            ("tag", Value::from(format!("1.{n}"))),
        ]);
        let port = Value::Float(8000.0 + n as f64);
        Value::Map(Map::from_iter([
            ("name", Value::from(format!("web-{n}"))),
            ("enabled", Value::Bool(n % 2 == 0)),
            ("port", port),
            ("image", Value::Map(image)),
        ]))
    });
    let items = Value::List(items.collect());
    Value::Map(Map::from_iter([("items", items)]))
}
