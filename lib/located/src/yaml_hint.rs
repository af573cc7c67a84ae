//! What is probably meant where a text is not YAML: the mistakes that people make, by the line that shows them.

use homescale_yaml::{Error, Mistake};

/// What is probably meant: where it is, if that is not where the parser stopped, and what to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    /// Line and column, from 1, where they are not those of the error.
    pub(crate) at: Option<(usize, usize)>,
    /// What is wrong, where the parser's words do not say it.
    pub(crate) problem: Option<&'static str>,
    pub(crate) hint: String,
}

/// What is probably meant by a text that is not YAML, where it is a mistake that is known.
pub(crate) fn meaning(text: &[u8], error: &Error) -> Option<Meaning> {
    let text = String::from_utf8_lossy(text);
    let stopped = error.position().map(|it| (it.line(), it.column()));
    conflict(&text)
        .or_else(|| template(&text, stopped.map(|(line, _)| line)))
        .or_else(|| {
            let hint = hint(&text, error.mistake()?, stopped)?;
            let (at, problem) = (None, None);
            Some(Meaning { at, problem, hint })
        })
}

/// What a merge leaves in a file until somebody decides.
fn conflict(text: &str) -> Option<Meaning> {
    let is_marker = |line: &str| {
        ["<<<<<<< ", ">>>>>>> "]
            .iter()
            .any(|it| line.starts_with(it))
    };
    let line = text.lines().position(is_marker)?;
    Some(Meaning {
        at: Some((line + 1, 1)),
        problem: Some("a merge conflict that nobody has solved"),
        hint: "keep one side, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`"
            .to_owned(),
    })
}

/// A template that is not in quotes: for YAML, `{{` begins a map in a map. Where it is known where the parser stopped, the
/// template is there or on the line before.
fn template(text: &str, stopped: Option<usize>) -> Option<Meaning> {
    let mut block: Option<usize> = None;
    for (index, line) in text.lines().enumerate() {
        let number = index + 1;
        let indent = line.len() - line.trim_start().len();
        if block.is_some_and(|block| line.trim().is_empty() || indent > block) {
            continue;
        }
        block = begins_block(line).then_some(indent);
        let is_near = stopped.is_none_or(|stopped| number == stopped || number + 1 == stopped);
        if is_near && let Some(column) = bare_template(line) {
            return Some(quote(line, number, column));
        }
    }
    None
}

/// Whether the lines after this one, as far as they are indented more, are a text.
fn begins_block(line: &str) -> bool {
    let last = line.split(" #").next().unwrap_or_default().trim_end();
    let last = last.rsplit(' ').next().unwrap_or_default();
    let rest = last.strip_prefix(['|', '>']);
    let is_mark = |c: char| c == '-' || c == '+' || c.is_ascii_digit();
    rest.is_some_and(|rest| rest.chars().all(is_mark))
}

/// The byte in a line at which a value begins with `{{`.
fn bare_template(line: &str) -> Option<usize> {
    let mut quote = None;
    let mut last = None;
    for (index, c) in line.char_indices() {
        match (quote, c) {
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => continue,
            (None, '"' | '\'') if !last.is_some_and(char::is_alphanumeric) => quote = Some(c),
            (None, '#') if line[..index].ends_with([' ', '\t']) || index == 0 => return None,
            (None, '{') if line[index..].starts_with("{{") => {
                let is_apart = line[..index].ends_with(char::is_whitespace);
                let begins = match last {
                    None | Some('[' | ',') => true,
                    Some(':' | '-' | '?') => is_apart,
                    Some(_) => false,
                };
                if begins {
                    return Some(index);
                }
            }
            _ => {}
        }
        if !c.is_whitespace() {
            last = Some(c);
        }
    }
    None
}

/// The hint with the text of the line in quotes.
fn quote(line: &str, number: usize, column: usize) -> Meaning {
    let (before, value) = line.split_at(column);
    let is_flow = before.contains(['[', '{']);
    let end = value.rfind("}}").map_or(value.len(), |end| end + 2);
    let value = if is_flow {
        &value[..end]
    } else {
        value.trim_end()
    };
    let value = value.split(" #").next().unwrap_or(value).trim_end();
    let mark = if value.contains('"') { '\'' } else { '"' };
    Meaning {
        at: Some((number, before.chars().count() + 1)),
        problem: Some("a template is not in quotes: without them, `{{` begins a map"),
        hint: format!("quote it: {mark}{value}{mark}"),
    }
}

/// What a mistake means for who wrote the text.
fn hint(text: &str, mistake: Mistake, stopped: Option<(usize, usize)>) -> Option<String> {
    let hint = match mistake {
        Mistake::MisplacedValue => {
            "a text with `: ` in it is put in quotes; else the line is indented too far"
        }
        Mistake::UnknownAnchor => {
            "a text that begins with `*` is put in quotes; an anchor holds within one file"
        }
        Mistake::Nameless => "a text that begins with `*` or `&` is put in quotes",
        Mistake::OpenQuote => "a quote that begins there is not closed",
        Mistake::KeyWithoutColon => "a key is followed by `: `, with a blank",
        Mistake::NoKey => {
            "compare the indentation with that of the lines above; a text that goes on after a quote ends is put in quotes as a whole"
        }
        Mistake::Tab => TAB,
        Mistake::ReservedCharacter => return character(text, stopped?),
        _ => return None,
    };
    Some(hint.to_owned())
}

const TAB: &str = "indent with blanks: YAML takes no tabs there";

/// A character that YAML keeps for itself.
fn character(text: &str, (line, column): (usize, usize)) -> Option<String> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    Some(match line.chars().nth(column.checked_sub(1)?)? {
        '\t' => TAB.to_owned(),
        found => format!(
            "put the text in quotes: YAML keeps `{found}` at the beginning of a text for itself"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_bare_where_a_value_begins() {
        for (line, expected) in [
            ("host: {{ .Values.a }}", Some(6)),
            ("- {{ .a }}", Some(2)),
            ("list: [a, {{ .a }}]", Some(10)),
            ("list: [{{ .a }}]", Some(7)),
            ("host: \"{{ .Values.a }}\"", None),
            ("host: web.{{ .Values.a }}", None),
            ("# host: {{ .a }}", None),
            ("host: a # {{ .a }}", None),
            ("it's: {{ .a }}", Some(6)),
            ("a: b:{{ .a }}", None),
        ] {
            assert_eq!(bare_template(line), expected, "{line}");
        }
    }

    #[test]
    fn the_text_of_a_block_is_no_yaml() {
        let text = "a: |\n  - {{ .x }}\n\n  b: {{ .y }}\nc: {{ .z }}\n";
        let found = template(text, None).and_then(|it| it.at);
        assert_eq!(found, Some((5, 4)));
    }

    #[test]
    fn any_character_may_begin_a_word() {
        let found = template("a: über\nb: {{ .z }}\n", None);
        assert_eq!(found.and_then(|it| it.at), Some((2, 4)));
    }

    #[test]
    fn the_hint_has_the_text_in_quotes() {
        let hint = |line: &str| template(line, None).map(|it| it.hint).unwrap_or_default();
        assert_eq!(
            hint("a: {{ .b }}.example.com # c"),
            "quote it: \"{{ .b }}.example.com\""
        );
        assert_eq!(
            hint("a: {{ .b | default \"c\" }}"),
            "quote it: '{{ .b | default \"c\" }}'"
        );
        assert_eq!(hint("a: [{{ .b }}, c]"), "quote it: \"{{ .b }}\"");
    }
}
