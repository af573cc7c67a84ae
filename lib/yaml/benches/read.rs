//! How fast text is read: 5 MB that look like values files, and 5 MB of documents that look like definitions of custom
//! resources, by this crate and by serde_yaml; and manifests of which only a few entries are wanted.
//!
//! `cargo bench -p homescale-yaml --bench read`
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock and prints"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde::Deserialize;

const SIZE: usize = 5_000_000;
const ROUNDS: usize = 5;

fn main() {
    let values = repeat(app);
    println!("values: {} bytes", values.len());
    measure("from_slice", &values, || {
        homescale_yaml::from_slice(values.as_bytes()).unwrap()
    });
    measure("parse", &values, || {
        homescale_yaml::parse(values.as_bytes()).unwrap()
    });
    measure("serde_yaml", &values, || {
        serde_yaml::from_str::<serde_yaml::Value>(&values).unwrap()
    });

    let definitions = repeat(definition);
    println!("definitions: {} bytes", definitions.len());
    measure("parse_all, to_value", &definitions, || {
        let documents = homescale_yaml::parse_all(definitions.as_bytes()).unwrap();
        documents
            .iter()
            .map(|document| document.to_value().unwrap())
            .collect::<Vec<_>>()
    });
    measure("parse_all", &definitions, || {
        homescale_yaml::parse_all(definitions.as_bytes()).unwrap()
    });
    measure("serde_yaml", &definitions, || {
        let documents = serde_yaml::Deserializer::from_str(&definitions);
        documents
            .map(|document| serde_yaml::Value::deserialize(document).unwrap())
            .collect::<Vec<_>>()
    });
    partial();
}

/// How much faster the entries that Helm looks at are read from manifests by themselves: what the partial read is for.
fn partial() {
    let manifests: Vec<String> = (0..SIZE / 20_000)
        .map(|number| definition(number).replace("---\n", ""))
        .collect();
    let text = manifests.concat();
    println!("manifests: {} bytes", text.len());
    measure("from_slice", &text, || {
        for manifest in &manifests {
            black_box(homescale_yaml::from_slice(manifest.as_bytes()).unwrap());
        }
    });
    let wanted = |key: &[u8]| matches!(key, b"apiVersion" | b"kind" | b"metadata");
    measure("entries_from_slice", &text, || {
        for manifest in &manifests {
            let manifest = manifest.as_bytes();
            black_box(homescale_yaml::entries_from_slice(manifest, wanted).unwrap());
        }
    });
}

/// Prints the best of some rounds, in megabytes of text a second. Dropping the result is part of it.
fn measure<T>(name: &str, text: &str, read: impl Fn() -> T) {
    let best = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            drop(black_box(read()));
            start.elapsed()
        })
        .min()
        .unwrap_or(Duration::MAX);
    let rate = text.len() as f64 / 1e6 / best.as_secs_f64();
    println!("  {name:<20} {rate:>7.1} MB/s   {best:.1?}");
}

/// About [`SIZE`] bytes of `part`.
fn repeat(part: fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        if text.len() >= SIZE {
            break;
        }
        text.push_str(&part(number));
    }
    text
}

/// The values of one of many apps.
fn app(number: usize) -> String {
    format!(
        r#"# The values of app {number}.
app{number}:
  image:
    repository: ghcr.io/example/app-{number}
    tag: "1.{number}.0"
    pullPolicy: IfNotPresent
  replicaCount: {}
  enabled: true
  resources: {{limits: {{cpu: 500m, memory: 512Mi}}, requests: {{cpu: 0.1, memory: 64Mi}}}}
  nodeSelector: {{}}
  tolerations: []
  ingress:
    annotations:
      nginx.ingress.kubernetes.io/proxy-body-size: 64m
      cert-manager.io/cluster-issuer: 'letsencrypt'   # the usual one
    hosts:
      - host: app-{number}.example.com
        paths: [/, /api, "/health"]
  env:
  - name: LOG_LEVEL
    value: debug
  - name: GREETING
    value: "Hello, \"world\" — and\tgoodbye"
  config: |
    [server]
    port = {}
    # not a comment of YAML
    name = "app-{number}"
  description: >-
    An application that
    does something useful.

"#,
        number % 7,
        8000 + number % 1000,
    )
}

/// A document with a schema, as definitions of custom resources have.
fn definition(number: usize) -> String {
    let mut text = format!(
        "---\napiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: \
         things{number}.example.com\nspec:\n  group: example.com\n  scope: Namespaced\n  versions:\n  - name: v1\n    \
         served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n        \
         properties:\n"
    );
    text.extend((0..40).map(property));
    text
}

fn property(number: usize) -> String {
    format!(
        r"          field{number}:
            description: |-
              Field {number} says how the thing behaves when it is asked to.
              It defaults to what the controller was started with.
            properties:
              matchExpressions:
                items:
                  properties:
                    key:
                      description: key is the label key that the selector applies to.
                      type: string
                    minimum:
                      default: {number}
                      format: int32
                      type: integer
                  required:
                  - key
                  type: object
                type: array
                x-kubernetes-list-type: atomic
            type: object
"
    )
}
