//! A directory of the plugin server with the trees of two Applications: one is asked for, the other has marks in it.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use crate::program::{Ran, bare, helm_catalog, run};
use crate::tree;

/// What stands in every file outside, and in the name of each.
pub(crate) const MARK: &str = "MARK-OF-OTHERS";

/// A directory of the plugin server with the trees of two Applications.
pub(crate) struct Server(TempDir);

impl Server {
    pub(crate) fn new() -> Self {
        let server = Self(tempfile::tempdir().unwrap());
        tree::copy(&tree::root().join("fixtures/sidecar/base"), &server.root());
        let others = server.0.path().join("_cmp_server/others");
        for directory in ["", "apps", "clusters/east", "web/templates"] {
            let directory = others.join(directory);
            fs::create_dir_all(&directory).unwrap();
            fs::write(directory.join(format!("{MARK}.yaml")), mark()).unwrap();
        }
        fs::write(others.join("web/Chart.yaml"), chart(MARK)).unwrap();
        for file in ["Chart.yaml", "clusters/east/apps.yaml", ".helmignore"] {
            fs::write(others.join(file), mark()).unwrap();
        }
        server
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.0.path().join("_cmp_server/own")
    }

    /// Writes a file, in place of what is there.
    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.place(path), text).unwrap();
    }

    pub(crate) fn link(&self, path: &str, target: &str) {
        symlink(target, self.place(path)).unwrap();
    }

    pub(crate) fn fifo(&self, path: &str) {
        let path = self.place(path);
        let made = run(bare("mkfifo", self.0.path()).arg(path), b"");
        assert_eq!(made.status, 0, "{}", made.stderr);
    }

    /// A path at which nothing is.
    fn place(&self, path: &str) -> PathBuf {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => fs::remove_dir_all(&path).unwrap(),
            Ok(_) => fs::remove_file(&path).unwrap(),
            Err(_) => {}
        }
        path
    }

    /// A command in the repository.
    pub(crate) fn command(&self, words: &str) -> Ran {
        let words: Vec<&str> = words.split(' ').collect();
        run(&mut helm_catalog(&self.root(), &words), b"")
    }

    /// The sidecar, for the source at a path with this `helm`.
    pub(crate) fn sidecar(&self, command: &str, path: &str, helm: Option<&str>) -> Ran {
        run(&mut self.sidecar_command(command, path, helm), b"")
    }

    /// The same, not yet run.
    pub(crate) fn sidecar_command(&self, command: &str, path: &str, helm: Option<&str>) -> Command {
        let mut call = helm_catalog(&self.root().join(path), &["cmp", command]);
        call.env("TMPDIR", self.0.path());
        call.env("ARGOCD_APP_NAME", "web");
        call.env("ARGOCD_APP_SOURCE_PATH", path);
        let parameters = match helm {
            Some(helm) => serde_json::json!([{"name": "helm", "string": helm}]),
            None => serde_json::json!([{"name": "cluster", "string": "east"}]),
        };
        call.env("ARGOCD_APP_PARAMETERS", parameters.to_string());
        call
    }

    /// Everything that reads a repository.
    pub(crate) fn everything(&self) -> Vec<(&'static str, Ran)> {
        let commands = [
            "lint",
            "list",
            "waves",
            "render --cluster east",
            "render --cluster east --engine",
            "ci targets",
            "ci clusters",
        ];
        let ran = commands.map(|words| (words, self.command(words)));
        let mut ran = Vec::from(ran);
        for path in ["apps", "apps/web"] {
            ran.push(("generate", self.sidecar("generate", path, None)));
            ran.push(("generate", self.sidecar("generate", path, Some("{}"))));
            ran.push(("parameters", self.sidecar("parameters", path, None)));
        }
        ran
    }
}

fn mark() -> String {
    format!("kind: {MARK}\n")
}

pub(crate) fn chart(name: &str) -> String {
    format!("{{apiVersion: v2, name: {name}, version: 1.0.0}}\n")
}

/// Whoever is told this is told nothing of others.
pub(crate) fn says_nothing_of_others(ran: &Ran) {
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains(MARK), "{text}");
    }
}

pub(crate) fn refused(ran: &Ran, why: &str) {
    assert_eq!((ran.status, ran.stdout.as_str()), (1, ""), "{}", ran.stderr);
    assert!(ran.stderr.contains(why), "{}", ran.stderr);
    says_nothing_of_others(ran);
}
