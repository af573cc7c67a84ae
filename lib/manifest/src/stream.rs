//! Splits a stream of documents without changing a byte, and puts it together again.
//!
//! What a document is, Kubernetes says, whose decoder reads what Helm and Argo CD print: `fixtures/streams` has what it reads.

use homescale_yaml::json;

use crate::part::{Part, is_comment, is_separator, line_count, lines};

/// What a stream is called in messages: the post-renderer reads it from there.
pub const STREAM: &str = "stdin";

/// The annotation by which Helm 4 knows the file of each document that comes back from a post-renderer.
pub const FILE_NAME: &str = "postrenderer.helm.sh/postrender-filename";

/// The parts of a stream, each with the line of the stream, from 1, on which its body begins.
pub fn numbered(stream: &[u8]) -> impl Iterator<Item = (usize, Part<'_>)> {
    let mut line = 1;
    parts(stream).into_iter().map(move |part| {
        let start = line + line_count(part.separator);
        line = start + line_count(part.body);
        (start, part)
    })
}

/// The parts of a stream; one after the other they are the stream.
///
/// The lines `---` divide it, and where it begins with JSON, the objects that follow one another do.
///
/// ```
/// use homescale_manifest::parts;
///
/// let bodies = |stream| parts(stream).iter().map(|part| part.body).collect::<Vec<_>>();
/// assert_eq!(bodies(b"a: 1\n---\nb: 2\n"), [b"a: 1\n", b"b: 2\n"]);
/// assert_eq!(bodies(b"{\"a\": 1}{\"b\": 2}"), [b"{\"a\": 1}", b"{\"b\": 2}"]);
/// ```
pub fn parts(stream: &[u8]) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut start, mut body, mut at) = (0, 0, 0);
    for line in lines(stream) {
        if is_separator(line) {
            let end = at - directives(&stream[body..at]);
            push(&mut parts, &stream[start..body], &stream[body..end]);
            start = end;
            // What follows `---` on its line belongs to the document, unless it is a comment.
            body = at
                + if is_comment(&line[3..]) {
                    line.len()
                } else {
                    0
                };
        }
        at += line.len();
    }
    push(&mut parts, &stream[start..body], &stream[body..]);
    parts
}

fn push<'s>(parts: &mut Vec<Part<'s>>, separator: &'s [u8], body: &'s [u8]) {
    if separator.is_empty() && parts.is_empty() {
        return push_json(parts, body);
    }
    parts.push(Part { separator, body });
}

/// Adds what stands before the first separator: JSON objects, one after the other, and what is none.
fn push_json<'s>(parts: &mut Vec<Part<'s>>, mut rest: &'s [u8]) {
    while let Some(length) = json_length(rest) {
        let (body, after) = rest.split_at(length);
        parts.push(part_of(body));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(part_of(rest));
    }
}

fn part_of(body: &[u8]) -> Part<'_> {
    let separator = b"";
    Part { separator, body }
}

/// How long the JSON object is with which a text begins, with the white space around it.
fn json_length(text: &[u8]) -> Option<usize> {
    if !text.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let end = json::events(text, |_| {}).ok()?;
    let rest = &text[end..];
    Some(end + rest.len() - rest.trim_ascii_start().len())
}

/// How long the directives are that stand at the end of a text, with the comments between them. They are about the document
/// that follows.
fn directives(text: &[u8]) -> usize {
    let is_directive = |line: &&[u8]| line.starts_with(b"%");
    let last = lines(text).rev();
    let last = last.take_while(|line| is_directive(line) || is_comment(line));
    let mut last: Vec<&[u8]> = last.collect();
    while last.pop_if(|line| !is_directive(&&**line)).is_some() {}
    last.iter().map(|line| line.len()).sum()
}

/// What becomes of a part of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// It stays.
    Kept,
    /// It goes.
    Dropped,
    /// This document is in its place. Its text ends with a line end.
    Document(Vec<u8>),
    /// These documents are in its place, each after a line `---`.
    Documents(Vec<u8>),
}

