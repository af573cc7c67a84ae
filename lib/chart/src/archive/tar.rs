//! The entries of an archive, one after the other (Go's package `archive/tar`).

use std::fmt;
use std::sync::Arc;

use super::gzip::{self, Gunzip};

/// How much is decompressed for one chart, archives in archives included. Helm has no such limit.
pub(crate) const MAX_UNPACKED: u64 = 1 << 30;

/// The size of everything in an archive is a multiple of this.
const BLOCK: usize = 512;

/// The largest text that extends a header, such as a long name.
const MAX_EXTENSION: u64 = 1 << 20;

/// Why an archive cannot be read. The texts are Go's, as far as Go has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// The compressed data are damaged.
    Gzip(gzip::Problem),
    /// The archive stops too early.
    Truncated,
    /// A header is not one.
    Header,
    /// The extension of a header is too long.
    TooLong,
    /// A file with holes, which we do not read.
    Sparse,
    /// All archives of the chart are together larger than we read.
    Budget,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gzip(problem) => problem.fmt(f),
            Self::Truncated => gzip::Problem::Truncated.fmt(f),
            Self::Header => f.write_str("archive/tar: invalid tar header"),
            Self::TooLong => f.write_str("archive/tar: header field too long"),
            Self::Sparse => f.write_str("archive/tar: files with holes are not supported"),
            Self::Budget => write!(
                f,
                "the archives of the chart are larger than {MAX_UNPACKED} bytes when decompressed"
            ),
        }
    }
}

impl From<gzip::Problem> for Problem {
    fn from(problem: gzip::Problem) -> Self {
        Self::Gzip(problem)
    }
}

/// What a header says of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    /// As the header has it, which may be a lie: an entry that is no file has no contents.
    pub(super) size: i64,
    pub(super) is_dir: bool,
    /// A header for all entries that follow, which is none itself.
    pub(super) is_global: bool,
}

/// Reads an archive.
pub(super) struct Reader<'a, 'b> {
    input: Gunzip<'a>,
    /// How much may still be decompressed.
    budget: &'b mut u64,
    /// What is left of the current entry's contents, and what fills its last block.
    remaining: u64,
    padding: usize,
}

/// What extends the next header.
#[derive(Default)]
struct Extension {
    path: Option<Vec<u8>>,
    size: Option<i64>,
    is_sparse: bool,
    /// Whether something that must be a number is none.
    is_malformed: bool,
    /// From GNU's own header, which is stronger.
    name: Vec<u8>,
}

impl<'a, 'b> Reader<'a, 'b> {
    pub(super) fn new(input: Gunzip<'a>, budget: &'b mut u64) -> Self {
        Self {
            input,
            budget,
            remaining: 0,
            padding: 0,
        }
    }

    /// The next entry; none at the end of the archive.
    pub(super) fn next(&mut self) -> Result<Option<Entry>, Problem> {
        let mut extension = Extension::default();
        loop {
            if !self.skip()? {
                return Ok(None);
            }
            let Some(block) = self.header()? else {
                return Ok(None);
            };
            let header = Header::read(&block)?;
            self.start(header.kind, header.size)?;
            match header.kind {
                b'x' | b'g' => {
                    let found = Extension::read(&self.extension()?)?;
                    if header.kind == b'g' {
                        return Ok(Some(Entry {
                            is_global: true,
                            ..Entry::default()
                        }));
                    }
                    let name = extension.name;
                    extension = Extension { name, ..found };
                }
                b'L' | b'K' => {
                    let text = self.extension()?;
                    if header.kind == b'L' {
                        text_of(&text).clone_into(&mut extension.name);
                    }
                }
                kind => {
                    if extension.is_malformed {
                        return Err(Problem::Header);
                    }
                    if kind == b'S' || extension.is_sparse {
                        return Err(Problem::Sparse);
                    }
                    let size = extension.size.unwrap_or(header.size);
                    let mut name = extension.path.unwrap_or(header.name);
                    if !extension.name.is_empty() {
                        name = extension.name;
                    }
                    let legacy_dir = kind == 0 && name.ends_with(b"/");
                    let is_dir = kind == b'5' || header.mode_is_dir || legacy_dir;
                    self.start(if legacy_dir { b'5' } else { kind }, size)?;
                    return Ok(Some(Entry {
                        name,
                        size,
                        is_dir,
                        is_global: false,
                    }));
                }
            }
        }
    }

