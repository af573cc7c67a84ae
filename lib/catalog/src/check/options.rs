//! Sync options, as Argo CD compares them: a text that is not exactly one of these does nothing (`controller/sync.go`).

use homescale_argocd::ArgoCdVersion;
use homescale_located::{Node, Report, did_you_mean};

use crate::rules;

/// A sync option of an Application.
struct SyncOption {
    name: &'static str,
    values: &'static [&'static str],
    /// The first release line of Argo CD that heeds it for a whole Application, where that is not every one.
    since: Option<ArgoCdVersion>,
}

const fn option(name: &'static str, values: &'static [&'static str]) -> SyncOption {
    SyncOption {
        name,
        values,
        since: None,
    }
}

impl SyncOption {
    const fn since(mut self, major: u64, minor: u64) -> Self {
        self.since = Some(ArgoCdVersion::new(major, minor));
        self
    }
}

const SWITCH: &[&str] = &["true", "false"];

/// What `docs/user-guide/sync-options.md` of Argo CD 3.6 has for Applications.
static OPTIONS: &[SyncOption] = &[
    option("ApplyOutOfSyncOnly", SWITCH),
    option("ClientSideApplyMigration", SWITCH).since(3, 1),
    option("CreateNamespace", SWITCH),
    option("Delete", &["true", "false", "confirm"]).since(3, 5),
    option("FailOnSharedResource", SWITCH),
    option("Prune", &["true", "false", "confirm"]).since(3, 5),
    option("PruneLast", SWITCH),
    option(
        "PrunePropagationPolicy",
        &["background", "foreground", "orphan"],
    ),
    option("Replace", SWITCH),
    option("RespectIgnoreDifferences", SWITCH),
    option("ServerSideApply", SWITCH),
    option("SkipDryRunOnMissingResource", SWITCH).since(3, 1),
    option("Validate", SWITCH),
];

/// The option that only the annotation of a resource can have.
const OF_RESOURCES: &str = "Force";

const ANNOTATION: &str =
    "it is heeded as the annotation `argocd.argoproj.io/sync-options` of a resource";

/// Reports the options of a list that do nothing in a version of Argo CD; none is the newest. `what` is what messages call
/// the list.
pub(super) fn check(
    list: &Node,
    version: Option<ArgoCdVersion>,
    what: &str,
    report: &mut Report<'_>,
) {
    for option in list.as_list().unwrap_or_default() {
        let Some(text) = option.as_text() else {
            continue;
        };
        if let Some((cause, hint)) = complaint(text, version) {
            let message = format!("`{text}` in `{what}` has no effect{cause}");
            report
                .emit(&rules::NO_EFFECT, option.place, message)
                .hint(hint);
        }
    }
}

/// Why an option does nothing, as the end of a sentence, and what to do.
fn complaint(text: &str, version: Option<ArgoCdVersion>) -> Option<(String, String)> {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    let Some(option) = OPTIONS.iter().find(|option| option.name == name) else {
        return Some(unknown(name, value));
    };
    if !option.values.contains(&value) {
        let cause = format!(": Argo CD knows no such value of `{name}`");
        let meant = did_you_mean(value, option.values.iter().copied());
        let values = option.values.join("`, `");
        return Some((
            cause,
            meant.unwrap_or_else(|| format!("there are `{values}`")),
        ));
    }
    let since = option
        .since
        .filter(|since| version.is_some_and(|version| version < *since))?;
    let (version, hint) = (version?, ANNOTATION.to_owned());
    Some((
        format!(" in Argo CD {version}: for a whole Application it is heeded from {since} on"),
        hint,
    ))
}

fn unknown(name: &str, value: &str) -> (String, String) {
    let cause = ": Argo CD knows no such option of an Application".to_owned();
    if name == OF_RESOURCES {
        return (cause, ANNOTATION.to_owned());
    }
    let names = OPTIONS.iter().map(|option| option.name);
    let hint = match homescale_located::nearest(name, names.clone()) {
        Some(near) if value.is_empty() => format!("did you mean `{near}=true`?"),
        Some(near) => format!("did you mean `{near}={value}`?"),
        None => format!("there are `{}`", names.collect::<Vec<_>>().join("`, `")),
    };
    (cause, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str, version: Option<ArgoCdVersion>) -> Option<String> {
        complaint(text, version).map(|(_, hint)| hint)
    }

    #[test]
    fn what_argo_cd_knows_is_silent() {
        for text in [
            "CreateNamespace=true",
            "PrunePropagationPolicy=orphan",
            "Validate=false",
            "SkipDryRunOnMissingResource=true",
        ] {
            assert_eq!(says(text, None), None, "{text}");
        }
    }

    #[test]
    fn a_version_may_be_too_old() {
        let skip = "SkipDryRunOnMissingResource=true";
        assert!(says(skip, Some(ArgoCdVersion::new(3, 0))).is_some());
        assert!(says(skip, Some(ArgoCdVersion::new(3, 1))).is_none());
    }

    #[test]
    fn the_nearest_is_meant() {
        for (text, expected) in [
            (
                "CreateNamespce=true",
                "did you mean `CreateNamespace=true`?",
            ),
            (
                "createnamespace=true",
                "did you mean `CreateNamespace=true`?",
            ),
            ("CreateNamespace", "there are `true`, `false`"),
            (
                "PrunePropagationPolicy=foregound",
                "did you mean `foreground`?",
            ),
        ] {
            assert_eq!(says(text, None).as_deref(), Some(expected), "{text}");
        }
    }
}
