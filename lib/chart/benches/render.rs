//! A chart that is in memory, rendered for one set of values after another: nothing is parsed again.
//!
//! `cargo bench -p homescale-chart --bench render [-- FOLDER …]`: a chart made here, or the charts in these folders.
//!
//! `… -- first COUNT FOLDER [SET]` reads, loads and renders the chart so many times; `… -- further COUNT FOLDER [SET]` does so once,
//! and renders it so many times more. They print nothing: `plugin/benches/fleet` takes their processor time, and compares it
//! with that of Helm's own engine doing the same.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::unwrap_used,
    reason = "a benchmark reads the disk and the clock, and prints"
)]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::rc::Rc;
use std::time::{Duration, Instant};

use homescale_chart::{Chart, Request, ValueSource, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;

/// That of the plugin.
#[cfg(target_os = "linux")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How many sets of values a chart is rendered for.
const SETS: usize = 100;

/// A named template of the kind that libraries have.
const HELPER: &str = r#"{{- define "web.labels.NUMBER" -}}
app.kubernetes.io/name: {{ .Chart.Name | trunc 63 | trimSuffix "-" }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- with .Values.labels }}
{{ toYaml . }}
{{- end }}
{{- end }}
"#;

/// A manifest that uses it.
const MANIFEST: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ printf "%s-%d" .Release.Name NUMBER }}
  labels: {{- include "web.labels.NUMBER" . | nindent 4 }}
spec:
  replicas: {{ .Values.replicas | default 1 }}
  template:
    metadata:
      labels: {{- include "web.labels.NUMBER" . | nindent 8 }}
    spec:
      containers:
        {{- range $name, $image := .Values.images }}
        - name: {{ $name }}
          image: {{ tpl $image $ | quote }}
          resources: {{- toYaml $.Values.resources | nindent 12 }}
        {{- end }}
"#;

const VALUES: &str = "\
labels: {team: web, tier: front}
images: {web: 'web:{{ .Chart.Version }}', proxy: 'proxy:2'}
resources: {limits: {memory: 256Mi}, requests: {cpu: 100m, memory: 128Mi}}
";

fn main() {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let [mode @ ("first" | "further"), count, folder, set @ ..] = &*words {
        let count = count.parse().unwrap();
        let work = || repeat(*mode == "further", count, Path::new(folder), set.first());
        return homescale_template::with_stack(work).unwrap();
    }
    table(&arguments);
}

/// Loads and renders a chart so many times, or loads it once and renders it once more than that.
fn repeat(is_loaded_once: bool, count: usize, folder: &Path, set: Option<&&str>) {
    let load = || {
        let mut files = FileSet::new();
        read(folder, "", &mut files);
        Chart::load(&files).unwrap()
    };
    let once = |chart: &Chart, number: usize| {
        let mut request = Request::default();
        request.release.name = format!("rel-{number}");
        request.values = set
            .map(|set| ValueSource::Set((*set).to_owned()))
            .into_iter()
            .collect();
        black_box(
            render(chart, &request, Rc::new(FixedHost::default()))
                .unwrap()
                .text(),
        );
    };
    if is_loaded_once {
        let chart = load();
        (0..=count).for_each(|number| once(&chart, number));
    } else {
        (0..count).for_each(|number| once(&load(), number));
    }
}

fn table(folders: &[String]) {
    println!(
        "{:<24} {:>10} {:>12} {:>12} {:>12}",
        "chart", "bytes", "load", "first render", "each further"
    );
    homescale_template::with_stack(|| {
        if folders.is_empty() {
            measure("40 manifests", &made(40));
            // Its templates are parsed by another thread while it is loaded, unless there is one core: `taskset -c 0`.
            measure("800 manifests", &made(800));
        }
        for folder in folders {
            let mut files = FileSet::new();
            read(Path::new(folder), "", &mut files);
            measure(folder.rsplit('/').next().unwrap(), &files);
        }
    })
    .unwrap();
}

/// Prints how long it takes to load a chart, to render it once, and to render it for other values.
fn measure(name: &str, files: &FileSet) {
    let start = Instant::now();
    let chart = Chart::load(files).unwrap();
    let load = start.elapsed();
    let once = |set: usize| {
        let request = Request {
            values: vec![ValueSource::Set(format!("replicas={set}"))],
            ..Request::default()
        };
        let start = Instant::now();
        let rendered = render(&chart, &request, Rc::new(FixedHost::default())).unwrap();
        let bytes = black_box(rendered.text()).len();
        (start.elapsed(), bytes)
    };
    let (first, bytes) = once(0);
    let mut further: Vec<Duration> = (1..=SETS).map(|set| once(set).0).collect();
    further.sort();
    let further = further[further.len() / 2];
    println!("{name:<24} {bytes:>10} {load:>12.2?} {first:>12.2?} {further:>12.2?}");
}

/// A chart of so many manifests and their helpers.
fn made(manifests: usize) -> FileSet {
    let mut files = FileSet::new();
    let mut add = |path: String, text: String| files.insert(path, text.into_bytes()).unwrap();
    let metadata = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
    add("Chart.yaml".to_owned(), metadata.to_owned());
    add("values.yaml".to_owned(), VALUES.to_owned());
    for n in 0..manifests {
        let numbered = |text: &str| text.replace("NUMBER", &n.to_string());
        add(format!("templates/_{n}.tpl"), numbered(HELPER));
        add(format!("templates/{n}.yaml"), numbered(MANIFEST));
    }
    files
}

fn read(folder: &Path, below: &str, files: &mut FileSet) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() {
            read(&path, &format!("{below}{name}/"), files);
        } else {
            let contents = fs::read(&path).unwrap();
            files.insert(format!("{below}{name}"), contents).unwrap();
        }
    }
}
