//! [`Glob`]: the patterns of Helm's `.Files.Glob`.
//!
//! Helm uses `github.com/gobwas/glob`, which rewrites a pattern for speed before it matches, and not always into one of
//! the same meaning. [`compile`] and [`matcher`] do as it does. Its way of matching can take exponential time; where it
//! takes long, and for patterns of many parts, [`automaton`] stands in, which takes the pattern by its word.

mod automaton;
mod compile;
mod matcher;
mod syntax;
mod tree;

use automaton::Automaton;
use compile::Separator;
use matcher::{Budget, Matcher};

use syntax::Token;

pub use syntax::GlobError;

/// A compiled pattern of `.Files.Glob`: `*` stays within a folder, `**` does not, `?` is one character but `/`,
/// `[abc]`, `[!abc]`, `[a-z]` and `[!a-z]` are one character, `{a,b}` is either, and `\` takes the next character
/// literally.
///
/// The rules, and the faults, are those of `github.com/gobwas/glob` 0.2.3 with the separator `/`, which Helm uses.
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
    matcher: Option<Matcher>,
    automaton: Automaton,
}

/// How many parts a pattern may have to be rewritten as the original does.
const MAX_PARTS: usize = 256;

/// How much work one match may take in the way of the original.
const MAX_WORK: usize = 200_000;

impl Glob {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// The pattern has a malformed class, or is not UTF-8.
    pub fn new(pattern: &[u8]) -> Result<Self, GlobError> {
        let tokens = syntax::parse(pattern)?;
        Ok(Self::of_tokens(&tokens, Separator::Slash))
    }

    /// Compiles a pattern for which `/` is a character as any other: Argo CD has such patterns.
    ///
    /// ```
    /// use homescale_fileset::Glob;
    ///
    /// let apps = Glob::without_separator(b"*/app.yaml").unwrap();
    /// assert!(apps.is_match("web/config/app.yaml"));
    /// ```
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn without_separator(pattern: &[u8]) -> Result<Self, GlobError> {
        let tokens = syntax::parse(pattern)?;
        Ok(Self::of_tokens(&tokens, Separator::None))
    }

    fn of_tokens(tokens: &[Token], separator: Separator) -> Self {
        let tree = || tree::Node::new(tokens);
        let tokens_of_automaton = tokens.iter().cloned().map(|token| separator.applied(token));
        Self {
            matcher: (tokens.len() <= MAX_PARTS).then(|| compile::compile(&tree(), separator)),
            automaton: Automaton::new(&tokens_of_automaton.collect::<Vec<_>>()),
        }
    }

    /// The pattern that Helm falls back to when one does not compile: it matches every path.
    pub fn everything() -> Self {
        Self {
            matcher: Some(Matcher::Super),
            automaton: Automaton::new(&[syntax::Token::Super]),
        }
    }

    /// Whether the whole path matches.
    pub fn is_match(&self, path: &str) -> bool {
        let mut budget = Budget(MAX_WORK);
        let matcher = self.matcher.as_ref();
        let outcome = matcher.map(|matcher| matcher.is_match(path.as_bytes(), &mut budget));
        match outcome {
            Some(Ok(is_match)) => is_match,
            _ => self.automaton.is_match(path),
        }
    }
}
