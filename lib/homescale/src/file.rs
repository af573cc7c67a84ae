//! One file of the disk, up to a limit.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use homescale_chart::{HelmVersion, MAX_PARSED};

/// How large a file of a repository may be. What is parsed takes many times its size, and so must be smaller than what is only
/// handed on.
pub(crate) fn limit_of(path: &Path) -> u64 {
    let is_text = path.extension().is_some_and(|extension| {
        let parsed = ["json", "lock", "tpl", "txt", "yaml", "yml"];
        parsed
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    });
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let is_template = path
        .components()
        .any(|part| part.as_os_str() == "templates");
    if is_text || is_template || name.starts_with(b".") {
        MAX_PARSED
    } else {
        HelmVersion::LARGEST_CHART
    }
}

/// A file that was opened, and how large it says it is. Some say nothing.
pub(crate) struct Opened {
    file: File,
    pub(crate) size: u64,
}

/// Opens a file.
///
/// # Errors
/// It cannot be opened, or is larger than the limit.
pub(crate) fn open(path: &Path, limit: u64) -> io::Result<Opened> {
    let file = File::open(path)?;
    match file.metadata()?.len() {
        size if size > limit => Err(io::ErrorKind::FileTooLarge.into()),
        size => Ok(Opened { file, size }),
    }
}

/// Reads a file into memory of just its size. What is no file is not opened: a FIFO would wait for somebody to write.
///
/// # Errors
/// It cannot be read, is no file, or is larger than the limit.
pub(crate) fn read(path: &Path, limit: u64) -> io::Result<Arc<[u8]>> {
    let kind = fs::metadata(path)?.file_type();
    if !(kind.is_file() || kind.is_dir()) {
        let kind = io::ErrorKind::InvalidInput;
        return Err(io::Error::new(kind, "neither a file nor a directory"));
    }
    open(path, limit)?.read(limit)
}

impl Opened {
    /// Reads the file.
    pub(crate) fn read(mut self, limit: u64) -> io::Result<Arc<[u8]>> {
        if self.size == 0 {
            let mut bytes = Vec::new();
            self.file.take(limit + 1).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > limit {
                return Err(io::ErrorKind::FileTooLarge.into());
            }
            return Ok(bytes.into());
        }
        let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, self.size as usize).collect();
        let buffer = Arc::get_mut(&mut bytes).expect("nobody else has it yet");
        let mut filled = 0;
        while filled < buffer.len() {
            match self.file.read(&mut buffer[filled..]) {
                Ok(0) => return Ok(buffer[..filled].into()),
                Ok(more) => filled += more,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(bytes)
    }
}
