//! Which levels the fixtures have recordings of.
#![expect(
    clippy::panic,
    reason = "a level that is not ours is a fault of the fixtures"
)]

use homescale_functions::Level;

/// The levels that the fixtures have recordings of, by name.
pub(crate) fn recorded_levels() -> Vec<(&'static str, Level)> {
    homescale_recordings::levels()
        .into_iter()
        .map(|name| {
            let level = match name {
                "3.17" => Level::V3_17,
                "3.18" => Level::V3_18,
                "3.19" => Level::V3_19,
                "3.20" => Level::V3_20,
                "3.22" => Level::V3_22,
                "4.1" => Level::V4_1,
                "4.2" | "4.2.4" => Level::V4_2,
                "4.3" => Level::V4_3,
                other => panic!("no level is called {other}"),
            };
            (name, level)
        })
        .collect()
}
