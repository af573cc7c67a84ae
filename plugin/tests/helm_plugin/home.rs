//! A real Helm with a home of its own.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use homescale_recordings::Helm;
use tempfile::TempDir;

use crate::program::{Ran, bare, run};
use crate::release::release;
use crate::tree;

/// The plugins: the command, and the post-renderer of Helm 4.
pub(crate) const PLUGINS: [&str; 2] = ["catalog", "catalog-post-renderer"];

/// A Helm that nobody has used before.
pub(crate) struct Home {
    helm: Helm,
    folder: TempDir,
}

impl Home {
    pub(crate) fn new(helm: &Helm) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let programs = folder.path().join("programs");
        fs::create_dir(&programs).unwrap();
        let program = fs::canonicalize(&helm.program).unwrap();
        std::os::unix::fs::symlink(program, programs.join("helm")).unwrap();
        let helm = helm.clone();
        Self { helm, folder }
    }

    /// The same with the plugins installed, as folders.
    pub(crate) fn with_plugins(helm: &Helm) -> Self {
        let home = Self::new(helm);
        for plugin in home.plugins() {
            let folder = release().folder.join(plugin);
            home.ok(
                &tree::root(),
                &["plugin", "install", folder.to_str().unwrap()],
            );
        }
        home
    }

    pub(crate) fn is_helm_4(&self) -> bool {
        self.helm.level.starts_with('4')
    }

    /// What to call it in messages.
    pub(crate) fn name(&self) -> String {
        format!("Helm {}", self.helm.level)
    }

    /// The level that has its behaviour.
    pub(crate) fn level(&self) -> &'static str {
        self.helm.level
    }

    /// The plugins that it can have.
    pub(crate) fn plugins(&self) -> &'static [&'static str] {
        if self.is_helm_4() {
            &PLUGINS
        } else {
            &PLUGINS[..1]
        }
    }

    /// What `--post-renderer` names as Helm 3.
    pub(crate) fn post_renderer(&self) -> PathBuf {
        let data = self.folder.path().join(".local/share/helm");
        data.join("plugins/catalog/bin/post-renderer")
    }

    /// A program that finds this Helm as `helm`.
    pub(crate) fn command(&self, program: &str, folder: &Path) -> Command {
        let mut command = bare(program, folder);
        let mut path = vec![self.folder.path().join("programs")];
        path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
        command.env("PATH", env::join_paths(path).unwrap());
        command.env("HOME", self.folder.path());
        command
    }

    /// Runs Helm.
    pub(crate) fn run(&self, folder: &Path, arguments: &[&str]) -> Ran {
        let program = self.folder.path().join("programs/helm");
        run(
            self.command(program.to_str().unwrap(), folder)
                .args(arguments),
            b"",
        )
    }

    /// What Helm prints when it does what it shall.
    pub(crate) fn ok(&self, folder: &Path, arguments: &[&str]) -> String {
        let ran = self.run(folder, arguments);
        assert_eq!(
            ran.status,
            0,
            "{} {arguments:?}: {}{}",
            self.name(),
            ran.stdout,
            ran.stderr
        );
        ran.stdout
    }
}
