//! Seeds: what the fixtures hold, as inputs of the targets. Nothing of it is stored a second time.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use homescale_fileset::FileSet;
use homescale_recordings::{Case, case_files, fixtures};
use homescale_yaml::json;

use crate::bundle;

/// The seeds of a target, in a fixed order. Empty for a name that is no target's.
///
/// # Panics
/// The fixtures cannot be read.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let mut seeds = match target {
        "yaml" => cases("yaml/read")
            .chain(results("yaml/write"))
            .chain(files("charts", "yaml"))
            .collect(),
        "patch" => patches(),
        "set" => files("set", "txt").flat_map(|text| lines(&text)).collect(),
        "template" => cases("template")
            .chain(functions())
            .chain(files("charts/", "tpl"))
            .collect(),
        "archive" => archives(),
        "chart" => charts(),
        _ => Vec::new(),
    };
    seeds.sort();
    seeds.dedup();
    seeds
}

/// Patches that fit most of the streams.
const PATCHES: [&str; 4] = [
    "- {target: {kind: ConfigMap}, merge: {data: {n: 1}}, optional: true}\n",
    "- {target: {name: a}, delete: true, optional: true}\n- {merge: {data: null}}\n",
    "- jsonPatch:\n  - {op: add, path: /data, value: {a: [1, 2.0]}}\n  - {op: copy, from: /data, path: /data/b}\n  \
     - {op: move, from: /data/a/0, path: /data/a/-}\n  - {op: test, path: /data/b/a/1, value: 2}\n  optional: true\n",
    "- {merge: {spec: {a: null, b: {c: [{name: d}]}}}}\n- {merge: {spec: {b: {c: [{name: e}]}}}}\n",
];

/// Streams of manifests, each with patches.
fn patches() -> Vec<Vec<u8>> {
    let with = |stream: &[u8], patches: &str| {
        let patches = patches.as_bytes();
        [b"-- patches --\n", patches, b"-- manifests --\n", stream].concat()
    };
    let streams = streams().into_iter();
    let pairs = streams.flat_map(|stream| PATCHES.map(|patches| with(&stream, patches)));
    pairs.collect()
}

/// The streams of which Kubernetes was asked what it reads.
fn streams() -> Vec<Vec<u8>> {
    let cases = fs::read(fixtures().join("streams/cases.json")).expect("a fixture can be read");
    let cases = json::decode_map(&cases).expect("it is JSON");
    let streams = cases.to_vec().into_iter();
    streams
        .filter_map(|(_, stream)| Some(stream.as_str()?.as_bytes().to_vec()))
        .collect()
}

/// The files of a folder and below it, in order.
fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).expect("the fixtures are there");
    let mut entries: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(paths(&path));
        } else {
            found.push(path);
        }
    }
    found
}

/// The contents of the files with an extension.
fn files(folder: &str, extension: &'static str) -> impl Iterator<Item = Vec<u8>> + use<> {
    let paths = paths(&fixtures().join(folder)).into_iter();
    paths
        .filter(move |path| path.extension().is_some_and(|found| found == extension))
        .map(|path| fs::read(path).expect("a fixture can be read"))
}

fn lines(text: &[u8]) -> Vec<Vec<u8>> {
    text.split(|&b| b == b'\n').map(<[u8]>::to_vec).collect()
}

/// The cases of the files in a directory.
fn all_cases(directory: &str) -> impl Iterator<Item = Case> + use<> {
    let files = case_files(directory).into_iter();
    files.flat_map(|file| file.cases)
}

/// The inputs of cases; where one is left out, its name is the input.
fn cases(directory: &str) -> impl Iterator<Item = Vec<u8>> + use<> {
    all_cases(directory).map(|case| case.question().as_bytes().to_vec())
}

/// The results of cases.
fn results(directory: &str) -> impl Iterator<Item = Vec<u8>> + use<> {
    let answers = all_cases(directory).flat_map(|case| case.answers);
    answers.map(|(_, answer)| answer.into_bytes())
}

/// The templates of the cases of functions, which are in their names.
fn functions() -> impl Iterator<Item = Vec<u8>> + use<> {
    all_cases("functions").map(|case| format!("{}\n{}", case.name, case.input).into_bytes())
}

/// The archives of the fixtures, their tars, and every chart packed as a tar.
fn archives() -> Vec<Vec<u8>> {
    let packed: Vec<Vec<u8>> = files("charts", "tgz")
        .filter(|bytes| bytes.len() < 64 << 10)
        .collect();
    let mut found = Vec::new();
    for bytes in packed {
        let mut tar = Vec::new();
        // What cannot be decompressed is a seed as it is.
        if GzDecoder::new(bytes.as_slice())
            .take(64 << 10)
            .read_to_end(&mut tar)
            .is_ok()
        {
            found.push(tar);
        }
        found.push(bytes);
    }
    found.extend(charts().iter().map(|text| tar(&bundle::split(text))));
    found
}

/// A tar of files in a folder `c`.
fn tar(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut out = Vec::new();
    for (path, bytes) in files {
        let mut head = [0; 512];
        let name = format!("c/{path}");
        let name = &name.as_bytes()[..name.len().min(100)];
        head[..name.len()].copy_from_slice(name);
        head[100..107].copy_from_slice(b"0000644");
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = b'0';
        head[257..265].copy_from_slice(b"ustar\x0000");
        let sum: u32 = head.iter().copied().map(u32::from).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend_from_slice(&head);
        out.extend_from_slice(bytes);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// The charts that are made to hurt, which are bundles.
fn files_of_hostile() -> impl Iterator<Item = Vec<u8>> {
    files("hostile", "txt").filter(|text| text.len() < 10_000)
}

/// The charts of the fixtures, as bundles.
fn charts() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let entries = fs::read_dir(fixtures().join("charts")).expect("the fixtures are there");
    let mut folders: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path().join("chart")))
        .collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let mut files = FileSet::new();
        for path in paths(folder) {
            let name = path
                .strip_prefix(folder)
                .ok()
                .and_then(Path::to_str)
                .map(str::to_owned);
            if let (Some(name), Ok(bytes)) = (name, fs::read(&path)) {
                files
                    .insert(name, bytes)
                    .expect("a path below a folder is relative");
            }
        }
        found.push(bundle::join(&files));
    }
    found.extend(files_of_hostile());
    found
}
