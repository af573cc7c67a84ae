//! Files of a chart that are read by who needs them first: another thread while this one still looks into directories, the
//! load of the chart, or a template.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::Builder;

use homescale_chart::{HelmVersion, is_read_to_load};
use homescale_fileset::{Contents, ReadError};

use crate::chart_error::{ChartError, SystemError};
use crate::file;

/// How many files make it worth to start a thread, which takes as long as reading five or ten.
const WORTH_A_THREAD: usize = 32;

/// The files of a chart, in the order in which Helm reads them.
///
/// Whoever needs one first reads it. What loading a chart does not look into is only opened, and read when a template asks
/// for it.
#[derive(Debug)]
pub(crate) struct LazyFiles {
    /// The largest that each may be. `None` where only all together are limited.
    each: Option<u64>,
    files: Vec<Arc<LazyFile>>,
    /// Leads to the other thread, once there is one.
    thread: Option<Sender<Arc<LazyFile>>>,
    /// How many more bytes are kept in memory, unless each file has a limit.
    room: Arc<AtomicU64>,
}

/// A file, and what was found when it was opened.
#[derive(Debug)]
struct LazyFile {
    path: PathBuf,
    /// The path in the chart.
    relative: String,
    /// Its own name, for messages.
    name: String,
    /// How many notes Helm has logged before it reads this file.
    notes: usize,
    limit: u64,
    room: Arc<AtomicU64>,
    found: OnceLock<Result<Found, Arc<io::Error>>>,
}

#[derive(Debug)]
struct Found {
    size: u64,
    /// Nothing as long as nobody needs them.
    bytes: Option<Arc<[u8]>>,
}

impl LazyFiles {
    pub(crate) fn new(helm: HelmVersion) -> Self {
        let each = helm.largest_file();
        let room = each.map_or(HelmVersion::LARGEST_CHART, |_| u64::MAX);
        Self {
            each,
            files: Vec::new(),
            thread: None,
            room: Arc::new(AtomicU64::new(room)),
        }
    }

    /// Adds a file, and gives its contents to be. Helm has logged so many notes before.
    pub(crate) fn add(
        &mut self,
        path: PathBuf,
        relative: &str,
        name: &str,
        notes: usize,
    ) -> Contents {
        let wanted = Arc::new(LazyFile {
            path,
            relative: relative.to_owned(),
            name: name.to_owned(),
            notes,
            limit: self.each.unwrap_or(HelmVersion::LARGEST_CHART),
            room: Arc::clone(&self.room),
            found: OnceLock::new(),
        });
        self.files.push(Arc::clone(&wanted));
        match &self.thread {
            // When the thread has ended, the files are read by those who need them.
            Some(thread) => drop(thread.send(Arc::clone(&wanted))),
            None if self.files.len() == WORTH_A_THREAD => self.thread = start(&self.files),
            None => {}
        }
        Contents::later(move || wanted.bytes())
    }

    /// Waits until all files have been opened. If one could not be, Helm has logged nothing after it.
    ///
    /// # Errors
    /// The first file that could not be read, or is too large.
    pub(crate) fn finish(&self, notes: &mut Vec<String>) -> Result<(), ChartError> {
        self.check().map_err(|(file, error)| {
            notes.truncate(file.notes);
            self.error(file, error)
        })
    }

    /// The first file that could not be read, or is too large.
    fn check(&self) -> Result<(), (&LazyFile, Arc<io::Error>)> {
        let mut room = HelmVersion::LARGEST_CHART;
        for file in &self.files {
            let found = file.found().as_ref();
            let size = found.map_err(|error| (&**file, Arc::clone(error)))?.size;
            if self.each.is_none() {
                let too_large = || Arc::new(io::ErrorKind::FileTooLarge.into());
                room = room
                    .checked_sub(size)
                    .ok_or_else(|| (&**file, too_large()))?;
            }
        }
        Ok(())
    }

    fn error(&self, file: &LazyFile, error: Arc<io::Error>) -> ChartError {
        let path = file.relative.clone();
        match (error.kind(), self.each) {
            (io::ErrorKind::FileTooLarge, Some(most)) => ChartError::FileTooLarge {
                name: file.name.clone(),
                most,
            },
            (io::ErrorKind::FileTooLarge, None) => ChartError::ChartTooLarge {
                path,
                most: HelmVersion::LARGEST_CHART,
            },
            _ => ChartError::File {
                path,
                cause: SystemError::new("open", &file.path, error),
            },
        }
    }
}

/// A thread that reads these files, and those that are sent to it.
fn start(files: &[Arc<LazyFile>]) -> Option<Sender<Arc<LazyFile>>> {
    let (sender, receiver) = channel::<Arc<LazyFile>>();
    let known = files.to_vec();
    let read = move || {
        for wanted in known.into_iter().chain(receiver) {
            wanted.found();
        }
    };
    Builder::new().spawn(read).ok().map(|_| sender)
}

