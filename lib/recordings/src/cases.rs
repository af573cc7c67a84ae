//! Files of cases: text, so that a reviewer reads what was asked of Helm and what it answered.
//!
//! Lines before the first case are comments. A case is a line `--- NAME`, its input, and after a line `+++` what Helm
//! answered; a line `+++ 3.17 3.18` begins what those levels answer instead. A case without input has its name for one. A
//! blank line may stand before the next case.

use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::BASE64;

use crate::of_level;

/// A file of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// The name of the file, without its ending.
    pub name: String,
    /// What stands before the first case.
    pub preamble: String,
    /// The cases, in order.
    pub cases: Vec<Case>,
}

/// A question, and what each Helm answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The name.
    pub name: String,
    /// The name for a list of tests: the number of the case stands for the rest of a long one.
    pub title: String,
    /// What stands below the name, which may be nothing.
    pub input: String,
    /// Names of levels, and what they answered; the part without names is for all that no part names.
    pub answers: Vec<(String, String)>,
}

impl Case {
    /// The input, or the name where there is none.
    pub fn question(&self) -> &str {
        if self.input.is_empty() {
            &self.name
        } else {
            &self.input
        }
    }

    /// What a level answered, as it is written in the file: see [`decode`].
    ///
    /// # Panics
    /// Nothing is recorded.
    pub fn answer(&self, level: &str) -> &str {
        of_level(&self.answers, level).expect("an answer is recorded")
    }
}

/// The directory `fixtures/` of this repository.
pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures")
}

/// The files `*.txt` of a directory in `fixtures/`, by their names.
///
/// # Panics
/// They cannot be read.
pub fn case_files(directory: &str) -> Vec<CaseFile> {
    let entries = fs::read_dir(fixtures().join(directory)).expect("the directory is there");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("a file of cases is text");
        let (preamble, cases) = cases(&text);
        let name = path.file_stem().unwrap_or_default();
        CaseFile {
            name: name.to_string_lossy().into_owned(),
            preamble: preamble.to_owned(),
            cases,
        }
    };
    paths.into_iter().map(read).collect()
}

/// What stands before the first case of a text, and the cases.
fn cases(text: &str) -> (&str, Vec<Case>) {
    let (preamble, sections) = sections(text, "--- ");
    let sections = sections.into_iter().enumerate();
    let cases = sections.map(|(index, (name, body))| {
        let (input, answers) = self::sections(body, "+++");
        let answers = answers.into_iter().map(|(levels, answer)| {
            let answer = chomp(answer);
            // The blank line before the next case.
            let answer = answer.strip_suffix('\n').unwrap_or(answer);
            (levels.trim().to_owned(), answer.to_owned())
        });
        Case {
            name: name.to_owned(),
            title: title(name, index + 1),
            input: chomp(input).to_owned(),
            answers: answers.collect(),
        }
    });
    (preamble, cases.collect())
}

fn title(name: &str, number: usize) -> String {
    match name.char_indices().nth(50) {
        Some((end, _)) => format!("{}… ({number})", &name[..end]),
        None => name.to_owned(),
    }
}

fn chomp(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

/// Splits a text at the lines that start with `mark`: what stands before the first, and of each the rest of that line and
/// the lines up to the next, with their ends.
///
/// ```
/// use homescale_recordings::sections;
///
/// let (before, found) = sections("about\n=== a\n1\n2\n=== b\n", "=== ");
/// assert_eq!((before, found), ("about\n", vec![("a", "1\n2\n"), ("b", "")]));
/// ```
pub fn sections<'t>(text: &'t str, mark: &str) -> (&'t str, Vec<(&'t str, &'t str)>) {
    let mut preamble = text.len();
    let mut found: Vec<(&str, usize)> = Vec::new();
    let mut ends = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if let Some(title) = line.strip_prefix(mark) {
            preamble = preamble.min(start);
            ends.push(start);
            found.push((title.trim_end_matches('\n'), at));
        }
    }
    ends.push(text.len());
    let bodies = found.into_iter().zip(ends.into_iter().skip(1));
    let bodies = bodies.map(|((title, start), end)| (title, &text[start..end]));
    (&text[..preamble], bodies.collect())
}

/// The bytes that a part of a case stands for. What would not survive in a file of lines is written as a JSON string after
/// the word `text`, or in base64 after `bytes` or `base64`.
///
/// # Panics
/// What follows such a word is something else.
pub fn decode(part: &str) -> Vec<u8> {
    if let Some(literal) = part.strip_prefix("text ") {
        let text: String = serde_json::from_str(literal).expect("a JSON string follows `text`");
        return text.into_bytes();
    }
    let encoded = part.strip_prefix("bytes ");
    match encoded.or_else(|| part.strip_prefix("base64 ")) {
        Some(encoded) => BASE64
            .decode(encoded.as_bytes())
            .expect("base64 follows `bytes`"),
        None => part.as_bytes().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_a_question_and_answers() {
        let text = "About.\n\n--- a\n1\n+++\nx\n\ny\n+++ 3.17 3.18\nz\n\n--- 2 + 2\n+++\n4\n";
        let (preamble, cases) = cases(text);
        assert_eq!(preamble, "About.\n\n");
        let [first, second] = cases.as_slice() else {
            panic!("two cases");
        };
        assert_eq!((first.name.as_str(), first.question()), ("a", "1"));
        assert_eq!((first.answer("4.1"), first.answer("3.18")), ("x\n\ny", "z"));
        assert_eq!((second.question(), second.answer("4.1")), ("2 + 2", "4"));
    }

    #[test]
    fn a_part_may_be_encoded() {
        assert_eq!(decode("plain text"), b"plain text");
        assert_eq!(decode(r#"text "a\n""#), b"a\n");
        assert_eq!(decode("bytes /w=="), b"\xff");
    }
}
