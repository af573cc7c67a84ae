//! Every line of `fixtures/set` applied at every level, against what real Helm made of it.
//!
//! `fixtures/record-set` says what the files mean. Only this test reads them from the disk.
#![expect(
    clippy::disallowed_methods,
    reason = "fixtures come from the disk; the library itself never reads it"
)]

use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use homescale_chart::{Chart, HelmVersion, Request, ValueSource, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use homescale_recordings::of_level;
use libtest_mimic::{Arguments, Failed, Trial};

/// A flag, and what a use of it becomes.
type Flag = (&'static str, fn(String) -> ValueSource);

const FLAGS: &[Flag] = &[
    ("set", ValueSource::Set),
    ("set-string", ValueSource::SetString),
    ("set-json", ValueSource::SetJson),
    ("set-literal", ValueSource::SetLiteral),
];

static CHART: LazyLock<Arc<Chart>> = LazyLock::new(|| {
    let mut files = FileSet::new();
    for (path, text) in [
        ("Chart.yaml", "apiVersion: v2\nname: c\nversion: 0.1.0\n"),
        (
            "templates/v.yaml",
            "# {{ kindOf .Values.a }} {{ toJson .Values }}\n",
        ),
    ] {
        files
            .insert(path, text.as_bytes())
            .expect("the path is relative");
    }
    Arc::new(Chart::load(&files).expect("the chart is valid"))
});

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/set");
    let mut trials = Vec::new();
    for &(flag, source) in FLAGS {
        let inputs = fs::read_to_string(folder.join(format!("{flag}.txt"))).expect("inputs");
        let recorded = fs::read_to_string(folder.join(format!("{flag}.expected.txt")));
        let recorded = recorded.expect("recorded results");
        let mut recorded = recorded.lines().peekable();
        for line in inputs.lines() {
            let newest = recorded.next().expect("a result for each line");
            let mut parts = vec![("", newest)];
            while let Some(other) = recorded.next_if(|line| line.starts_with("helm ")) {
                let part = other["helm ".len()..].split_once(": ");
                parts.push(part.expect("levels"));
            }
            for &helm in HelmVersion::ALL {
                let expected = of_level(&parts, helm.name()).copied().unwrap_or_default();
                let expected = expected.to_owned();
                let line = line.to_owned();
                let name = format!("{flag}::{}::helm-{}", line.escape_default(), helm.name());
                trials.push(Trial::test(name, move || {
                    check(&line, source, helm, &expected)
                }));
            }
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(
    line: &str,
    source: fn(String) -> ValueSource,
    helm: HelmVersion,
    expected: &str,
) -> Result<(), Failed> {
    let request = Request {
        helm,
        values: line
            .split('\t')
            .map(|text| source(text.to_owned()))
            .collect(),
        ..Request::default()
    };
    let actual = match render(&CHART, &request, Rc::new(FixedHost::default())) {
        Ok(rendered) => {
            let text = String::from_utf8(rendered.text())?;
            let last = text.lines().last().unwrap_or_default();
            last.strip_prefix("# ").unwrap_or(last).to_owned()
        }
        Err(error) => format!("Error: {error}"),
    };
    if actual == expected {
        return Ok(());
    }
    Err(format!("--- Helm\n{expected}\n--- HomeScale\n{actual}").into())
}
