//! Patterns of paths as the Go package `bmatcuk/doublestar/v4` has them, whose `FilepathGlob` Argo CD asks for value files.

use std::fmt;
use std::iter::Peekable;
use std::str::Chars;

use crate::set::FileSet;

/// How many directories a pattern may look into.
const MOST_DIRECTORIES: usize = 50_000;

/// How many alternatives the braces of a pattern may make.
const MOST_ALTERNATIVES: usize = 1_000;

/// Why [`doublestar`] finds nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DoublestarError {
    /// The pattern is malformed.
    Syntax,
    /// Its braces stand for too many patterns.
    TooManyAlternatives,
    /// It looks into too many directories.
    TooManyDirectories,
}

impl fmt::Display for DoublestarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax => f.write_str("syntax error in pattern"),
            Self::TooManyAlternatives => f.write_str("too many alternatives in braces"),
            Self::TooManyDirectories => {
                write!(f, "looks into more than {MOST_DIRECTORIES} directories")
            }
        }
    }
}

impl std::error::Error for DoublestarError {}

/// The files that a pattern matches: `*`, `?` and `[a-z]` match in a segment of a path, `**` any number of directories,
/// `{a,b}` alternatives. They come in the order in which the package walks: what is in a directory before what is below it.
///
/// ```
/// use homescale_fileset::{FileSet, doublestar};
///
/// let mut files = FileSet::new();
/// files.insert("env/eu/prod.yaml", *b"").unwrap();
/// files.insert("env/prod.yaml", *b"").unwrap();
/// assert_eq!(doublestar("env/**/prod.yaml", &files)?, ["env/prod.yaml", "env/eu/prod.yaml"]);
/// # Ok::<(), homescale_fileset::DoublestarError>(())
/// ```
///
/// # Errors
/// The pattern is malformed, or asks for too much.
pub fn doublestar(pattern: &str, files: &FileSet) -> Result<Vec<String>, DoublestarError> {
    let (files, _) = walk(pattern, files)?;
    Ok(files)
}

/// The first directory that a pattern matches, if it matches any: the package finds directories as it finds files.
///
/// ```
/// use homescale_fileset::{FileSet, doublestar_directory};
///
/// let mut files = FileSet::new();
/// files.insert("env/eu/prod.yaml", *b"").unwrap();
/// assert_eq!(doublestar_directory("env/*", &files)?.as_deref(), Some("env/eu"));
/// assert_eq!(doublestar_directory("env/*/*", &files)?, None);
/// # Ok::<(), homescale_fileset::DoublestarError>(())
/// ```
///
/// # Errors
/// The pattern is malformed, or asks for too much.
pub fn doublestar_directory(
    pattern: &str,
    files: &FileSet,
) -> Result<Option<String>, DoublestarError> {
    let (_, directory) = walk(pattern, files)?;
    Ok(directory)
}

/// The files and the first directory that a pattern matches.
fn walk(pattern: &str, files: &FileSet) -> Result<(Vec<String>, Option<String>), DoublestarError> {
    let mut walk = Walk {
        files,
        directories: 0,
        found: Vec::new(),
        found_directory: None,
    };
    let patterns = alternatives(pattern)?;
    for pattern in &patterns {
        let mut segments: Vec<&str> = pattern.split('/').collect();
        // Two in a row mean no more than one.
        segments.dedup_by(|next, kept| *next == "**" && next == kept);
        for segment in &segments {
            check(segment)?;
        }
        walk.enter("", &segments)?;
    }
    if patterns.len() > 1 {
        walk.found.sort();
        walk.found.dedup();
    }
    Ok((walk.found, walk.found_directory))
}

/// What the braces of a pattern stand for: `{a,b}.yaml` for `a.yaml` and `b.yaml`.
fn alternatives(pattern: &str) -> Result<Vec<String>, DoublestarError> {
    let mut open = vec![pattern.to_owned()];
    let mut done = Vec::new();
    while let Some(pattern) = open.pop() {
        let Some((start, end)) = braces(&pattern)? else {
            done.push(pattern);
            continue;
        };
        let mut parts = parts(&pattern[start + 1..end]);
        parts.reverse();
        for part in parts {
            open.push(format!(
                "{}{part}{}",
                &pattern[..start],
                &pattern[end + 1..]
            ));
        }
        if open.len() + done.len() > MOST_ALTERNATIVES {
            return Err(DoublestarError::TooManyAlternatives);
        }
    }
    Ok(done)
}

