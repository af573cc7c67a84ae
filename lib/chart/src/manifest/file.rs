//! [`File`]: what a template gave, and the documents in it. Another thread reads those while more templates are executed.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::Builder;

use crate::helm_version::HelmVersion;

use super::head::Head;
use super::split::documents;
use super::text::Text;

/// How many bytes of text make it worth to start a thread, which takes as long as reading a third of that.
const WORTH_A_THREAD: usize = 16 << 10;

/// A file as a template gave it.
#[derive(Debug)]
pub(crate) struct File {
    /// The path of the template, the name of its chart included.
    pub(crate) path: String,
    pub(crate) text: Arc<Vec<u8>>,
    helm: HelmVersion,
    documents: OnceLock<Vec<Document>>,
}

/// A document of a file.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) text: Text,
    /// What Helm reads of it, or what is wrong with the YAML.
    pub(super) head: Result<Head, String>,
}

impl File {
    fn new(path: String, text: Vec<u8>, helm: HelmVersion) -> Self {
        Self {
            path,
            text: Arc::new(text),
            helm,
            documents: OnceLock::new(),
        }
    }

    /// The documents, up to the first that is not valid. The first who asks reads them.
    pub(super) fn documents(&self) -> &[Document] {
        self.documents.get_or_init(|| {
            let mut found = Vec::new();
            for document in documents(&self.text, self.helm.row().whitespace) {
                let head = Head::read(document, self.helm);
                let is_valid = head.is_ok();
                let text = Text::of(&self.text, document);
                found.push(Document { text, head });
                if !is_valid {
                    break;
                }
            }
            found
        })
    }
}

/// The files of a render, as its templates give them.
#[derive(Debug)]
pub(crate) struct Files {
    helm: HelmVersion,
    all: Vec<Arc<File>>,
    /// How long the texts are together.
    size: usize,
    /// Leads to the thread that reads documents, once there is one.
    thread: Option<Sender<Arc<File>>>,
}

impl Files {
    pub(crate) fn new(helm: HelmVersion) -> Self {
        Self {
            helm,
            all: Vec::new(),
            size: 0,
            thread: None,
        }
    }

    /// Adds what a template gave.
    pub(crate) fn push(&mut self, path: String, text: Vec<u8>) {
        self.size += text.len();
        let file = Arc::new(File::new(path, text, self.helm));
        self.all.push(Arc::clone(&file));
        match &self.thread {
            // When the thread has ended, the documents are read by those who need them.
            Some(thread) => drop(thread.send(file)),
            None if self.size >= WORTH_A_THREAD => self.thread = start(&self.all),
            None => {}
        }
    }

    /// All files in byte order of their paths.
    pub(crate) fn sorted(mut self) -> Vec<Arc<File>> {
        if self.thread.take().is_some() {
            // The other thread comes from the front, and so they meet only once.
            for file in self.all.iter().rev().filter(|file| !is_notes(&file.path)) {
                file.documents();
            }
        }
        self.all.sort_by(|a, b| a.path.cmp(&b.path));
        self.all
    }
}

/// A thread that reads the documents of these files, and of those that are sent to it.
fn start(files: &[Arc<File>]) -> Option<Sender<Arc<File>>> {
    let (sender, receiver) = channel::<Arc<File>>();
    let known = files.to_vec();
    let read = move || {
        for file in known.into_iter().chain(receiver) {
            if !is_notes(&file.path) {
                file.documents();
            }
        }
    };
    Builder::new().spawn(read).ok().map(|_| sender)
}

/// Whether a file is for people, and has no documents.
pub(crate) fn is_notes(path: &str) -> bool {
    path.ends_with("NOTES.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The heads of files that were read by two threads, or what is wrong with them.
    fn kinds(texts: &[String]) -> Vec<String> {
        let mut files = Files::new(HelmVersion::default());
        for (n, text) in texts.iter().enumerate() {
            files.push(format!("{:03}", texts.len() - n), text.clone().into_bytes());
        }
        let kind = |document: &Document| match &document.head {
            Ok(head) => head.kind.clone(),
            Err(error) => error.clone(),
        };
        let files = files.sorted();
        let files = files.iter().map(|file| {
            let kinds: Vec<_> = file.documents().iter().map(kind).collect();
            format!("{} {}", file.path, kinds.join(" "))
        });
        files.collect()
    }

    #[test]
    fn whoever_reads_the_documents_they_are_the_same() {
        let filling = format!("# {}\n", "-".repeat(WORTH_A_THREAD / 10));
        let text = |n: usize| {
            let kind = ["A", "B", "C"][n % 3];
            format!("{filling}kind: {kind}\n---\nkind: Z\n")
        };
        let texts: Vec<_> = (0..60).map(text).collect();
        let expected = (1..=60).map(|n| format!("{n:03} {} Z", ["C", "B", "A"][(n - 1) % 3]));
        assert_eq!(kinds(&texts), expected.collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_read_after_a_fault() {
        let text = "kind: A\n---\nkind: [\n---\nkind: B\n".to_owned();
        let kinds = kinds(&[text]);
        assert!(
            kinds[0].starts_with("001 A error converting YAML to JSON"),
            "{kinds:?}"
        );
        assert!(!kinds[0].ends_with('B'), "{kinds:?}");
    }
}
