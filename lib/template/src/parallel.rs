//! Parsing of many texts at once: a large chart has megabytes of templates, and they do not depend on each other.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use homescale_value::Str;

use crate::error::Error;
use crate::functions::Functions;
use crate::parse::{Parsed, parse_file};
use crate::stack::spawn;

/// How many bytes of text make it worth to start a second thread, which takes as long as parsing a tenth of that.
const WORTH_A_THREAD: usize = 64 << 10;

/// Parses texts, each with the name of its file, by this thread and one more.
///
/// The error is that of the first text that has one.
pub(crate) fn parse_files(
    functions: &Functions,
    files: &[(&str, &Str)],
) -> Result<Vec<Parsed>, Error> {
    let queue = Queue {
        functions,
        files,
        next: AtomicUsize::new(0),
    };
    let size: usize = files.iter().map(|(_, text)| text.len()).sum();
    let mut results = if size < WORTH_A_THREAD {
        queue.work()
    } else {
        queue.work_together()
    };
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// Texts, handed out in their order.
struct Queue<'a> {
    functions: &'a Functions,
    files: &'a [(&'a str, &'a Str)],
    next: AtomicUsize,
}

/// What parsing gave, with the index of the text.
type Results = Vec<(usize, Result<Parsed, Error>)>;

impl Queue<'_> {
    fn work_together(&self) -> Results {
        thread::scope(|scope| {
            // Without a second thread, this one does all of the work.
            let other = spawn(scope, || self.work()).ok();
            let mut results = self.work();
            if let Some(other) = other {
                results.extend(other.join());
            }
            results
        })
    }

    /// Parses what is next until there is nothing left. What comes after an error is not wanted: all that comes before
    /// it has been handed out already.
    fn work(&self) -> Results {
        let mut results = Vec::new();
        loop {
            let index = self.next.fetch_add(1, Ordering::Relaxed);
            let Some((name, text)) = self.files.get(index) else {
                return results;
            };
            let result = parse_file(self.functions, name, text);
            if result.is_err() {
                self.next.fetch_max(self.files.len(), Ordering::Relaxed);
            }
            results.push((index, result));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(texts: &[&str]) -> Result<Vec<String>, String> {
        let texts: Vec<Str> = texts.iter().map(|text| Str::from(*text)).collect();
        let names: Vec<String> = (0..texts.len()).map(|n| format!("file {n}")).collect();
        let names = names.iter().map(String::as_str);
        let files: Vec<_> = names.zip(&texts).collect();
        let parsed = parse_files(&Functions::new(&[]), &files);
        let parsed = parsed.map_err(|error| error.to_string())?;
        Ok(parsed
            .iter()
            .map(|parsed| parsed.file.to_string())
            .collect())
    }

    #[test]
    fn many_texts_keep_their_order() {
        let text = "{{ print 1 }}\n".repeat(1_000);
        let expected: Vec<_> = (0..50).map(|n| format!("file {n}")).collect();
        assert_eq!(names(&vec![text.as_str(); 50]).unwrap(), expected);
    }

    #[test]
    fn the_first_error_is_reported_whichever_thread_finds_it() {
        let text = "{{ print 1 }}\n".repeat(1_000);
        let mut texts = vec![text.as_str(); 50];
        texts[20] = "{{ end }}";
        texts[21] = "{{ if }}";
        texts[40] = "{{";
        for _ in 0..20 {
            let error = names(&texts).unwrap_err();
            assert_eq!(error, "template: file 20:1: unexpected {{end}}");
        }
    }
}
