//! Git's pathspecs: which files `git ls-files -- PATTERN` lists.

use std::fmt;

use crate::set::FileSet;

/// A pathspec of Git (`pathspec.c`, `dir.c` and `wildmatch.c`), without its magic (`:(…)`).
///
/// A path is itself and all that is below it. `*`, `?` and `[a-z]` stand for any bytes, `/` among them, so that `apps/*.yaml`
/// is any YAML below `apps`, however deep; `**` is no more than `*`, and `\` takes the next byte literally.
///
/// ```
/// use homescale_fileset::Pathspec;
///
/// let pathspec = Pathspec::new("apps/*/config.yaml").unwrap();
/// assert!(pathspec.is_match("apps/web/config.yaml"));
/// assert!(pathspec.is_match("apps/team/web/config.yaml"));
/// assert!(Pathspec::new("./apps/").unwrap().is_match("apps/web/config.yaml"));
/// assert!(Pathspec::new("../other").is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pathspec {
    /// Without `.`, `..` and doubled slashes. Empty for everything.
    pattern: String,
}

/// A pathspec that Git refuses, or that is not supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathspecError {
    /// It leads out of the repository.
    Outside,
    /// It begins with `:`, which gives it other meanings.
    Magic,
}

impl fmt::Display for PathspecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outside => "it leads out of the repository",
            Self::Magic => "Git's pathspec magic (`:…`) is not supported",
        })
    }
}

impl std::error::Error for PathspecError {}

impl Pathspec {
    /// Reads a pathspec, relative to the root of a repository.
    ///
    /// # Errors
    /// It leads out of the repository, or has magic.
    pub fn new(pattern: &str) -> Result<Self, PathspecError> {
        if pattern.starts_with(':') {
            return Err(PathspecError::Magic);
        }
        if pattern.starts_with('/') {
            return Err(PathspecError::Outside);
        }
        let mut segments: Vec<&str> = Vec::new();
        for segment in pattern.split('/') {
            match segment {
                "" | "." => {}
                ".." => drop(segments.pop().ok_or(PathspecError::Outside)?),
                segment => segments.push(segment),
            }
        }
        let mut normalized = segments.join("/");
        if pattern.ends_with('/') && !normalized.is_empty() {
            normalized.push('/');
        }
        Ok(Self {
            pattern: normalized,
        })
    }

    /// Whether the pathspec selects the file of this path.
    pub fn is_match(&self, path: &str) -> bool {
        let pattern = self.pattern.as_str();
        let below = path.strip_prefix(pattern);
        pattern.is_empty()
            || below.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('/') || pattern.ends_with('/')
            })
            || wildmatch(pattern.as_bytes(), path.as_bytes())
    }

    /// The files that the pathspec selects, in byte order.
    pub fn select<'f>(&'f self, files: &'f FileSet) -> impl Iterator<Item = &'f str> {
        files.paths().filter(|path| self.is_match(path))
    }
}

/// Git's `wildmatch` without `WM_PATHNAME`. It goes back to the last star only, and so takes no more than the lengths multiplied.
fn wildmatch(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut taken) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while taken < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, taken));
            at += 1;
            continue;
        }
        match one(&pattern[at..], text[taken]) {
            One::Matches(length) => {
                at += length;
                taken += 1;
            }
            One::Differs => {
                let Some((of_star, from)) = star else {
                    return false;
                };
                star = Some((of_star, from + 1));
                at = of_star + 1;
                taken = from + 1;
            }
            One::Malformed => return false,
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

/// What the head of a pattern says of one byte.
enum One {
    /// It matches, by so many bytes of the pattern.
    Matches(usize),
    Differs,
    /// The pattern ends within a class: it matches nothing.
    Malformed,
}

fn one(pattern: &[u8], byte: u8) -> One {
    let matches = |is_match, length| {
        if is_match {
            One::Matches(length)
        } else {
            One::Differs
        }
    };
    match pattern {
        [] => One::Differs,
        [b'?', ..] => One::Matches(1),
        [b'\\', literal, ..] => matches(*literal == byte, 2),
        [b'[', rest @ ..] => {
            class(rest, byte).map_or(One::Malformed, |(is_in, length)| matches(is_in, length + 1))
        }
        [literal, ..] => matches(*literal == byte, 1),
    }
}

/// Whether a byte is in a class, whose `[` was taken, and the length of the class with its `]`.
fn class(text: &[u8], byte: u8) -> Option<(bool, usize)> {
    let is_negated = matches!(text.first(), Some(b'!' | b'^'));
    let mut at = usize::from(is_negated);
    let first = at;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// As `git ls-files` has it (Git 2.47).
    #[test]
    fn pathspecs_select_as_in_git() {
        for (pattern, path, expected) in [
            (".", "a/b", true),
            ("", "a/b", true),
            ("a", "a/b", true),
            ("a", "ab", false),
            ("a/", "a/b", true),
            ("a/", "a", false),
            ("a//./b", "a/b", true),
            ("a/c/../b", "a/b", true),
            ("*.yaml", "a/b/c.yaml", true),
            ("a/*/c.yaml", "a/b/b/c.yaml", true),
            ("a/**/c.yaml", "a/c.yaml", false),
            ("a/**/c.yaml", "a/b/c.yaml", true),
            ("a/*", "a/b/c", true),
            ("a/?/c", "a/b/c", true),
            ("a?b", "a/b", true),
            ("a/[bc]/d", "a/c/d", true),
            ("a/[!bc]/d", "a/c/d", false),
            ("a/[^bc]/d", "a/x/d", true),
            ("a/[a-c]", "a/b", true),
            ("a/[]-]", "a/]", true),
            ("a/[[:digit:]]", "a/7", true),
            ("a/[[:digit:]]", "a/x", false),
            ("a/[", "a/[", true),
            ("a/[x", "a/x", false),
            ("a/[*]", "a/*", true),
            ("a/[*]", "a/b", false),
            (r"a/\*", "a/*", true),
            (r"a/\*", "a/b", false),
            ("a/{b,c}", "a/b", false),
        ] {
            let pathspec = Pathspec::new(pattern).unwrap();
            assert_eq!(pathspec.is_match(path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn nothing_outside_is_selected() {
        assert_eq!(Pathspec::new("a/../../b"), Err(PathspecError::Outside));
        assert_eq!(Pathspec::new("/a"), Err(PathspecError::Outside));
        assert_eq!(Pathspec::new(":!a"), Err(PathspecError::Magic));
    }
}
