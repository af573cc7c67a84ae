//! What is made of the table of `homescale.yaml`, its JSON Schema and its page in the guide, and the page of all rules. `INSTA_UPDATE=always` writes them.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "the documentation is on the disk"
)]

use std::fs;

use homescale_catalog::rules_page;
use homescale_fleet::{all_rules, config_reference, config_schema};

fn check(path: &str, text: &str) {
    let path = format!("{}/../../{path}", env!("CARGO_MANIFEST_DIR"));
    let is_new = fs::read_to_string(&path).is_ok_and(|known| known == text);
    if !is_new && homescale_recordings::accepts_snapshots() {
        return fs::write(path, text).unwrap();
    }
    assert!(is_new, "{path} is old: INSTA_UPDATE=always writes it");
}

#[test]
fn the_schema_is_that_of_the_table() {
    check(
        "docs/schema/homescale.schema.json",
        &format!("{:#}\n", config_schema()),
    );
}

#[test]
fn the_page_is_that_of_the_table() {
    check("docs/homescale-yaml.md", &config_reference());
}

#[test]
fn the_page_of_rules_is_that_of_the_tables() {
    check("docs/rules.md", &rules_page(&all_rules()));
}

#[test]
fn every_rule_says_why_and_what_to_do() {
    for rule in all_rules() {
        assert!(!rule.reason.is_empty() && !rule.remedy.is_empty(), "{rule}");
    }
}
