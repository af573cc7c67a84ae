//! Every relative link of the pages leads to a file or folder, every anchor to a heading, and the summary lists every page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::tree;

/// Pages outside of `docs/`.
const OTHERS: [&str; 4] = [
    "README.md",
    "apps/README.md",
    "lib/README.md",
    "CONTRIBUTING.md",
];

#[test]
fn links_lead_somewhere() {
    let root = tree::root();
    let mut pages: Vec<PathBuf> = OTHERS.iter().map(|page| root.join(page)).collect();
    pages.extend(
        pages_of_the_guide()
            .iter()
            .map(|page| root.join("docs").join(page)),
    );
    let mut count = 0;
    let mut broken = Vec::new();
    for page in &pages {
        let text = prose(page);
        for link in links(&text).filter(|link| !link.contains("://")) {
            count += 1;
            if !leads_somewhere(page, link) {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(count > 50);
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn the_summary_lists_every_page() {
    let summary = prose(&tree::root().join("docs/SUMMARY.md"));
    let listed: BTreeSet<String> = links(&summary).map(str::to_owned).collect();
    let mut pages = pages_of_the_guide();
    pages.remove("SUMMARY.md");
    pages.insert("schema/README.md".to_owned());
    assert_eq!(listed, pages);
}

#[test]
fn what_a_heading_is_called_in_links() {
    assert_eq!(anchor("Find it: `lint`, or *ask*"), "find-it-lint-or-ask");
    let text = "a [b](c.md#d) and [`e`](f) [g]: h (i)";
    assert_eq!(links(text).collect::<Vec<_>>(), ["c.md#d", "f"]);
    let page = tree::root().join("docs/catalog.md");
    assert!(leads_somewhere(&page, "#layers"));
    assert!(!leads_somewhere(&page, "#laiers"));
    assert!(!leads_somewhere(&page, "nope.md"));
    assert!(!leads_somewhere(&page, "levels.md#layers"));
}

/// The names of the pages in `docs/`.
fn pages_of_the_guide() -> BTreeSet<String> {
    let entries = tree::entries(&tree::root().join("docs"));
    let pages = entries
        .iter()
        .filter(|path| path.extension().is_some_and(|it| it == "md"));
    pages.map(|path| tree::file_name(path)).collect()
}

/// The text of a page without its blocks of code.
fn prose(page: &Path) -> String {
    let text = fs::read_to_string(page).unwrap();
    let mut inside = false;
    let mut prose = String::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if !inside {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// The targets of the links in a text.
fn links(text: &str) -> impl Iterator<Item = &str> {
    let targets = text.split("](").skip(1);
    targets.filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
}

/// Whether a relative link on a page has a target.
fn leads_somewhere(page: &Path, link: &str) -> bool {
    let (path, wanted) = link.split_once('#').unwrap_or((link, ""));
    let target = match path {
        "" => page.to_owned(),
        _ => page.parent().unwrap().join(path),
    };
    if wanted.is_empty() {
        return target.exists();
    }
    target.is_file()
        && prose(&target)
            .lines()
            .filter(|line| line.starts_with('#'))
            .any(|line| anchor(line.trim_start_matches('#')) == wanted)
}

/// What a heading is called in links, on GitHub and in mdBook.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}
