//! Splits a stream of YAML documents without changing a byte.

/// A part of a stream: a separator, if it has one, and the document after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part<'s> {
    /// The line `---` with its end, or nothing.
    pub separator: &'s [u8],
    /// Everything up to the next separator.
    pub body: &'s [u8],
}

impl<'s> Part<'s> {
    /// The comments and blank lines before the document proper.
    pub fn leading_comments(&self) -> &'s [u8] {
        let is_comment = |line: &&[u8]| {
            let line = line.trim_ascii_start();
            line.is_empty() || line.starts_with(b"#")
        };
        let length = lines(self.body)
            .take_while(is_comment)
            .map(<[u8]>::len)
            .sum();
        &self.body[..length]
    }
}

/// What a stream is called in messages: the post-renderer reads it from there.
pub const STREAM: &str = "stdin";

/// The annotation by which Helm 4 knows the file of each document that comes back from a post-renderer.
pub const FILE_NAME: &str = "postrenderer.helm.sh/postrender-filename";

/// The parts of a stream, each with the line of the stream, from 1, on which its document begins after comments.
pub fn numbered(stream: &[u8]) -> impl Iterator<Item = (usize, Part<'_>)> {
    let mut line = 1;
    parts(stream).into_iter().map(move |part| {
        let start = line + line_count(part.separator) + line_count(part.leading_comments());
        line += line_count(part.separator) + line_count(part.body);
        (start, part)
    })
}

/// How many line ends there are.
pub fn line_count(text: &[u8]) -> usize {
    lines(text).filter(|line| line.ends_with(b"\n")).count()
}

/// The parts of a stream; one after the other they are the stream.
pub fn parts(stream: &[u8]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut body, mut at) = (0, 0, 0);
    for line in lines(stream) {
        if is_separator(line) {
            if at > 0 {
                parts.push(Part {
                    separator: &stream[start..body],
                    body: &stream[body..at],
                });
            }
            start = at;
            // What follows `---` on its line belongs to the document.
            let rest = &line[3..];
            let is_bare = rest.trim_ascii().is_empty();
            body = at + if is_bare { line.len() } else { 0 };
        }
        at += line.len();
    }
    if at > 0 {
        parts.push(Part {
            separator: &stream[start..body],
            body: &stream[body..],
        });
    }
    parts
}

/// Whether a line separates documents: `---`, followed by nothing or by white space.
fn is_separator(line: &[u8]) -> bool {
    let rest = line.strip_prefix(b"---");
    rest.is_some_and(|rest| rest.first().is_none_or(u8::is_ascii_whitespace))
}

/// The lines with their ends.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|&byte| byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(stream: &str) -> Vec<(String, String)> {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        let parts = parts(stream.as_bytes());
        let all: Vec<u8> = (parts.iter())
            .flat_map(|part| [part.separator, part.body].concat())
            .collect();
        assert_eq!(text(&all), stream);
        parts
            .iter()
            .map(|part| (text(part.separator), text(part.body)))
            .collect()
    }

    #[test]
    fn parts_are_the_stream() {
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(shown(""), []);
        assert_eq!(shown("a: 1"), [pair("", "a: 1")]);
        assert_eq!(
            shown("---\na: 1\n---\r\nb: 2\n"),
            [pair("---\n", "a: 1\n"), pair("---\r\n", "b: 2\n")]
        );
        assert_eq!(
            shown("# c\n--- {a: 1}\n----\n"),
            [pair("", "# c\n"), pair("", "--- {a: 1}\n----\n")]
        );
    }
}
