//! Reads the document of a part: the object that it is.

use homescale_located::rule::YAML;
use homescale_located::{Diagnostic, Location};
use homescale_value::Value;
use homescale_yaml::{Error, json, parse_first};

use crate::part::{Part, is_comment, line_count, lines};
use crate::stream::STREAM;

/// The document of a part, whose body begins on this line of the stream. Numbers keep their text. A part without a document
/// is nil.
///
/// # Errors
/// It is not YAML, or something stands after its end, which Kubernetes would not read.
pub fn document(part: Part<'_>, line: usize) -> Result<Value, Box<Diagnostic>> {
    if let Some((value, end)) = json_object(part.body) {
        return match rest_of_json(&part.body[end..]) {
            None => Ok(value),
            Some(lines) => Err(lost(line + line_count(&part.body[..end]) + lines, 0)),
        };
    }
    // Tags mean what the directives say.
    let directives: &[u8] = if part.separator.starts_with(b"%") {
        part.separator
    } else {
        b""
    };
    let (text, start) = (
        [directives, part.body].concat(),
        line - line_count(directives),
    );
    let broken = |error: &Error| {
        let message = format!("the manifests are not YAML: {}", error.problem());
        let line = start + error.line().map_or(0, |line| line - 1);
        let place = place(line, error.column().unwrap_or(0));
        Box::new(Diagnostic::new(&YAML, place, message))
    };
    let (document, rest) = parse_first(&text).map_err(|error| broken(&error))?;
    if let Some(rest) = rest {
        return Err(lost(start + rest.line() - 1, rest.column()));
    }
    document.to_exact_value().map_err(|error| broken(&error))
}

/// The JSON object with which a text begins, and where it ends.
fn json_object(text: &[u8]) -> Option<(Value, usize)> {
    let is_object = text.trim_ascii_start().starts_with(b"{");
    is_object.then(|| json::decode_first(text).ok())?
}

/// How many lines further something stands after a JSON value, if anything but comments does.
fn rest_of_json(rest: &[u8]) -> Option<usize> {
    lines(rest).position(|line| !is_comment(line))
}

fn lost(line: usize, column: usize) -> Box<Diagnostic> {
    let message = "there is more after the end of the document, which Kubernetes does not read";
    let mut lost = Diagnostic::new(&YAML, place(line, column), message);
    lost.hint = Some("write `---` on a line of its own before it".to_owned());
    Box::new(lost)
}

fn place(line: usize, column: usize) -> Location {
    Location {
        file: STREAM.to_owned(),
        line,
        column,
    }
}
