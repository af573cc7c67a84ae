//! The form of an entry: a line with a digest of the rest, and the manifests.

use memchr::memchr;

use super::hasher::{FORMAT, Hasher};

/// An entry for manifests.
pub(crate) fn encode(manifests: &[u8]) -> Vec<u8> {
    [head(manifests).as_bytes(), manifests].concat()
}

/// The manifests of an entry. `None` where it is not as it was written: cut off, of another form, or changed by somebody.
pub(crate) fn decode(mut entry: Vec<u8>) -> Option<Vec<u8>> {
    let end = memchr(b'\n', &entry)? + 1;
    let manifests = entry.split_off(end);
    (entry == head(&manifests).as_bytes()).then_some(manifests)
}

fn head(manifests: &[u8]) -> String {
    let mut hasher = Hasher::new(FORMAT);
    hasher.tell(manifests);
    format!("{FORMAT} {}\n", hasher.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_believed_only_as_it_was_written() {
        let entry = encode(b"kind: Pod\n");
        assert_eq!(decode(entry.clone()).as_deref(), Some(&b"kind: Pod\n"[..]));
        for cut in 0..entry.len() {
            assert_eq!(decode(entry[..cut].to_vec()), None);
            let mut changed = entry.clone();
            changed[cut] ^= 1;
            assert_eq!(decode(changed), None);
        }
        assert_eq!(decode(encode(b"")), Some(Vec::new()));
    }
}
