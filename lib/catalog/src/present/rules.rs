//! What the rules are: for a person who asks about one, and as a page of the guide.

use std::fmt::Write;

use homescale_located::{Rule, Severity, did_you_mean};

/// What stands above the rules.
const HEAD: &str = include_str!("rules.md");

/// The rule of that name among these, or what is probably meant by it.
///
/// # Errors
/// There is no such rule: the hint, if there is one.
///
/// ```
/// use homescale_catalog::{RULES, find_rule};
///
/// assert_eq!(find_rule(RULES, "unknown-field")?.name, "unknown-field");
/// assert_eq!(
///     find_rule(RULES, "unknown-feild").err().flatten().as_deref(),
///     Some("did you mean `unknown-field`?")
/// );
/// # Ok::<(), Option<String>>(())
/// ```
pub fn find_rule(rules: &[&'static Rule], name: &str) -> Result<&'static Rule, Option<String>> {
    let found = rules.iter().find(|rule| rule.name == name);
    let names = rules.iter().map(|rule| rule.name);
    found.copied().ok_or_else(|| did_you_mean(name, names))
}

/// The page `docs/rules.md`, in Markdown: how findings are shown and silenced, and every rule of these.
pub fn rules_page(rules: &[&Rule]) -> String {
    let mut page = HEAD.to_owned();
    let kinds = [Severity::Error, Severity::Warning, Severity::Note];
    for severity in kinds {
        // Writing to a string cannot fail.
        let _ = write!(page, "\n## {}\n", heading(severity));
        for rule in rules.iter().filter(|rule| rule.severity == severity) {
            let (name, about, reason, remedy) = (rule.name, rule.about, rule.reason, rule.remedy);
            let _ = write!(page, "\n### {name}\n\n{about} {reason}\n\n{remedy}\n");
        }
    }
    page
}

fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Errors",
        Severity::Warning => "Warnings",
        Severity::Note => "Notes",
    }
}
