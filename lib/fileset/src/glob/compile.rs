//! From the tree of a pattern to a [`Matcher`], in the steps of the original. Some of them change what a pattern means,
//! and charts see that: `x{*,ab}` matches paths of three characters only.

use super::matcher::{Branches, Matcher};
use super::syntax::Token;
use super::tree::{Node, factored};

const SEPARATOR: char = '/';

/// What `*` and `?` do not match.
#[derive(Clone, Copy, Debug)]
pub(super) enum Separator {
    /// `/`.
    Slash,
    /// Nothing.
    None,
}

impl Separator {
    /// A token as it is with this separator: without one, `*` is `**`, and `?` any character at all.
    pub(super) fn applied(self, token: Token) -> Token {
        match (self, token) {
            (Self::None, Token::Any) => Token::Super,
            (Self::None, Token::Single) => Token::List {
                chars: Vec::new(),
                not: true,
            },
            (_, token) => token,
        }
    }
}

/// Compiles a tree.
pub(super) fn compile(node: &Node, separator: Separator) -> Matcher {
    let matcher = match node {
        Node::AnyOf(alternatives) => {
            if let Some(factored) = factored(alternatives) {
                return compile(&factored, separator);
            }
            return Matcher::AnyOf(compile_all(alternatives, separator));
        }
        Node::Pattern(parts) if parts.is_empty() => return Matcher::Nothing,
        Node::Pattern(parts) => joined(glued_everywhere(compile_all(parts, separator))),
        Node::Nothing => Matcher::Nothing,
        Node::Text(text) => Matcher::Text(text.clone()),
        Node::Part(token) => match separator.applied(token.clone()) {
            Token::Any => Matcher::Any,
            Token::Super => Matcher::Super,
            Token::Single => Matcher::Single,
            Token::List { chars, not } => Matcher::List { chars, not },
            Token::Range { low, high, not } => Matcher::Range { low, high, not },
            // The tree has no other tokens.
            _ => Matcher::Nothing,
        },
    };
    optimized(matcher)
}

fn compile_all(nodes: &[Node], separator: Separator) -> Vec<Matcher> {
    let nodes = nodes.iter();
    nodes
        .map(|node| optimized(compile(node, separator)))
        .collect()
}

/// Simpler forms of the same matcher.
fn optimized(matcher: Matcher) -> Matcher {
    match matcher {
        Matcher::AnyOf(mut list) if list.len() == 1 => list.remove(0),
        Matcher::List { chars, not: false } if chars.len() == 1 => {
            Matcher::Text(chars.into_iter().collect())
        }
        Matcher::Branches(branches) => optimized_branches(*branches),
        other => other,
    }
}

fn optimized_branches(mut branches: Branches) -> Matcher {
    branches.left = branches.left.map(optimized);
    branches.right = branches.right.map(optimized);
    let Matcher::Text(text) = &branches.value else {
        return Matcher::Branches(Box::new(branches));
    };
    let text = text.clone();
    match (&branches.left, &branches.right) {
        (None, None) => Matcher::Text(text),
        (Some(Matcher::Super), Some(Matcher::Super)) => Matcher::Contains { text, not: false },
        (Some(Matcher::Super), None) => Matcher::Suffix(text),
        (None, Some(Matcher::Super)) => Matcher::Prefix(text),
        (None, Some(Matcher::Suffix(suffix))) => Matcher::PrefixSuffix(text, suffix.clone()),
        (Some(Matcher::Prefix(prefix)), None) => Matcher::PrefixSuffix(prefix.clone(), text),
        (Some(Matcher::Any), None) => Matcher::SuffixAny(text),
        (None, Some(Matcher::Any)) => Matcher::PrefixAny(text),
        _ => Matcher::Branches(Box::new(branches)),
    }
}

/// One matcher for several that follow each other: around the longest of known length, else the first.
fn joined(mut matchers: Vec<Matcher>) -> Matcher {
    if matchers.len() == 1 {
        return matchers.remove(0);
    }
    if let Some(glued) = glued(&matchers) {
        return glued;
    }
    let lengths = matchers.iter().enumerate();
    let known = lengths.filter_map(|(at, matcher)| Some((matcher.length()?, at)));
    let Some((_, at)) = known.max() else {
        let right = joined(matchers.split_off(1));
        return Matcher::branches(matchers.remove(0), None, Some(right));
    };
    let right = matchers.split_off(at + 1);
    let value = matchers.pop().unwrap_or(Matcher::Nothing);
    let some = |list: Vec<Matcher>| (!list.is_empty()).then(|| joined(list));
    Matcher::branches(value, some(matchers), some(right))
}

/// Glues neighbours together as long as that is possible, the most at a time first.
fn glued_everywhere(mut matchers: Vec<Matcher>) -> Vec<Matcher> {
    loop {
        let mut best: Option<(Matcher, usize, usize)> = None;
        for from in 0..matchers.len() {
            for to in (from + 1..=matchers.len()).rev() {
                let Some(glued) = glued(&matchers[from..to]) else {
                    continue;
                };
                let is_better = best.as_ref().is_none_or(|(known, start, end)| {
                    let is_longer =
                        matches!((known.length(), glued.length()), (Some(a), Some(b)) if b > a);
                    is_longer || end - start < to - from
                });
                if is_better {
                    best = Some((glued, from, to));
                }
            }
        }
        let Some((glued, from, to)) = best else {
            return matchers;
        };
        matchers.splice(from..to, [glued]);
    }
}

fn glued(matchers: &[Matcher]) -> Option<Matcher> {
    if matchers.len() < 2 {
        return None;
    }
    glued_as_every(matchers).or_else(|| {
        let lengths = matchers.iter().map(Matcher::length);
        let length = lengths.sum::<Option<usize>>()?;
        Some(Matcher::Row(length, matchers.to_vec()))
    })
}

/// Wildcards that refuse the same characters, as conditions on the whole.
fn glued_as_every(matchers: &[Matcher]) -> Option<Matcher> {
    let (mut any, mut many, mut single, mut least) = (false, false, false, 0);
    let mut refused: Option<Vec<char>> = None;
    for matcher in matchers {
        let refuses = match matcher {
            Matcher::Super => {
                many = true;
                Vec::new()
            }
            Matcher::Any => {
                any = true;
                vec![SEPARATOR]
            }
            Matcher::Single => {
                single = true;
                least += 1;
                vec![SEPARATOR]
            }
            Matcher::List { chars, not: true } => {
                single = true;
                least += 1;
                chars.clone()
            }
            _ => return None,
        };
        if *refused.get_or_insert_with(|| refuses.clone()) != refuses {
            return None;
        }
    }
    let refused = refused.unwrap_or_default();
    if many && !any && !single {
        return Some(Matcher::Super);
    }
    if any && !many && !single {
        return Some(Matcher::Any);
    }
    if (any || many) && least > 0 && refused.is_empty() {
        return Some(Matcher::Min(least));
    }
    let mut every = Vec::new();
    if least > 0 {
        every.push(Matcher::Min(least));
        if !any && !many {
            every.push(Matcher::Max(least));
        }
    }
    if !refused.is_empty() {
        every.push(Matcher::Contains {
            text: refused.into_iter().collect(),
            not: true,
        });
    }
    Some(Matcher::EveryOf(every))
}
