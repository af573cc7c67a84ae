//! [`check_labels`]: the labels of a release, some of which are Helm's own.

use std::fmt;

/// The labels that Helm gives a release itself, as it lists them.
const SYSTEM: [&str; 6] = [
    "name",
    "owner",
    "status",
    "version",
    "createdAt",
    "modifiedAt",
];

/// A label has a name that only Helm may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReservedLabel;

impl fmt::Display for ReservedLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let system = SYSTEM.join(" ");
        write!(
            f,
            "user supplied labels contains system reserved label name. System labels: [{system}]"
        )
    }
}

impl std::error::Error for ReservedLabel {}

/// Checks the labels of `--labels`, `name=value` each.
///
/// # Errors
/// One of them is Helm's own.
pub fn check_labels(labels: &[String]) -> Result<(), ReservedLabel> {
    let names = labels.iter().filter_map(|label| label.split_once('='));
    let mut names = names.map(|(name, _)| name);
    if names.any(|name| SYSTEM.contains(&name)) {
        return Err(ReservedLabel);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_helm_uses_are_reserved() {
        let check = |label: &str| check_labels(&["team=web".to_owned(), label.to_owned()]);
        assert_eq!(check("names=a"), Ok(()));
        assert_eq!(check("owner=me"), Err(ReservedLabel));
    }
}
