//! The post-renderers among Helm 4's plugins: `plugin.yaml` of type `postrenderer/v1` below `$HELM_PLUGINS`.
//!
//! Found, read and run as Helm 4 does (its `internal/plugin`), for the runtime `subprocess`. A `plugin.yaml` that cannot be
//! read is passed over; the other types of plugins matter only where they have the same name.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{env, fs};

use homescale_go::os;
use homescale_go::strconv::quote;
use homescale_value::{Map, Value};
use homescale_yaml::{from_slice, parse_all};

use crate::failure::plain;

const FILE: &str = "plugin.yaml";
const TYPE: &str = "postrenderer/v1";

/// A plugin that post-renders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Plugin {
    name: String,
    folder: PathBuf,
    /// The command for this machine, and its arguments, before `$NAME` in them is replaced.
    command: Vec<String>,
}

impl Plugin {
    /// Finds the post-renderer of this name in the folders of plugins.
    ///
    /// # Errors
    /// Helm's message when there is none, or when two plugins of a folder have one name.
    pub(super) fn find(name: &str) -> Result<Self, String> {
        for folder in folders() {
            let found = find_in(&folder, name)?;
            if let Some(plugin) = found {
                return Ok(plugin);
            }
        }
        Err(format!("plugin: {{Name:{name} Type:{TYPE}}} not found"))
    }

    /// Runs the plugin. What it says on standard error, which Helm drops, is passed on when it fails.
    ///
    /// # Errors
    /// Helm's message when it cannot be run, fails or prints nothing; one of ours when it prints what is no manifest.
    pub(super) fn run(&self, arguments: &[String], manifests: &[u8]) -> Result<Vec<u8>, String> {
        let name = quote(&self.name);
        let failed =
            |problem: String| format!("failed to invoke post-renderer plugin {name}: {problem}");
        let Output {
            status,
            stdout,
            stderr,
        } = self.output(arguments, manifests).map_err(failed)?;
        if !status.success() {
            // Nobody is left to tell when standard error is closed.
            let _ = std::io::stderr().write_all(&stderr);
            return Err(failed(format!("plugin {name} exited with error")));
        }
        if stdout.trim_ascii().is_empty() {
            return Err(format!("post-renderer {name} produced empty output"));
        }
        check(&stdout).map_err(|problem| format!("post-renderer {name} {problem}"))?;
        Ok(stdout)
    }

    fn output(&self, arguments: &[String], manifests: &[u8]) -> Result<Output, String> {
        let variables = [
            ("HELM_PLUGIN_NAME", self.name.clone()),
            (
                "HELM_PLUGIN_DIR",
                self.folder.to_string_lossy().into_owned(),
            ),
        ];
        let value = |name: &str| {
            let own = variables.iter().find(|(own, _)| *own == name);
            own.map_or_else(
                || env::var(name).unwrap_or_default(),
                |(_, value)| value.clone(),
            )
        };
        let mut words = self.command.iter().map(|word| os::expand(word, value));
        let program = words.next().unwrap_or_default();
        if program.is_empty() {
            return Err(
                "failed to prepare plugin command: no plugin command is applicable".to_owned(),
            );
        }
        let unstarted = |error: &std::io::Error| format!("fork/exec {program}: {}", plain(error));
        let mut child = Command::new(&program)
            .args(words)
            .args(arguments)
            .envs(variables.clone())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| unstarted(&error))?;
        let stdin = child.stdin.take();
        let output = std::thread::scope(|scope| {
            // A plugin that does not read its input may close it: that is no failure.
            scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(manifests)));
            child.wait_with_output()
        });
        output.map_err(|error| unstarted(&error))
    }
}

/// Helm 4 reads what comes back, and refuses what is no manifest: among that is how a plugin can say what is wrong.
fn check(manifests: &[u8]) -> Result<(), String> {
    let documents = parse_all(manifests)
        .map_err(|error| format!("printed what is not YAML: {}", error.problem()))?;
    let values = documents
        .iter()
        .filter_map(|document| document.to_value().ok());
    for value in values {
        match &value {
            Value::Nil | Value::Map(_) => {}
            Value::Str(text) => {
                return Err(format!(
                    "printed no manifests:\n{}",
                    text.to_text().trim_end()
                ));
            }
            _ => return Err("printed a document that is not a map".to_owned()),
        }
    }
    Ok(())
}

/// Where plugins are: `$HELM_PLUGINS`, or else below Helm's data.
fn folders() -> Vec<PathBuf> {
    let set = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    if let Some(list) = set("HELM_PLUGINS") {
        return env::split_paths(&list).collect();
    }
    let data = set("HELM_DATA_HOME").map(PathBuf::from);
    let data = data.or_else(|| Some(PathBuf::from(set("XDG_DATA_HOME")?).join("helm")));
    let data = data.or_else(|| {
        let home = PathBuf::from(set("HOME")?);
        let below = match env::consts::OS {
            "macos" => "Library/helm",
            _ => ".local/share/helm",
        };
        Some(home.join(below))
    });
    data.map(|data| data.join("plugins")).into_iter().collect()
}

fn find_in(folder: &Path, wanted: &str) -> Result<Option<Plugin>, String> {
    let mut found = None;
    let mut names: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    entries.sort();
    for folder in entries {
        let Some((name, plugin)) = read(&folder) else {
            continue;
        };
        if let Some(other) = names.get(&name) {
            let (name, other) = (quote(&name), quote(other.to_string_lossy().as_ref()));
            let folder = quote(folder.to_string_lossy().as_ref());
            return Err(format!(
                "two plugins claim the name {name} at {other} and {folder}"
            ));
        }
        if name == wanted && found.is_none() {
            found = plugin;
        }
        names.insert(name, folder);
    }
    Ok(found)
}

