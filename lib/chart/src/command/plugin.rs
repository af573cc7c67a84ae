//! Helm 4's post-renderers among its plugins: what a `plugin.yaml` of type `postrenderer/v1` says, for the runtime
//! `subprocess`, as Helm's `internal/plugin` reads it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use homescale_go::os;
use homescale_go::runtime::{goarch, goos};
use homescale_value::{Map, Value};
use homescale_yaml::{from_slice, parse_all};

use super::plugin_error::{InvokeError, OutputError, PluginError, TYPE};

/// The file that describes a plugin.
pub const PLUGIN_FILE: &str = "plugin.yaml";

/// A plugin in a directory, of whatever type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plugin {
    name: String,
    directory: PathBuf,
    /// The command for this machine and its arguments, if it post-renders.
    command: Option<Vec<String>>,
}

/// A plugin that post-renders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostRendererPlugin {
    name: String,
    directory: PathBuf,
    /// Before `$NAME` in it is replaced.
    command: Vec<String>,
}

impl Plugin {
    /// Reads the `plugin.yaml` of a directory. `None` for one that Helm passes over.
    pub fn read(directory: PathBuf, text: &[u8]) -> Option<Self> {
        let value = from_slice(text).ok()?;
        let file = value.as_map()?;
        let is = |key: &str, wanted: &str| string(file, key) == wanted;
        let is_post_renderer = is("apiVersion", "v1") && is("type", TYPE);
        if is_post_renderer && !is("runtime", "subprocess") {
            return None;
        }
        let command = || command(&file.get_map("runtimeConfig").unwrap_or_default());
        Some(Self {
            name: string(file, "name"),
            directory,
            command: is_post_renderer.then(command),
        })
    }
}

impl PostRendererPlugin {
    /// Finds the post-renderer of this name among the plugins of a directory, which are in the order of their names. The other
    /// types of plugins matter only where they have the same name.
    ///
    /// # Errors
    /// Two plugins have one name.
    pub fn find(
        name: &str,
        plugins: impl IntoIterator<Item = Plugin>,
    ) -> Result<Option<Self>, PluginError> {
        let mut found = None;
        let mut directories: BTreeMap<String, PathBuf> = BTreeMap::new();
        for plugin in plugins {
            let directory = plugin.directory.clone();
            if let Some(first) = directories.insert(plugin.name.clone(), directory.clone()) {
                return Err(PluginError::TwoOfOneName {
                    name: plugin.name,
                    first,
                    second: directory,
                });
            }
            if let (true, None, Some(command)) = (plugin.name == name, &found, plugin.command) {
                found = Some(Self {
                    name: plugin.name,
                    directory,
                    command,
                });
            }
        }
        Ok(found)
    }

