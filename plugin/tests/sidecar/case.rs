//! A case of `fixtures/sidecar`: a repository, an Application's source, and what Argo CD shall get.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::in_process;
use crate::program::{helm_catalog, run};
use crate::server::{Ended, Request, Server, objects};
use crate::tree;

/// One case, as it is written.
#[derive(Clone)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) said: Value,
}

/// The keys of a case.
const KEYS: &[&str] = &[
    "about",
    "announces",
    "call",
    "directory",
    "environment",
    "error",
    "files",
    "gives",
    "kube",
    "like",
    "log",
    "name",
    "path",
    "plugin",
    "repository",
    "root",
    "signal",
    "timeout",
];

impl Case {
    /// Plays the server's part, and compares.
    pub(crate) fn check(&self, server: &Server) -> Result<(), String> {
        for key in self.said.as_object().unwrap().keys() {
            assert!(KEYS.contains(&key.as_str()), "{key}: no key of a case");
        }
        let repository = self.repository();
        let request = self.request(repository.path());
        if self.text("call", "generate") == "parameters" {
            let (ended, announced) = server.parameters(&request);
            return self.announces(&ended, announced);
        }
        let ended = server.generate(&request);
        if !ended.left.is_empty() || ended.killed {
            return Err(format!(
                "killed: {}, left behind: {:?}",
                ended.killed, ended.left
            ));
        }
        self.manifests(&ended, repository.path())
    }

    /// Whether the case is about what the libraries do: neither about time, nor about links on a disk.
    pub(crate) fn is_pure(&self) -> bool {
        let mut files = self.said["files"].as_object().into_iter().flatten();
        let is_link = |text: &str| text.starts_with("-> ");
        self.said["plugin"]["env"]["DEADLINE"].is_null()
            && self.said["signal"].is_null()
            && !files.any(|(_, content)| content.as_str().is_some_and(is_link))
    }

    /// Asks the libraries the same, and compares. They show no lines of sources, and do not list clusters in tooltips.
    pub(crate) fn check_in_process(mut self) -> Result<(), String> {
        if let Some(error) = self.said["error"].as_str() {
            let lines = error.lines().filter(|line| !line.contains(" | "));
            self.said["error"] = lines.collect::<Vec<_>>().join("\n").into();
        }
        let repository = self.repository();
        let request = self.request(repository.path());
        if self.text("call", "generate") == "parameters" {
            let ended = in_process::parameters(&request);
            let announced = serde_json::from_str(&ended.stdout);
            return self.announces(&ended, announced.map_err(|error| error.to_string()));
        }
        self.manifests(&in_process::generate(&request), repository.path())
    }

    fn request<'r>(&'r self, repository: &'r Path) -> Request<'r> {
        Request {
            repository,
            path: self.text("path", "apps/web"),
            root: self.text("root", ""),
            environment: self.environment(),
            timeout: Duration::from_millis(self.said["timeout"].as_u64().unwrap_or(60_000)),
        }
    }

    fn text(&self, key: &str, default: &'static str) -> &str {
        self.said[key].as_str().unwrap_or(default)
    }

    /// The repository of the case: the base, or this one, with the files of the case over it.
    fn repository(&self) -> TempDir {
        let directory = tempfile::tempdir().unwrap();
        let root = tree::root();
        if self.text("repository", "base") == "this-repository" {
            for part in ["apps", "clusters"] {
                tree::copy(&root.join(part), &directory.path().join(part));
            }
        } else {
            let inside = directory.path().join(self.text("directory", ""));
            tree::copy(&root.join("fixtures/sidecar/base"), &inside);
        }
        for (path, content) in self.said["files"].as_object().into_iter().flatten() {
            let path = directory.path().join(path);
            let Some(text) = content.as_str() else {
                let removed = if path.is_dir() {
                    fs::remove_dir_all(path)
                } else {
                    fs::remove_file(path)
                };
                removed.unwrap();
                continue;
            };
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match text.strip_prefix("-> ") {
                Some(target) => std::os::unix::fs::symlink(target.trim(), path).unwrap(),
                None => fs::write(path, text).unwrap(),
            }
        }
        directory
    }