    /// The contents of the current entry.
    pub(super) fn contents(&mut self) -> Result<Arc<[u8]>, Problem> {
        let size = usize::try_from(self.remaining).map_err(|_| Problem::Budget)?;
        self.spend(size)?;
        let mut contents: Arc<[u8]> = std::iter::repeat_n(0, size).collect();
        let buffer = Arc::get_mut(&mut contents).expect("nobody else has it yet");
        self.remaining = 0;
        if self.input.read(buffer)? < size {
            return Err(Problem::Truncated);
        }
        Ok(contents)
    }

    /// How many bytes of contents the current entry has.
    pub(super) fn remaining(&self) -> u64 {
        self.remaining
    }

    fn start(&mut self, kind: u8, size: i64) -> Result<(), Problem> {
        // Links, devices and folders have no contents, whatever their size.
        let size = if (b'1'..=b'6').contains(&kind) {
            0
        } else {
            size
        };
        self.remaining = u64::try_from(size).map_err(|_| Problem::Header)?;
        self.padding = self.remaining.wrapping_neg() as usize % BLOCK;
        Ok(())
    }

    /// Goes to the next header; says whether the archive goes on.
    fn skip(&mut self) -> Result<bool, Problem> {
        let mut scratch = [0; 16 * BLOCK];
        while self.remaining > 0 {
            let size = self.remaining.min(scratch.len() as u64) as usize;
            self.spend(size)?;
            if self.input.read(&mut scratch[..size])? < size {
                return Err(Problem::Truncated);
            }
            self.remaining -= size as u64;
        }
        let padding = std::mem::take(&mut self.padding);
        self.spend(padding)?;
        Ok(self.input.read(&mut scratch[..padding])? == padding)
    }

    /// The next header; none at the end, which is the end of the data, or a block of zeros before it or another.
    fn header(&mut self) -> Result<Option<[u8; BLOCK]>, Problem> {
        let mut block = [0; BLOCK];
        for is_end in [false, true] {
            self.spend(BLOCK)?;
            match self.input.read(&mut block)? {
                0 => return Ok(None),
                BLOCK => {}
                _ => return Err(Problem::Truncated),
            }
            match (block == [0; BLOCK], is_end) {
                (false, false) => return Ok(Some(block)),
                (false, true) => return Err(Problem::Header),
                (true, _) => {}
            }
        }
        Ok(None)
    }

    fn extension(&mut self) -> Result<Arc<[u8]>, Problem> {
        if self.remaining > MAX_EXTENSION {
            // Go finds that out after it has read that much.
            self.remaining = MAX_EXTENSION + 1;
            self.contents()?;
            return Err(Problem::TooLong);
        }
        self.contents()
    }

    fn spend(&mut self, size: usize) -> Result<(), Problem> {
        let left = self.budget.checked_sub(size as u64);
        *self.budget = left.ok_or(Problem::Budget)?;
        Ok(())
    }
}

/// What a header block says.
struct Header {
    name: Vec<u8>,
    size: i64,
    kind: u8,
    mode_is_dir: bool,
}

impl Header {
    fn read(block: &[u8; BLOCK]) -> Result<Self, Problem> {
        let number = |at: usize, size: usize| numeric(&block[at..at + size]);
        let sum = octal(&block[148..156])?;
        // Some programs summed up signed bytes.
        let (mut unsigned, mut signed) = (0, 0);
        for (at, &byte) in block.iter().enumerate() {
            let byte = if (148..156).contains(&at) { b' ' } else { byte };
            unsigned += i64::from(byte);
            signed += i64::from(byte as i8);
        }
        if sum != unsigned && sum != signed {
            return Err(Problem::Header);
        }
        let mut name = text_of(&block[..100]).to_vec();
        let (mode, size) = (number(100, 8)?, number(124, 12)?);
        // The owners and the time are of no use, but must be numbers.
        for (at, size) in [(108, 8), (116, 8), (136, 12)] {
            number(at, size)?;
        }
        let is_ustar = block[257..].starts_with(b"ustar\0");
        let is_gnu = block[257..].starts_with(b"ustar  \0");
        let mut prefix: &[u8] = &[];
        if is_ustar || is_gnu {
            number(329, 8)?;
            number(337, 8)?;
            if is_gnu {
                // Some programs put a prefix where GNU has two times.
                let is_time = |at: usize| block[at] == 0 || number(at, 12).is_ok();
                let text = text_of(&block[345..500]);
                if !(is_time(345) && is_time(357)) && text.is_ascii() {
                    prefix = text;
                }
            } else if block.ends_with(b"tar\0") {
                prefix = text_of(&block[345..476]);
                number(476, 12)?;
                number(488, 12)?;
            } else {
                prefix = text_of(&block[345..500]);
            }
        }
        if !prefix.is_empty() {
            name.splice(0..0, [prefix, b"/"].concat());
        }
        Ok(Self {
            name,
            size,
            kind: block[156],
            mode_is_dir: mode as u32 & !0o7777 == 0o40000,
        })
    }
}

