//! The functions, a group a file, each a row of the group's table.

mod checksums;
mod conversion;
mod crypto;
mod dates;
mod defaults;
mod dicts;
mod encoding;
mod float_math;
mod flow;
mod json_yaml_toml;
mod lists;
mod math;
mod network;
mod paths;
mod random;
mod reflection;
mod regex;
mod semver;
mod string_lists;
mod strings;
mod urls;

use homescale_template::{Function, Group};

/// Every group, in the order of the reference page.
pub const GROUPS: &[&Group] = &[
    &strings::GROUP,
    &string_lists::GROUP,
    &conversion::GROUP,
    &math::GROUP,
    &float_math::GROUP,
    &dates::GROUP,
    &dates::DURATIONS,
    &defaults::GROUP,
    &encoding::GROUP,
    &checksums::GROUP,
    &crypto::GROUP,
    &dicts::GROUP,
    &lists::GROUP,
    &json_yaml_toml::GROUP,
    &paths::GROUP,
    &reflection::GROUP,
    &regex::GROUP,
    &semver::GROUP,
    &urls::GROUP,
    &network::GROUP,
    &random::GROUP,
    &flow::GROUP,
];

/// The function of that name or alias.
pub fn find(name: &str) -> Option<&'static Function> {
    let functions = GROUPS.iter().flat_map(|group| group.functions);
    functions
        .into_iter()
        .find(|function| function.name == name || function.aliases.contains(&name))
}
