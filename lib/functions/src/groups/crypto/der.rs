//! DER, as far as keys and certificates need it: elements are written as byte vectors, and read one after the other.

pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const UTF8_STRING: u8 = 0x0C;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
pub(super) const PRINTABLE_STRING: u8 = 0x13;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;

/// `NULL`.
pub(super) const NULL: &[u8] = &[0x05, 0x00];
/// `TRUE`.
pub(super) const TRUE: &[u8] = &[0x01, 0x01, 0xFF];

/// The tag of `[number]` around whole elements.
pub(super) const fn explicit(number: u8) -> u8 {
    0xA0 | number
}

/// The tag of `[number]` in place of the tag of a string.
pub(super) const fn implicit(number: u8) -> u8 {
    0x80 | number
}

/// An element whose contents are these parts, one after the other.
pub(super) fn element(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = Vec::with_capacity(length + 6);
    out.push(tag);
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes = length.to_be_bytes();
        let bytes = without_leading_zeros(&bytes);
        out.push(0x80 | bytes.len() as u8);
        out.extend_from_slice(bytes);
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}

/// `SEQUENCE { parts }`.
pub(super) fn sequence(parts: &[&[u8]]) -> Vec<u8> {
    element(SEQUENCE, parts)
}

/// An `INTEGER` that is not negative, from its bytes, the most significant first.
pub(super) fn integer(bytes: &[u8]) -> Vec<u8> {
    let bytes = without_leading_zeros(bytes);
    match bytes.first() {
        Some(first) if *first < 0x80 => element(INTEGER, &[bytes]),
        _ => element(INTEGER, &[&[0], bytes]),
    }
}

/// A `BIT STRING` of whole bytes.
pub(super) fn bit_string(bytes: &[u8]) -> Vec<u8> {
    element(BIT_STRING, &[&[0], bytes])
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}

/// An element that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) contents: &'a [u8],
    /// The element with its tag and length.
    pub(super) whole: &'a [u8],
}

/// Reads elements from the front of bytes. Only the shortest forms are accepted, as DER demands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    /// Whether nothing is left.
    pub(super) fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// The next element, whatever it is.
    pub(super) fn any(&mut self) -> Option<Element<'a>> {
        let whole = self.0;
        let (&tag, rest) = whole.split_first()?;
        if tag & 0x1F == 0x1F {
            return None;
        }
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = if first < 0x80 {
            (usize::from(first), rest)
        } else {
            let (bytes, rest) = rest.split_at_checked(usize::from(first & 0x7F))?;
            if bytes.is_empty() || bytes.len() > 4 || bytes[0] == 0 {
                return None;
            }
            let length = bytes
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte));
            if length < 0x80 {
                return None;
            }
            (length, rest)
        };
        let (contents, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        let whole = &whole[..whole.len() - rest.len()];
        Some(Element {
            tag,
            contents,
            whole,
        })
    }

    /// The next element, if it has this tag; else nothing is read.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Element<'a>> {
        let mut ahead = *self;
        let element = ahead.any().filter(|element| element.tag == tag)?;
        *self = ahead;
        Some(element)
    }

    /// The contents of the next element, which must have this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.optional(tag).map(|element| element.contents)
    }

    /// The bytes of an integer that is not negative, without leading zeros: none for zero.
    pub(super) fn integer(&mut self) -> Option<&'a [u8]> {
        match self.expect(INTEGER)? {
            // Empty, negative, or longer than it needs to be.
            [] | [0x80..=0xFF, ..] | [0, 0..0x80, ..] => None,
            bytes => Some(without_leading_zeros(bytes)),
        }
    }

    /// The bytes of a bit string of whole bytes.
    pub(super) fn bit_string(&mut self) -> Option<&'a [u8]> {
        match self.expect(BIT_STRING)? {
            [0, bytes @ ..] => Some(bytes),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_the_shortest() {
        assert_eq!(element(OCTET_STRING, &[&[7; 0x7F]])[..2], [4, 0x7F]);
        assert_eq!(element(OCTET_STRING, &[&[7; 0x80]])[..3], [4, 0x81, 0x80]);
        assert_eq!(element(OCTET_STRING, &[&[7; 300]])[..4], [4, 0x82, 1, 44]);
        for length in [0, 0x7F, 0x80, 300, 70_000] {
            let written = element(OCTET_STRING, &[&vec![7; length]]);
            let mut reader = Reader(&written);
            assert_eq!(reader.expect(OCTET_STRING).map(<[u8]>::len), Some(length));
            assert!(reader.is_empty());
        }
        for bad in [
            &[4, 0x81, 1, 7][..],
            &[4, 0x80],
            &[4, 0x82, 0, 0x80],
            &[4, 2, 7],
            &[4],
            &[0x1F, 0],
        ] {
            assert_eq!(Reader(bad).any(), None, "{bad:?}");
        }
    }

    #[test]
    fn integers_are_not_negative() {
        assert_eq!(integer(&[0, 0, 0x80]), [2, 2, 0, 0x80]);
        assert_eq!(integer(&[0]), [2, 1, 0]);
        assert_eq!(integer(&[0, 5]), [2, 1, 5]);
        for number in [&[][..], &[5], &[0x80], &[1, 0]] {
            assert_eq!(Reader(&integer(number)).integer(), Some(number));
        }
        for bad in [&[2, 0][..], &[2, 1, 0x80], &[2, 2, 0, 5]] {
            assert_eq!(Reader(bad).integer(), None, "{bad:?}");
        }
    }
}