/// The name of the plugin in a folder, and the plugin if it post-renders. `None` where there is none that can be read.
fn read(folder: &Path) -> Option<(String, Option<Plugin>)> {
    let text = fs::read(folder.join(FILE)).ok()?;
    let value = from_slice(&text).ok()?;
    let file = value.as_map()?;
    let name = text_of(file, "name");
    let is = |key: &str, wanted: &str| text_of(file, key) == wanted;
    if !is("apiVersion", "v1") || !is("type", TYPE) {
        return Some((name, None));
    }
    if !is("runtime", "subprocess") {
        return None;
    }
    let runtime = file.get_map("runtimeConfig").unwrap_or_default();
    let command = command(&runtime);
    let folder = folder.to_owned();
    let plugin = Plugin {
        name: name.clone(),
        folder,
        command,
    };
    Some((name, Some(plugin)))
}

/// The command for this machine: of its system and architecture, or else the first of its system, or else the first of any.
fn command(runtime: &Map) -> Vec<String> {
    let (system, architecture) = machine();
    let list = runtime.get("platformCommand");
    let Some(Value::List(list)) = list else {
        return Vec::new();
    };
    let items: Vec<Map> = (list.items().iter())
        .filter_map(|item| item.as_map().cloned())
        .collect();
    let fits = |item: &&Map, wanted: [&str; 2]| {
        let has = [text_of(item, "os"), text_of(item, "arch")];
        has.iter()
            .zip(wanted)
            .all(|(has, wanted)| has.eq_ignore_ascii_case(wanted))
    };
    let wanted = [[system, architecture], [system, ""], ["", ""]];
    let item = wanted
        .iter()
        .find_map(|wanted| items.iter().find(|item| fits(item, *wanted)));
    let Some(item) = item else {
        return Vec::new();
    };
    let mut words: Vec<String> = text_of(item, "command")
        .split(' ')
        .map(str::to_owned)
        .collect();
    if let Some(Value::List(arguments)) = item.get("args") {
        let arguments = arguments.items();
        let texts = arguments.iter().filter_map(Value::as_str);
        words.extend(texts.map(|text| text.to_text().into_owned()));
    }
    words
}

/// This machine, as Go calls its system and architecture.
fn machine() -> (&'static str, &'static str) {
    let system = match env::consts::OS {
        "macos" => "darwin",
        other => other,
    };
    let architecture = match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        "x86" => "386",
        "powerpc64" if cfg!(target_endian = "little") => "ppc64le",
        "loongarch64" => "loong64",
        other => other,
    };
    (system, architecture)
}

/// The text at a key; empty when there is none.
fn text_of(map: &Map, key: &str) -> String {
    let value = map.get(key);
    let text = value.as_ref().and_then(Value::as_str);
    text.map_or_else(String::new, |text| text.to_text().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commands(yaml: &str) -> Vec<String> {
        let value = from_slice(format!("platformCommand: {yaml}").as_bytes()).unwrap();
        command(value.as_map().unwrap())
    }

    #[test]
    fn the_command_is_the_one_for_this_machine() {
        let (system, architecture) = machine();
        let any = "{command: any one}";
        let system_only = format!("{{os: {system}, command: system}}");
        let exact =
            format!("{{os: {system}, arch: {architecture}, command: exact, args: [a b, c]}}");
        let other = format!("{{os: plan9, arch: {architecture}, command: other}}");
        assert_eq!(
            commands(&format!("[{other}, {any}, {system_only}, {exact}]")),
            ["exact", "a b", "c"]
        );
        assert_eq!(
            commands(&format!("[{other}, {any}, {system_only}]")),
            ["system"]
        );
        assert_eq!(commands(&format!("[{other}, {any}]")), ["any", "one"]);
        assert!(commands(&format!("[{other}]")).is_empty());
    }

    #[test]
    fn a_name_is_that_of_one_plugin() {
        let folder = tempfile::tempdir().unwrap();
        let add = |name: &str, text: &str| {
            let folder = folder.path().join(name);
            fs::create_dir(&folder).unwrap();
            fs::write(folder.join(FILE), text).unwrap();
        };
        add("a", "name: command\ncommand: none\n");
        add("b", "name: [\n");
        add(
            "c",
            "apiVersion: v1\nname: found\ntype: postrenderer/v1\nruntime: subprocess\n",
        );
        fs::write(folder.path().join("file"), "").unwrap();
        let find = |name: &str| find_in(folder.path(), name);
        assert_eq!(find("command"), Ok(None));
        assert_eq!(
            find("found").unwrap().unwrap().folder,
            folder.path().join("c")
        );
        let problem = "failed to prepare plugin command: no plugin command is applicable";
        let ran = find("found").unwrap().unwrap().run(&[], b"a: 1\n");
        assert_eq!(
            ran.unwrap_err(),
            format!("failed to invoke post-renderer plugin \"found\": {problem}")
        );
        add("d", "name: found\ncommand: none\n");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (c, d) = (path("c"), path("d"));
        let message = format!("two plugins claim the name \"found\" at {c:?} and {d:?}");
        assert_eq!(find("found"), Err(message));
    }

    #[test]
    fn what_comes_back_are_manifests() {
        assert_eq!(check(b"a: 1\n---\n# nothing\n---\nb: 2\n"), Ok(()));
        let said = check(b"|2\n  catalog failed:\n  why\n").unwrap_err();
        assert_eq!(said, "printed no manifests:\ncatalog failed:\nwhy");
        assert!(check(b"- a\n").is_err());
        assert!(check(b"a: [\n").is_err());
    }
}
