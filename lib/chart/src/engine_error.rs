//! Errors of templates in Helm's words. Helm takes Go's text apart, so that its result follows from that text.

use homescale_template::{Error as TemplateError, Exceeded, Position};

use crate::error::{Error, ErrorKind, Place};
use crate::helm_version::HelmVersion;
use crate::limits::allow_more;

/// An error of parsing a file: the place, and what follows the last colon of Go's text.
pub(crate) fn of_parsing(error: TemplateError) -> Error {
    let text = error.to_string();
    let tokens: Vec<&str> = text.split(": ").collect();
    let text = match tokens[..] {
        [_, place, .., message] => format!("parse error at ({place}): {message}"),
        [_, message] => format!("parse error at ({message}): {message}"),
        _ => format!("parse error in ({}): {text}", file_of(&error)),
    };
    of_template(ErrorKind::Template, text, error)
}

/// An error of executing a file.
pub(crate) fn of_execution(helm: HelmVersion, error: TemplateError) -> Error {
    if let Some(message) = error.abort() {
        let position = error.position().map(Position::in_go);
        let position = position.unwrap_or_default();
        let text = format!("execution error at ({position}): {message}");
        return of_template(ErrorKind::Failed, text, error);
    }
    let lines = if helm.row().major.errors_on_lines {
        on_lines(&error)
    } else {
        None
    };
    let text = lines.unwrap_or_else(|| error.to_string());
    of_template(ErrorKind::Template, text, error)
}

/// An error with the place and the error of a template.
pub(crate) fn of_template(kind: ErrorKind, mut message: String, cause: TemplateError) -> Error {
    if let Some(Exceeded { limit, value, .. }) = cause.exceeded() {
        message.push_str(&allow_more(limit.name(), value));
    }
    let place = cause.position().map(|position| Place {
        line: Some(position.line),
        column: position.column,
        ..Place::in_file(position.file.as_str())
    });
    let error = Error::new(kind, message).caused_by(cause);
    match place {
        Some(place) => error.at(place),
        None => error,
    }
}

fn file_of(error: &TemplateError) -> &str {
    error.position().map_or("", |position| &position.file)
}

/// One link of the chain of errors, as Helm 4 prints it.
#[derive(PartialEq)]
struct Link<'a> {
    place: &'a str,
    executing: Option<(&'a str, &'a str)>,
    message: &'a str,
}

/// The links of the chain below each other; `None` if one of them is not an error of a template.
fn on_lines(error: &TemplateError) -> Option<String> {
    let texts = link_texts(error)?;
    let mut links: Vec<Link<'_>> = Vec::new();
    for text in &texts {
        let link = Link::parse(text)?;
        if links.last() != Some(&link) {
            links.push(link);
        }
    }
    let text: String = links.iter().map(Link::text).collect();
    Some(text.trim().to_owned())
}

/// The text of each error in the chain, with those that it wraps. What a function returned is a link of its own.
fn link_texts(error: &TemplateError) -> Option<Vec<String>> {
    let mut texts = Vec::new();
    for error in error.chain() {
        texts.push(error.to_string());
        let Some((_, failure)) = error.failure() else {
            continue;
        };
        match failure.cause() {
            Some(_) if failure.text().is_empty() => {}
            // A function that wraps the error of another template in a text of its own.
            Some(_) => return None,
            None => texts.push(failure.to_string()),
        }
    }
    Some(texts)
}

impl<'a> Link<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("template: ")?;
        if rest.starts_with("no template ") {
            return Some(Self {
                place: "",
                executing: None,
                message: text,
            });
        }
        if let Some((place, after)) = rest.split_once(": executing ")
            && let Some(link) = Self::parse_executing(place, after)
        {
            return Some(link);
        }
        let (place, message) = rest.rsplit_once(": ")?;
        Some(Self {
            place,
            executing: None,
            message: without_nested(message),
        })
    }

    fn parse_executing(place: &'a str, after: &'a str) -> Option<Self> {
        let (name, after) = after.strip_prefix('"')?.split_once('"')?;
        let (node, message) = after.strip_prefix(" at <")?.split_once(">: ")?;
        Some(Self {
            place,
            executing: Some((name, node)),
            message: without_nested(message),
        })
    }

    fn text(&self) -> String {
        let mut text = String::new();
        if !self.place.is_empty() {
            text.extend([self.place, "\n  "]);
        }
        if let Some((name, node)) = self.executing {
            text.extend(["executing \"", name, "\" at <", node, ">:\n    "]);
        }
        if !self.message.is_empty() {
            text.extend([self.message, "\n"]);
        }
        text
    }
}

/// The message up to the error that it wraps.
fn without_nested(message: &str) -> &str {
    message
        .split_once(" template:")
        .map_or(message, |(own, _)| own)
}
