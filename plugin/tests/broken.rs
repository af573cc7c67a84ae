//! Every case of `fixtures/broken` through the binary: what is refused has exit status 1, a message that leads to the
//! place, and nothing on standard output. The messages themselves are tested in `lib/catalog/tests/broken.rs`.
#![expect(
    clippy::unwrap_used,
    reason = "the harness reads its cases from the disk, and dies of bad ones"
)]

mod program;
mod tree;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};
use program::{Ran, helm_catalog, run};
use tempfile::TempDir;

/// The cases whose first message names no line, and why.
const WITHOUT_LINE: &[(&str, &str)] = &[
    ("app-name-underscore", "about the name of a folder"),
    ("app-name-upper-case", "about the name of a folder"),
    ("app-file-yml-alone", "about what the repository lacks"),
    ("bootstrap-no-application", "about what the file lacks"),
    ("document-template-in-values", "about the document's values"),
    ("chart-of-the-catalog-broken", "Helm says the line"),
    ("defaults-empty", "about what the file lacks"),
    ("fields-missing", "about what the file lacks"),
    ("folder-too-long-for-release", "about the name of a folder"),
    ("no-apps", "about what the repository lacks"),
    ("releases-equal", "about two folders"),
    ("releases-equal-on-one-cluster", "about two folders"),
    ("render-unknown-app", "about the command line"),
    ("render-unknown-cluster", "about the command line"),
    ("yaml-too-deep", "about the whole file"),
];

