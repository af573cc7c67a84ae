//! [`Ahead`]: parsing of templates by another thread, while this one still loads the chart and merges its values.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::Builder;

use foldhash::fast::RandomState;
use homescale_value::Str;

use crate::error::Error;
use crate::functions::Functions;
use crate::parse::{Parsed, parse_file};

/// How many bytes of text make it worth to start a thread, which takes as long as parsing a tenth of that, and to wake it
/// when it has nothing to do.
const WORTH_A_THREAD: usize = 64 << 10;

/// Templates that will be wanted, probably. Once there are many, another thread starts to parse them.
///
/// Each is parsed once, by whichever thread comes first, and is the same as if [`parse_file`] had made it when asked for.
/// Errors are found by those that ask, who also do the work when a thread cannot be started.
///
/// ```
/// use std::sync::Arc;
///
/// use homescale_template::{Ahead, Functions, Set};
///
/// let functions = Arc::new(Functions::new(&[]));
/// let ahead = Ahead::new(Arc::clone(&functions));
/// ahead.push("a.txt", &"{{ print 1 }}".into());
/// ahead.push("b.txt", &"{{ never".into());
///
/// let mut set = Set::new(functions);
/// set.parse_all(&[("a.txt", &"{{ print 1 }}".into())], &ahead)?;
/// # Ok::<(), homescale_template::Error>(())
/// ```
#[derive(Debug)]
pub struct Ahead {
    shared: Arc<Shared>,
}

/// What both threads know.
#[derive(Debug)]
struct Shared {
    functions: Arc<Functions>,
    queue: Mutex<Queue>,
    /// Told when there is more in the queue, or nothing more to do.
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Queue {
    slots: Vec<Arc<Slot>>,
    by_file: HashMap<String, usize, RandomState>,
    /// The first of each text: charts bring along the same library again and again.
    by_text: HashMap<Str, Arc<Slot>, RandomState>,
    /// The bytes of the texts that the thread does not know of yet.
    size: usize,
    /// How many texts the thread knows of.
    announced: usize,
    has_thread: bool,
    is_closed: bool,
}

/// A template, and what parsing it gave.
#[derive(Debug)]
struct Slot {
    file: String,
    text: Str,
    /// An earlier one of the same text.
    twin: Option<Arc<Slot>>,
    /// Nothing where it failed: how deep a text may nest depends on the thread, and so the one that asks has to say so.
    parsed: OnceLock<Option<Parsed>>,
}

impl Ahead {
    /// No templates yet. They will call these functions.
    pub fn new(functions: Arc<Functions>) -> Self {
        let shared = Shared {
            functions,
            queue: Mutex::default(),
            changed: Condvar::new(),
        };
        Self {
            shared: Arc::new(shared),
        }
    }

    /// Adds a template: the name of its file, and its text.
    pub fn push(&self, file: &str, text: &Str) {
        let mut queue = self.shared.queue();
        let index = queue.slots.len();
        queue.by_file.insert(file.to_owned(), index);
        let twin = queue.by_text.get(text).cloned();
        let is_first = twin.is_none();
        let slot = Arc::new(Slot {
            file: file.to_owned(),
            text: text.clone(),
            twin,
            parsed: OnceLock::new(),
        });
        if is_first {
            queue.by_text.insert(text.clone(), Arc::clone(&slot));
            queue.size += text.len();
        }
        queue.slots.push(slot);
        if queue.size < WORTH_A_THREAD || queue.is_closed {
            return;
        }
        queue.size = 0;
        queue.announced = queue.slots.len();
        if queue.has_thread {
            drop(queue);
            self.shared.changed.notify_one();
        } else {
            queue.has_thread = true;
            let shared = Arc::clone(&self.shared);
            // Nothing is lost when this fails: what was not parsed ahead is parsed when it is asked for.
            let _ = Builder::new().spawn(move || shared.work());
        }
    }

    /// The templates of these files, in this order, or the first error among them.
    ///
    /// What nobody asked for is not parsed ahead any more.
    pub(crate) fn take(&self, files: &[(&str, &Str)]) -> Result<Vec<Parsed>, Error> {
        let slots: Vec<_> = {
            let queue = self.shared.queue();
            let files = files.iter();
            files.map(|(file, text)| queue.find(file, text)).collect()
        };
        // The other thread comes from the front, and so they meet only once.
        let mut known: Vec<_> = slots.iter().flatten().collect();
        known.sort_unstable_by_key(|(index, _)| std::cmp::Reverse(*index));
        for (_, slot) in known {
            slot.ahead(&self.shared.functions);
        }
        self.close();
        let functions = &self.shared.functions;
        let parsed = files.iter().zip(&slots).map(|((file, text), slot)| {
            let known = slot.as_ref().and_then(|(_, slot)| slot.ahead(functions));
            known.map_or_else(
                || parse_file(functions, file, text),
                |known| Ok(known.clone()),
            )
        });
        parsed.collect()
    }

