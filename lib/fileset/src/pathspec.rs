//! Git's pathspecs: which files `git ls-files -- PATTERN` lists.

mod wildmatch;

use std::fmt;

use self::wildmatch::Wildmatch;
use crate::set::FileSet;

/// A pathspec of Git (`pathspec.c`, `dir.c` and `wildmatch.c`), but for its attributes (`:(attr:…)`).
///
/// A path is itself and all that is below it. `*`, `?` and `[a-z]` stand for any bytes, `/` among them, so that `apps/*.yaml`
/// is any YAML below `apps`, however deep; `**` is no more than `*`, and `\` takes the next byte literally. `:(glob)` in front
/// makes it the other way round.
///
/// ```
/// use homescale_fileset::Pathspec;
///
/// let pathspec = Pathspec::new("apps/*/config.yaml").unwrap();
/// assert!(pathspec.is_match("apps/web/config.yaml"));
/// assert!(pathspec.is_match("apps/team/web/config.yaml"));
/// assert!(!Pathspec::new(":(glob)apps/*").unwrap().is_match("apps/web/config.yaml"));
/// assert!(Pathspec::new("./apps/").unwrap().is_match("apps/web/config.yaml"));
/// assert!(Pathspec::new("../other").is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Pathspec {
    /// Without `.`, `..` and doubled slashes. Empty for everything.
    path: String,
    /// What the path is as a pattern; `None` where it can only be meant literally.
    pattern: Option<Wildmatch>,
    magic: Magic,
}

/// What the front of a pathspec says about the rest of it.
#[derive(Clone, Copy, Debug, Default)]
struct Magic {
    excludes: bool,
    ignores_case: bool,
    is_literal: bool,
    is_glob: bool,
}

/// A pathspec that Git refuses, or that is not supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PathspecError {
    /// It leads out of the repository.
    Outside,
    /// It begins with `:`, and what follows is not known.
    Magic,
}

impl fmt::Display for PathspecError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Outside => "it leads out of the repository",
            Self::Magic => {
                "behind the colon, there must be `(top)`, `(literal)`, `(glob)`, `(icase)`, `(exclude)`, `/`, `!` or `^`"
            }
        })
    }
}

impl std::error::Error for PathspecError {}

impl Pathspec {
    /// Reads a pathspec, relative to the root of a repository.
    ///
    /// # Errors
    /// It leads out of the repository, or has magic that is not known.
    pub fn new(text: &str) -> Result<Self, PathspecError> {
        let (magic, path) = Magic::take(text)?;
        let path = normalized(path)?;
        let pattern = if magic.is_literal {
            None
        } else {
            Wildmatch::new(path.as_bytes(), magic.is_glob, magic.ignores_case)
        };
        Ok(Self {
            path,
            pattern,
            magic,
        })
    }

    /// Whether the pathspec selects the file of this path.
    pub fn is_match(&self, path: &str) -> bool {
        self.is_named(path) != self.magic.excludes
    }

    fn is_named(&self, path: &str) -> bool {
        let own = self.path.as_str();
        let is_own = |start: &str| {
            if self.magic.ignores_case {
                start.eq_ignore_ascii_case(own)
            } else {
                start == own
            }
        };
        let is_below = path.get(..own.len()).is_some_and(is_own) && {
            let rest = &path[own.len()..];
            rest.is_empty() || rest.starts_with('/') || own.ends_with('/')
        };
        let pattern = self.pattern.as_ref();
        own.is_empty()
            || is_below
            || pattern.is_some_and(|pattern| pattern.is_match(path.as_bytes()))
    }

    /// The files that the pathspec selects, in byte order.
    pub fn select<'f>(&'f self, files: &'f FileSet) -> impl Iterator<Item = &'f str> {
        files.paths().filter(|path| self.is_match(path))
    }
}

impl Magic {
    /// Takes the magic from the front of a pathspec.
    fn take(text: &str) -> Result<(Self, &str), PathspecError> {
        let Some(rest) = text.strip_prefix(':') else {
            return Ok((Self::default(), text));
        };
        let mut magic = Self::default();
        if let Some(rest) = rest.strip_prefix('(') {
            let (words, path) = rest.split_once(')').ok_or(PathspecError::Magic)?;
            for word in words.split(',').filter(|word| !word.is_empty()) {
                magic.add(word)?;
            }
            if magic.is_literal && magic.is_glob {
                return Err(PathspecError::Magic);
            }
            return Ok((magic, path));
        }
        let mut path = rest;
        while let Some(first) = path.chars().next() {
            match first {
                '/' => {}
                '!' | '^' => magic.excludes = true,
                ':' => return Ok((magic, &path[1..])),
                '"' | '#' | '%' | '&' | '\'' | ',' | '-' | ';' | '<' | '=' | '>' | '@' | '_'
                | '`' | '~' => return Err(PathspecError::Magic),
                _ => break,
            }
            path = &path[1..];
        }
        Ok((magic, path))
    }

    fn add(&mut self, word: &str) -> Result<(), PathspecError> {
        match word {
            "top" => {}
            "literal" => self.is_literal = true,
            "glob" => self.is_glob = true,
            "icase" => self.ignores_case = true,
            "exclude" => self.excludes = true,
            _ => return Err(PathspecError::Magic),
        }
        Ok(())
    }
}

/// The path without what does not change it.
fn normalized(path: &str) -> Result<String, PathspecError> {
    if path.starts_with('/') {
        return Err(PathspecError::Outside);
    }
    let mut segments: Vec<&str> = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop().ok_or(PathspecError::Outside)?),
            segment => segments.push(segment),
        }
    }
    let mut normalized = segments.join("/");
    if path.ends_with('/') && !normalized.is_empty() {
        normalized.push('/');
    }
    Ok(normalized)
}

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
            (":(glob)a/*", "a/b", true),
            (":(glob)a/*", "a/b/c", false),
            (":(glob)**/c.yaml", "c.yaml", true),
            (":(glob)a/**/c.yaml", "a/c.yaml", true),
            (":(glob)a/**/c.yaml", "a/b/b/c.yaml", true),
            (":(glob)a/**", "a/b/c", true),
            (":(glob)a/b**", "a/b/c", true),
            (":(glob)a/b**/d", "a/b/c/d", true),
            (":(glob)?/b**", "a/b/c", false),
            (":(glob)?/b**", "a/bc", true),
            (":(glob)a/[.-0]b", "a//b", false),
            (":(literal)a/*", "a/b", false),
            (":(icase)A/*.YAML", "a/b.yaml", true),
            (":(icase,exclude)A", "a/b", false),
            (":!a", "b", true),
            (":^a", "a/b", false),
            (":/a", "a/b", true),
            ("::a", "a/b", true),
        ] {
            let pathspec = Pathspec::new(pattern).unwrap();
            assert_eq!(pathspec.is_match(path), expected, "{pattern} on {path}");
        }
    }

    #[test]
    fn what_is_no_pathspec_is_refused() {
        let error = |text| Pathspec::new(text).unwrap_err();
        assert_eq!(error("a/../../b"), PathspecError::Outside);
        assert_eq!(error("/a"), PathspecError::Outside);
        for text in [":(attr:x)a", ":(glob", ":(glob,literal)a", ":%a"] {
            assert_eq!(error(text), PathspecError::Magic, "{text}");
        }
    }
}