impl Extension {
    /// Reads the records of a pax header.
    fn read(mut records: &[u8]) -> Result<Self, Problem> {
        let mut extension = Self::default();
        while !records.is_empty() {
            let (key, value, rest) = record(records).ok_or(Problem::Header)?;
            records = rest;
            let is_text = matches!(key, b"path" | b"linkpath" | b"uname" | b"gname");
            let checked = if is_text { value } else { key };
            if key.is_empty() || checked.contains(&0) {
                return Err(Problem::Header);
            }
            match key {
                b"path" => extension.path = (!value.is_empty()).then(|| value.to_vec()),
                _ if value.is_empty() => {}
                b"size" => {
                    extension.size = decimal(value);
                    extension.is_malformed |= extension.size.is_none();
                }
                b"uid" | b"gid" => extension.is_malformed |= decimal(value).is_none(),
                b"atime" | b"mtime" | b"ctime" => extension.is_malformed |= !is_time(value),
                _ if key.starts_with(b"GNU.sparse.") => extension.is_sparse = true,
                _ => {}
            }
        }
        Ok(extension)
    }
}

/// The key and value of the first record, and what follows it. A record is `size key=value` and a newline, all of which
/// counts for the size.
fn record(records: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let space = records.iter().position(|&b| b == b' ')?;
    let size = usize::try_from(decimal(&records[..space])?).ok()?;
    if size < 5 || size > records.len() || size <= space + 1 {
        return None;
    }
    let (record, rest) = records.split_at(size);
    let record = record[space + 1..].strip_suffix(b"\n")?;
    let equals = record.iter().position(|&b| b == b'=')?;
    Some((&record[..equals], &record[equals + 1..], rest))
}

/// Seconds, maybe with decimals.
fn is_time(text: &[u8]) -> bool {
    let mut parts = text.splitn(2, |&b| b == b'.');
    let seconds = parts.next().unwrap_or_default();
    let decimals = parts.next().unwrap_or_default();
    decimal(seconds).is_some() && decimals.iter().all(u8::is_ascii_digit)
}

fn decimal(text: &[u8]) -> Option<i64> {
    std::str::from_utf8(text).ok()?.parse().ok()
}

/// The text up to the first NUL.
fn text_of(bytes: &[u8]) -> &[u8] {
    bytes.split(|&b| b == 0).next().unwrap_or(bytes)
}

/// A number in octal digits, or, marked by the first bit, in bytes.
fn numeric(field: &[u8]) -> Result<i64, Problem> {
    if field[0] & 0x80 == 0 {
        return octal(field);
    }
    let inverse = if field[0] & 0x40 == 0 { 0 } else { 0xff };
    let mut number: u64 = 0;
    for (at, byte) in field.iter().enumerate() {
        let byte = byte ^ inverse;
        let byte = if at == 0 { byte & 0x7f } else { byte };
        if number >> 56 > 0 {
            return Err(Problem::Header);
        }
        number = number << 8 | u64::from(byte);
    }
    let number = i64::try_from(number).map_err(|_| Problem::Header)?;
    Ok(if inverse == 0 { number } else { !number })
}

/// A number in octal digits between blanks and NULs; zero if there are none.
fn octal(field: &[u8]) -> Result<i64, Problem> {
    let is_blank = |b: &u8| matches!(b, b' ' | 0);
    let Some(start) = field.iter().position(|b| !is_blank(b)) else {
        return Ok(0);
    };
    let end = field.iter().rposition(|b| !is_blank(b)).unwrap_or(start);
    let mut number: u64 = 0;
    for &digit in text_of(&field[start..=end]) {
        if !(b'0'..=b'7').contains(&digit) {
            return Err(Problem::Header);
        }
        // Twelve digits at most fit well.
        number = number << 3 | u64::from(digit - b'0');
    }
    Ok(number as i64)
}