fn main() -> ExitCode {
    let cases = tree::root().join("fixtures/broken");
    let mut trials = Vec::new();
    let mut refused = BTreeSet::new();
    for path in tree::entries(&cases)
        .into_iter()
        .filter(|path| path.is_dir())
    {
        let case = Case::new(&path);
        let runs = case.runs();
        if runs.iter().any(|(_, ran)| ran.status != 0) {
            refused.insert(case.name.clone());
        }
        let name = case.name.clone();
        trials.push(Trial::test(name, move || {
            runs.iter().try_for_each(|(command, ran)| {
                case.check(command, ran)
                    .map_err(|wrong| Failed::from(format!("{command}: {wrong}\n{ran:#?}")))
            })
        }));
    }
    trials.push(Trial::test("most cases are refused", move || {
        let unneeded: Vec<_> = WITHOUT_LINE
            .iter()
            .filter(|(name, _)| !refused.contains(*name))
            .collect();
        if refused.len() < 60 || !unneeded.is_empty() {
            let count = refused.len();
            return Err(format!("{count} are refused; not refused: {unneeded:?}").into());
        }
        Ok(())
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A case, laid out in a folder.
struct Case {
    name: String,
    path: PathBuf,
    folder: TempDir,
    /// What the library says of the case, as it is recorded.
    recorded: String,
}

impl Case {
    fn new(path: &Path) -> Self {
        let name = tree::file_name(path);
        let folder = tempfile::tempdir().unwrap();
        tree::copy(&tree::root().join("fixtures/broken/base"), folder.path());
        tree::copy(path, folder.path());
        add_templates(&folder.path().join("apps"));
        remove_marked(folder.path());
        let recorded = tree::root().join(format!("snapshots/broken/{name}.txt"));
        Self {
            recorded: fs::read_to_string(recorded).unwrap(),
            path: path.to_owned(),
            name,
            folder,
        }
    }

    /// The commands that the case is for, and what they gave.
    fn runs(&self) -> Vec<(String, Ran)> {
        let try_it = |arguments: &[&str], input: &[u8]| {
            let ran = run(&mut helm_catalog(self.folder.path(), arguments), input);
            (arguments.join(" "), ran)
        };
        if let Ok(stream) = fs::read(self.path.join("stream.yaml")) {
            return vec![try_it(&["post-render"], &stream)];
        }
        if let Ok(manifests) = fs::read(self.path.join("manifests.yaml")) {
            self.declare_patches();
            let arguments = ["post-render", "--app", "web", "--cluster", "east"];
            return vec![try_it(&arguments, &manifests)];
        }
        if let Ok(command) = fs::read_to_string(self.path.join("render")) {
            let mut words = command.split_whitespace();
            let mut arguments = vec!["render", "--cluster", words.next().unwrap()];
            arguments.extend(words.flat_map(|app| ["--app", app]));
            return vec![try_it(&arguments, b"")];
        }
        let mut runs = vec![try_it(&["lint", "--no-render"], b"")];
        for cluster in tree::entries(&self.folder.path().join("clusters")) {
            if !cluster.join("apps.yaml").exists() {
                continue;
            }
            let cluster = tree::file_name(&cluster);
            runs.push(try_it(&["render", "--cluster", &cluster], b""));
        }
        runs
    }

    /// Whether the case names what is rendered, instead of being linted.
    fn is_rendered(&self) -> bool {
        self.path.join("render").exists()
    }

    /// The binary reads patches from app.yaml only, so the list of the case goes there.
    fn declare_patches(&self) {
        let patches = fs::read_to_string(self.path.join("patches.yaml")).unwrap();
        let list = patches.strip_prefix("patches:\n").unwrap_or(&patches);
        let file = self.folder.path().join("apps/web/app.yaml");
        let app = fs::read_to_string(&file).unwrap();
        fs::write(file, format!("{app}patches:\n{list}")).unwrap();
    }

    /// What must hold of a command, whatever the mistake is.
    fn check(&self, command: &str, ran: &Ran) -> Result<(), String> {
        let lints = command == "lint --no-render";
        let fails = self.recorded.contains("error: ");
        if ran.stderr.contains("panicked") {
            return Err("it must not panic".to_owned());
        }
        if ran.status == 0 {
            // Where `lint` judges the case, a cluster that is rendered need not have the mistake.
            let is_judge = lints || self.is_rendered() || command.starts_with("post-render");
            return match (is_judge && fails, ran.stderr.as_str()) {
                (false, "") => Ok(()),
                (true, _) => Err("expected it to fail".to_owned()),
                (_, text) => Err(format!("expected no message, got {text}")),
            };
        }
        if !fails {
            return Err("expected it to succeed: nothing recorded is an error".to_owned());
        }
        let status = if self.name.starts_with("render-unknown-") {
            2
        } else {
            1
        };
        if ran.status != status {
            return Err(format!("expected exit status {status}"));
        }
        // The report of `lint` is its output; for all others a failure leaves standard output empty.
        let message = match (ran.stdout.as_str(), ran.stderr.as_str()) {
            ("", message) => message,
            (report, "") if lints => report,
            _ => return Err("expected nothing on standard output".to_owned()),
        };
        self.check_place(message)
    }

    /// The message begins with a file that exists, and a line of it.
    fn check_place(&self, message: &str) -> Result<(), String> {
        let exempt = WITHOUT_LINE.iter().any(|(name, _)| *name == self.name);
        let first = message
            .lines()
            .find(|line| line.contains("error: "))
            .or(message.lines().next())
            .unwrap_or_default();
        let mut parts = first.split(':');
        let file = parts.next().unwrap_or_default();
        let line: Option<usize> = parts.next().and_then(|line| line.parse().ok());
        match line {
            None if exempt => Ok(()),
            None => Err(format!("expected FILE:LINE in {first:?}")),
            Some(_) if exempt => Err("WITHOUT_LINE has no need of this case".to_owned()),
            // The files of a Catalog document are in the document, and the stream is no file.
            Some(_) if self.name.starts_with("document-") || file == "stdin" => Ok(()),
            Some(line) => {
                let text = fs::read_to_string(self.folder.path().join(file));
                let text = text.map_err(|error| format!("{file}: {error}"))?;
                // A file that ends too early is wrong after its last line.
                if (1..=text.lines().count() + 1).contains(&line) {
                    return Ok(());
                }
                Err(format!("{file} has no line {line}"))
            }
        }
    }
}

/// Adds the templates of this repository to the chart of a catalog, unless it has some, or shall have none.
fn add_templates(apps: &Path) {
    if !apps.join("templates").exists() && !apps.join("templates.removed").exists() {
        tree::copy(
            &tree::root().join("apps/templates"),
            &apps.join("templates"),
        );
    }
}

/// Takes away each file that has another one beside it with `.removed` after its name.
fn remove_marked(folder: &Path) {
    for path in tree::entries(folder) {
        if path.is_dir() {
            remove_marked(&path);
        } else if path.extension().is_some_and(|ending| ending == "removed") {
            // Templates are not among what a case comes over.
            let _ = fs::remove_file(path.with_extension(""));
            fs::remove_file(path).unwrap();
        }
    }
}
