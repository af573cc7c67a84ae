//! Helm, which asks the program `plugin.complete` of a plugin how a command line goes on, for whichever shell asks Helm.

use std::io::Error;

use clap_complete::engine::CompletionCandidate;

use super::asking::Asking;

/// Helm shall not list the files of the current directory.
const NO_FILES: u8 = 4;
/// The word goes on after what is completed.
const NO_SPACE: u8 = 2;

pub(super) const HELM: Asking = Asking {
    name: "helm",
    script: |_, _| {
        Err(Error::other(
            "Helm completes its plugins by itself: `helm completion --help`",
        ))
    },
    answer,
};

/// A line for each candidate, with what it means after a tab, and a last one that says how to go on.
fn answer(candidates: &[CompletionCandidate]) -> String {
    let mut text = String::new();
    let mut next = NO_FILES;
    for candidate in candidates {
        let value = candidate.get_value().to_string_lossy();
        text.push_str(&value);
        let about = candidate.get_help().map(ToString::to_string);
        if let Some(about) = about.as_deref().and_then(|about| about.lines().next()) {
            text.extend(["\t", about]);
        }
        text.push('\n');
        if value.ends_with(['/', '=']) {
            next |= NO_SPACE;
        }
    }
    text + &format!(":{next}\n")
}
