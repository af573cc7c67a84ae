//! Names of files that are not UTF-8, as paths of a [`FileSet`](crate::FileSet), which are text.

use std::borrow::Cow;

/// What stands for the byte 0 of a name that is not UTF-8; those of its bytes that are no text follow, at the end of the last
/// area for private use.
const BASE: u32 = 0x0010_FF00;

/// The first byte that is no text by itself.
const FIRST: u32 = 0x80;

/// A name as text, from which [`name_of_text`] makes the same name again. Of most it is the name itself; a byte that is not UTF-8
/// becomes a character for private use.
///
/// ```
/// use homescale_fileset::{name_of_text, text_of_name};
///
/// assert_eq!(text_of_name(b"caf\xc3\xa9.txt"), "café.txt");
/// let text = text_of_name(b"caf\xe9.txt");
/// assert_eq!(&*name_of_text(&text), b"caf\xe9.txt");
/// ```
pub fn text_of_name(name: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(name) {
        Ok(text) if !text.chars().any(stands_for_a_byte) => return text.into(),
        _ => {}
    }
    let mut out = String::with_capacity(name.len() + 8);
    for chunk in name.utf8_chunks() {
        for c in chunk.valid().chars() {
            // One that is in the name already is taken for its bytes, so that none becomes another.
            if stands_for_a_byte(c) {
                out.extend(c.encode_utf8(&mut [0; 4]).bytes().filter_map(character));
            } else {
                out.push(c);
            }
        }
        out.extend(chunk.invalid().iter().copied().filter_map(character));
    }
    out.into()
}

/// The name that a text was made of by [`text_of_name`].
pub fn name_of_text(text: &str) -> Cow<'_, [u8]> {
    if !text.chars().any(stands_for_a_byte) {
        return text.as_bytes().into();
    }
    let mut out = Vec::with_capacity(text.len());
    for c in text.chars() {
        if stands_for_a_byte(c) {
            out.push((u32::from(c) - BASE) as u8);
        } else {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    out.into()
}

fn stands_for_a_byte(c: char) -> bool {
    u32::from(c) >= BASE + FIRST
}

fn character(byte: u8) -> Option<char> {
    char::from_u32(BASE + u32::from(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_names_become_one_text() {
        let names: [&[u8]; 6] = [
            b"a",
            b"\xff",
            b"\x80a\xc3",
            b"\xe2\x82",
            "\u{10ffff}".as_bytes(),
            "é\u{10ff80}\u{10ff7f}".as_bytes(),
        ];
        let texts = names.map(|name| text_of_name(name).into_owned());
        for (index, text) in texts.iter().enumerate() {
            assert_eq!(&*name_of_text(text), names[index]);
            assert!(!texts[..index].contains(text), "{text:?}");
        }
    }
}
