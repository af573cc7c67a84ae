//! Reading the files of a chart: another thread does it while this one still looks into folders, and then loads the chart.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread::Builder;

use homescale_chart::{HelmVersion, is_read_to_load};
use homescale_fileset::{Contents, ReadError};

use super::os_error;
use crate::failure::Failure;

/// The largest file of a chart, for the Helms that limit each, and of rules of what is ignored.
pub(super) const MAX_FILE: u64 = 5 << 20;

/// The largest that all files of a chart may be together, for the Helms that do not limit each.
const MAX_CHART: u64 = 100 << 20;

/// How many files make it worth to start a thread, which takes as long as reading five or ten.
const WORTH_A_THREAD: usize = 32;

/// The files of a chart, in the order in which Helm reads them.
///
/// Whoever needs one first reads it. What loading a chart does not look into is only opened, and read when a template asks
/// for it.
#[derive(Debug)]
pub(super) struct Reading {
    limits_each: bool,
    files: Vec<Arc<Wanted>>,
    /// Leads to the other thread, once there is one.
    thread: Option<Sender<Arc<Wanted>>>,
    /// How many more bytes are kept in memory, unless each file has a limit.
    room: Arc<AtomicU64>,
}

/// A file, and what was found when it was opened.
#[derive(Debug)]
struct Wanted {
    path: PathBuf,
    /// The path in the chart.
    relative: String,
    /// Its own name, for messages.
    name: String,
    /// How many notes Helm has logged before it reads this file.
    notes: usize,
    limit: u64,
    room: Arc<AtomicU64>,
    found: OnceLock<io::Result<Found>>,
}

#[derive(Debug)]
struct Found {
    size: u64,
    /// Nothing as long as nobody needs them.
    bytes: Option<Arc<[u8]>>,
}

/// Why the files are not a chart, and how many notes Helm has logged by then.
#[derive(Debug)]
pub(super) struct Unreadable {
    pub(super) failure: Failure,
    pub(super) notes: usize,
}

impl Reading {
    pub(super) fn new(level: HelmVersion) -> Self {
        let limits_each = level.limits_each_file();
        let room = if limits_each { u64::MAX } else { MAX_CHART };
        Self {
            limits_each,
            files: Vec::new(),
            thread: None,
            room: Arc::new(AtomicU64::new(room)),
        }
    }

