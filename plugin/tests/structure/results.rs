//! No public function of a library gives its error as a text: errors are values.

use std::collections::BTreeSet;
use std::fs;

use crate::modules::Crate;
use crate::repository;
use crate::tokens::{Kind, Token, tokens};

#[test]
fn no_public_function_of_a_library_has_a_text_as_its_error() {
    let mut found = BTreeSet::new();
    for (name, root) in repository::crates() {
        if name == "plugin" {
            continue;
        }
        for file in Crate::read(&root, false).files {
            let text = fs::read_to_string(&file).unwrap();
            for (function, line) in with_text_errors(&tokens(&text)) {
                let file = file.strip_prefix(repository::root()).unwrap();
                found.insert(format!("{}:{line}: {function}", file.display()));
            }
        }
    }
    assert!(
        found.is_empty(),
        "these give an error as a text: {found:#?}"
    );
}

/// The public functions, and those of public traits, whose result has a text as its error; and where they are.
fn with_text_errors(tokens: &[Token]) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    // The end of the public trait that is being read.
    let mut end_of_trait = 0;
    for at in 0..tokens.len() {
        if tokens[at].is("trait") && is_public(tokens, at) {
            let open = (at..tokens.len()).find(|at| tokens[*at].is("{")).unwrap();
            end_of_trait = closing(tokens, open);
        }
        if tokens[at].is("fn")
            && (is_public(tokens, at) || at < end_of_trait)
            && gives_text_error(tokens, at)
        {
            found.push((tokens[at + 1].word().to_owned(), tokens[at].line));
        }
    }
    found
}

/// Whether `pub` stands before what is declared here, and not `pub(crate)`.
fn is_public(tokens: &[Token], at: usize) -> bool {
    let before = tokens[..at].iter().rev();
    let mut before = before.skip_while(|token| {
        ["const", "async", "unsafe"]
            .iter()
            .any(|word| token.is(word))
    });
    before.next().is_some_and(|token| token.is("pub"))
}

fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        depth += i32::from(token.is("{")) - i32::from(token.is("}"));
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// Whether the head of a function ends with `Result<…, String>`, or with a `&str` in its place.
fn gives_text_error(tokens: &[Token], at: usize) -> bool {
    let head = tokens[at..]
        .iter()
        .take_while(|token| !token.is("{") && !token.is(";"));
    let head: Vec<&Token> = head.collect();
    let Some(arrow) = head
        .windows(2)
        .rposition(|two| two[0].is("-") && two[1].is(">"))
    else {
        return false;
    };
    let result = &head[arrow + 2..];
    let names_text = result.iter().enumerate().any(|(index, token)| {
        let mut error = result[index + 1..]
            .iter()
            .skip_while(|token| token.is("&") || is_lifetime(token));
        let is_text = |token: &&&Token| token.is("String") || token.is("str");
        token.is(",")
            && error.next().as_ref().is_some_and(is_text)
            && error.next().is_some_and(|token| token.is(">"))
    });
    names_text && result.iter().any(|token| token.is("Result"))
}

fn is_lifetime(token: &Token) -> bool {
    token.kind == Kind::Other
}
