//! The guide in `docs/`: the start page does what it says, messages are those that the program says, links lead somewhere,
//! and the book has every page.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a broken premise shall fail the test"
)]

mod links;
#[path = "../page/mod.rs"]
mod page;

use std::fs;
use std::path::Path;

use page::{Page, program, tree};
use tempfile::TempDir;

/// What the tests compare the program's messages with: what it was recorded to say, and the texts about files that cannot be read,
/// which depend on the machine.
const RECORDED: [&str; 6] = [
    "fixtures/command-line/expected",
    "fixtures/hostile",
    "fixtures/sidecar",
    "lib/homescale/src",
    "snapshots/broken",
    "snapshots/cli",
];

/// A copy of the catalog of this repository.
fn clone() -> TempDir {
    let clone = tempfile::tempdir().unwrap();
    for part in ["apps", "clusters"] {
        tree::copy(
            &tree::root().join(part),
            &clone.path().join("homescale").join(part),
        );
    }
    clone
}

#[test]
fn the_first_page_does_what_it_says() {
    follow("README.md", &clone().path().join("homescale"));
}

#[test]
fn the_start_page_does_what_it_says() {
    follow("docs/start.md", &clone().path().join("homescale"));
}

#[test]
fn the_page_of_an_own_repository_does_what_it_says() {
    let empty = tempfile::tempdir().unwrap();
    follow("docs/own-repository.md", empty.path());
}

#[test]
fn the_page_of_a_fleet_does_what_it_says() {
    let empty = tempfile::tempdir().unwrap();
    follow("docs/fleet.md", empty.path());
}

#[test]
fn the_page_of_the_settings_does_what_it_says() {
    let empty = tempfile::tempdir().unwrap();
    follow("docs/homescale-yaml.md", empty.path());
}

#[test]
fn the_page_on_large_fleets_does_what_it_says() {
    let empty = tempfile::tempdir().unwrap();
    follow("docs/scale.md", empty.path());
}

#[test]
fn the_picture_is_what_the_program_prints() {
    let picture = tree::root().join("docs/terminal.svg");
    let program = program::helm_catalog(&tree::root(), &[]);
    let mut draw = program::bare(tree::root().join(".ci/draw-terminal"), &tree::root());
    let drawn = program::run(draw.arg(program.get_program()), b"");
    assert_eq!((drawn.status, drawn.stderr.as_str()), (0, ""));
    if std::env::var("INSTA_UPDATE").is_ok_and(|wanted| wanted == "always") {
        fs::write(&picture, &drawn.stdout).unwrap();
    }
    let is_new = fs::read_to_string(&picture).unwrap() == drawn.stdout;
    assert!(
        is_new,
        "docs/terminal.svg is old: INSTA_UPDATE=always draws it"
    );
}

/// Runs the commands of a page in a directory, where `helm-catalog` is the program under test, `kubectl` says what was recorded, and
/// `helm` is a real one if any is at hand. Blocks that need one say so after `sh`, and those that build the program `build`.
fn follow(name: &'static str, directory: &Path) {
    let bin = tempfile::tempdir().unwrap();
    let link = |program: &Path, name: &str| {
        std::os::unix::fs::symlink(program, bin.path().join(name)).unwrap();
    };
    let program = program::helm_catalog(directory, &[]);
    link(program.get_program().as_ref(), "helm-catalog");
    link(&tree::root().join("fixtures/kubectl/kubectl"), "kubectl");
    let helm = homescale_recordings::helms().pop();
    match &helm {
        Some(helm) => link(&fs::canonicalize(&helm.program).unwrap(), "helm"),
        None => eprintln!("skipped in {name}: what needs a real Helm"),
    }
    let text = fs::read_to_string(tree::root().join(name)).unwrap();
    let page = Page::new(name, &text, |block| {
        !block.is("build") && (helm.is_some() || !block.is("helm"))
    });
    assert!(page.blocks.len() > 2);
    let mut command = program::bare("sh", directory);
    let path = format!(
        "{}:{}",
        bin.path().display(),
        std::env::var("PATH").unwrap()
    );
    page.run("helm-catalog", command.env("PATH", path));
}

/// What stands before the version of a release.
const BEFORE_VERSIONS: [&str; 7] = [
    "--tag v",
    ".github/actions/helm-catalog@v",
    "?ref=v",
    "homescalecloud/helm-catalog:",
    "helm-plugins/catalog:",
    "releases/download/v",
    "until a tag `v",
];

#[test]
fn the_guide_names_one_release() {
    let mut text = String::new();
    for directory in ["docs", "plugin/argocd"] {
        read_all(&tree::root().join(directory), &mut text);
    }
    for before in BEFORE_VERSIONS {
        let versions: Vec<&str> = text.split(before).skip(1).collect();
        assert!(!versions.is_empty(), "{before}");
        for version in versions {
            let is_own = version.starts_with(env!("CARGO_PKG_VERSION"));
            assert!(is_own, "{before}{}", version.lines().next().unwrap());
        }
    }
}

/// Messages of the guide that are Argo CD's, not ours.
const OF_ARGO_CD: &[&str] = &[
    "argument list too long",
    "could not find cmp-server plugin with name \"homescale\"",
];

#[test]
fn the_messages_of_the_guide_are_said() {
    let mut recorded = String::new();
    for folder in RECORDED {
        read_all(&tree::root().join(folder), &mut recorded);
    }
    let text = |page: &str| fs::read_to_string(tree::root().join("docs").join(page)).unwrap();
    let troubleshooting = text("troubleshooting.md");
    let sidecar = text("argocd-sidecar.md");
    let (_, sidecar) = sidecar.split_once("\n## What a message means\n").unwrap();
    for (page, least) in [(troubleshooting.as_str(), 30), (sidecar, 12)] {
        let messages: Vec<&str> = page.lines().filter_map(message).collect();
        assert!(messages.len() > least, "{messages:?}");
        let unknown: Vec<_> = messages
            .iter()
            .filter(|message| !OF_ARGO_CD.contains(message))
            .filter(|message| !recorded.lines().any(|line| says(line, message)))
            .collect();
        assert!(unknown.is_empty(), "never said: {unknown:#?}");
    }
}

/// The message in the first cell of a row, which is code as a whole.
fn message(row: &str) -> Option<&str> {
    let cell = row.strip_prefix("| `")?.split(" | ").next()?;
    Some(cell.trim_matches('`').trim())
}

/// Whether a line has the parts of a message between its `…`, in their order.
fn says(mut line: &str, message: &str) -> bool {
    message.split('…').all(|part| {
        let found = line.split_once(part.trim());
        line = found.map_or(line, |(_, rest)| rest);
        found.is_some()
    })
}

/// Appends the texts of all files in a directory.
fn read_all(directory: &Path, texts: &mut String) {
    for path in tree::entries(directory) {
        if path.is_dir() {
            read_all(&path, texts);
        } else {
            texts.push_str(&String::from_utf8_lossy(&fs::read(&path).unwrap()));
        }
    }
}
