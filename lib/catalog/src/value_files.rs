//! The files beside a chart that its source names: one by its path, or several by a pattern.
//!
//! Found as Argo CD finds them, for whose patterns the Go package `bmatcuk/doublestar/v4` decides.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

use crate::paths;

/// The files of a repository, by their paths from its root.
pub trait RepositoryFiles {
    /// The contents of a file, if there is such a file.
    fn read(&self, path: &str) -> Option<Vec<u8>>;

    /// The names in a folder, in byte order, and whether each is a folder. None where there is no such folder.
    fn list(&self, folder: &str) -> Vec<(String, bool)>;
}

/// How many folders a pattern may look into.
const MOST_FOLDERS: usize = 50_000;

/// How many alternatives the braces of a pattern may make.
const MOST_ALTERNATIVES: usize = 1_000;

/// The files that a list of names means, in its order: their paths from the root, each once. `folder` is that of the source.
///
/// What a pattern matches comes in the order of the walk; what the list names as well stays where it is named. A file need not
/// exist, unless it is meant by a pattern and `may_miss` does not hold.
///
/// # Errors
/// A name is not one of a file in the repository, or a pattern is malformed or matches nothing.
pub(crate) fn find(
    folder: &str,
    names: &[String],
    may_miss: bool,
    files: &dyn RepositoryFiles,
) -> Result<Vec<String>, String> {
    let mut resolved = Vec::with_capacity(names.len());
    for name in names {
        resolved.push((name, resolve(folder, name, "value file")?));
    }
    let named: BTreeSet<&str> = (resolved.iter().map(|(_, path)| path.as_str()))
        .filter(|path| !is_pattern(path))
        .collect();
    let mut found: Vec<String> = Vec::new();
    for (name, path) in &resolved {
        let mut add = |path: String| {
            if !found.contains(&path) {
                found.push(path);
            }
        };
        if !is_pattern(path) {
            add(path.clone());
            continue;
        }
        let matches = matches(path, files)
            .map_err(|problem| format!("{folder}: the value files {name}: {problem}"))?;
        if matches.is_empty() && !may_miss {
            return Err(format!("{folder}: there are no value files {name}"));
        }
        matches
            .into_iter()
            .filter(|path| !named.contains(path.as_str()))
            .for_each(&mut add);
    }
    Ok(found)
}

/// The path of a file that the source in `folder` names.
///
/// # Errors
/// It cannot be in this repository; the message says where it would be.
pub(crate) fn resolve(folder: &str, name: &str, what: &str) -> Result<String, String> {
    paths::resolve(folder, name).ok_or_else(|| {
        let reason = if name.starts_with('$') {
            "is in another source of the Application, which Argo CD does not send to a plugin"
        } else if name.contains("://") {
            "is an address, and nothing is read from the network; commit the file"
        } else {
            "is not in this repository, and cannot be read"
        };
        format!("{folder}: the {what} {name} {reason}")
    })
}

fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?', '['])
}

/// The files that a pattern matches.
fn matches(pattern: &str, files: &dyn RepositoryFiles) -> Result<Vec<String>, String> {
    let mut walk = Walk {
        files,
        folders: 0,
        found: Vec::new(),
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
    Ok(walk.found)
}

/// What the braces of a pattern stand for: `{a,b}.yaml` for `a.yaml` and `b.yaml`.
fn alternatives(pattern: &str) -> Result<Vec<String>, String> {
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
            return Err("too many alternatives in braces".to_owned());
        }
    }
    Ok(done)
}

/// The first braces: where they open and close.
fn braces(pattern: &str) -> Result<Option<(usize, usize)>, String> {
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
        Some(_) => Err(bad()),
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

/// A walk through the folders that a pattern may match in.
struct Walk<'a> {
    files: &'a dyn RepositoryFiles,
    folders: usize,
    found: Vec<String>,
}

impl Walk<'_> {
    /// Looks in a folder for what the segments match.
    fn enter(&mut self, folder: &str, segments: &[&str]) -> Result<(), String> {
        let [first, rest @ ..] = segments else {
            return Ok(());
        };
        self.folders += 1;
        if self.folders > MOST_FOLDERS {
            return Err(format!("looks into more than {MOST_FOLDERS} folders"));
        }
        let below = |name: &str| match folder {
            "" => name.to_owned(),
            folder => format!("{folder}/{name}"),
        };
        // What is named need not be looked for: perhaps only what is inside of it was sent.
        if !rest.is_empty() && !is_pattern(first) && !first.contains('\\') {
            return self.enter(&below(first), rest);
        }
        let is_deep = *first == "**";
        if is_deep && !rest.is_empty() {
            self.enter(folder, rest)?;
        }
        for (name, is_folder) in self.files.list(folder) {
            let path = below(&name);
            if is_folder && is_deep {
                self.enter(&path, segments)?;
            } else if is_folder && !rest.is_empty() && segment_matches(first, &name) {
                self.enter(&path, rest)?;
            } else if !is_folder && rest.is_empty() && (is_deep || segment_matches(first, &name)) {
                self.found.push(path);
            }
        }
        Ok(())
    }
}

fn bad() -> String {
    "syntax error in pattern".to_owned()
}

/// One letter of a segment, or what stands for one.
enum Piece {
    Letter(char),
    Any,
    Star,
    Class {
        is_negated: bool,
        ranges: Vec<(char, char)>,
    },
}

