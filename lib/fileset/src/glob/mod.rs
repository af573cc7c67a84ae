//! [`Glob`]: the patterns of Helm's `.Files.Glob`.

mod automaton;
mod syntax;

use std::fmt;

use automaton::Automaton;

/// A compiled pattern of `.Files.Glob`: `*` stays within a folder, `**` does not, `?` is one character but `/`,
/// `[abc]`, `[!abc]`, `[a-z]` and `[!a-z]` are one character, `{a,b}` is either, and `\` takes the next character
/// literally.
///
/// The rules are those of `github.com/gobwas/glob` with the separator `/`, which Helm uses. Matching takes time in
/// proportion to the length of the pattern times the length of the path, whatever the pattern.
///
/// ```
/// use homescale_fileset::Glob;
///
/// let apps = Glob::new(b"*/app.yaml").unwrap();
/// assert!(apps.is_match("web/app.yaml"));
/// assert!(!apps.is_match("web/config/app.yaml"));
/// assert!(Glob::new(b"[a-z").is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Glob {
    /// What every match starts with.
    prefix: String,
    /// What follows the prefix.
    rest: Automaton,
}

/// A pattern that `.Files.Glob` cannot compile. Helm then takes every file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlobError {
    reason: &'static str,
}

impl fmt::Display for GlobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reason)
    }
}

impl std::error::Error for GlobError {}

impl Glob {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// The pattern has a malformed class, or is not UTF-8.
    pub fn new(pattern: &[u8]) -> Result<Self, GlobError> {
        let mut tokens = syntax::parse(pattern)?;
        let literal = tokens
            .iter()
            .take_while(|token| matches!(token, syntax::Token::Char(_)))
            .count();
        let prefix = tokens
            .drain(..literal)
            .filter_map(|token| match token {
                syntax::Token::Char(c) => Some(c),
                _ => None,
            })
            .collect();
        let rest = Automaton::new(&tokens);
        Ok(Self { prefix, rest })
    }

    /// The pattern that Helm falls back to when one does not compile: it matches every path.
    pub fn everything() -> Self {
        Self {
            prefix: String::new(),
            rest: Automaton::new(&[syntax::Token::Super]),
        }
    }

    /// Whether the whole path matches.
    pub fn is_match(&self, path: &str) -> bool {
        path.strip_prefix(self.prefix.as_str())
            .is_some_and(|rest| self.rest.is_match(rest))
    }
}