    /// Adds a file, and gives its contents to be. Helm has logged so many notes before.
    pub(super) fn add(
        &mut self,
        path: PathBuf,
        relative: &str,
        name: &str,
        notes: usize,
    ) -> Contents {
        let limit = if self.limits_each {
            MAX_FILE
        } else {
            MAX_CHART
        };
        let wanted = Arc::new(Wanted {
            path,
            relative: relative.to_owned(),
            name: name.to_owned(),
            notes,
            limit,
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

    /// Waits until all files have been opened.
    ///
    /// # Errors
    /// The first file that could not be read, or is too large.
    pub(super) fn finish(&self) -> Result<(), Unreadable> {
        let mut room = MAX_CHART;
        for wanted in &self.files {
            let failed = |error: &io::Error| Unreadable {
                failure: Failure::Input(self.message(wanted, error)),
                notes: wanted.notes,
            };
            let size = wanted.found().as_ref().map_err(failed)?.size;
            if !self.limits_each {
                room = room
                    .checked_sub(size)
                    .ok_or_else(|| failed(&io::ErrorKind::FileTooLarge.into()))?;
            }
        }
        Ok(())
    }

    /// Helm's text for a file that cannot be read.
    fn message(&self, wanted: &Wanted, error: &io::Error) -> String {
        let relative = &wanted.relative;
        match error.kind() {
            io::ErrorKind::FileTooLarge if self.limits_each => {
                let name = homescale_go::strconv::quote(&wanted.name);
                format!("chart file {name} is larger than the maximum file size {MAX_FILE}")
            }
            io::ErrorKind::FileTooLarge => format!(
                "error reading {relative}: chart exceeds maximum decompressed size of {MAX_CHART} bytes"
            ),
            _ => {
                let error = os_error("open", &wanted.path, error);
                format!("error reading {relative}: {error}")
            }
        }
    }
}

/// A thread that reads these files, and those that are sent to it.
fn start(files: &[Arc<Wanted>]) -> Option<Sender<Arc<Wanted>>> {
    let (sender, receiver) = channel::<Arc<Wanted>>();
    let known = files.to_vec();
    let read = move || {
        for wanted in known.into_iter().chain(receiver) {
            wanted.found();
        }
    };
    Builder::new().spawn(read).ok().map(|_| sender)
}

impl Wanted {
    /// What is found in the file. The first who asks opens it.
    fn found(&self) -> &io::Result<Found> {
        self.found.get_or_init(|| self.open())
    }

    /// The bytes, read now if they have not been.
    fn bytes(&self) -> Result<Arc<[u8]>, ReadError> {
        let relative = &self.relative;
        let failed = |doing: &str, error: &io::Error| {
            let error = os_error(doing, &self.path, error);
            ReadError::new(format!("error reading {relative}: {error}"))
        };
        match self.found() {
            Ok(Found {
                bytes: Some(bytes), ..
            }) => Ok(Arc::clone(bytes)),
            Ok(_) => read_file(&self.path, self.limit)
                .map_err(|error| failed("it changed meanwhile: read", &error)),
            Err(error) => Err(failed("open", error)),
        }
    }

    fn open(&self) -> io::Result<Found> {
        let file = File::open(&self.path)?;
        let size = checked_size(&file, self.limit)?;
        // Some files do not say how large they are.
        let is_known = size > 0;
        if is_known && !(is_read_to_load(&self.relative) && self.takes_room(size)) {
            return Ok(Found { size, bytes: None });
        }
        let bytes = read_open(file, size, self.limit)?;
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

/// Reads a file into memory of just its size, which is at most the limit.
pub(super) fn read_file(path: &Path, limit: u64) -> io::Result<Arc<[u8]>> {
    let file = File::open(path)?;
    let size = checked_size(&file, limit)?;
    read_open(file, size, limit)
}

fn checked_size(file: &File, limit: u64) -> io::Result<u64> {
    match file.metadata()?.len() {
        size if size > limit => Err(io::ErrorKind::FileTooLarge.into()),
        size => Ok(size),
    }
}

fn read_open(mut file: File, size: u64, limit: u64) -> io::Result<Arc<[u8]>> {
    if size == 0 {
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        return Ok(bytes.into());
    }
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, size as usize).collect();
    let buffer = Arc::get_mut(&mut bytes).expect("nobody else has it yet");
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => return Ok(buffer[..filled].into()),
            Ok(more) => filled += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const MANY: usize = 3 * WORTH_A_THREAD;

    /// A folder of many files, and the reading of them.
    fn reading(level: HelmVersion) -> (tempfile::TempDir, Reading, Vec<Contents>) {
        let chart = tempfile::tempdir().unwrap();
        let mut reading = Reading::new(level);
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
        reading.finish().unwrap();
    }

    #[test]
    fn the_first_file_that_cannot_be_read_is_told() {
        let (chart, mut reading, _) = reading(HelmVersion::default());
        for (notes, name) in [(7, "a"), (8, "b")] {
            let path = chart.path().join(name);
            reading.add(path, name, name, notes);
        }
        let unreadable = reading.finish().unwrap_err();
        let text = unreadable.failure.to_string();
        assert!(text.starts_with("Error: error reading a: open "), "{text}");
        assert_eq!(unreadable.notes, 7);
    }

    #[test]
    fn the_files_share_the_room_in_their_order() {
        let (chart, mut reading, _) = reading(HelmVersion::V4_3);
        for name in ["a", "b", "c"] {
            let path = chart.path().join(name);
            let file = File::create(&path).unwrap();
            file.set_len(MAX_CHART / 5 * 2).unwrap();
            reading.add(path, &format!("templates/{name}"), name, 0);
        }
        let text = reading.finish().unwrap_err().failure.to_string();
        let expected = "Error: error reading templates/c: chart exceeds maximum decompressed size of 104857600 bytes";
        assert_eq!(text.trim_end(), expected);
    }

    #[test]
    fn a_file_that_vanishes_before_it_is_read_is_an_error() {
        let chart = tempfile::tempdir().unwrap();
        let path = chart.path().join("README.md");
        fs::write(&path, "read me").unwrap();
        let read = || {
            let mut reading = Reading::new(HelmVersion::default());
            let contents = reading.add(path.clone(), "README.md", "README.md", 0);
            reading.finish().unwrap();
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
