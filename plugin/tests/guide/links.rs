//! Every relative link of the pages leads to a file or folder, every anchor to a heading, in the book too, and the summary lists
//! every page.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{program, tree};

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
fn links_of_the_book_lead_to_its_pages_and_to_the_repository() {
    let book = tempfile::tempdir().unwrap();
    let write = |path: &str, links: &[&str]| {
        let link = |link: &&str| format!("<a class=\"x\" href=\"{link}\">text</a>\n");
        fs::write(
            book.path().join(path),
            links.iter().map(link).collect::<String>(),
        )
        .unwrap();
    };
    let link = || {
        let script = tree::root().join(".ci/link-book");
        program::run(program::bare(script, book.path()).arg("."), b"")
    };
    fs::create_dir(book.path().join("schema")).unwrap();
    write("schema/index.html", &["../page.html", "../../README.html"]);
    write(
        "page.html",
        &[
            "#here",
            "page.html#here",
            "https://example.com",
            "schema/README.html#a",
            "../plugin/image",
            "../fixtures/hostile",
            "../lib/README.html#layers",
        ],
    );
    let ran = link();
    assert_eq!(ran.status, 0, "{}", ran.stderr);
    let targets = |page: &str| {
        let text = fs::read_to_string(book.path().join(page)).unwrap();
        let targets = text.split("href=\"").skip(1);
        let targets = targets.map(|rest| rest.split_once('"').unwrap().0.to_owned());
        targets.collect::<Vec<_>>()
    };
    let settings = fs::read_to_string(tree::root().join("docs/book.toml")).unwrap();
    let address = settings.split("git-repository-url = \"").nth(1).unwrap();
    let address = address.split_once('"').unwrap().0;
    assert_eq!(
        targets("page.html"),
        [
            "#here",
            "page.html#here",
            "https://example.com",
            "schema/index.html#a",
            &format!("{address}/blob/main/plugin/image"),
            &format!("{address}/tree/main/fixtures/hostile"),
            &format!("{address}/blob/main/lib/README.md#layers"),
        ]
    );
    let readme = format!("{address}/blob/main/README.md");
    assert_eq!(targets("schema/index.html"), ["../page.html", &readme]);

    for dead in ["nope.html", "../nope", "../../outside"] {
        write("page.html", &[dead]);
        let ran = link();
        assert_eq!(ran.status, 1);
        assert!(ran.stderr.contains(dead), "{}", ran.stderr);
    }
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