impl Piece {
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

fn check(segment: &str) -> Result<(), String> {
    pieces(segment).map(drop).ok_or_else(bad)
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
fn pieces(segment: &str) -> Option<Vec<Piece>> {
    let mut letters = segment.chars().peekable();
    let mut pieces = Vec::new();
    while let Some(letter) = letters.next() {
        pieces.push(match letter {
            '*' => Piece::Star,
            '?' => Piece::Any,
            '\\' => Piece::Letter(letters.next()?),
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
                Piece::Class {
                    is_negated: is_negated.is_some(),
                    ranges,
                }
            }
            letter => Piece::Letter(letter),
        });
    }
    Some(pieces)
}

/// Whether a name matches a segment: it goes back to the last star only, and so takes no more than their lengths multiplied.
fn segment_matches(segment: &str, name: &str) -> bool {
    let Some(pieces) = pieces(segment) else {
        return false;
    };
    let letters: Vec<char> = name.chars().collect();
    let (mut piece, mut letter) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while letter < letters.len() {
        match pieces.get(piece) {
            Some(Piece::Star) => {
                star = Some((piece, letter));
                piece += 1;
            }
            Some(own) if own.matches(letters[letter]) => {
                piece += 1;
                letter += 1;
            }
            _ => {
                let Some((at, taken)) = star else {
                    return false;
                };
                star = Some((at, taken + 1));
                piece = at + 1;
                letter = taken + 1;
            }
        }
    }
    pieces[piece..]
        .iter()
        .all(|piece| matches!(piece, Piece::Star))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Files(&'static [&'static str]);

    impl RepositoryFiles for Files {
        fn read(&self, _: &str) -> Option<Vec<u8>> {
            None
        }

        fn list(&self, folder: &str) -> Vec<(String, bool)> {
            let prefix = match folder {
                "" => String::new(),
                folder => format!("{folder}/"),
            };
            let inside = self.0.iter().filter_map(|path| path.strip_prefix(&prefix));
            let names: BTreeSet<(String, bool)> = inside
                .map(|path| match path.split_once('/') {
                    Some((name, _)) => (name.to_owned(), true),
                    None => (path.to_owned(), false),
                })
                .collect();
            names.into_iter().collect()
        }
    }

    const FILES: Files = Files(&[
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
    ]);

    fn found(names: &[&str]) -> Result<Vec<String>, String> {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        find("apps/web", &names, false, &FILES)
    }

    /// What `doublestar.FilepathGlob` of v4.9.1 gives for each pattern in these folders, but for folders, which Helm could not read.
    #[test]
    fn patterns_match_as_in_argo_cd() {
        for (pattern, expected) in [
            ("?.yaml", "apps/web/a.yaml apps/web/b.yaml"),
            (
                "*.y*ml",
                "apps/web/.hidden.yaml apps/web/a.yaml apps/web/b.yaml apps/web/c1.yaml apps/web/c2.yml",
            ),
            ("/env/*/a.yaml", "env/prod/a.yaml env/test/a.yaml"),
            ("b/**/*.yaml", "apps/web/b/x.yaml apps/web/b/c/d.yaml"),
            ("b/**", "apps/web/b/c/d.yaml apps/web/b/x.yaml"),
            ("c[0-9].yaml", "apps/web/c1.yaml"),
            ("[!.a]*.yaml", "apps/web/b.yaml apps/web/c1.yaml"),
            ("/env/{test,prod}/*.yaml", "env/prod/a.yaml env/test/a.yaml"),
            (
                "{b/x,b/c/d,c1}?yaml",
                "apps/web/b/c/d.yaml apps/web/b/x.yaml apps/web/c1.yaml",
            ),
            ("{,a,b}.yaml*", "apps/web/a.yaml apps/web/b.yaml"),
            ("[a-].yaml", "apps/web/a.yaml"),
            ("../../?.yaml", "a.yaml"),
        ] {
            let expected: Vec<String> = expected.split(' ').map(str::to_owned).collect();
            assert_eq!(found(&[pattern]), Ok(expected), "{pattern}");
        }
    }

    #[test]
    fn what_is_named_stays_where_it_is_named() {
        let names = ["[ab].yaml", "c1.yaml", "a.yaml", "c1.yaml"];
        let expected = ["apps/web/b.yaml", "apps/web/c1.yaml", "apps/web/a.yaml"];
        assert_eq!(found(&names).unwrap(), expected);
    }

    #[test]
    fn what_cannot_be_found_is_said() {
        for (name, problem) in [
            ("*.json", "there are no value files *.json"),
            ("[]a]*", "the value files []a]*: syntax error in pattern"),
            ("[a", "the value files [a: syntax error in pattern"),
            ("{a*", "the value files {a*: syntax error in pattern"),
            (
                "$values/a.yaml",
                "the value file $values/a.yaml is in another source of the Application, which Argo CD does not send to a plugin",
            ),
            (
                "https://example.com/a.yaml",
                "the value file https://example.com/a.yaml is an address, and nothing is read from the network; commit the file",
            ),
            (
                "../../../*.yaml",
                "the value file ../../../*.yaml is not in this repository, and cannot be read",
            ),
        ] {
            assert_eq!(found(&[name]), Err(format!("apps/web: {problem}")));
        }
    }
}
