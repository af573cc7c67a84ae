//! Matching without backtracking: all the ways to match are followed at once.

use super::syntax::Token;

/// A pattern as states; each state either takes a character or leads on without one.
#[derive(Clone, Debug)]
pub(super) struct Automaton {
    states: Vec<State>,
}

#[derive(Clone, Debug)]
enum State {
    /// Takes one character that the token allows, to the next state.
    Take(Token),
    /// Takes any characters (`within`: but the separator) and stays; or leads on.
    Repeat { within: bool },
    /// Leads to each of these states.
    Split(Vec<usize>),
    /// Leads to that state.
    Jump(usize),
    /// The path matches if it ends here.
    End,
}

impl Automaton {
    /// Lays the tokens out as states. The parser guarantees that every `Open` has its `Close`.
    pub(super) fn new(tokens: &[Token]) -> Self {
        let mut states = Vec::with_capacity(tokens.len() + 1);
        // For each open group: its Split, and the Jumps that must lead past its end.
        let mut groups: Vec<(usize, Vec<usize>)> = Vec::new();
        for token in tokens {
            match token {
                Token::Any => states.push(State::Repeat { within: true }),
                Token::Super => states.push(State::Repeat { within: false }),
                Token::Open => {
                    let first = states.len() + 1;
                    states.push(State::Split(vec![first]));
                    groups.push((first - 1, Vec::new()));
                }
                Token::Or => {
                    let jump = states.len();
                    states.push(State::Jump(0));
                    if let Some((split, jumps)) = groups.last_mut() {
                        jumps.push(jump);
                        if let Some(State::Split(starts)) = states.get_mut(*split) {
                            starts.push(jump + 1);
                        }
                    }
                }
                Token::Close => {
                    let end = states.len();
                    for jump in groups.pop().into_iter().flat_map(|(_, jumps)| jumps) {
                        states[jump] = State::Jump(end);
                    }
                }
                token => states.push(State::Take(token.clone())),
            }
        }
        states.push(State::End);
        Self { states }
    }

    /// Whether the whole text matches.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let mut now = Active::new(self.states.len());
        let mut next = Active::new(self.states.len());
        self.enter(0, &mut now);
        for c in text.chars() {
            for &at in &now.list {
                match &self.states[at] {
                    State::Take(token) if takes(token, c) => self.enter(at + 1, &mut next),
                    State::Repeat { within } if !(*within && c == '/') => self.enter(at, &mut next),
                    _ => {}
                }
            }
            std::mem::swap(&mut now, &mut next);
            next.clear();
            if now.list.is_empty() {
                return false;
            }
        }
        now.seen[self.states.len() - 1]
    }

    /// Adds a state, and those that it leads to without a character.
    fn enter(&self, at: usize, active: &mut Active) {
        let mut pending = vec![at];
        while let Some(at) = pending.pop() {
            if std::mem::replace(&mut active.seen[at], true) {
                continue;
            }
            active.list.push(at);
            match &self.states[at] {
                State::Repeat { .. } => pending.push(at + 1),
                State::Split(starts) => pending.extend(starts),
                State::Jump(to) => pending.push(*to),
                State::Take(_) | State::End => {}
            }
        }
    }
}

/// The states that a match can be in.
struct Active {
    list: Vec<usize>,
    seen: Vec<bool>,
}

impl Active {
    fn new(states: usize) -> Self {
        Self {
            list: Vec::new(),
            seen: vec![false; states],
        }
    }

    fn clear(&mut self) {
        for at in self.list.drain(..) {
            self.seen[at] = false;
        }
    }
}

fn takes(token: &Token, c: char) -> bool {
    match token {
        Token::Char(expected) => c == *expected,
        Token::Single => c != '/',
        Token::List { chars, not } => chars.contains(&c) != *not,
        Token::Range { low, high, not } => (*low..=*high).contains(&c) != *not,
        Token::Any | Token::Super | Token::Open | Token::Or | Token::Close => false,
    }
}
