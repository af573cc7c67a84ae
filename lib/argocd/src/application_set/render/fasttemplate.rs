//! The language of ApplicationSets that do not say `goTemplate: true`: valyala/fasttemplate 1.2 as Argo CD uses it.

use homescale_go::strings::trim_space;
use homescale_value::{Map, Str, Value};

use crate::application_set::error::{ApplicationSetError, ApplicationSetErrorKind};

/// The text with each `{{ name }}` replaced by the parameter, if that is a text. Any other tag stays.
///
/// # Errors
/// There is a `{{` without `}}`, behind a line with a whole tag: a text without such a line is none of a template.
pub(super) fn render(text: &Str, parameters: &Map) -> Result<Str, ApplicationSetError> {
    if !text.split(|byte| *byte == b'\n').any(has_tag) {
        return Ok(text.clone());
    }
    let mut rest: &[u8] = text;
    let mut rendered = Vec::with_capacity(text.len());
    while let Some(start) = find(rest, b"{{") {
        rendered.extend_from_slice(&rest[..start]);
        rest = &rest[start + 2..];
        let Some(end) = find(rest, b"}}") else {
            let rest = String::from_utf8_lossy(rest).into_owned();
            return Err(ApplicationSetErrorKind::UnclosedTag(rest).into());
        };
        let tag = &rest[..end];
        match parameters.get(trim_space(tag)) {
            Some(Value::Str(value)) if !trim_space(tag).is_empty() => {
                rendered.extend_from_slice(&value);
            }
            _ => {
                rendered.extend_from_slice(b"{{");
                rendered.extend_from_slice(tag);
                rendered.extend_from_slice(b"}}");
            }
        }
        rest = &rest[end + 2..];
    }
    rendered.extend_from_slice(rest);
    Ok(rendered.into())
}

/// Whether a line has a tag.
fn has_tag(line: &[u8]) -> bool {
    find(line, b"{{").is_some_and(|at| find(&line[at + 2..], b"}}").is_some())
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rendered(text: &str) -> String {
        let parameters = Map::from_iter([
            ("name", Value::from("web")),
            ("a.b", "x".into()),
            ("number", Value::Float(1.0)),
        ]);
        match render(&text.into(), &parameters) {
            Ok(text) => text.to_text().into_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn known_texts_are_replaced_and_all_else_stays() {
        for (text, expected) in [
            ("{{name}}-{{ a.b }}", "web-x"),
            (
                "{{ unknown }}{{number}}{{}}{{ }}",
                "{{ unknown }}{{number}}{{}}{{ }}",
            ),
            ("{{{name}}}", "{{{name}}}"),
            ("{{ name | upper }}", "{{ name | upper }}"),
            ("{{ name", "{{ name"),
            ("{{\nname }}", "{{\nname }}"),
            ("{{name}}\n{{\nname }}", "web\nweb"),
            ("{{name}}{{ a", "`{{` without `}}`, before \" a\""),
        ] {
            assert_eq!(rendered(text), expected, "{text}");
        }
    }
}
