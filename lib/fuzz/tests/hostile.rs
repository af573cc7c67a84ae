//! Every chart of `fixtures/hostile` ends, soon, with the result that its file names: one trial each.
//!
//! A file is a bundle: a sentence, `limit: NAME=N,…`, `result:` with the text of the error (or of the manifests) below, and
//! the files of the chart. `INSTA_UPDATE=always` writes the results that it finds.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use homescale_chart::{Chart, HelmVersion, Request, ValueSource, render};
use homescale_fileset::FileSet;
use homescale_functions::FixedHost;
use homescale_fuzz::bundle;
use homescale_template::with_stack;
use libtest_mimic::{Arguments, Failed, Trial};

/// How long a chart may take in a build without optimisation.
const SLOW: Duration = Duration::from_mins(1);

/// How much of a result is compared.
const LONG: usize = 2_000;

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/hostile");
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    let trials: Vec<Trial> = paths
        .into_iter()
        .map(|path| {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            Trial::test(name, move || check(&path))
        })
        .collect();
    assert!(trials.len() > 20, "only {} charts", trials.len());
    libtest_mimic::run(&Arguments::from_args(), trials).exit();
}

fn check(path: &Path) -> Result<(), Failed> {
    let text = fs::read_to_string(path)?;
    let chart_at = text.find("\n-- ").ok_or("there is no chart")?;
    let (head, chart) = text.split_at(chart_at + 1);
    let (head, expected) = head.split_once("\nresult:\n").ok_or("there is no result")?;
    let (_, limit) = head.split_once("\nlimit: ").ok_or("there is no limit")?;
    let start = Instant::now();
    let result = with_stack(|| result(chart.as_bytes(), limit))??;
    let result: String = result.chars().take(LONG).collect();
    if start.elapsed() > SLOW {
        return Err(format!("took {:?}", start.elapsed()).into());
    }
    if homescale_recordings::accepts_snapshots() {
        fs::write(
            path,
            format!("{head}\nresult:\n{}\n\n{chart}", result.trim_end()),
        )?;
        return Ok(());
    }
    if result.trim_end() == expected.trim_end() {
        return Ok(());
    }
    Err(format!("expected\n{expected}\nfound\n{result}").into())
}

fn result(chart: &[u8], limit: &str) -> Result<String, String> {
    let mut files = FileSet::new();
    let mut request = Request {
        helm: HelmVersion::V4_1,
        limits: limit
            .parse()
            .map_err(|error: homescale_chart::LimitError| error.to_string())?,
        ..Request::default()
    };
    for (path, bytes) in bundle::split(chart) {
        if path == "@set" {
            let text = String::from_utf8_lossy(&bytes).trim_end().to_owned();
            request.values.push(ValueSource::Set(text));
            continue;
        }
        files
            .insert(path, bytes)
            .map_err(|error| error.to_string())?;
    }
    let rendered = Chart::load_as(&files, request.helm)
        .and_then(|chart| render(&chart, &request, Rc::new(FixedHost::default())));
    Ok(match rendered {
        Ok(rendered) => String::from_utf8_lossy(&rendered.text()).into_owned(),
        Err(error) => format!("Error: {error}"),
    })
}
