//! Plugins of Helm 4 that post-render: found on the disk and run as Helm does. What they mean is in
//! [`homescale_chart::command`].

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use homescale_chart::command::{
    Home, InvokeError, PLUGIN_FILE, Plugin, PluginError, PostRendererPlugin,
};

use crate::process;

/// Finds the post-renderer of this name in the directories of plugins.
///
/// # Errors
/// There is none, or two plugins of a directory have one name.
pub(super) fn find(name: &str) -> Result<PostRendererPlugin, PluginError> {
    for directory in Home::of(|name| env::var_os(name)).plugins {
        let found = PostRendererPlugin::find(name, plugins(&directory))?;
        if let Some(plugin) = found {
            return Ok(plugin);
        }
    }
    Err(PluginError::NotFound(name.to_owned()))
}

/// The plugins of a directory, in the order of their paths. One that cannot be read is passed over.
fn plugins(directory: &Path) -> impl Iterator<Item = Plugin> {
    let entries = fs::read_dir(directory).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    paths.into_iter().filter_map(|path| {
        let text = fs::read(path.join(PLUGIN_FILE)).ok()?;
        Plugin::read(path, &text)
    })
}

/// Runs a plugin. What it says on standard error, which Helm drops, is passed on when it fails.
///
/// # Errors
/// It cannot be run, fails, or prints what is no manifests.
pub(super) fn run(
    plugin: &PostRendererPlugin,
    further: &[String],
    manifests: &[u8],
) -> Result<Vec<u8>, PluginError> {
    let (program, arguments) = plugin.command(|name| env::var(name).ok())?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .args(further)
        .envs(plugin.variables());
    let output = process::run(&mut command, manifests)
        .map_err(|error| plugin.not_invoked(InvokeError::Start(error.into())))?;
    if !output.status.success() {
        // Nobody is left to tell when standard error is closed.
        let _ = std::io::stderr().write_all(&output.stderr);
        return Err(plugin.not_invoked(InvokeError::Exit));
    }
    plugin.check_output(&output.stdout)?;
    Ok(output.stdout)
}
