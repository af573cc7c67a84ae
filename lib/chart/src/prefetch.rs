//! [`Prefetch`]: parsing of templates by another thread, while this one still loads the chart and merges its values.
//!
//! This exists for speed alone: the first render of 800 templates, 640 KiB, takes 18.6 ms with it and 22.0 ms with one core
//! (`cargo bench -p homescale-chart --bench render`, and the same after `taskset -c 0`).

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::Builder;

use foldhash::fast::RandomState;
use homescale_template::{Error, Functions, Parsed, parse_file};
use homescale_value::Str;

/// Fewer bytes of text are not worth a thread: to start one takes as long as to parse 6 KiB, and to wake it takes time, too.
const WORTH_A_THREAD: usize = 64 << 10;

/// Templates that will be wanted, probably. Once there are many, another thread starts to parse them.
///
/// Each is parsed once, by whichever thread comes first, and is the same as if [`parse_file`] had made it when asked for.
/// Errors are found by those that ask, who also do the work when a thread cannot be started.
#[derive(Debug)]
pub(crate) struct Prefetch {
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
    same: Option<Arc<Slot>>,
    /// Nothing where it failed: how deep a text may nest depends on the thread, and so the one that asks has to say so.
    parsed: OnceLock<Option<Parsed>>,
}

impl Prefetch {
    /// No templates yet. They will call these functions.
    pub(crate) fn new(functions: Arc<Functions>) -> Self {
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
    pub(crate) fn push(&self, file: &str, text: &Str) {
        let mut queue = self.shared.queue();
        let index = queue.slots.len();
        queue.by_file.insert(file.to_owned(), index);
        let slot = |same| {
            Arc::new(Slot {
                file: file.to_owned(),
                text: text.clone(),
                same,
                parsed: OnceLock::new(),
            })
        };
        let slot = match queue.by_text.entry(text.clone()) {
            Entry::Occupied(first) => slot(Some(Arc::clone(first.get()))),
            Entry::Vacant(vacant) => {
                let slot = Arc::clone(vacant.insert(slot(None)));
                queue.size += text.len();
                slot
            }
        };
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
            let _ = Builder::new().spawn(move || shared.run());
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
            slot.parse(&self.shared.functions);
        }
        self.close();
        let functions = &self.shared.functions;
        let parsed = files.iter().zip(&slots).map(|((file, text), slot)| {
            let known = slot.as_ref().and_then(|(_, slot)| slot.parse(functions));
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

impl Drop for Prefetch {
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
    fn parse(&self, functions: &Functions) -> Option<&Parsed> {
        let parse = || {
            let same = self.same.as_ref().and_then(|same| same.parse(functions));
            let renamed = same.and_then(|same| same.renamed(&self.file));
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
    fn run(&self) {
        for index in 0.. {
            let waits = |queue: &mut Queue| !queue.is_closed && queue.announced <= index;
            let queue = self.changed.wait_while(self.queue(), waits);
            let queue = queue.unwrap_or_else(PoisonError::into_inner);
            let slot = queue.slots.get(index).cloned();
            let is_closed = queue.is_closed;
            drop(queue);
            match slot {
                Some(slot) if !is_closed => slot.parse(&self.functions),
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
        let prefetch = Prefetch::new(Arc::new(Functions::new(&[])));
        for (name, text) in &files[..SIZE - 1] {
            prefetch.push(name, text);
        }
        let parsed = prefetch.take(&files).map_err(|error| error.to_string())?;
        let names = parsed.iter().map(|parsed| parsed.file().to_string());
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
    fn a_text_that_changed_is_parsed_anew() {
        let prefetch = Prefetch::new(Arc::new(Functions::new(&[])));
        prefetch.push("a", &"{{ never".into());
        let parsed = prefetch.take(&[("a", &"{{ print 1 }}".into())]).unwrap();
        assert_eq!(parsed.len(), 1);
    }
}