    /// What Argo CD puts into the environment. The call for parameters knows less than the one for manifests.
    fn environment(&self) -> Vec<(String, String)> {
        let name = self.text("name", "web");
        let mut variables = vec![
            ("ARGOCD_APP_NAME".to_owned(), name.to_owned()),
            (
                "ARGOCD_APP_SOURCE_REPO_URL".to_owned(),
                "https://git.example.com/platform.git".to_owned(),
            ),
            (
                "ARGOCD_APP_SOURCE_PATH".to_owned(),
                self.text("path", "apps/web").to_owned(),
            ),
            (
                "ARGOCD_APP_SOURCE_TARGET_REVISION".to_owned(),
                "main".to_owned(),
            ),
        ];
        let mut add = |name: &str, value: &str| variables.push((name.to_owned(), value.to_owned()));
        if self.text("call", "generate") == "generate" {
            add("ARGOCD_APP_NAMESPACE", "front");
            add("ARGOCD_APP_PROJECT_NAME", "default");
            add(
                "ARGOCD_APP_REVISION",
                "0123456789abcdef0123456789abcdef01234567",
            );
            add("ARGOCD_APP_REVISION_SHORT", "0123456");
            add("ARGOCD_APP_REVISION_SHORT_8", "01234567");
            let kube = &self.said["kube"];
            add("KUBE_VERSION", kube["version"].as_str().unwrap_or("1.34.1"));
            add(
                "KUBE_API_VERSIONS",
                kube["apiVersions"].as_str().unwrap_or("v1,apps/v1"),
            );
        }
        let plugin = &self.said["plugin"];
        for (name, value) in plugin["env"].as_object().into_iter().flatten() {
            add(&format!("ARGOCD_ENV_{name}"), value.as_str().unwrap());
        }
        let parameters = &plugin["parameters"];
        add("ARGOCD_APP_PARAMETERS", &parameters.to_string());
        for parameter in parameters.as_array().into_iter().flatten() {
            let escaped = |name: &Value| {
                let name = name.as_str().unwrap_or_default().to_uppercase();
                name.replace(|c: char| !(c.is_ascii_alphanumeric() || c == '_'), "_")
            };
            if let Some(text) = parameter["string"].as_str() {
                add(&format!("PARAM_{}", escaped(&parameter["name"])), text);
            }
        }
        for (name, value) in self.said["environment"].as_object().into_iter().flatten() {
            variables.retain(|(known, _)| known != name);
            variables.extend(value.as_str().map(|value| (name.clone(), value.to_owned())));
        }
        variables
    }

    /// The manifests are those of the native evaluation, or those that the case says, or there is exactly its error.
    fn manifests(&self, ended: &Ended, repository: &Path) -> Result<(), String> {
        if let Some(signal) = self.said["signal"].as_i64() {
            return same(
                &format!("{:?}", (-signal, "")),
                &format!("{:?}", (i64::from(ended.status), &ended.stdout)),
            );
        }
        if let Some(expected) = self.said["error"].as_str() {
            if ended.status != 1 || !ended.stdout.is_empty() {
                return Err(format!(
                    "expected an error, status {}\n{}",
                    ended.status, ended.stdout
                ));
            }
            let first = ended.stderr.lines().next().unwrap_or_default();
            if first.chars().count() > 160
                || !(first.starts_with("Error: ") || first.contains(": error: "))
            {
                return Err(format!("the cause must come first, and be short: {first}"));
            }
            return same(expected.trim_end(), ended.stderr.trim_end());
        }
        same(self.text("log", ""), &ended.stderr)?;
        if ended.status != 0 {
            return Err(format!("exit status {}", ended.status));
        }
        let found = objects(&ended.stdout)?;
        if let Some(arguments) = self.said["like"].as_array() {
            let arguments: Vec<&str> = arguments.iter().map(|it| it.as_str().unwrap()).collect();
            let native = run(&mut helm_catalog(repository, &arguments), b"");
            if native.status != 0 || found.is_empty() {
                return Err(format!(
                    "{} objects; the native evaluation: {}",
                    found.len(),
                    native.stderr
                ));
            }
            return same(&native.stdout, &ended.stdout);
        }
        let expected = self.said["gives"]
            .as_array()
            .expect("a case has `error`, `like`, `gives` or `announces`");
        let pretty = |list: &[Value]| serde_json::to_string_pretty(list).unwrap();
        same(&pretty(expected), &pretty(&found))
    }

    /// The announcements have what the case says, and what Argo CD needs.
    fn announces(&self, ended: &Ended, found: Result<Vec<Value>, String>) -> Result<(), String> {
        if self.said["error"].is_string() {
            return self.manifests(ended, Path::new(""));
        }
        same(self.text("log", ""), &ended.stderr)?;
        let found = found.map_err(|error| format!("{error}: {}", ended.stdout))?;
        let expected = self.said["announces"].as_object().unwrap();
        let names: Vec<&str> = found
            .iter()
            .map(|it| it["name"].as_str().unwrap())
            .collect();
        let wanted: Vec<&str> = expected.keys().map(String::as_str).collect();
        let sorted = |mut names: Vec<&str>| {
            names.sort_unstable();
            names.join(", ")
        };
        same(&sorted(wanted), &sorted(names))?;
        for announcement in &found {
            let name = announcement["name"].as_str().unwrap();
            let kind = announcement["collectionType"].as_str().unwrap();
            assert!(["string", "map", "array"].contains(&kind), "{name}: {kind}");
            assert!(
                announcement["title"].is_string() && announcement["tooltip"].is_string(),
                "{name}"
            );
            same(&expected[name].to_string(), &announcement[kind].to_string())
                .map_err(|wrong| format!("{name}: {wrong}"))?;
        }
        Ok(())
    }
}

fn same(expected: &str, found: &str) -> Result<(), String> {
    if expected == found {
        return Ok(());
    }
    let diff = similar::TextDiff::from_lines(expected, found);
    Err(diff.unified_diff().header("expected", "found").to_string())
}
