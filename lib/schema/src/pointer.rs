//! JSON pointers and the fragments of URLs, as texts.

use std::fmt::Write as _;

use homescale_go::strconv;
use homescale_value::Str;

/// How a node of a document is reached from its parent.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Key(Str),
    Item(usize),
}

/// The pointer that makes these steps.
pub(super) fn print(steps: &[Step]) -> String {
    let mut text = String::new();
    for step in steps {
        text.push('/');
        match step {
            Step::Key(key) => text.push_str(&escape(&key.to_text())),
            Step::Item(index) => {
                // Writing to a string cannot fail.
                let _ = write!(text, "{index}");
            }
        }
    }
    text
}

/// A token as it stands in a pointer.
pub(super) fn escape(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// What a token of a pointer stands for; `None` if a `~` is not followed by 0 or 1.
pub(super) fn unescape(token: &str) -> Option<String> {
    let mut parts = token.split('~');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (c, rest) = match part.as_bytes().first()? {
            b'0' => ('~', &part[1..]),
            b'1' => ('/', &part[1..]),
            _ => return None,
        };
        text.push(c);
        text.push_str(rest);
    }
    Some(text)
}

/// A pointer as the fragment of a URL: every token as Go's `url.PathEscape` has it.
pub(super) fn encode(pointer: &str) -> String {
    let mut text = String::with_capacity(pointer.len());
    for byte in pointer.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => text.push(byte.into()),
            b'-' | b'_' | b'.' | b'~' | b'$' | b'&' | b'+' | b'=' | b':' | b'@' | b'/' => {
                text.push(byte.into());
            }
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

/// The fragment of a URL decoded, as Go's `url.PathUnescape` does; the error is Go's text.
pub(super) fn decode(fragment: &str) -> Result<String, String> {
    let mut bytes = Vec::with_capacity(fragment.len());
    let mut rest = fragment.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'%' {
            bytes.push(byte);
            rest = after;
            continue;
        }
        let escape = &rest[..rest.len().min(3)];
        let digits = std::str::from_utf8(&escape[1..]).unwrap_or_default();
        let is_hex = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_hexdigit());
        match u8::from_str_radix(digits, 16) {
            Ok(value) if is_hex => bytes.push(value),
            _ => return Err(format!("invalid URL escape {}", strconv::quote(escape))),
        }
        rest = &rest[3..];
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A reference in two: the URL, and what follows the first `#`.
pub(super) fn split(reference: &str) -> (&str, &str) {
    reference.split_once('#').unwrap_or((reference, ""))
}

/// A text in single quotes, as the library writes texts of the schema and the values.
pub(super) fn quote(text: impl AsRef<[u8]>) -> String {
    let quoted = strconv::quote(text)
        .replace("\\\"", "\"")
        .replace('\'', "\\'");
    format!("'{}'", &quoted[1..quoted.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_back() {
        assert_eq!(escape("a/b~c"), "a~1b~0c");
        assert_eq!(unescape("a~1b~0c").as_deref(), Some("a/b~c"));
        assert_eq!(unescape("~"), None);
        assert_eq!(unescape("~2"), None);
    }

    #[test]
    fn fragments_are_encoded_and_back() {
        assert_eq!(encode("/a b/c%"), "/a%20b/c%25");
        assert_eq!(decode("/a%20b").as_deref(), Ok("/a b"));
        let error = Err("invalid URL escape \"%+1\"".to_owned());
        assert_eq!(decode("%+1"), error);
    }

    #[test]
    fn quotes_are_single() {
        assert_eq!(quote("a\"b'c\n"), "'a\"b\\'c\\n'");
    }
}
