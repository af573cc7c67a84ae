//! The tree of a pattern, and what the original takes out of alternatives before it compiles them.

use super::syntax::Token;

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    /// Parts that follow each other.
    Pattern(Vec<Node>),
    /// Alternatives.
    AnyOf(Vec<Node>),
    /// Characters as they are.
    Text(String),
    /// The empty text.
    Nothing,
    /// Any other part.
    Part(Token),
}

impl Node {
    /// The tree of a whole pattern. The parser guarantees that every `Open` has its `Close`.
    pub(super) fn new(tokens: &[Token]) -> Self {
        Self::Pattern(sequence(&mut tokens.iter()))
    }
}

/// The parts up to the end of an alternative; `Or` and `Close` are left to the caller through [`alternatives`].
fn sequence(tokens: &mut std::slice::Iter<'_, Token>) -> Vec<Node> {
    let mut parts = Vec::new();
    while let Some(token) = tokens.as_slice().first() {
        match token {
            Token::Or | Token::Close => break,
            Token::Open => {
                tokens.next();
                parts.push(Node::AnyOf(alternatives(tokens)));
                continue;
            }
            Token::Char(c) => match parts.last_mut() {
                Some(Node::Text(text)) => text.push(*c),
                _ => parts.push(Node::Text(c.to_string())),
            },
            other => parts.push(Node::Part(other.clone())),
        }
        tokens.next();
    }
    parts
}

/// The alternatives after an `Open`, through its `Close`.
fn alternatives(tokens: &mut std::slice::Iter<'_, Token>) -> Vec<Node> {
    let mut list = vec![Node::Pattern(sequence(tokens))];
    while let Some(Token::Or) = tokens.next() {
        list.push(Node::Pattern(sequence(tokens)));
    }
    list
}

/// Alternatives with what all of them start or end with taken out; `None` if that is nothing.
pub(super) fn factored(alternatives: &[Node]) -> Option<Node> {
    let mut lists = Vec::new();
    for alternative in alternatives {
        match alternative {
            Node::Pattern(parts) => lists.push(parts.as_slice()),
            _ => return None,
        }
    }
    let (left, right) = common(&lists);
    if left.is_empty() && right.is_empty() {
        return None;
    }
    let mut rest: Vec<Node> = Vec::new();
    for list in &lists {
        let middle = &list[left.len()..list.len() - right.len()];
        let node = if middle.is_empty() {
            Node::Nothing
        } else {
            Node::Pattern(middle.to_vec())
        };
        if !rest.contains(&node) {
            rest.push(node);
        }
    }
    let mut result = Vec::new();
    if !left.is_empty() {
        result.push(Node::Pattern(left));
    }
    match rest.as_slice() {
        [Node::Nothing] | [] => {}
        [only] => result.push(only.clone()),
        _ => result.push(Node::AnyOf(rest)),
    }
    if !right.is_empty() {
        result.push(Node::Pattern(right));
    }
    Some(Node::Pattern(result))
}

/// What all lists start with and end with, without overlap in the shortest of them.
fn common(lists: &[&[Node]]) -> (Vec<Node>, Vec<Node>) {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let shortest = lists.iter().copied().min_by_key(|list| list.len());
    let Some(shortest) = shortest.filter(|_| lists.len() > 1) else {
        return (left, right);
    };
    let length = shortest.len();
    let (mut left_ends, mut right_ends) = (false, false);
    for at in 0..length {
        if left.len() + right.len() >= length || (left_ends && right_ends) {
            break;
        }
        let from_end = length - 1 - at;
        for list in lists {
            left_ends |= list[at] != shortest[at];
            right_ends |= !left_ends && from_end <= at;
            right_ends |= list[list.len() - 1 - at] != shortest[from_end];
        }
        if !left_ends {
            left.push(shortest[at].clone());
        }
        if !right_ends {
            right.push(shortest[from_end].clone());
        }
    }
    right.reverse();
    (left, right)
}
