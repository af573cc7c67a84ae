//! What a post-renderer is sent, and what becomes of what it prints: `helm-catalog template` compared with every real Helm at
//! hand. Helm 4 writes each document anew, so that its documents are compared by their values.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::documents::in_order;
use crate::home::Home;
use crate::program::{self, Ran};
use crate::{helms, tree};

/// A chart with what is special: comments, several documents, lists, hooks, documents without metadata, a partial, notes, a
/// separator without a newline, a CRD.
const CHART: &[(&str, &str)] = &[
    (
        "Chart.yaml",
        "{apiVersion: v2, name: web, version: 1.0.0}\n",
    ),
    (
        "crds/it.yaml",
        "kind: CustomResourceDefinition\nmetadata: {name: things}\n",
    ),
    ("templates/NOTES.txt", "Hello\n"),
    ("templates/_partial.tpl", "kind: Partial\n"),
    (
        "templates/a.yaml",
        "# why\napiVersion: v1\nkind: ConfigMap\nmetadata:\n    name: a   # trailing\ndata:\n    x: \"1\"\n    y: |\n      l1\n\n\n---\n---\n\
         # nothing\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n  annotations: {x: \"y\"}\n",
    ),
    (
        "templates/hook.yaml",
        "kind: Job\nmetadata:\n  name: before\n  annotations:\n    \"helm.sh/hook\": pre-install\n",
    ),
    ("templates/joined.yaml", "kind: A\n---kind: B\n"),
    (
        "templates/list.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- {kind: C, metadata: {name: c}}\n- {kind: D, metadata: {annotations: null}}\n",
    ),
    (
        "templates/list-and-more.yaml",
        "apiVersion: v1\nkind: List\nitems:\n- {kind: E, metadata: {name: e}}\n---\nkind: F\n",
    ),
    (
        "templates/nothing.yaml",
        "{{ if false }}\nkind: Never\n{{ end }}\n",
    ),
];

/// A folder with a chart, and with a post-renderer, for Helm 4 as a plugin, that runs a command of the shell.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(files: &[(&str, &str)], command: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("plugins/ours/run");
        let plugin = format!(
            "apiVersion: v1\nname: ours\nversion: 1.0.0\ntype: postrenderer/v1\nruntime: subprocess\nruntimeConfig:\n  \
             platformCommand:\n  - command: {}\n",
            script.display()
        );
        let write = |path: &str, text: &str| {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        for (path, text) in files {
            write(&format!("web/{path}"), text);
        }
        write("plugins/ours/plugin.yaml", &plugin);
        write("plugins/ours/run", &format!("#!/bin/sh\n{command}\n"));
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    /// What the post-renderer has been sent, and what was printed.
    fn run(&self, mut command: Command, home: &Home, flags: &[&str]) -> (String, Ran) {
        let script = self.path().join("plugins/ours/run");
        command.args(["template", "r", "web"]).args(flags);
        command.arg("--post-renderer");
        if home.is_helm_4() {
            let plugins = self.path().join("plugins");
            command.arg("ours").env("HELM_PLUGINS", plugins);
        } else {
            command.arg(script);
        }
        let ran = program::run(&mut command, b"");
        let sent = fs::read_to_string(self.path().join("sent")).unwrap_or_default();
        let _ = fs::remove_file(self.path().join("sent"));
        (sent, ran)
    }

    fn theirs(&self, home: &Home, flags: &[&str]) -> (String, Ran) {
        self.run(home.command("helm", self.path()), home, flags)
    }

    fn ours(&self, home: &Home, flags: &[&str]) -> (String, Ran) {
        let level = ["--helm-version", home.level()];
        let flags = [flags, &level].concat();
        let program = program::helm_catalog(self.path(), &[]);
        let command = home.command(program.get_program().to_str().unwrap(), self.path());
        self.run(command, home, &flags)
    }
}

/// The files that the documents say they are from, in order.
fn sources(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| line.starts_with("# Source: "))
        .collect()
}

#[test]
fn hooks_and_manifests_are_sent_and_come_back() {
    for helm in helms() {
        let home = Home::new(&helm);
        for command in [
            "tee sent",
            "tee sent | sed 's/name: a/name: changed/'",
            "cat >sent; printf 'kind: New\\n---\\nkind: Newer\\nmetadata: {name: n}\\n'",
            "cat >sent; printf 'kind: List\\nitems:\\n- {kind: One}\\n- {kind: Two}\\n'",
        ] {
            let place = Place::new(CHART, command);
            for flags in [&[][..], &["--include-crds"], &["--no-hooks"]] {
                let (sent, ran) = place.theirs(&home, flags);
                assert_eq!(ran.status, 0, "{}: {}", home.name(), ran.stderr);
                let (our_sent, our_ran) = place.ours(&home, flags);
                let what = format!("{} {command} {flags:?}", home.name());
                assert!(!sent.is_empty());
                if home.is_helm_4() {
                    assert_eq!(in_order(&our_sent), in_order(&sent), "{what}");
                    assert_eq!(in_order(&our_ran.stdout), in_order(&ran.stdout), "{what}");
                    assert_eq!(sources(&our_ran.stdout), sources(&ran.stdout), "{what}");
                    assert_eq!((our_ran.status, our_ran.stderr), (0, ran.stderr), "{what}");
                } else {
                    assert_eq!(our_sent, sent, "{what}");
                    assert_eq!(our_ran, ran, "{what}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_sent_or_read_is_an_error() {
    for helm in helms() {
        let home = Home::new(&helm);
        for (template, command) in [
            ("foo\n", "cat"),
            ("metadata: 3\nkind: A\n", "cat"),
            ("# nothing\n", "cat"),
            ("kind: A\n", "cat >/dev/null; exit 3"),
            ("kind: A\n", "cat >/dev/null"),
        ] {
            let place = Place::new(&[CHART[0], ("templates/a.yaml", template)], command);
            let (_, theirs) = place.theirs(&home, &[]);
            let (_, ours) = place.ours(&home, &[]);
            assert_eq!(ours, theirs, "{} {template} {command}", home.name());
        }
    }
}

#[test]
fn files_that_are_written_have_been_sent_by_helm_4() {
    for helm in helms() {
        let home = Home::new(&helm);
        let place = Place::new(CHART, "tee sent");
        let mut written = Vec::new();
        for (folder, is_ours) in [("theirs", false), ("ours", true)] {
            let flags = ["--output-dir", folder];
            let (sent, ran) = if is_ours {
                place.ours(&home, &flags)
            } else {
                place.theirs(&home, &flags)
            };
            let mut files = Vec::new();
            for path in tree::entries(&place.path().join(folder).join("web/templates")) {
                let text = fs::read_to_string(&path).unwrap();
                files.push((tree::file_name(&path), in_order(&text)));
            }
            let stdout = ran.stdout.replace(folder, "");
            written.push((in_order(&sent), ran.status, stdout, files));
        }
        assert_eq!(written[0], written[1], "{}", home.name());
    }
}
