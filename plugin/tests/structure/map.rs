//! The map, `lib/README.md`, names only what is there: each path in backticks or behind a link leads somewhere.

use std::fs;
use std::path::Path;

use crate::repository;

#[test]
fn what_the_map_names_is_there() {
    let root = repository::root();
    let text = fs::read_to_string(root.join("lib/README.md")).unwrap();
    let mut missing = Vec::new();
    for line in text.lines() {
        let spans = line.split('`').skip(1).step_by(2);
        let links = line
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next());
        // A path, and neither a command nor a place for a name, such as `<group>.rs`.
        let paths = spans.chain(links).filter(|span| {
            let extension = Path::new(span).extension();
            let is_source =
                extension.is_some_and(|extension| extension == "rs" || extension == "toml");
            let is_path = is_source || span.contains('/');
            is_path && !span.contains(['<', ' ', '*', ':'])
        });
        // The table of circles has the files of the crate that its row begins with.
        let source = line
            .trim_start_matches('|')
            .split('|')
            .next()
            .unwrap_or_default()
            .trim();
        for path in paths {
            let places = [
                root.join("lib"),
                root.clone(),
                root.join("lib").join(source).join("src"),
                root.join("plugin/src"),
            ];
            if !places.iter().any(|place| place.join(path).exists()) {
                missing.push(path.to_owned());
            }
        }
    }
    assert!(
        missing.is_empty(),
        "lib/README.md names what is not there: {missing:#?}"
    );
}
