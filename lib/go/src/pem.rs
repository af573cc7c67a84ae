//! Go's `encoding/pem`: text around a block, headers and white space are allowed.

use data_encoding::BASE64;

use crate::base64;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"\n-----END ";
const DASHES: &[u8] = b"-----";

/// What stands between the lines `BEGIN` and `END` (`pem.Block`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// `CERTIFICATE`, `RSA PRIVATE KEY`.
    pub label: Vec<u8>,
    /// What is encoded.
    pub bytes: Vec<u8>,
}

/// A block of that label, with lines of 64 characters (`pem.EncodeToMemory`).
pub fn encode(label: &str, bytes: &[u8]) -> String {
    let text = BASE64.encode(bytes);
    let mut out = format!("-----BEGIN {label}-----\n");
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        out.push_str(line);
        out.push('\n');
        rest = after;
    }
    out + "-----END " + label + "-----\n"
}

/// The first block that can be read, if there is one (`pem.Decode`).
///
/// ```
/// use homescale_go::pem;
///
/// let text = pem::encode("CERTIFICATE", b"hi");
/// assert_eq!(pem::decode(text.as_bytes()).unwrap().bytes, b"hi");
/// ```
pub fn decode(text: &[u8]) -> Option<Block> {
    let mut rest = text;
    loop {
        let end = memchr::memmem::find(rest, END)?;
        let after = &rest[end + END.len()..];
        if let Some(block) = block(&rest[..end], after) {
            return Some(block);
        }
        rest = after;
    }
}

/// The block whose first line is the last `BEGIN` of `head`, and whose last line continues with `tail`.
fn block(head: &[u8], tail: &[u8]) -> Option<Block> {
    let begin = memchr::memmem::rfind(head, BEGIN)?;
    if begin > 0 && head[begin - 1] != b'\n' {
        return None;
    }
    let (first, mut body) = line(&head[begin + BEGIN.len()..]);
    let label = first.strip_suffix(DASHES)?;
    loop {
        let (first, after) = line(body);
        if !first.contains(&b':') {
            break;
        }
        body = after;
    }
    let (last, _) = line(tail.strip_prefix(label)?.strip_prefix(DASHES)?);
    if !last.is_empty() {
        return None;
    }
    let is_blank = |byte: &u8| matches!(byte, b' ' | b'\t');
    let text: Vec<u8> = body
        .iter()
        .copied()
        .filter(|byte| !is_blank(byte))
        .collect();
    let bytes = base64::decode(&text).ok()?;
    let label = label.to_vec();
    Some(Block { label, bytes })
}

/// The first line without the white space at its end, and what follows it.
fn line(text: &[u8]) -> (&[u8], &[u8]) {
    let (line, rest) = match memchr::memchr(b'\n', text) {
        Some(at) => {
            let line = &text[..at];
            (line.strip_suffix(b"\r").unwrap_or(line), &text[at + 1..])
        }
        None => (text, &[][..]),
    };
    let blanks = line
        .iter()
        .rev()
        .take_while(|byte| matches!(byte, b' ' | b'\t'));
    (&line[..line.len() - blanks.count()], rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, 47, 48, 49, 200] {
            let bytes = vec![b'x'; length];
            let text = encode("TEST", &bytes);
            assert!(text.lines().all(|line| line.len() <= 64));
            let label = b"TEST".to_vec();
            assert_eq!(decode(text.as_bytes()), Some(Block { label, bytes }));
        }
    }

    #[test]
    fn text_around_a_block_is_skipped() {
        let text = "a\n-----BEGIN A-----\nstray\n-----BEGIN B----- \r\nKey: value\r\n\n aG k=\t\r\n-----END B-----  \nz";
        let block = decode(text.as_bytes()).expect("the second block is whole");
        assert_eq!(
            (&block.label[..], &block.bytes[..]),
            (&b"B"[..], &b"hi"[..])
        );
    }

    #[test]
    fn broken_blocks_are_none() {
        for text in [
            "",
            "-----BEGIN A-----\naGk=\n-----END B-----\n",
            "-----BEGIN A-----\naGk\n-----END A-----\n",
            "-----BEGIN A-----\naGk=\n-----END A----- x\n",
            "x-----BEGIN A-----\naGk=\n-----END A-----\n",
            "-----BEGIN A-----aGk=\n-----END A-----\n",
            "-----BEGIN A-----\naGk=-----END A-----\n",
        ] {
            assert_eq!(decode(text.as_bytes()), None, "{text}");
        }
    }
}
