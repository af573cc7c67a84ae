//! [`TARGETS`]: the table of what is fuzzed.

mod archive;
mod chart;
mod patch;
mod set;
mod target;
mod template;
mod yaml;

pub use target::Target;

/// All targets, in the order of the names.
pub const TARGETS: &[Target] = &[
    archive::TARGET,
    chart::TARGET,
    patch::TARGET,
    set::TARGET,
    template::TARGET,
    yaml::TARGET,
];

/// The target of that name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
