//! Decompression piece by piece (Go's package `gzip`): nothing is decompressed before it is asked for.

use std::fmt;

use flate2::{Crc, Decompress, FlushDecompress, Status};

/// Why compressed data cannot be read. The texts are Go's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// There is nothing at all.
    Empty,
    /// It does not start as gzip does.
    Header,
    /// It stops too early.
    Truncated,
    /// It is not what was compressed.
    Checksum,
    /// It cannot be decompressed from about this byte on.
    Corrupt(u64),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("EOF"),
            Self::Header => f.write_str("gzip: invalid header"),
            Self::Truncated => f.write_str("unexpected EOF"),
            Self::Checksum => f.write_str("gzip: invalid checksum"),
            Self::Corrupt(at) => write!(f, "flate: corrupt input before offset {at}"),
        }
    }
}

/// The longest name or comment in a header.
const MAX_TEXT: usize = 512;

/// Reads compressed data: one gzip file, or several in a row, which count as one.
pub(super) struct Gunzip<'a> {
    input: &'a [u8],
    inflate: Decompress,
    crc: Crc,
    /// What the next read gives: `Ok` at the end of the last file.
    stopped: Option<Result<(), Problem>>,
}

impl<'a> Gunzip<'a> {
    /// Reads the first header.
    pub(super) fn new(mut input: &'a [u8]) -> Result<Self, Problem> {
        if input.is_empty() {
            return Err(Problem::Empty);
        }
        skip_header(&mut input)?;
        Ok(Self {
            input,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            stopped: None,
        })
    }

    /// Fills the buffer, and says how much of it is filled: less than all only at the end of the data.
    ///
    /// # Errors
    /// The buffer cannot be filled because the data are damaged.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, Problem> {
        let mut filled = 0;
        while filled < buffer.len() {
            match self.stopped {
                None => {}
                Some(Ok(())) => break,
                Some(Err(problem)) => return Err(problem),
            }
            filled += self.inflate(&mut buffer[filled..]);
        }
        Ok(filled)
    }

    fn inflate(&mut self, buffer: &mut [u8]) -> usize {
        let (taken, given) = (self.inflate.total_in(), self.inflate.total_out());
        let result = self
            .inflate
            .decompress(self.input, buffer, FlushDecompress::None);
        let taken = self.inflate.total_in() - taken;
        let given = (self.inflate.total_out() - given) as usize;
        self.input = &self.input[taken as usize..];
        self.crc.update(&buffer[..given]);
        match result {
            Ok(Status::StreamEnd) => self.stopped = self.next_file().transpose(),
            Ok(_) if taken == 0 && given == 0 => self.stopped = Some(Err(Problem::Truncated)),
            Ok(_) => {}
            Err(_) => self.stopped = Some(Err(Problem::Corrupt(self.inflate.total_in()))),
        }
        given
    }

    /// Checks the end of a file and goes on to the next, or says that there is none.
    fn next_file(&mut self) -> Result<Option<()>, Problem> {
        let trailer = take(&mut self.input, 8)?;
        let expected = [
            self.crc.sum().to_le_bytes(),
            self.crc.amount().to_le_bytes(),
        ];
        if trailer != expected.as_flattened() {
            return Err(Problem::Checksum);
        }
        if self.input.is_empty() {
            return Ok(Some(()));
        }
        skip_header(&mut self.input)?;
        self.inflate.reset(false);
        self.crc.reset();
        Ok(None)
    }
}

fn skip_header(input: &mut &[u8]) -> Result<(), Problem> {
    let start = *input;
    let fixed = take(input, 10)?;
    if !fixed.starts_with(&[0x1f, 0x8b, 8]) {
        return Err(Problem::Header);
    }
    let has = |flag: u8| fixed[3] & flag != 0;
    if has(4) {
        let size = take(input, 2)?;
        take(input, usize::from(u16::from_le_bytes([size[0], size[1]])))?;
    }
    // The name, and the comment.
    for flag in [8, 16] {
        if has(flag) {
            skip_text(input)?;
        }
    }
    if has(2) {
        let mut crc = Crc::new();
        crc.update(&start[..start.len() - input.len()]);
        if take(input, 2)? != &crc.sum().to_le_bytes()[..2] {
            return Err(Problem::Header);
        }
    }
    Ok(())
}

fn skip_text(input: &mut &[u8]) -> Result<(), Problem> {
    let start = &input[..input.len().min(MAX_TEXT)];
    match start.iter().position(|&b| b == 0) {
        Some(end) => *input = &input[end + 1..],
        None if start.len() == MAX_TEXT => return Err(Problem::Header),
        None => return Err(Problem::Truncated),
    }
    Ok(())
}

fn take<'a>(input: &mut &'a [u8], size: usize) -> Result<&'a [u8], Problem> {
    let (taken, rest) = input.split_at_checked(size).ok_or(Problem::Truncated)?;
    *input = rest;
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, GzBuilder, write::GzEncoder};

    use super::*;

    fn compress(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    fn read_all(input: &[u8]) -> Result<Vec<u8>, Problem> {
        let mut gunzip = Gunzip::new(input)?;
        let mut all = Vec::new();
        let mut buffer = [0; 7];
        loop {
            let size = gunzip.read(&mut buffer)?;
            all.extend_from_slice(&buffer[..size]);
            if size < buffer.len() {
                return Ok(all);
            }
        }
    }

    #[test]
    fn files_in_a_row_are_one() {
        let text = b"what is read in pieces is the whole".as_slice();
        let mut twice = compress(text);
        twice.extend(compress(b""));
        twice.extend(compress(text));
        assert_eq!(read_all(&twice).unwrap(), [text, text].concat());
    }

    #[test]
    fn optional_parts_of_the_header_are_skipped() {
        let mut encoder = GzBuilder::new()
            .filename("name")
            .comment("comment")
            .extra(*b"extra")
            .write(Vec::new(), Compression::fast());
        encoder.write_all(b"text").unwrap();
        assert_eq!(read_all(&encoder.finish().unwrap()).unwrap(), b"text");
    }

    #[test]
    fn damage_is_named_as_go_names_it() {
        let whole = compress(b"some text that compresses a little, a little");
        let problem = |input: &[u8]| read_all(input).unwrap_err().to_string();
        assert_eq!(problem(b""), "EOF");
        assert_eq!(problem(&whole[..5]), "unexpected EOF");
        assert_eq!(problem(&whole[..20]), "unexpected EOF");
        assert_eq!(problem(&whole[..whole.len() - 1]), "unexpected EOF");
        assert_eq!(problem(b"version https://git-lfs"), "gzip: invalid header");
        let mut damaged = whole.clone();
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(problem(&damaged), "gzip: invalid checksum");
        damaged.clone_from(&whole);
        damaged[10] = 0xff;
        assert!(problem(&damaged).starts_with("flate: corrupt input before offset "));
        damaged.clone_from(&whole);
        damaged.extend_from_slice(b"garbage that follows");
        assert_eq!(problem(&damaged), "gzip: invalid header");
    }
}