impl LazyFile {
    /// What is found in the file. The first who asks opens it.
    fn found(&self) -> &Result<Found, Arc<io::Error>> {
        self.found.get_or_init(|| self.open().map_err(Arc::new))
    }

    /// The bytes, read now if they have not been.
    fn bytes(&self) -> Result<Arc<[u8]>, ReadError> {
        let failed = |error: ChartError| ReadError::new(error.to_string());
        let path = || self.relative.clone();
        match self.found() {
            Ok(Found {
                bytes: Some(bytes), ..
            }) => Ok(Arc::clone(bytes)),
            Ok(_) => file::read(&self.path, self.limit).map_err(|error| {
                let cause = SystemError::new("read", &self.path, error);
                failed(ChartError::Changed {
                    path: path(),
                    cause,
                })
            }),
            Err(error) => {
                let cause = SystemError::new("open", &self.path, Arc::clone(error));
                Err(failed(ChartError::File {
                    path: path(),
                    cause,
                }))
            }
        }
    }

    fn open(&self) -> io::Result<Found> {
        let file = file::open(&self.path, self.limit)?;
        let size = file.size;
        // Some files do not say how large they are.
        let is_known = size > 0;
        if is_known && !(is_read_to_load(&self.relative) && self.takes_room(size)) {
            return Ok(Found { size, bytes: None });
        }
        let bytes = file.read(self.limit)?;
        Ok(Found {
            size: bytes.len() as u64,
            bytes: Some(bytes),
        })
    }

    /// Whether there is room for the bytes. If not, the chart as a whole is too large, whoever comes first.
    fn takes_room(&self, size: u64) -> bool {
        let less = |room: u64| room.checked_sub(size);
        let taken = self
            .room
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
        taken.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::*;

    const MANY: usize = 3 * WORTH_A_THREAD;

    /// A directory of many files, and the reading of them.
    fn reading(helm: HelmVersion) -> (tempfile::TempDir, LazyFiles, Vec<Contents>) {
        let chart = tempfile::tempdir().unwrap();
        let mut reading = LazyFiles::new(helm);
        let mut contents = Vec::new();
        fs::create_dir(chart.path().join("templates")).unwrap();
        for n in 0..MANY {
            let relative = format!("templates/{n}.yaml");
            let path = chart.path().join(&relative);
            fs::write(&path, format!("file {n}")).unwrap();
            contents.push(reading.add(path, &relative, &format!("{n}.yaml"), n));
        }
        (chart, reading, contents)
    }

    #[test]
    fn whoever_reads_a_file_it_is_the_same() {
        let (_chart, reading, contents) = reading(HelmVersion::default());
        assert!(reading.thread.is_some());
        for (n, contents) in contents.iter().enumerate().rev() {
            assert_eq!(contents.bytes(), Ok(format!("file {n}").as_bytes()));
        }
        reading.finish(&mut Vec::new()).unwrap();
    }

    #[test]
    fn the_first_file_that_cannot_be_read_is_told() {
        let (chart, mut reading, _) = reading(HelmVersion::default());
        for (notes, name) in [(7, "a"), (8, "b")] {
            let path = chart.path().join(name);
            reading.add(path, name, name, notes);
        }
        let mut notes = vec![String::new(); 9];
        let unreadable = reading.finish(&mut notes).unwrap_err();
        let text = unreadable.to_string();
        assert!(text.starts_with("error reading a: open "), "{text}");
        assert_eq!(notes.len(), 7);
    }

    #[test]
    fn the_files_share_the_room_in_their_order() {
        let (chart, mut reading, _) = reading(HelmVersion::V4_3);
        for name in ["a", "b", "c"] {
            let path = chart.path().join(name);
            let file = File::create(&path).unwrap();
            file.set_len(HelmVersion::LARGEST_CHART / 5 * 2).unwrap();
            reading.add(path, &format!("templates/{name}"), name, 0);
        }
        let mut notes = Vec::new();
        let text = reading.finish(&mut notes).unwrap_err().to_string();
        let expected =
            "error reading templates/c: chart exceeds maximum decompressed size of 104857600 bytes";
        assert_eq!(text.trim_end(), expected);
    }

    #[test]
    fn a_file_that_vanishes_before_it_is_read_is_an_error() {
        let chart = tempfile::tempdir().unwrap();
        let path = chart.path().join("README.md");
        fs::write(&path, "read me").unwrap();
        let read = || {
            let mut reading = LazyFiles::new(HelmVersion::default());
            let contents = reading.add(path.clone(), "README.md", "README.md", 0);
            reading.finish(&mut Vec::new()).unwrap();
            contents
        };
        assert_eq!(read().bytes(), Ok(&b"read me"[..]));

        let contents = read();
        fs::remove_file(&path).unwrap();
        let text = contents.bytes().unwrap_err().to_string();
        assert!(
            text.starts_with("error reading README.md: it changed meanwhile: read /"),
            "{text}"
        );
    }
}