    /// The variables that it finds in its environment.
    pub fn variables(&self) -> [(&'static str, &Path); 2] {
        [
            ("HELM_PLUGIN_NAME", Path::new(&self.name)),
            ("HELM_PLUGIN_DIR", &self.directory),
        ]
    }

    /// The command and its arguments, with variables replaced: its own, and those of an environment.
    ///
    /// # Errors
    /// There is no command for this machine.
    pub fn command(
        &self,
        environment: impl Fn(&str) -> Option<String>,
    ) -> Result<(String, Vec<String>), PluginError> {
        let own = self.variables();
        let value = |name: &str| {
            let own = own.iter().find(|(own, _)| *own == name);
            let own = own.map(|(_, value)| value.to_string_lossy().into_owned());
            own.or_else(|| environment(name)).unwrap_or_default()
        };
        let mut words = self.command.iter().map(|word| os::expand(word, value));
        match words.next() {
            Some(program) if !program.is_empty() => Ok((program, words.collect())),
            _ => Err(self.not_invoked(InvokeError::NoCommand)),
        }
    }

    /// The error that the plugin could not be run to its end.
    pub fn not_invoked(&self, cause: InvokeError) -> PluginError {
        PluginError::NotInvoked {
            name: self.name.clone(),
            cause,
        }
    }

    /// Checks what the plugin printed. Helm 4 reads what comes back, and refuses what is no manifest: among that is how a
    /// plugin can say what is wrong.
    ///
    /// # Errors
    /// It printed nothing, or what is no manifests.
    pub fn check_output(&self, manifests: &[u8]) -> Result<(), PluginError> {
        check_output(manifests).map_err(|problem| PluginError::Output {
            name: self.name.clone(),
            problem,
        })
    }
}

fn check_output(manifests: &[u8]) -> Result<(), OutputError> {
    if manifests.trim_ascii().is_empty() {
        return Err(OutputError::Empty);
    }
    let documents = parse_all(manifests).map_err(OutputError::NotYaml)?;
    let values = documents
        .iter()
        .filter_map(|document| document.to_value().ok());
    for value in values {
        match &value {
            Value::Nil | Value::Map(_) => {}
            Value::Str(text) => return Err(OutputError::Text(text.to_text().into_owned())),
            _ => return Err(OutputError::NoMap),
        }
    }
    Ok(())
}

/// The command for this machine: of its system and architecture, or else the first of its system, or else the first of any.
fn command(runtime: &Map) -> Vec<String> {
    let Some(Value::List(list)) = runtime.get("platformCommand") else {
        return Vec::new();
    };
    let items: Vec<Map> = (list.items().iter())
        .filter_map(|item| item.as_map().cloned())
        .collect();
    let fits = |item: &&Map, wanted: [&str; 2]| {
        let has = [string(item, "os"), string(item, "arch")];
        has.iter()
            .zip(wanted)
            .all(|(has, wanted)| has.eq_ignore_ascii_case(wanted))
    };
    let wanted = [[goos(), goarch()], [goos(), ""], ["", ""]];
    let item = wanted
        .iter()
        .find_map(|wanted| items.iter().find(|item| fits(item, *wanted)));
    let Some(item) = item else {
        return Vec::new();
    };
    let words = string(item, "command");
    let mut words: Vec<String> = words.split(' ').map(str::to_owned).collect();
    if let Some(Value::List(arguments)) = item.get("args") {
        let arguments = arguments.items();
        let texts = arguments.iter().filter_map(Value::as_str);
        words.extend(texts.map(|text| text.to_text().into_owned()));
    }
    words
}

/// The string at a key; empty when there is none.
fn string(map: &Map, key: &str) -> String {
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
        let (system, architecture) = (goos(), goarch());
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

    fn plugin(directory: &str, text: &str) -> Option<Plugin> {
        Plugin::read(directory.into(), text.as_bytes())
    }

    #[test]
    fn a_name_is_that_of_one_plugin() {
        let found = "apiVersion: v1\nname: found\ntype: postrenderer/v1\nruntime: subprocess\n";
        let mut plugins = vec![
            plugin("a", "name: command\ncommand: none\n"),
            plugin("b", "name: [\n"),
            plugin("c", found),
        ];
        let find = |plugins: &[Option<Plugin>], name: &str| {
            PostRendererPlugin::find(name, plugins.iter().flatten().cloned())
        };
        assert_eq!(find(&plugins, "command").unwrap(), None);
        let plugin_c = find(&plugins, "found").unwrap().unwrap();
        assert_eq!(plugin_c.directory, Path::new("c"));
        assert_eq!(
            plugin_c.command(|_| None).unwrap_err().to_string(),
            "failed to invoke post-renderer plugin \"found\": failed to prepare plugin command: no plugin command is \
             applicable"
        );
        plugins.push(plugin("d", "name: found\ncommand: none\n"));
        assert_eq!(
            find(&plugins, "found").unwrap_err().to_string(),
            "two plugins claim the name \"found\" at \"c\" and \"d\""
        );
    }

    /// What Helm 4.1.4 hands to a plugin with this argument.
    #[test]
    fn variables_in_arguments_are_replaced() {
        let text = "apiVersion: v1\nname: c\ntype: postrenderer/v1\nruntime: subprocess\nruntimeConfig:\n  platformCommand:\n  - command: $HELM_PLUGIN_DIR/c\n    args: [\"a$1b-$$HOME-${}c\"]\n";
        let found = PostRendererPlugin::find("c", plugin("/plugins/c", text));
        let found = found.unwrap().unwrap();
        let (program, arguments) = found.command(|_| None).unwrap();
        assert_eq!(program, "/plugins/c/c");
        assert_eq!(arguments, ["ab-HOME-c"]);
    }

    #[test]
    fn what_comes_back_are_manifests() {
        assert!(check_output(b"a: 1\n---\n# nothing\n---\nb: 2\n").is_ok());
        let said = check_output(b"|2\n  catalog failed:\n  why\n").unwrap_err();
        assert_eq!(
            said.to_string(),
            "printed no manifests:\ncatalog failed:\nwhy"
        );
        for bad in ["- a\n", "a: [\n", " \n"] {
            assert!(check_output(bad.as_bytes()).is_err(), "{bad}");
        }
    }
}
