//! A run that is killed leaves each Application whole: as it was, or as it shall be. The next run mends the rest.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::fleet::{command, config_map, files, manifests, plain, write};

const APPLICATIONS: usize = 16;
const OBJECTS: usize = 16;
const KILLS: u32 = 24;

/// A fleet whose every object says a text.
fn fleet(text: &str) -> tempfile::TempDir {
    let names: Vec<String> = (0..APPLICATIONS)
        .map(|number| format!("app-{number}"))
        .collect();
    let objects: String = (0..OBJECTS)
        .map(|number| config_map(&format!("{text}-{number}"), &text.repeat(20)))
        .collect();
    let applications: Vec<(&str, &str, &str)> = names
        .iter()
        .map(|name| (name.as_str(), "argocd", objects.as_str()))
        .collect();
    plain(&applications)
}

/// The files of each Application: of what is in progress nothing counts.
fn by_application(directory: &Path, layout: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut all: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for (path, bytes) in files(directory) {
        if path.starts_with('.') {
            continue;
        }
        let name = match layout {
            "apps" => path.clone(),
            _ => path.rsplit_once('/').unwrap().0.to_owned(),
        };
        all.entry(name).or_default().insert(path, bytes);
    }
    all
}

/// Waits until the last Application is in the directory in which a run writes first.
fn wait_for_the_last(directory: &Path, at_most: Duration) {
    let last = (0..APPLICATIONS)
        .map(|number| format!("app-{number}"))
        .max()
        .unwrap();
    let start = Instant::now();
    let is_staged = || {
        let entries = fs::read_dir(directory).unwrap().flatten();
        entries.map(|entry| entry.path()).any(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let staged = path.join("files/in-cluster");
            name.starts_with(".helm-catalog.tmp-")
                && (staged.join(&last).exists() || staged.join(format!("{last}.yaml")).exists())
        })
    };
    while !is_staged() && start.elapsed() < at_most {
        thread::sleep(Duration::from_micros(200));
    }
}

#[test]
fn a_killed_run_leaves_every_application_whole() {
    for layout in ["resources", "apps"] {
        let fleets = [fleet("before"), fleet("after")];
        let trees = fleets.each_ref().map(|fleet| {
            let directory = tempfile::tempdir().unwrap();
            write(fleet.path(), directory.path(), &["--layout", layout]);
            by_application(directory.path(), layout)
        });
        let directory = tempfile::tempdir().unwrap();
        let arguments = [
            "--output-dir",
            directory.path().to_str().unwrap(),
            "--layout",
            layout,
        ];
        let start = Instant::now();
        assert_eq!(manifests(fleets[0].path(), &arguments).status, 0);
        let whole_run = start.elapsed();
        let mut unfinished = 0;
        for kill in 0..KILLS {
            let fleet = &fleets[usize::from(kill % 2 == 0)];
            let mut run = command(fleet.path(), &arguments);
            run.stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null());
            let mut run = run.spawn().unwrap();
            if kill % 3 == 0 {
                // Evenly over the time of a run, in an order that mixes early and late.
                thread::sleep(whole_run * (kill * 37 % KILLS) / KILLS);
            } else {
                // When all is written beside the tree, and the exchange begins.
                wait_for_the_last(directory.path(), whole_run * 2);
                thread::sleep(Duration::from_micros(u64::from(kill * 37 % KILLS) * 100));
            }
            run.kill().unwrap();
            unfinished += u32::from(!run.wait().unwrap().success());
            for (name, files) in by_application(directory.path(), layout) {
                let is_whole = trees.iter().any(|tree| tree[&name] == files);
                assert!(
                    is_whole,
                    "{name} is neither as before nor as after: {:?}",
                    files.keys()
                );
            }
        }
        assert!(
            unfinished > KILLS / 3,
            "only {unfinished} runs were killed before their end"
        );
        let ran = manifests(fleets[1].path(), &arguments);
        assert_eq!(ran.status, 0, "{}", ran.stderr);
        assert_eq!(by_application(directory.path(), layout), trees[1]);
        let hidden = files(directory.path())
            .into_keys()
            .filter(|path| path.starts_with('.'));
        assert_eq!(hidden.count(), 0, "what the killed runs left is swept up");
    }
}
