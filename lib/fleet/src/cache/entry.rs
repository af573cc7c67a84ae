//! The form of an entry: a line with a digest of its key and the rest, and the manifests.

use memchr::memchr;

use super::hasher::{FORMAT, Hasher, Key};

/// The entry of a key, for manifests.
pub(crate) fn encode(key: &Key, manifests: &[u8]) -> Vec<u8> {
    [head(key, manifests).as_bytes(), manifests].concat()
}

/// The manifests of the entry of a key. `None` where it is not as it was written: cut off, of another form or another key, or
/// changed by somebody.
pub(crate) fn decode(key: &Key, mut entry: Vec<u8>) -> Option<Vec<u8>> {
    let end = memchr(b'\n', &entry)? + 1;
    let is_as_written = entry[..end] == *head(key, &entry[end..]).as_bytes();
    is_as_written.then(|| {
        entry.drain(..end);
        entry
    })
}

fn head(key: &Key, manifests: &[u8]) -> String {
    let mut hasher = Hasher::new(FORMAT);
    hasher.tell(&key.0);
    hasher.tell(manifests);
    format!("{FORMAT} {}\n", hasher.key())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_believed_only_as_it_was_written() {
        let key = Hasher::new("a").key();
        let entry = encode(&key, b"kind: Pod\n");
        let manifests = decode(&key, entry.clone());
        assert_eq!(manifests.as_deref(), Some(&b"kind: Pod\n"[..]));
        assert_eq!(decode(&Hasher::new("b").key(), entry.clone()), None);
        for cut in 0..entry.len() {
            assert_eq!(decode(&key, entry[..cut].to_vec()), None);
            let mut changed = entry.clone();
            changed[cut] ^= 1;
            assert_eq!(decode(&key, changed), None);
        }
        assert_eq!(decode(&key, encode(&key, b"")), Some(Vec::new()));
    }
}
