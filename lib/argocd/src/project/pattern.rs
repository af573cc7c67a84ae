//! The patterns of AppProjects (`globMatch`, `isDenyPattern`; `util/glob`).

use homescale_fileset::Glob;
use homescale_go::regexp::Regexp;
use homescale_go::{Release, filepath};

/// Whether a pattern of this text denies what follows its `!`.
pub(super) fn denies(pattern: &str) -> bool {
    pattern.starts_with('!')
}

/// Whether a text matches a pattern; with `!`, whether it does not match what follows.
pub(super) fn matches(pattern: &str, text: &str) -> bool {
    let glob = |pattern: &str| Glob::without_separator(pattern.as_bytes());
    matches_glob(pattern, text, glob)
}

/// The same for an address, in which `*` stays between slashes.
pub(super) fn matches_url(pattern: &str, url: &str) -> bool {
    matches_glob(pattern, url, |pattern| Glob::new(pattern.as_bytes()))
}

fn matches_glob<E>(pattern: &str, text: &str, compile: impl Fn(&str) -> Result<Glob, E>) -> bool {
    // A malformed pattern matches nothing.
    let is_match = |pattern: &str| compile(pattern).is_ok_and(|glob| glob.is_match(text));
    match pattern.strip_prefix('!') {
        Some(denied) => !is_match(denied),
        None => pattern == "*" || is_match(pattern),
    }
}

/// Whether a text matches one of the patterns of a list: between slashes stands a regular expression.
pub(super) fn is_in_list(list: &[String], text: &str) -> bool {
    let expression = |pattern: &str| {
        let inner = pattern.strip_prefix('/')?.strip_suffix('/')?;
        let compiled = Regexp::compile(inner.as_bytes(), Release::LATEST);
        Some(compiled.is_ok_and(|it| it.is_match(text.as_bytes())))
    };
    let glob = |pattern: &str| {
        let glob = Glob::without_separator(pattern.as_bytes());
        glob.is_ok_and(|glob| glob.is_match(text))
    };
    let mut list = list.iter();
    list.any(|pattern| expression(pattern) == Some(true) || glob(pattern))
}

/// Whether a text matches a shell pattern, as those of kinds and groups are.
pub(super) fn matches_shell(pattern: &str, text: &str) -> bool {
    filepath::matches(pattern.as_bytes(), text.as_bytes()).unwrap_or(false)
}