    /// Ends the other thread, soon.
    fn close(&self) {
        self.shared.queue().is_closed = true;
        self.shared.changed.notify_one();
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.close();
    }
}

impl Queue {
    fn find(&self, file: &str, text: &Str) -> Option<(usize, Arc<Slot>)> {
        let index = *self.by_file.get(file)?;
        let slot = self.slots.get(index)?;
        let is_same = slot.text.as_ptr() == text.as_ptr() || slot.text == *text;
        is_same.then(|| (index, Arc::clone(slot)))
    }
}

impl Slot {
    /// Parses the text, unless that has been done. When another thread is about to, waits for it.
    fn ahead(&self, functions: &Functions) -> Option<&Parsed> {
        let parse = || {
            let twin = self.twin.as_ref().and_then(|twin| twin.ahead(functions));
            let renamed = twin.and_then(|twin| twin.renamed(&self.file));
            renamed.or_else(|| parse_file(functions, &self.file, &self.text).ok())
        };
        self.parsed.get_or_init(parse).as_ref()
    }
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        // A panic elsewhere leaves the queue whole.
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Parses what is in the queue, from the front, until it is closed.
    fn work(&self) {
        for index in 0.. {
            let waits = |queue: &mut Queue| !queue.is_closed && queue.announced <= index;
            let queue = self.changed.wait_while(self.queue(), waits);
            let queue = queue.unwrap_or_else(PoisonError::into_inner);
            let slot = queue.slots.get(index).cloned();
            let is_closed = queue.is_closed;
            drop(queue);
            match slot {
                Some(slot) if !is_closed => slot.ahead(&self.functions),
                _ => return,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: usize = 50;

    /// Parses texts that were announced, all but the last.
    fn names(texts: &[&str]) -> Result<Vec<String>, String> {
        let texts: Vec<Str> = texts.iter().map(|text| Str::from(*text)).collect();
        let names: Vec<String> = (0..texts.len()).map(|n| format!("file {n}")).collect();
        let names = names.iter().map(String::as_str);
        let files: Vec<_> = names.zip(&texts).collect();
        let ahead = Ahead::new(Arc::new(Functions::new(&[])));
        for (name, text) in &files[..SIZE - 1] {
            ahead.push(name, text);
        }
        let parsed = ahead.take(&files).map_err(|error| error.to_string())?;
        let names = parsed.iter().map(|parsed| parsed.file.to_string());
        Ok(names.collect())
    }

    #[test]
    fn many_texts_keep_their_order() {
        let text = "{{ print 1 }}\n".repeat(1_000);
        let expected: Vec<_> = (0..SIZE).map(|n| format!("file {n}")).collect();
        assert_eq!(names(&[text.as_str(); SIZE]).unwrap(), expected);
        assert_eq!(names(&["{{ print 1 }}"; SIZE]).unwrap(), expected);
    }

    #[test]
    fn the_first_error_is_reported_whichever_thread_finds_it() {
        let text = "{{ print 1 }}\n".repeat(1_000);
        let mut texts = [text.as_str(); SIZE];
        texts[20] = "{{ end }}";
        texts[21] = "{{ if }}";
        texts[40] = "{{";
        for _ in 0..20 {
            let error = names(&texts).unwrap_err();
            assert_eq!(error, "template: file 20:1: unexpected {{end}}");
        }
    }

    #[test]
    fn files_with_the_same_text_share_the_trees_but_not_the_names() {
        let text = Str::from("{{ define \"b\" }}{{ $x := 1 }}{{ $x }}{{ end }}text");
        let ahead = Ahead::new(Arc::new(Functions::new(&[])));
        let files = ["a", "b", "c"].map(|file| (file, &text));
        for (file, text) in files {
            ahead.push(file, text);
        }
        // In the file of that name, the definition is a second one.
        let error = ahead.take(&files).unwrap_err().to_string();
        assert!(error.contains("multiple definition of template"), "{error}");
        let parsed = ahead.take(&[files[0], files[2]]).unwrap();
        let [a, c] = parsed.as_slice() else {
            panic!("two files");
        };
        assert!(Arc::ptr_eq(&a.main().body, &c.main().body));
        assert_eq!(
            (a.main().name.as_str(), c.main().name.as_str()),
            (Some("a"), Some("c"))
        );
        assert_eq!(c.templates[b"b".as_slice()].source.file, "c");
    }

    #[test]
    fn a_text_that_changed_is_parsed_anew() {
        let ahead = Ahead::new(Arc::new(Functions::new(&[])));
        ahead.push("a", &"{{ never".into());
        let parsed = ahead.take(&[("a", &"{{ print 1 }}".into())]).unwrap();
        assert_eq!(parsed.len(), 1);
    }
}
