//! What is larger than Linux takes.

use homescale_argocd::MOST_OF_ARGUMENT;

use super::finding::{At, Finding};
use crate::found::Found;
use crate::rules;

/// What plugins are told that is larger than one variable of the environment.
pub(super) fn check(found: &Found) -> Vec<Finding> {
    let sources = found.application.sources.iter().enumerate();
    let too_large = sources.filter_map(|(index, source)| {
        let size = source.plugin.as_ref()?.size_of_parameters();
        if size <= MOST_OF_ARGUMENT {
            return None;
        }
        let cause = format!(
            "what the plugin is told has {size} bytes, in one variable of its environment; Linux has room for {MOST_OF_ARGUMENT}"
        );
        let hint = "move values into files of the repository: Argo CD would fail with `argument list too long`";
        let at = At::Source(index, &["plugin", "parameters"]);
        Some(Finding::new(&rules::TOO_LARGE, cause).hint(Some(hint)).at(at))
    });
    too_large.collect()
}
