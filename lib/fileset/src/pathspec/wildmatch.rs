//! [`Wildmatch`]: the patterns of Git's `wildmatch.c`.

/// A pattern, taken apart.
#[derive(Clone, Debug)]
pub(super) struct Wildmatch {
    tokens: Vec<Token>,
    ignores_case: bool,
}

/// What stands for some of a path.
#[derive(Clone, Debug)]
enum Token {
    Byte(u8),
    /// One of these bytes, by their numbers.
    Class(Box<[bool]>),
    /// Any bytes; `/` among them, if it crosses directories.
    Star {
        crosses: bool,
    },
    /// `**` with `/` behind it: any directories, or none, and then not the `/` either.
    Directories,
}

impl Wildmatch {
    /// Reads a pattern. `None`: it is malformed, and matches nothing. In one that is a glob, only `**` crosses directories.
    pub(super) fn new(pattern: &[u8], is_glob: bool, ignores_case: bool) -> Option<Self> {
        let is_special = |byte: &u8| matches!(byte, b'*' | b'?' | b'[' | b'\\');
        let literal = pattern.iter().position(is_special);
        let mut tokens = Vec::new();
        let mut at = 0;
        while let Some(byte) = pattern.get(at) {
            let rest = &pattern[at..];
            let (token, length) = match byte {
                b'*' => {
                    let stars = rest.iter().take_while(|byte| **byte == b'*').count();
                    // Git compares what is literal first, and then has forgotten it.
                    let is_first = literal == Some(at) || pattern[at - 1] == b'/';
                    let next = rest.get(stars);
                    let token = match next {
                        Some(b'/') if is_glob && stars > 1 && is_first => Token::Directories,
                        next => Token::Star {
                            crosses: !is_glob || (stars > 1 && is_first && next.is_none()),
                        },
                    };
                    (token, stars)
                }
                b'?' => (any(is_glob), 1),
                b'[' => {
                    let (class, length) = class(&rest[1..], is_glob, ignores_case)?;
                    (class, length + 1)
                }
                b'\\' => (Token::Byte(folded(*rest.get(1)?, ignores_case)), 2),
                byte => (Token::Byte(folded(*byte, ignores_case)), 1),
            };
            tokens.push(token);
            at += length;
        }
        Some(Self {
            tokens,
            ignores_case,
        })
    }

    /// Whether the whole of a path matches. It takes no more than the lengths of both, multiplied.
    pub(super) fn is_match(&self, path: &[u8]) -> bool {
        let mut reached = vec![false; self.tokens.len() + 1];
        self.reach(&mut reached, 0);
        for byte in path {
            let byte = folded(*byte, self.ignores_case);
            let mut next = vec![false; self.tokens.len() + 1];
            for (at, token) in self.tokens.iter().enumerate() {
                if !reached[at] {
                    continue;
                }
                match token {
                    Token::Byte(own) if *own == byte => self.reach(&mut next, at + 1),
                    Token::Class(bytes) if bytes[usize::from(byte)] => {
                        self.reach(&mut next, at + 1);
                    }
                    Token::Star { crosses } if *crosses || byte != b'/' => {
                        self.reach(&mut next, at);
                    }
                    Token::Directories => self.reach_inside(&mut next, at),
                    _ => {}
                }
            }
            reached = next;
        }
        reached.last().copied().unwrap_or_default()
    }

    /// Reaches a token, and those behind it that it need not wait for.
    fn reach(&self, reached: &mut [bool], mut at: usize) {
        loop {
            reached[at] = true;
            match self.tokens.get(at) {
                Some(Token::Star { .. }) => at += 1,
                Some(Token::Directories) => {
                    // As many directories as there are, or none of them.
                    self.reach(reached, at + 1);
                    at += 2;
                }
                _ => return,
            }
        }
    }

    /// Stays in the directories of a `**/`, whose `/` is the next token.
    fn reach_inside(&self, reached: &mut [bool], at: usize) {
        reached[at] = true;
        self.reach(reached, at + 1);
    }
}

