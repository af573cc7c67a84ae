//! Whole charts: files in, manifests out.

use std::rc::Rc;

use homescale_chart::{Chart, HelmVersion, ValueSource, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;

use super::target::{Target, modest};
use crate::bundle;

pub(super) const TARGET: Target = Target {
    name: "chart",
    about: "renders the chart of a text in which `-- path --` starts each file; `@set` has a --set a line, `@values` is a -f",
    words: &[
        "-- templates/a.yaml --\n",
        "-- values.yaml --\n",
        "-- Chart.yaml --\n",
        "-- charts/s/Chart.yaml --\n",
        "-- charts/s/values.yaml --\n",
        "-- charts/s/templates/a.yaml --\n",
        "-- requirements.yaml --\n",
        "-- Chart.lock --\n",
        "-- values.schema.json --\n",
        "-- .helmignore --\n",
        "-- crds/c.yaml --\n",
        "-- templates/NOTES.txt --\n",
        "-- templates/_h.tpl --\n",
        "-- @set --\n",
        "-- @values --\n",
        "apiVersion: v2\nname: c\nversion: 1.0.0\n",
        "dependencies:\n- name: s\n  version: x\n  repository: ''\n",
        "  alias: t\n",
        "  condition: s.on\n",
        "  tags: [x]\n",
        "  import-values: [data]\n",
        "  import-values: [{child: a, parent: b}]\n",
        "type: library\n",
        "kubeVersion: '>=1-0'\n",
        "deprecated: true\n",
        "global: {a: 1}\n",
        "exports: {data: {x: 1}}\n",
        "\n---\n",
        "kind: Pod\n",
        "metadata: {annotations: {helm.sh/hook: pre-install}}\n",
        "helm.sh/hook-weight: '5'\n",
        "helm.sh/hook: test\n",
        "kind: List\nitems: []\n",
        "{{ .Values }}",
        "{{ .Files.Get \"x\" }}",
        "{{ (.Files.Glob \"**\").AsConfig }}",
        "{{ include \"c.x\" . }}",
        "{{ .Subcharts }}",
        "null",
        "{\"$schema\":\"http://json-schema.org/draft-07/schema#\"}",
        "\"type\":\"object\",",
        "\"$ref\":\"#\",",
        "\"required\":[\"a\"],",
        "\"pattern\":\"(a*)*$\",",
        "\"properties\":{\"a\":{\"type\":\"string\"}},",
    ],
    run,
};

fn run(text: &[u8]) {
    let mut request = modest();
    request.include_crds = true;
    request.subchart_notes = true;
    request.helm = if text.len().is_multiple_of(4) {
        HelmVersion::V3_17
    } else {
        HelmVersion::V4_1
    };
    let mut files = FileSet::new();
    for (path, bytes) in bundle::split(text) {
        match path.as_str() {
            "@set" => {
                let lines = String::from_utf8_lossy(&bytes).into_owned();
                let sources = lines.lines().map(|line| ValueSource::Set(line.to_owned()));
                request.values.extend(sources);
            }
            "@values" => request.values.push(ValueSource::File {
                name: path,
                text: bytes.into(),
            }),
            // A path that leads out of the set is refused, as it should be.
            _ => drop(files.insert(path, bytes)),
        }
    }
    let Ok(chart) = Chart::load_as(&files, request.helm) else {
        return;
    };
    if let Ok(rendered) = render(&chart, &request, Rc::new(FixedHost::default())) {
        let _ = rendered.text();
    }
}
