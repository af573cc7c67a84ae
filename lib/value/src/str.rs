//! [`Str`]: a Go string, immutable bytes that are cheap to clone.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// A Go string: bytes that are usually, but not necessarily, UTF-8. Cloning copies a pointer.
///
/// Order and equality are those of the bytes, as in Go.
///
/// ```
/// # use homescale_value::Str;
/// let text = Str::from("h\u{e9}");
/// assert_eq!(text.len(), 3);
/// assert_eq!(text, "hé");
/// assert_eq!(Str::from(&text[..2]).as_str(), None);
/// assert_eq!(Str::from(&text[..2]).to_text(), "h\u{fffd}");
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Str(Arc<[u8]>);

impl Str {
    /// The bytes of the string.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether there is no other handle on the bytes.
    pub(crate) fn is_unique(&self) -> bool {
        Arc::strong_count(&self.0) == 1
    }

    /// The string as text, or `None` when its bytes are not UTF-8.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    /// The string as text, with U+FFFD in place of bytes that are not UTF-8.
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl Deref for Str {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Borrow<[u8]> for Str {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Str {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for Str {
    fn from(text: &str) -> Self {
        Self(Arc::from(text.as_bytes()))
    }
}

impl From<String> for Str {
    fn from(text: String) -> Self {
        Self(Arc::from(text.into_bytes()))
    }
}

impl From<&[u8]> for Str {
    fn from(bytes: &[u8]) -> Self {
        Self(Arc::from(bytes))
    }
}

impl From<Vec<u8>> for Str {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::from(bytes))
    }
}

impl From<Arc<[u8]>> for Str {
    fn from(bytes: Arc<[u8]>) -> Self {
        Self(bytes)
    }
}

impl From<Cow<'_, str>> for Str {
    fn from(text: Cow<'_, str>) -> Self {
        Self::from(text.as_ref())
    }
}

impl PartialEq<str> for Str {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Str {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl fmt::Display for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl fmt::Debug for Str {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_text(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_that_of_the_bytes() {
        let mut texts = ["é", "z", "Z", "", "a"].map(Str::from);
        texts.sort();
        assert_eq!(texts, ["", "Z", "a", "z", "é"]);
    }

    #[test]
    fn a_clone_shares_the_bytes() {
        let text = Str::from(vec![1, 2, 3]);
        assert_eq!(text.clone().as_bytes().as_ptr(), text.as_bytes().as_ptr());
    }

    #[test]
    fn it_shows_as_text() {
        let text = Str::from(&b"a\xff"[..]);
        assert_eq!(text.to_string(), "a\u{fffd}");
        assert_eq!(format!("{:?}", Str::from("a\"")), r#""a\"""#);
    }
}
