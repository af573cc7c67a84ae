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

use homescale_template::{Family, Function};

/// Every family, in the order of the reference page.
pub const FAMILIES: &[&Family] = &[
    &strings::FAMILY,
    &string_lists::FAMILY,
    &conversion::FAMILY,
    &math::FAMILY,
    &float_math::FAMILY,
    &dates::FAMILY,
    &dates::DURATIONS,
    &defaults::FAMILY,
    &encoding::FAMILY,
    &checksums::FAMILY,
    &crypto::FAMILY,
    &dicts::FAMILY,
    &lists::FAMILY,
    &json_yaml_toml::FAMILY,
    &paths::FAMILY,
    &reflection::FAMILY,
    &regex::FAMILY,
    &semver::FAMILY,
    &urls::FAMILY,
    &network::FAMILY,
    &random::FAMILY,
    &flow::FAMILY,
];

/// The function of that name or alias.
pub fn find(name: &str) -> Option<&'static Function> {
    let functions = FAMILIES.iter().flat_map(|family| family.functions);
    functions
        .into_iter()
        .find(|function| function.name == name || function.aliases.contains(&name))
}
