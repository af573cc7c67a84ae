//! The levels of Helm that the fixtures have recordings of, and the options that make an execution be one of them.

use homescale_template::Options;

/// Names of levels, and what was recorded of them; the part without names is for all that no part names.
pub(crate) type Recorded = Vec<(String, String)>;

/// The name of each level, and its options.
pub(crate) fn levels() -> Vec<(&'static str, Options)> {
    homescale_recordings::levels()
        .into_iter()
        .map(|name| {
            let options = Options {
                // Built with Go 1.24, or later.
                range_over_integers: name != "3.17",
                // Built with Go 1.25, or later.
                comparison_names_types: !["3.17", "3.18", "3.19"].contains(&name),
                ..Options::default()
            };
            (name, options)
        })
        .collect()
}

/// Splits what follows the input of a case, from its first line `+++` on, into its parts.
pub(crate) fn parts(text: &str) -> Recorded {
    let parts = text.trim_end_matches('\n').split("\n+++");
    parts
        .filter_map(|part| part.split_once('\n'))
        .map(|(names, result)| (names.trim().to_owned(), result.to_owned()))
        .collect()
}

/// The part of a level.
pub(crate) fn part<'a>(recorded: &'a Recorded, level: &str) -> &'a str {
    homescale_recordings::of_level(recorded, level).map_or("", String::as_str)
}