/// `?`.
fn any(is_glob: bool) -> Token {
    let bytes = (0..=u8::MAX).map(|byte| !is_glob || byte != b'/');
    Token::Class(bytes.collect())
}

fn folded(byte: u8, ignores_case: bool) -> u8 {
    if ignores_case {
        byte.to_ascii_lowercase()
    } else {
        byte
    }
}

/// A class, whose `[` was taken, and its length with its `]`.
fn class(text: &[u8], is_glob: bool, ignores_case: bool) -> Option<(Token, usize)> {
    let is_in = |byte: u8| {
        let (is_in, _) = is_in_class(text, byte)?;
        let other = byte.to_ascii_uppercase();
        Some(is_in || (ignores_case && other != byte && is_in_class(text, other)?.0))
    };
    let (_, length) = is_in_class(text, 0)?;
    let bytes = (0..=u8::MAX).map(|byte| Some(is_in(byte)? && !(is_glob && byte == b'/')));
    Some((Token::Class(bytes.collect::<Option<_>>()?), length))
}

/// Whether a byte is in a class, and the length of the class.
fn is_in_class(text: &[u8], byte: u8) -> Option<(bool, usize)> {
    let is_negated = matches!(text.first(), Some(b'!' | b'^'));
    let first = usize::from(is_negated);
    let mut at = first;
    let mut is_in = false;
    let mut before: Option<u8> = None;
    loop {
        let next = *text.get(at)?;
        if next == b']' && at > first {
            return Some((is_in != is_negated, at + 1));
        }
        let follows = text.get(at + 1).copied();
        match (next, before, follows) {
            (b'-', Some(low), Some(high)) if high != b']' => {
                at += 1;
                let high = match high {
                    b'\\' => {
                        at += 1;
                        *text.get(at)?
                    }
                    high => high,
                };
                is_in |= (low..=high).contains(&byte);
                before = None;
            }
            (b'[', _, Some(b':')) if named(&text[at + 2..]).is_some() => {
                let (kind, length) = named(&text[at + 2..])?;
                is_in |= kind(byte)?;
                at += 1 + length;
                before = None;
            }
            (b'\\', _, escaped) => {
                let escaped = escaped?;
                at += 1;
                is_in |= escaped == byte;
                before = Some(escaped);
            }
            (letter, ..) => {
                is_in |= letter == byte;
                before = Some(letter);
            }
        }
        at += 1;
    }
}

/// Whether a byte is of a kind; `None` if there is no such kind.
type Kind = fn(u8) -> Option<bool>;

/// The kind of `name:]`, and its length; `None` if it is not closed by these.
fn named(text: &[u8]) -> Option<(Kind, usize)> {
    let end = text.iter().position(|byte| *byte == b']')?;
    let name = text[..end].strip_suffix(b":")?;
    let row = KINDS.iter().find(|(known, _)| known.as_bytes() == name);
    Some((row.map_or(|_| None, |(_, kind)| *kind), end + 1))
}

/// The POSIX classes that Git knows.
const KINDS: &[(&str, Kind)] = &[
    ("alnum", |byte| Some(byte.is_ascii_alphanumeric())),
    ("alpha", |byte| Some(byte.is_ascii_alphabetic())),
    ("blank", |byte| Some(matches!(byte, b' ' | b'\t'))),
    ("cntrl", |byte| Some(byte.is_ascii_control())),
    ("digit", |byte| Some(byte.is_ascii_digit())),
    ("graph", |byte| Some(byte.is_ascii_graphic())),
    ("lower", |byte| Some(byte.is_ascii_lowercase())),
    ("print", |byte| {
        Some(byte == b' ' || byte.is_ascii_graphic())
    }),
    ("punct", |byte| Some(byte.is_ascii_punctuation())),
    ("space", |byte| Some(byte.is_ascii_whitespace())),
    ("upper", |byte| Some(byte.is_ascii_uppercase())),
    ("xdigit", |byte| Some(byte.is_ascii_hexdigit())),
];
