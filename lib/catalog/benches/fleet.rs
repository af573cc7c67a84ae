//! A whole fleet: 1,000 apps on 20 clusters, from files in memory to YAML. `cargo bench -p homescale-catalog`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark reads the clock and prints"
)]

use std::fmt::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use homescale_catalog::{Catalog, RenderOptions};
use homescale_fileset::FileSet;

const APPS: usize = 1_000;
const CLUSTERS: usize = 20;
const RUNS: usize = 5;

fn main() {
    let files = fleet();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    println!("{APPS} apps, {CLUSTERS} clusters, {threads} threads, best of {RUNS}");

    let load = best(|| {
        Catalog::load(&files).unwrap();
    });
    println!("load               {load:>8.1?}");

    let catalog = Catalog::load(&files).unwrap();
    let mut bytes = 0;
    let one = best(|| bytes = render(&catalog, 0));
    println!("render one cluster {one:>8.1?}  {} KiB", bytes >> 10);

    let all = best(|| {
        let next = AtomicUsize::new(0);
        let work = || {
            while let cluster @ 0..CLUSTERS = next.fetch_add(1, Ordering::Relaxed) {
                render(&catalog, cluster);
            }
        };
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(work);
            }
        });
    });
    println!("render all         {all:>8.1?}");
    println!("load and render    {:>8.1?}", load + all);

    let lint = best(|| {
        assert!(!catalog.lint().has_errors());
    });
    println!("lint               {lint:>8.1?}");
    let status = best(|| {
        assert_eq!(catalog.status().apps.len(), APPS);
    });
    println!("status             {status:>8.1?}");
}

fn render(catalog: &Catalog, cluster: usize) -> usize {
    let name = format!("cluster-{cluster}");
    let objects = catalog.render(&name, &RenderOptions::default()).unwrap();
    objects.to_yaml().unwrap().len()
}

fn best(mut work: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..RUNS).map(time).min().unwrap()
}

/// Apps as they are: some twenty lines of values, an override or two, a template in one of three.
fn fleet() -> FileSet {
    let mut files = FileSet::new();
    let mut insert = |path: String, text: String| files.insert(path, text.into_bytes()).unwrap();
    insert(
        "apps/values.yaml".to_owned(),
        "cluster: {name: \"\"}\ndefaults:\n  repoURL: https://git.example.com/platform.git\n  \
         targetRevision: main\n  project: default\n  \
         destination: {server: \"https://kubernetes.default.svc\"}\n  \
         syncPolicy: {automated: {prune: true, selfHeal: true}}\n  \
         syncOptions: [ServerSideApply=true]\n"
            .to_owned(),
    );
    for number in 0..APPS {
        let mut text = format!(
            "path: apps/app-{number}\nnamespace: team-{}\ndefaultDeploy: true\nsyncWave: {}\n",
            number / 4,
            number % 7
        );
        text.push_str(
            "annotations: {owner: platform}\nvalues:\n  image:\n    repository: registry.example.com/platform/app\n    \
             tag: 1.27.3\n  replicas: 2\n  resources:\n    requests: {cpu: 100m, memory: 128Mi}\n    \
             limits: {memory: 256Mi}\n  ingress:\n    enabled: true\n    hosts:\n    - host: app.example.com\n      \
             paths: [/, /api]\n  env:\n  - {name: LOG_LEVEL, value: info}\n  - {name: MODE, value: \"on\"}\n",
        );
        if number % 3 == 0 {
            text.push_str("  host: app.{{ .Values.cluster.name }}.example.com\n");
        }
        text.push_str("clusters:\n");
        for cluster in [number % CLUSTERS, (number + 7) % CLUSTERS] {
            let values = "{replicas: 3, image: {tag: 1.28.0}}";
            writeln!(text, "  cluster-{cluster}: {{values: {values}}}").unwrap();
        }
        insert(format!("apps/app-{number}/app.yaml"), text);
        let chart = format!("apiVersion: v2\nname: app-{number}\nversion: 1.0.0\n");
        insert(format!("apps/app-{number}/Chart.yaml"), chart);
    }
    for number in 0..CLUSTERS {
        insert(
            format!("clusters/cluster-{number}/apps.yaml"),
            format!(
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {{name: apps, namespace: argocd}}\n\
                 spec:\n  destination: {{namespace: argocd}}\n  source:\n    path: apps\n    helm:\n      \
                 valuesObject:\n        cluster: {{name: cluster-{number}, region: eu}}\n        \
                 apps: {{app-1: {{deploy: false}}, app-2: {{values: {{replicas: 5}}}}}}\n"
            ),
        );
    }
    files
}
