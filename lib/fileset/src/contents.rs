//! [`Contents`]: the bytes of a file, in memory or still to be read.

use std::fmt;
use std::sync::{Arc, OnceLock};

/// The contents of a file. Clones share them.
///
/// Contents that nobody asks for need not be read: a chart has a README, and custom resources that are not printed, which may
/// be most of it.
///
/// ```
/// use homescale_fileset::Contents;
///
/// let contents = Contents::later(|| b"read when asked for".as_slice().into());
/// assert_eq!(contents.bytes(), b"read when asked for");
/// ```
#[derive(Clone)]
pub struct Contents(Kind);

#[derive(Clone)]
enum Kind {
    Known(Arc<[u8]>),
    Later(Arc<Later>),
}

struct Later {
    read: Box<dyn Fn() -> Arc<[u8]> + Send + Sync>,
    bytes: OnceLock<Arc<[u8]>>,
}

impl Contents {
    /// Contents that `read` gives, which is called at most once. It has no way to fail: who can fail to read keeps the error,
    /// and tells it before anything is made of the bytes.
    pub fn later(read: impl Fn() -> Arc<[u8]> + Send + Sync + 'static) -> Self {
        let (read, bytes) = (Box::new(read), OnceLock::new());
        Self(Kind::Later(Arc::new(Later { read, bytes })))
    }

    /// The bytes.
    pub fn bytes(&self) -> &[u8] {
        self.known()
    }

    /// The bytes, shared.
    pub fn shared(&self) -> Arc<[u8]> {
        Arc::clone(self.known())
    }

    fn known(&self) -> &Arc<[u8]> {
        match &self.0 {
            Kind::Known(bytes) => bytes,
            Kind::Later(later) => later.bytes.get_or_init(|| (later.read)()),
        }
    }
}

impl<B: Into<Arc<[u8]>>> From<B> for Contents {
    fn from(bytes: B) -> Self {
        Self(Kind::Known(bytes.into()))
    }
}

impl PartialEq for Contents {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for Contents {}

impl fmt::Debug for Contents {
    /// Does not read what has not been read.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Later(later) if later.bytes.get().is_none() => f.write_str("(not read)"),
            _ => String::from_utf8_lossy(self.bytes()).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn contents_are_read_once_and_only_when_asked_for() {
        let reads = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&reads);
        let contents = Contents::later(move || {
            counter.fetch_add(1, Ordering::Relaxed);
            b"a".as_slice().into()
        });
        let copy = contents.clone();
        assert_eq!(format!("{contents:?}"), "(not read)");
        assert_eq!(reads.load(Ordering::Relaxed), 0);
        assert_eq!((contents.bytes(), copy.bytes()), (&b"a"[..], &b"a"[..]));
        assert_eq!(reads.load(Ordering::Relaxed), 1);
    }
}