/// The first braces: where they open and close.
fn braces(pattern: &str) -> Result<Option<(usize, usize)>, DoublestarError> {
    let mut start = None;
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, letter) in pattern.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '{' => {
                start = start.or(Some(at));
                depth += 1;
            }
            '}' if depth == 1 => return Ok(start.map(|start| (start, at))),
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    match start {
        Some(_) => Err(DoublestarError::Syntax),
        None => Ok(None),
    }
}

/// What is between the commas that are in no inner braces.
fn parts(inside: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start, mut is_escaped) = (0_usize, 0, false);
    for (at, letter) in inside.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    parts
}

/// A walk through the directories that a pattern may match in.
struct Walk<'a> {
    files: &'a FileSet,
    directories: usize,
    found: Vec<String>,
    found_directory: Option<String>,
}

impl Walk<'_> {
    /// Looks in a directory for what the segments match.
    fn enter(&mut self, directory: &str, segments: &[&str]) -> Result<(), DoublestarError> {
        let [first, rest @ ..] = segments else {
            return Ok(());
        };
        self.directories += 1;
        if self.directories > MOST_DIRECTORIES {
            return Err(DoublestarError::TooManyDirectories);
        }
        let below = |name: &str| match directory {
            "" => name.to_owned(),
            directory => format!("{directory}/{name}"),
        };
        // What is named need not be looked for: perhaps only what is inside of it was sent.
        if !rest.is_empty() && !first.contains(['*', '?', '[', '\\']) {
            return self.enter(&below(first), rest);
        }
        let is_deep = *first == "**";
        if is_deep && rest.is_empty() && self.files.has_folder(directory) {
            self.found_directory.get_or_insert(directory.to_owned());
        }
        if is_deep && !rest.is_empty() {
            self.enter(directory, rest)?;
        }
        for (name, is_directory) in self.files.entries(directory) {
            let path = below(name);
            if is_directory && rest.is_empty() && segment_matches(first, name) {
                self.found_directory.get_or_insert_with(|| path.clone());
            }
            if is_directory && is_deep {
                self.enter(&path, segments)?;
            } else if is_directory && !rest.is_empty() && segment_matches(first, name) {
                self.enter(&path, rest)?;
            } else if !is_directory && rest.is_empty() && (is_deep || segment_matches(first, name))
            {
                self.found.push(path);
            }
        }
        Ok(())
    }
}

