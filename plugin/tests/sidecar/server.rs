//! The part of Argo CD's plugin server, as `cmpserver/plugin/plugin.go` of Argo CD 3.6 plays it: a tree of files in a directory
//! of its own, a command in the directory of the source, the environment, the deadline, and what becomes of the output.

use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::tree;

/// How long the server waits between TERM and KILL. Go sends a KILL of its own at the same moment as TERM; that TERM alone is
/// enough is asked of the program all the same.
const GRACE: Duration = Duration::from_secs(5);

/// The plugin's configuration, and the program that stands for `/helm-catalog`.
pub(crate) struct Server {
    plugin: Value,
}

/// What the server is sent.
pub(crate) struct Request<'a> {
    /// The repository as the repo-server has it.
    pub(crate) repository: &'a Path,
    /// `source.path`.
    pub(crate) path: &'a str,
    /// The common root that is sent; empty for the whole repository.
    pub(crate) root: &'a str,
    pub(crate) environment: Vec<(String, String)>,
    /// How long the whole call may take.
    pub(crate) timeout: Duration,
}

/// How a command ended.
pub(crate) struct Ended {
    pub(crate) stdout: String,
    pub(crate) stderr: String,
    /// The exit status, or the signal below zero.
    pub(crate) status: i32,
    /// Whether the server had to send KILL.
    pub(crate) killed: bool,
    /// What is left in the directory for temporary files.
    pub(crate) left: Vec<String>,
}

impl Server {
    pub(crate) fn new(plugin: &Path) -> Self {
        let text = fs::read(plugin).unwrap();
        let value = homescale_yaml::from_slice(&text).unwrap();
        let json = homescale_yaml::json::encode(&value).unwrap();
        let plugin: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(plugin["kind"], "ConfigManagementPlugin");
        assert!(plugin["metadata"]["name"].is_string());
        assert!(!command(&plugin["spec"]["generate"]).is_empty());
        Self { plugin }
    }

    /// `GenerateManifest`: init, if there is one, then generate.
    pub(crate) fn generate(&self, request: &Request<'_>) -> Ended {
        let spec = &self.plugin["spec"];
        let init = command(&spec["init"]);
        if !init.is_empty() {
            let ended = call(request, &init);
            if ended.status != 0 {
                return ended;
            }
        }
        call(request, &command(&spec["generate"]))
    }

    /// `GetParametersAnnouncement`: the dynamic ones, then the static ones.
    pub(crate) fn parameters(&self, request: &Request<'_>) -> (Ended, Result<Vec<Value>, String>) {
        let parameters = &self.plugin["spec"]["parameters"];
        let ended = call(request, &command(&parameters["dynamic"]));
        let dynamic: Result<Vec<Value>, _> = serde_json::from_str(&ended.stdout);
        let all = dynamic.map_err(|error| error.to_string()).map(|mut all| {
            all.extend(parameters["static"].as_array().cloned().unwrap_or_default());
            all
        });
        (ended, all)
    }
}

/// `command` and `args`.
fn command(section: &Value) -> Vec<String> {
    let list = |key: &str| section[key].as_array().cloned().unwrap_or_default();
    let words = list("command").into_iter().chain(list("args"));
    words
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

/// Runs a command on a fresh copy of what is sent, in the directory of the source.
fn call(request: &Request<'_>, words: &[String]) -> Ended {
    let scratch = tempfile::tempdir().unwrap();
    let scratch = scratch.path().canonicalize().unwrap();
    let sent = scratch.join("_cmp_server/1f0e6ae8");
    tree::copy(&request.repository.join(request.root), &sent);
    let inside = Path::new(request.path).strip_prefix(request.root).unwrap();
    let program = match words[0].as_str() {
        "/helm-catalog" => env!("CARGO_BIN_EXE_helm-catalog"),
        other => other,
    };
    let mut command = Command::new(program);
    command.args(&words[1..]).current_dir(sent.join(inside));
    command
        .env_clear()
        .env("TMPDIR", &scratch)
        .env("PATH", "/usr/bin:/bin");
    command.envs(request.environment.iter().cloned());
    let files = |name: &str| {
        (
            scratch.join(name),
            fs::File::create(scratch.join(name)).unwrap(),
        )
    };
    let ((stdout, out), (stderr, err)) = (files("stdout"), files("stderr"));
    command
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .process_group(0);
    let (status, killed) = wait(command.spawn().unwrap(), request.timeout);
    let text = |path: &PathBuf| fs::read_to_string(path).unwrap();
    let known = ["_cmp_server", "stdout", "stderr"];
    let left = tree::entries(&scratch)
        .into_iter()
        .map(|path| tree::file_name(&path));
    Ended {
        stdout: text(&stdout),
        stderr: text(&stderr),
        status,
        killed,
        left: left
            .filter(|name| !known.contains(&name.as_str()))
            .collect(),
    }
}

/// Waits for the end; when the time is over, the process group gets TERM, and after a while KILL.
fn wait(mut child: Child, timeout: Duration) -> (i32, bool) {
    let ended = |child: &mut Child, limit: Duration| {
        let start = Instant::now();
        loop {
            if let Some(status) = child.try_wait().unwrap() {
                return Some(status.code().unwrap_or_else(|| -status.signal().unwrap()));
            }
            if start.elapsed() > limit {
                return None;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    let signal = |name: &str, child: &Child| {
        let group = format!("-{}", child.id());
        let status = Command::new("kill").args([name, "--", &group]).status();
        assert!(status.unwrap().success());
    };
    if let Some(status) = ended(&mut child, timeout) {
        return (status, false);
    }
    signal("-TERM", &child);
    if let Some(status) = ended(&mut child, GRACE) {
        return (status, false);
    }
    signal("-KILL", &child);
    (ended(&mut child, GRACE).unwrap(), true)
}

/// The objects of an output as Argo CD reads them: every YAML document but null ones, each with a kind.
///
/// # Errors
/// What the user would read.
pub(crate) fn objects(stdout: &str) -> Result<Vec<Value>, String> {
    let documents =
        homescale_yaml::parse_all(stdout.as_bytes()).map_err(|error| error.to_string())?;
    let mut objects = Vec::new();
    for document in &documents {
        let value = document.to_value().map_err(|error| error.to_string())?;
        let json = homescale_yaml::json::encode(&value).map_err(|error| error.to_string())?;
        let object: Value = serde_json::from_str(&json).map_err(|error| error.to_string())?;
        if object.is_null() {
            continue;
        }
        if object["kind"].as_str().is_none_or(str::is_empty) {
            return Err(format!("Object 'Kind' is missing in '{object}'"));
        }
        objects.push(object);
    }
    Ok(objects)
}
