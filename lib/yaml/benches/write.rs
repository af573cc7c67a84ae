//! How fast values are written: 5 MB of Applications, by the functions of this crate and by serde_yaml.
//!
//! `cargo bench -p homescale-yaml --bench write`
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock and prints"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use homescale_value::Value;
use homescale_yaml::json;

const SIZE: usize = 5_000_000;
const ROUNDS: usize = 5;

fn main() {
    let value = applications();
    let foreign: serde_yaml::Value = serde_json::from_str(&json::encode(&value).unwrap()).unwrap();
    measure("to_yaml", || homescale_yaml::to_yaml(&value).unwrap());
    measure("to_yaml_pretty", || {
        homescale_yaml::to_yaml_pretty(&value).unwrap()
    });
    measure("json::encode", || json::encode(&value).unwrap());
    measure("json::encode_pretty", || {
        json::encode_pretty(&value).unwrap()
    });
    measure("serde_yaml", || serde_yaml::to_string(&foreign).unwrap());
    let text = json::encode(&value).unwrap();
    measure("json::decode (its input)", || {
        black_box(json::decode(text.as_bytes()).unwrap());
        text.clone()
    });
}

/// Prints the best of some rounds, in megabytes of text a second.
fn measure(name: &str, write: impl Fn() -> String) {
    let (best, bytes) = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            let text = black_box(write());
            (start.elapsed(), text.len())
        })
        .min()
        .unwrap_or((Duration::MAX, 0));
    let rate = bytes as f64 / 1e6 / best.as_secs_f64();
    println!("{name:<26} {rate:>7.1} MB/s   {bytes} bytes in {best:.1?}");
}

/// A list of Applications whose YAML has about [`SIZE`] bytes.
fn applications() -> Value {
    let one = homescale_yaml::to_yaml(&application(0)).unwrap().len();
    Value::from((0..SIZE / one).map(application).collect::<Vec<_>>())
}

fn application(number: usize) -> Value {
    let text = serde_json::json!({
        "apiVersion": "argoproj.io/v1alpha1",
        "kind": "Application",
        "metadata": {
            "name": format!("app-{number}"),
            "namespace": "argocd",
            "annotations": {"argocd.argoproj.io/sync-wave": format!("{}", number % 40), "note": "on"},
            "finalizers": ["resources-finalizer.argocd.argoproj.io"],
        },
        "spec": {
            "project": "default",
            "destination": {"server": "https://kubernetes.default.svc", "namespace": format!("team-{}", number % 90)},
            "source": {
                "repoURL": "https://charts.example.com",
                "chart": "web",
                "targetRevision": "1.2.3",
                "helm": {
                    "releaseName": format!("app-{number}"),
                    "values": "replicas: 3\nimage:\n  tag: v1.2.3\nresources:\n  limits:\n    cpu: 100m\n",
                    "parameters": [{"name": "image.tag", "value": "1.20"}, {"name": "replicas", "value": "3", "forceString": true}],
                },
            },
            "syncPolicy": {
                "automated": {"prune": true, "selfHeal": true},
                "syncOptions": ["CreateNamespace=false", "ServerSideApply=true"],
                "retry": {"limit": 5, "backoff": {"duration": "5s", "factor": 2, "maxDuration": "3m"}},
            },
            "info": [{"name": "about", "value": "A web application with a description that is long enough to be folded at the usual width of a line."}],
        },
    });
    json::decode(text.to_string().as_bytes()).unwrap()
}
