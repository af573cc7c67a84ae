//! What kind of file something is, from its first bytes (Go's `http.DetectContentType`). Helm names the kind of a file
//! that is no archive.

/// How a kind of file begins.
enum Signature {
    /// With these bytes.
    Start(&'static [u8]),
    /// With these bytes where the mask has ones.
    Masked(&'static [u8], &'static [u8]),
    /// With a tag, in any case, after white space.
    Tag(&'static [u8]),
    /// With these bytes, after white space.
    AfterSpace(&'static [u8]),
    /// With a box of MPEG-4.
    Mpeg4,
    /// With no byte that text does not have.
    Text,
}

use Signature::{AfterSpace, Masked, Mpeg4, Start, Tag, Text};

const HTML: &str = "text/html; charset=utf-8";

/// The first that fits decides.
const SIGNATURES: &[(Signature, &str)] = &[
    (Tag(b"<!DOCTYPE HTML"), HTML),
    (Tag(b"<HTML"), HTML),
    (Tag(b"<HEAD"), HTML),
    (Tag(b"<SCRIPT"), HTML),
    (Tag(b"<IFRAME"), HTML),
    (Tag(b"<H1"), HTML),
    (Tag(b"<DIV"), HTML),
    (Tag(b"<FONT"), HTML),
    (Tag(b"<TABLE"), HTML),
    (Tag(b"<A"), HTML),
    (Tag(b"<STYLE"), HTML),
    (Tag(b"<TITLE"), HTML),
    (Tag(b"<B"), HTML),
    (Tag(b"<BODY"), HTML),
    (Tag(b"<BR"), HTML),
    (Tag(b"<P"), HTML),
    (Tag(b"<!--"), HTML),
    (AfterSpace(b"<?xml"), "text/xml; charset=utf-8"),
    (Start(b"%PDF-"), "application/pdf"),
    (Start(b"%!PS-Adobe-"), "application/postscript"),
    (Start(b"\xfe\xff"), "text/plain; charset=utf-16be"),
    (Start(b"\xff\xfe"), "text/plain; charset=utf-16le"),
    (Start(b"\xef\xbb\xbf"), "text/plain; charset=utf-8"),
    (Start(b"\0\0\x01\0"), "image/x-icon"),
    (Start(b"\0\0\x02\0"), "image/x-icon"),
    (Start(b"BM"), "image/bmp"),
    (Start(b"GIF87a"), "image/gif"),
    (Start(b"GIF89a"), "image/gif"),
    (
        Masked(
            b"RIFF\0\0\0\0WEBPVP",
            b"\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff\xff\xff",
        ),
        "image/webp",
    ),
    (Start(b"\x89PNG\r\n\x1a\n"), "image/png"),
    (Start(b"\xff\xd8\xff"), "image/jpeg"),
    (Masked(b"FORM\0\0\0\0AIFF", CHUNK), "audio/aiff"),
    (Start(b"ID3"), "audio/mpeg"),
    (Start(b"OggS\0"), "application/ogg"),
    (Start(b"MThd\0\0\0\x06"), "audio/midi"),
    (Masked(b"RIFF\0\0\0\0AVI ", CHUNK), "video/avi"),
    (Masked(b"RIFF\0\0\0\0WAVE", CHUNK), "audio/wave"),
    (Mpeg4, "video/mp4"),
    (Start(b"\x1a\x45\xdf\xa3"), "video/webm"),
    (Masked(&FONT.0, &FONT.1), "application/vnd.ms-fontobject"),
    (Start(b"\0\x01\0\0"), "font/ttf"),
    (Start(b"OTTO"), "font/otf"),
    (Start(b"ttcf"), "font/collection"),
    (Start(b"wOFF"), "font/woff"),
    (Start(b"wOF2"), "font/woff2"),
    (Start(GZIP), "application/x-gzip"),
    (Start(b"PK\x03\x04"), "application/zip"),
    (Start(b"Rar!\x1a\x07\0"), "application/x-rar-compressed"),
    (Start(b"Rar!\x1a\x07\x01\0"), "application/x-rar-compressed"),
    (Start(b"\0asm"), "application/wasm"),
    (Text, "text/plain; charset=utf-8"),
];

/// How gzip begins.
pub(crate) const GZIP: &[u8] = b"\x1f\x8b\x08";

/// The name of a container, any size, the name of what is in it.
const CHUNK: &[u8] = b"\xff\xff\xff\xff\0\0\0\0\xff\xff\xff\xff";

/// A font has two letters at a certain place. The bytes, and the mask.
const FONT: ([u8; 36], [u8; 36]) = {
    let (mut bytes, mut mask) = ([0; 36], [0; 36]);
    (bytes[34], bytes[35]) = (b'L', b'P');
    (mask[34], mask[35]) = (0xff, 0xff);
    (bytes, mask)
};

/// The media type of a file. Like Helm, it looks at 512 bytes, zeros where the file has less: a short text is none.
pub(crate) fn content_type(file: &[u8]) -> &'static str {
    let mut data = [0; 512];
    let size = file.len().min(data.len());
    data[..size].copy_from_slice(&file[..size]);
    let found = SIGNATURES
        .iter()
        .find(|(signature, _)| signature.fits(&data));
    found.map_or("application/octet-stream", |(_, name)| name)
}

impl Signature {
    fn fits(&self, data: &[u8]) -> bool {
        let is_space = |b: &u8| matches!(b, b'\t' | b'\n' | b'\x0c' | b'\r' | b' ');
        let start = data.iter().position(|b| !is_space(b)).unwrap_or(data.len());
        let text = &data[start..];
        match self {
            Start(bytes) => data.starts_with(bytes),
            AfterSpace(bytes) => text.starts_with(bytes),
            Masked(bytes, mask) => {
                let mut both = bytes.iter().zip(*mask).zip(data);
                both.all(|((byte, mask), found)| found & mask == *byte)
            }
            Tag(tag) => {
                let ends = matches!(text.get(tag.len()), Some(b' ' | b'>'));
                ends && text[..tag.len()].eq_ignore_ascii_case(tag)
            }
            Mpeg4 => {
                let size = u32::from_be_bytes([data[0], data[1], data[2], data[3]]) as usize;
                let has_form = size <= data.len() && size.is_multiple_of(4);
                let mut brands = (8..size).step_by(4).filter(|&at| at != 12);
                has_form
                    && data[4..].starts_with(b"ftyp")
                    && brands.any(|at| data[at..].starts_with(b"mp4"))
            }
            Text => !text
                .iter()
                .any(|b| matches!(b, 0..=8 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        let long = |start: &[u8]| [start, &[b' '; 600]].concat();
        for (start, kind) in [
            (b"a: 1\n".as_slice(), "text/plain; charset=utf-8"),
            (b" \n<!doctype html>", HTML),
            (b"<?xml version", "text/xml; charset=utf-8"),
            (b"PK\x03\x04", "application/zip"),
            (b"\x1f\x8b\x08\0", "application/x-gzip"),
            (b"\0\0\0\x18ftypmp42", "video/mp4"),
            (b"RIFF1234WAVE", "audio/wave"),
            (b"\x7fELF\x02\x01", "application/octet-stream"),
        ] {
            assert_eq!(content_type(&long(start)), kind);
        }
        assert_eq!(content_type(b"short text"), "application/octet-stream");
        assert_eq!(content_type(b""), "application/octet-stream");
        assert_eq!(content_type(&[0; 512]), "application/octet-stream");
    }
}