/// The stream with pieces in place of its parts. Where all are kept, every byte is.
///
/// Where not, each document has a line `---` of its own before it, because what follows JSON, and what stands on the line
/// `---`, not everyone reads.
pub fn assemble(pieces: Vec<(Part<'_>, Piece)>) -> Vec<u8> {
    let is_changed = pieces.iter().any(|(_, piece)| *piece != Piece::Kept);
    let mut out = Vec::new();
    for (part, piece) in pieces {
        match piece {
            Piece::Kept if is_changed => {
                let content = part.movable_body();
                separate(&mut out, part, part.separator, content.is_some());
                out.extend_from_slice(content.unwrap_or(part.body));
            }
            Piece::Kept => out.extend([part.separator, part.body].concat()),
            Piece::Dropped => {}
            Piece::Document(text) => {
                let is_on_line = part.begins_on_separator_line();
                separate(&mut out, part, part.separator_line(), is_on_line);
                out.extend(text);
            }
            Piece::Documents(text) => {
                end_line(&mut out);
                out.extend(text);
            }
        }
    }
    out
}

/// Begins a part, which the first one of a stream may do without a separator. `is_moved`: its document began on the line
/// `---`, and begins on the next one now.
fn separate(out: &mut Vec<u8>, part: Part<'_>, separator: &[u8], is_moved: bool) {
    end_line(out);
    out.extend_from_slice(separator);
    let has_own = part.begins_on_separator_line();
    if is_moved || (separator.is_empty() && !has_own && !out.is_empty()) {
        out.extend_from_slice(b"---\n");
    }
}

fn end_line(out: &mut Vec<u8>) {
    if out.last().is_some_and(|&byte| byte != b'\n') {
        out.push(b'\n');
    }
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

    fn pair(separator: &str, body: &str) -> (String, String) {
        (separator.to_owned(), body.to_owned())
    }

    #[test]
    fn parts_are_the_stream() {
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
        assert_eq!(
            shown("--- # c\na: 1\n---"),
            [pair("--- # c\n", "a: 1\n"), pair("---", "")]
        );
    }

    #[test]
    fn directives_belong_to_the_document_after_them() {
        assert_eq!(
            shown("# c\n%YAML 1.1\n# d\n---\na: 1\n# e\n%TAG ! x\n\n%YAML 1.1\n---\nb: 2\n"),
            [
                pair("", "# c\n"),
                pair("%YAML 1.1\n# d\n---\n", "a: 1\n# e\n"),
                pair("%TAG ! x\n\n%YAML 1.1\n---\n", "b: 2\n")
            ]
        );
    }

    #[test]
    fn objects_of_json_are_parts() {
        assert_eq!(
            shown(" {\"a\": \"}\\\"{\"}{}\n\n{\"b\": 1}  # c\n---\n{}{}\n"),
            [
                pair("", " {\"a\": \"}\\\"{\"}"),
                pair("", "{}\n\n"),
                pair("", "{\"b\": 1}  "),
                pair("", "# c\n"),
                pair("---\n", "{}{}\n"),
            ]
        );
    }

    #[test]
    fn what_is_changed_stands_after_a_separator() {
        let assembled = |stream: &str, changed: usize, piece: Piece| {
            let parts = parts(stream.as_bytes()).into_iter().enumerate();
            let pieces = parts.map(|(index, part)| {
                let piece = piece.clone();
                let piece = if index == changed { piece } else { Piece::Kept };
                (part, piece)
            });
            String::from_utf8(assemble(pieces.collect())).unwrap()
        };
        let json = "{\"a\": 1}{\"b\": 2} {\"c\": 3}";
        let document = Piece::Document(b"x: y\n".to_vec());
        assert_eq!(assembled(json, 9, Piece::Kept), json);
        assert_eq!(
            assembled(json, 0, document.clone()),
            "x: y\n---\n{\"b\": 2} \n---\n{\"c\": 3}"
        );
        assert_eq!(
            assembled(json, 1, document.clone()),
            "{\"a\": 1}\n---\nx: y\n---\n{\"c\": 3}"
        );
        assert_eq!(
            assembled(json, 0, Piece::Dropped),
            "{\"b\": 2} \n---\n{\"c\": 3}"
        );
        let odd = "a: 1\n--- ...\n---\r...\n%YAML 1.1\n--- |\n  b\n";
        assert_eq!(
            assembled(odd, 0, document.clone()),
            "x: y\n--- ...\n---\r...\n%YAML 1.1\n---\n|\n  b\n"
        );
        let lines = "a: 1\n--- {b: 2}\n%YAML 1.1\n--- # c\nc: 3\n";
        assert_eq!(
            assembled(lines, 0, document.clone()),
            "x: y\n---\n{b: 2}\n%YAML 1.1\n--- # c\nc: 3\n"
        );
        assert_eq!(
            assembled(lines, 1, document.clone()),
            "a: 1\n---\nx: y\n%YAML 1.1\n--- # c\nc: 3\n"
        );
        assert_eq!(
            assembled(lines, 2, document),
            "a: 1\n---\n{b: 2}\n--- # c\nx: y\n"
        );
    }
}
