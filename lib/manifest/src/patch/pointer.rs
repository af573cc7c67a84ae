//! [`Pointer`]: a place in a manifest (JSON Pointer, RFC 6901).

use std::fmt;

/// A place in a manifest. Prints as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    text: String,
    steps: Vec<String>,
}

/// Why a text is no pointer. Prints as the end of a sentence about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PointerError {
    NoSlash,
    Tilde,
}

impl fmt::Display for PointerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoSlash => "a path begins with `/`",
            Self::Tilde => "after `~` comes `0`, for a `~`, or `1`, for a `/`",
        })
    }
}

impl Pointer {
    /// Reads a pointer: `/spec/ports/0`; the empty one is the manifest.
    pub(super) fn parse(text: &str) -> Result<Self, PointerError> {
        let steps = match text.strip_prefix('/') {
            Some(steps) => steps.split('/').map(unescape).collect::<Result<_, _>>()?,
            None if text.is_empty() => Vec::new(),
            None => return Err(PointerError::NoSlash),
        };
        let text = text.to_owned();
        Ok(Self { text, steps })
    }

    pub(super) fn steps(&self) -> &[String] {
        &self.steps
    }

    /// The way to the parent, and the last step; `None` for the manifest itself.
    pub(super) fn split_last(&self) -> Option<(&[String], &str)> {
        let (last, parent) = self.steps.split_last()?;
        Some((parent, last))
    }

    /// Whether it leads to something inside of what `other` leads to.
    pub(super) fn is_inside(&self, other: &Self) -> bool {
        self.steps.len() > other.steps.len() && self.steps.starts_with(&other.steps)
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn unescape(step: &str) -> Result<String, PointerError> {
    let mut parts = step.split('~');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (mark, rest) = part.split_at_checked(1).ok_or(PointerError::Tilde)?;
        out.push(match mark {
            "0" => '~',
            "1" => '/',
            _ => return Err(PointerError::Tilde),
        });
        out.push_str(rest);
    }
    Ok(out)
}

/// Steps as they are written.
pub(super) fn written(steps: &[String]) -> String {
    let escaped = steps
        .iter()
        .map(|step| step.replace('~', "~0").replace('/', "~1"));
    escaped.flat_map(|step| ["/".to_owned(), step]).collect()
}

/// The index that a step is: digits without a zero before them.
pub(super) fn index(step: &str) -> Option<usize> {
    let is_index = step.bytes().all(|byte| byte.is_ascii_digit());
    let is_index = is_index && (step == "0" || !step.starts_with('0'));
    is_index.then(|| step.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_unescaped() {
        let pointer = Pointer::parse("/a~1b/~01//c").unwrap();
        assert_eq!(pointer.steps(), ["a/b", "~1", "", "c"]);
        assert_eq!(written(pointer.steps()), pointer.to_string());
        assert_eq!(Pointer::parse("").unwrap().steps(), [""; 0]);
        assert_eq!(Pointer::parse("a"), Err(PointerError::NoSlash));
        for bad in ["/~", "/a~2", "/~é"] {
            assert_eq!(Pointer::parse(bad), Err(PointerError::Tilde), "{bad}");
        }
    }

    #[test]
    fn an_index_is_digits() {
        assert_eq!([index("0"), index("10")], [Some(0), Some(10)]);
        for bad in ["", "-", "01", "+1", "-1", "1e0", "99999999999999999999999"] {
            assert_eq!(index(bad), None, "{bad}");
        }
    }
}
