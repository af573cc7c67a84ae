//! Making a text smaller as long as it still shows what it shows: lines are left out first, then ever shorter parts.

/// How many smaller texts are tried at most; each costs a run of Helm.
const TRIES: usize = 400;

/// The smallest text that is found for which `differs` still holds.
pub(crate) fn shrink(text: &str, mut differs: impl FnMut(&str) -> bool) -> String {
    let mut tries = TRIES;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let lines = without_parts(lines, &mut tries, &mut differs);
    let text = lines.concat();
    let tokens = without_parts(tokens(&text), &mut tries, &mut differs);
    let text = tokens.concat();
    let characters = text
        .char_indices()
        .map(|(at, c)| &text[at..at + c.len_utf8()]);
    without_parts(characters.collect(), &mut tries, &mut differs).concat()
}

/// Leaves out halves, quarters, and so on down to single parts.
fn without_parts<'a>(
    mut parts: Vec<&'a str>,
    tries: &mut usize,
    differs: &mut impl FnMut(&str) -> bool,
) -> Vec<&'a str> {
    let mut size = parts.len().div_ceil(2);
    while size > 0 {
        let mut from = 0;
        let mut changed = false;
        while from < parts.len() && *tries > 0 {
            let to = (from + size).min(parts.len());
            let rest = [&parts[..from], &parts[to..]].concat();
            *tries -= 1;
            if differs(&rest.concat()) {
                parts = rest;
                changed = true;
            } else {
                from = to;
            }
        }
        if size == 1 && !changed {
            break;
        }
        size = if size == 1 { 1 } else { size.div_ceil(2) };
        if *tries == 0 {
            break;
        }
    }
    parts
}

/// Words, runs of white space, and single other characters; an action of a template is one.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let action = rest
            .starts_with("{{")
            .then(|| rest.find("}}").map(|at| at + 2))
            .flatten();
        let class = |c: char| (c.is_alphanumeric() || "_.$".contains(c), c.is_whitespace());
        let alike = rest
            .find(|c| class(c) != class(first))
            .unwrap_or(rest.len());
        let end = match class(first) {
            (false, false) => action.unwrap_or(first.len_utf8()),
            _ => alike,
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}
