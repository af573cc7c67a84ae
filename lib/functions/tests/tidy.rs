//! The tables of functions are complete, in order and documented.

mod levels;

use std::collections::BTreeSet;

use homescale_functions::GROUPS;
use homescale_template::{Function, Functions};

fn functions() -> impl Iterator<Item = &'static Function> {
    GROUPS.iter().flat_map(|group| group.functions)
}

fn names() -> impl Iterator<Item = &'static str> {
    functions()
        .flat_map(|function| std::iter::once(function.name).chain(function.aliases.iter().copied()))
}

#[test]
fn names_are_unique() {
    let mut seen = BTreeSet::new();
    for name in names() {
        assert!(seen.insert(name), "{name} occurs twice");
    }
}

#[test]
fn rows_and_aliases_are_sorted() {
    for group in GROUPS {
        let names: Vec<_> = group
            .functions
            .iter()
            .map(|function| function.name)
            .collect();
        assert!(names.is_sorted(), "{}: {names:?}", group.name);
    }
    for function in functions() {
        assert!(function.aliases.is_sorted(), "{}", function.name);
    }
}

#[test]
fn descriptions_are_one_sentence() {
    let groups = GROUPS.iter().map(|group| (group.name, group.about));
    let rows = functions().map(|function| (function.name, function.about));
    for (name, about) in groups.chain(rows) {
        assert!(about.ends_with('.'), "{name}: {about}");
        assert!(
            !about.trim_end_matches('.').contains(". "),
            "{name}: {about}"
        );
        assert!(
            about.starts_with(|c: char| c.is_ascii_uppercase()),
            "{name}: {about}"
        );
    }
}

#[test]
fn rows_have_examples() {
    for function in functions() {
        assert!(!function.examples.is_empty(), "{}", function.name);
        let called = function
            .examples
            .iter()
            .any(|(template, _)| template.contains(function.name));
        assert!(called, "no example calls {}", function.name);
    }
}

#[test]
fn usage_agrees_with_signature() {
    for function in functions() {
        let mut words = function.usage.split(' ');
        assert_eq!(words.next(), Some(function.name));
        let words: Vec<_> = words.collect();
        let is_variadic = words.iter().any(|word| word.ends_with("..."));
        assert_eq!(
            is_variadic,
            function.signature.variadic.is_some(),
            "{}",
            function.usage
        );
        let fixed = function.signature.params.len();
        if is_variadic {
            assert!(words.len() > fixed, "{}", function.usage);
        } else {
            assert_eq!(words.len(), fixed, "{}", function.usage);
        }
        for word in words {
            let name = word.trim_end_matches("...");
            let is_upper = name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            assert!(is_upper, "{}", function.usage);
        }
    }
}

/// The names that the recorded levels of Helm have are those that we have.
#[test]
fn names_are_those_of_helm() {
    let recorded = include_str!("../../../fixtures/helm-functions.txt");
    for (version, options) in levels::LEVELS {
        let helm: BTreeSet<&str> = recorded
            .lines()
            .filter_map(|line| line.strip_prefix(*version)?.strip_prefix(' '))
            .collect();
        assert!(helm.len() > 200, "no record of {version}");
        let all = Functions::new(GROUPS);
        let ours: BTreeSet<&str> = all
            .names()
            .into_iter()
            .filter(|name| options.has_function(name))
            .collect();
        assert_eq!(ours, helm, "{version}");
    }
}
