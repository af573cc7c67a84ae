//! Completion in real shells, each in a terminal of its own, and what a terminal shows in colour. A line is typed with tabs, and
//! the command that it has become is run: what is printed shows how it was completed.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a broken premise shall fail the test")]

mod program;
mod tree;

use std::path::Path;

use program::{bare, helm_catalog, run};
use tempfile::TempDir;

/// Whether a program is there; says that what needs it is skipped, where it is not.
fn is_there(program: &str) -> bool {
    let found = bare("sh", Path::new("/"))
        .args(["-c", "command -v \"$0\"", program])
        .output();
    let found = found.unwrap().status.success();
    if !found {
        eprintln!("skipped: there is no {program}");
    }
    found
}

/// Terminals in a copy of the catalog of this repository, for a user without any settings.
struct Terminals {
    home: TempDir,
}

impl Terminals {
    /// None where there is no program that makes them.
    fn new() -> Option<Self> {
        let home = tempfile::tempdir().unwrap();
        for part in ["apps", "clusters"] {
            tree::copy(
                &tree::root().join(part),
                &home.path().join("clone").join(part),
            );
        }
        is_there("script").then_some(Self { home })
    }

    /// What one shows of a program that runs in it.
    fn show(&self, line: &str, variables: &[(&str, &str)], typed: &str) -> String {
        let mut command = bare("script", &self.home.path().join("clone"));
        command.args(["--quiet", "--return", "--command", line, "/dev/null"]);
        let program = Path::new(env!("CARGO_BIN_EXE_helm-catalog"));
        let path = std::env::var("PATH").unwrap();
        let path = format!("{}:{path}", program.parent().unwrap().display());
        command.envs([("PATH", path.as_str()), ("TERM", "xterm")]);
        command
            .env("HOME", self.home.path())
            .envs(variables.iter().copied());
        run(&mut command, typed.as_bytes()).stdout
    }
}

/// A shell, how it starts without anybody's settings, and how it is told of the completion.
const SHELLS: [(&str, &str, &str); 3] = [
    (
        "bash",
        "bash --noprofile --norc -i",
        "source <(helm-catalog completions bash)",
    ),
    (
        "zsh",
        "zsh -f -i",
        "autoload -U compinit; compinit -u; source <(helm-catalog completions zsh)",
    ),
    (
        "fish",
        "fish --no-config -i",
        "helm-catalog completions fish | source",
    ),
];

/// What is typed, and what the command prints that it becomes.
const TYPED: [(&str, &str); 7] = [
    ("helm-catalog wav\t--cluster mg\t", "argocd"),
    ("helm-catalog render -c mg\t--app lok\t", "path: apps/loki"),
    (
        "helm-catalog render --cluster=mg\t--app=lok\t",
        "path: apps/loki",
    ),
    ("helm-catalog list --outp\tjso\t", "\"clusters\": ["),
    (
        "helm-catalog template apps/rba\t --helm-version 3.1\t7",
        "ClusterRole",
    ),
    ("helm-catalog lint --explain no-ch\t", "stock Helm"),
    ("helm-catalog ci clus\t", "\"template\":"),
];

#[test]
fn shells_complete_commands_flags_clusters_apps_and_paths() {
    let Some(terminals) = &Terminals::new() else {
        return;
    };
    std::thread::scope(|scope| {
        for (shell, start, tell) in SHELLS.into_iter().filter(|(shell, ..)| is_there(shell)) {
            scope.spawn(move || {
                for (typed, printed) in TYPED {
                    let typed = format!("{tell}\n{typed}\nexit\n");
                    let shown = terminals.show(start, &[], &typed);
                    assert!(shown.contains(printed), "{shell}: {typed:?}: {shown}");
                }
            });
        }
    });
}

#[test]
fn colour_is_for_terminals_that_want_it() {
    let Some(terminals) = Terminals::new() else {
        return;
    };
    let plain: [(&str, &[(&str, &str)]); 5] = [
        ("", &[("NO_COLOR", "1")]),
        ("", &[("TERM", "dumb")]),
        ("--color never ", &[]),
        ("--color=never ", &[]),
        ("--color never ", &[("CLICOLOR_FORCE", "1")]),
    ];
    let has_colour = |flag: &str, variables: &[(&str, &str)], command: &str| {
        let shown = terminals.show(&format!("helm-catalog {flag}{command}"), variables, "");
        assert!(!shown.is_empty(), "{command}");
        shown.contains('\x1b')
    };
    for command in [
        "-h",
        "render --help",
        "rendre",
        "list",
        "lint",
        "waves -c mgmt",
    ] {
        // Where nothing is wrong, lint has nothing to colour.
        assert_eq!(has_colour("", &[], command), command != "lint", "{command}");
        for (flag, variables) in plain {
            let coloured = has_colour(flag, variables, command);
            assert!(!coloured, "{flag}{command} {variables:?}");
        }
    }
    let forced = run(
        &mut helm_catalog(&tree::root(), &["--color", "always", "-h"]),
        b"",
    );
    assert!(forced.stdout.contains('\x1b'), "{}", forced.stdout);
}

#[test]
fn nothing_is_redrawn_where_a_terminal_cannot() {
    let Some(terminals) = Terminals::new() else {
        return;
    };
    let out = tempfile::tempdir().unwrap();
    let line = format!("helm-catalog render --output-dir {}", out.path().display());
    assert!(terminals.show(&line, &[], "").contains("\x1b[K"));
    assert_eq!(terminals.show(&line, &[("TERM", "dumb")], ""), "");
}
