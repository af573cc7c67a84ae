//! What a registry shows of a crate is complete, and the rules for subjects of commits know every crate.

use std::fs;

use crate::repository;

#[test]
fn every_crate_that_can_be_published_says_what_it_is() {
    let metadata = repository::metadata();
    for package in metadata["packages"].as_array().unwrap() {
        // An empty list of registries: it is for tests only.
        if package["publish"].is_array() {
            continue;
        }
        for field in ["description", "license", "repository", "readme"] {
            assert!(
                package[field].is_string(),
                "{}: no {field}",
                package["name"]
            );
        }
        for field in ["keywords", "categories"] {
            let is_there = package[field]
                .as_array()
                .is_some_and(|list| !list.is_empty());
            assert!(is_there, "{}: no {field}", package["name"]);
        }
    }
}

#[test]
fn every_crate_is_a_scope_of_commits() {
    let rules = fs::read_to_string(repository::root().join(".gitlint")).unwrap();
    let regex = rules
        .lines()
        .find(|line| line.starts_with("regex="))
        .unwrap();
    let scopes: Vec<&str> = regex.split(['(', ')', '|']).collect();
    for (name, _) in repository::folders() {
        assert!(scopes.contains(&name.as_str()), ".gitlint: no scope {name}");
    }
    let guide = fs::read_to_string(repository::root().join("CONTRIBUTING.md")).unwrap();
    let types = rules
        .lines()
        .find_map(|line| line.strip_prefix("types="))
        .unwrap();
    for kind in types.split(',') {
        assert!(
            guide.contains(&format!("`{kind}`")),
            "CONTRIBUTING.md: no type {kind}"
        );
    }
}
