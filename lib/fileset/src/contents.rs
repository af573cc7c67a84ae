//! [`Contents`]: the bytes of a file, in memory or still to be read, which can fail.

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
/// let contents = Contents::later(|| Ok(b"read when asked for".as_slice().into()));
/// assert_eq!(contents.bytes(), Ok(&b"read when asked for"[..]));
/// ```
#[derive(Clone)]
pub struct Contents(Kind);

#[derive(Clone)]
enum Kind {
    Known(Arc<[u8]>),
    Later(Arc<Later>),
}

struct Later {
    read: Box<dyn Fn() -> Result<Arc<[u8]>, ReadError> + Send + Sync>,
    bytes: OnceLock<Result<Arc<[u8]>, ReadError>>,
}

/// Why the contents of a file could not be read, in the words of whoever reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError(Arc<str>);

impl ReadError {
    /// An error of these words, which name the file.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into().into())
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ReadError {}

impl Contents {
    /// Contents that `read` gives, which is called at most once.
    pub fn later(read: impl Fn() -> Result<Arc<[u8]>, ReadError> + Send + Sync + 'static) -> Self {
        let (read, bytes) = (Box::new(read), OnceLock::new());
        Self(Kind::Later(Arc::new(Later { read, bytes })))
    }

    /// The bytes.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn bytes(&self) -> Result<&[u8], &ReadError> {
        self.known().map(|bytes| &**bytes)
    }

    /// The bytes, shared.
    ///
    /// # Errors
    /// They cannot be read.
    pub fn shared(&self) -> Result<Arc<[u8]>, &ReadError> {
        self.known().cloned()
    }

    /// How many bytes there are. `None` for what is read later, even when it has been read.
    ///
    /// ```
    /// use homescale_fileset::Contents;
    ///
    /// assert_eq!(Contents::from(*b"known").known_size(), Some(5));
    /// let later = Contents::later(|| Ok(b"later".as_slice().into()));
    /// assert_eq!((later.bytes(), later.known_size()), (Ok(&b"later"[..]), None));
    /// ```
    pub fn known_size(&self) -> Option<usize> {
        match &self.0 {
            Kind::Known(bytes) => Some(bytes.len()),
            Kind::Later(_) => None,
        }
    }

    fn known(&self) -> Result<&Arc<[u8]>, &ReadError> {
        match &self.0 {
            Kind::Known(bytes) => Ok(bytes),
            Kind::Later(later) => later.bytes.get_or_init(|| (later.read)()).as_ref(),
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
            _ => match self.bytes() {
                Ok(bytes) => String::from_utf8_lossy(bytes).fmt(f),
                Err(error) => error.fmt(f),
            },
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
            Ok(b"a".as_slice().into())
        });
        let copy = contents.clone();
        assert_eq!(format!("{contents:?}"), "(not read)");
        assert_eq!(reads.load(Ordering::Relaxed), 0);
        assert_eq!(
            (contents.bytes(), copy.bytes()),
            (Ok(&b"a"[..]), Ok(&b"a"[..]))
        );
        assert_eq!(reads.load(Ordering::Relaxed), 1);
    }
}