/// One letter of a segment, or what stands for one.
enum Token {
    Letter(char),
    Any,
    Star,
    Class {
        is_negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Token {
    fn matches(&self, letter: char) -> bool {
        match self {
            Self::Letter(own) => *own == letter,
            Self::Any => true,
            Self::Star => false,
            Self::Class { is_negated, ranges } => {
                let is_in = |(low, high): &(char, char)| (*low..=*high).contains(&letter);
                ranges.iter().any(is_in) != *is_negated
            }
        }
    }
}

fn check(segment: &str) -> Result<(), DoublestarError> {
    tokens(segment).map(drop).ok_or(DoublestarError::Syntax)
}

/// A letter of a class, which a backslash may protect.
fn one(letters: &mut Peekable<Chars<'_>>) -> Option<char> {
    match letters.next()? {
        '\\' => letters.next(),
        ']' => None,
        letter => Some(letter),
    }
}

/// Takes a segment apart. `None` when it is malformed.
fn tokens(segment: &str) -> Option<Vec<Token>> {
    let mut letters = segment.chars().peekable();
    let mut tokens = Vec::new();
    while let Some(letter) = letters.next() {
        tokens.push(match letter {
            '*' => Token::Star,
            '?' => Token::Any,
            '\\' => Token::Letter(letters.next()?),
            '[' => {
                let is_negated = letters.next_if(|letter| matches!(letter, '!' | '^'));
                let mut ranges = Vec::new();
                loop {
                    let low = one(&mut letters)?;
                    let high = match letters.next_if_eq(&'-') {
                        // At the end, it is one of the letters.
                        Some(minus) if letters.peek() == Some(&']') => {
                            ranges.push((minus, minus));
                            low
                        }
                        Some(_) => one(&mut letters)?,
                        None => low,
                    };
                    ranges.push((low, high));
                    if letters.next_if_eq(&']').is_some() {
                        break;
                    }
                }
                Token::Class {
                    is_negated: is_negated.is_some(),
                    ranges,
                }
            }
            letter => Token::Letter(letter),
        });
    }
    Some(tokens)
}

/// Whether a name matches a segment: it goes back to the last star only, and so takes no more than their lengths multiplied.
fn segment_matches(segment: &str, name: &str) -> bool {
    let Some(tokens) = tokens(segment) else {
        return false;
    };
    let letters: Vec<char> = name.chars().collect();
    let (mut token, mut letter) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while letter < letters.len() {
        match tokens.get(token) {
            Some(Token::Star) => {
                star = Some((token, letter));
                token += 1;
            }
            Some(own) if own.matches(letters[letter]) => {
                token += 1;
                letter += 1;
            }
            _ => {
                let Some((at, taken)) = star else {
                    return false;
                };
                star = Some((at, taken + 1));
                token = at + 1;
                letter = taken + 1;
            }
        }
    }
    tokens[token..]
        .iter()
        .all(|token| matches!(token, Token::Star))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pattern: &str) -> Result<Vec<String>, DoublestarError> {
        let mut files = FileSet::new();
        for path in [
            "a.yaml",
            "apps/web/.hidden.yaml",
            "apps/web/a.yaml",
            "apps/web/b.yaml",
            "apps/web/b/c/d.yaml",
            "apps/web/b/x.yaml",
            "apps/web/c1.yaml",
            "apps/web/c2.yml",
            "env/prod/a.yaml",
            "env/test/a.yaml",
        ] {
            files.insert(path, *b"").unwrap();
        }
        doublestar(pattern, &files)
    }

    /// What `doublestar.FilepathGlob` of v4.9.1 gives for each pattern in these directories, but for directories.
    #[test]
    fn patterns_match_as_in_go() {
        for (pattern, expected) in [
            ("apps/web/?.yaml", "apps/web/a.yaml apps/web/b.yaml"),
            (
                "apps/web/*.y*ml",
                "apps/web/.hidden.yaml apps/web/a.yaml apps/web/b.yaml apps/web/c1.yaml apps/web/c2.yml",
            ),
            ("env/*/a.yaml", "env/prod/a.yaml env/test/a.yaml"),
            (
                "apps/web/b/**/*.yaml",
                "apps/web/b/x.yaml apps/web/b/c/d.yaml",
            ),
            ("apps/web/b/**", "apps/web/b/c/d.yaml apps/web/b/x.yaml"),
            ("apps/web/c[0-9].yaml", "apps/web/c1.yaml"),
            ("apps/web/[!.a]*.yaml", "apps/web/b.yaml apps/web/c1.yaml"),
            ("env/{test,prod}/*.yaml", "env/prod/a.yaml env/test/a.yaml"),
            (
                "apps/web/{b/x,b/c/d,c1}?yaml",
                "apps/web/b/c/d.yaml apps/web/b/x.yaml apps/web/c1.yaml",
            ),
            ("apps/web/{,a,b}.yaml*", "apps/web/a.yaml apps/web/b.yaml"),
            ("apps/web/[a-].yaml", "apps/web/a.yaml"),
            ("?.yaml", "a.yaml"),
        ] {
            let expected: Vec<String> = expected.split(' ').map(str::to_owned).collect();
            assert_eq!(found(pattern), Ok(expected), "{pattern}");
        }
    }

    #[test]
    fn malformed_patterns_are_refused() {
        for pattern in ["[]a]*", "[a", "{a*", "**/[a"] {
            assert_eq!(found(pattern), Err(DoublestarError::Syntax), "{pattern}");
        }
    }
}
