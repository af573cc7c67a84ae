//! [`Builder`]: a text in the making that knows how long it may become.

use std::fmt;

/// What a [`Builder`] writes to: bytes, or text.
pub trait Buffer: Default {
    /// What is appended.
    type Part: ?Sized + AsRef<[u8]>;

    /// How many bytes there are.
    fn length(&self) -> usize;

    /// How many bytes there is room for without another allocation.
    fn room(&self) -> usize;

    /// Makes room for this many bytes more, and for no others.
    fn make_room(&mut self, more: usize);

    /// Appends a part.
    fn append(&mut self, part: &Self::Part);
}

impl Buffer for Vec<u8> {
    type Part = [u8];

    fn length(&self) -> usize {
        self.len()
    }

    fn room(&self) -> usize {
        self.capacity()
    }

    fn make_room(&mut self, more: usize) {
        self.reserve_exact(more);
    }

    fn append(&mut self, part: &[u8]) {
        self.extend_from_slice(part);
    }
}

impl Buffer for String {
    type Part = str;

    fn length(&self) -> usize {
        self.len()
    }

    fn room(&self) -> usize {
        self.capacity()
    }

    fn make_room(&mut self, more: usize) {
        self.reserve_exact(more);
    }

    fn append(&mut self, part: &str) {
        self.push_str(part);
    }
}

/// A text in the making (`strings.Builder`) that never becomes longer than it may.
///
/// What would make it longer is left out, and so is all that follows: whoever writes need not look after each part, and the
/// end says whether all of it is there. Loops that go on for long ask [`Self::is_full`].
///
/// ```
/// use homescale_go::strings::{Builder, TooLong};
///
/// let mut short = Builder::within(4);
/// short.push(b"abc");
/// short.push(b"de");
/// assert_eq!(short.finish(), Err(TooLong));
/// ```
#[derive(Clone, Debug)]
pub struct Builder<B: Buffer = Vec<u8>> {
    buffer: B,
    /// How long it may become.
    most: usize,
    /// How long it may become without another allocation; 0 once something was left out.
    ready: usize,
    is_full: bool,
}

/// A text would be longer than it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is longer than there is room for")
    }
}

impl std::error::Error for TooLong {}

impl<B: Buffer> Builder<B> {
    /// A text that goes on after what is there, by at most this many bytes.
    pub fn after(buffer: B, most: usize) -> Self {
        let most = buffer.length().saturating_add(most);
        Self {
            most,
            ready: buffer.room().min(most),
            buffer,
            is_full: false,
        }
    }

    /// The same with room for a text of this length, unless it may not become as long.
    pub fn sized(mut self, length: usize) -> Self {
        let room = self.most - self.buffer.length();
        self.buffer.make_room(length.min(room));
        self.ready = self.buffer.room().min(self.most);
        self
    }

    /// How many bytes there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.buffer.length()
    }

    /// Whether there is nothing yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether something was left out.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.is_full
    }

    /// Appends a part, if there is room for it.
    #[inline]
    pub fn push(&mut self, part: &B::Part) {
        let length = self.buffer.length() + part.as_ref().len();
        if length > self.ready && !self.grow(length) {
            return;
        }
        self.buffer.append(part);
    }

    /// Makes room for a text of this length. It doubles as others do, but not beyond what it may hold.
    #[cold]
    fn grow(&mut self, length: usize) -> bool {
        if self.is_full || length > self.most {
            (self.is_full, self.ready) = (true, 0);
            return false;
        }
        let doubled = self.buffer.room().saturating_mul(2).max(64);
        let wanted = doubled.max(length).min(self.most);
        self.buffer.make_room(wanted - self.buffer.length());
        self.ready = self.buffer.room().min(self.most);
        true
    }

    /// The text.
    ///
    /// # Errors
    /// Some of it was left out.
    pub fn finish(self) -> Result<B, TooLong> {
        if self.is_full {
            Err(TooLong)
        } else {
            Ok(self.buffer)
        }
    }

    /// What there is of the text, and whether that is all.
    pub fn into_parts(self) -> (B, bool) {
        (self.buffer, !self.is_full)
    }
}

impl Builder {
    /// No bytes yet, and at most this many.
    pub fn within(most: usize) -> Self {
        Self::after(Vec::new(), most)
    }
}

impl Builder<String> {
    /// Appends a character.
    #[inline]
    pub fn put(&mut self, c: char) {
        self.push(c.encode_utf8(&mut [0; 4]));
    }
}

impl fmt::Write for Builder<String> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_follows_what_was_left_out() {
        let mut text = Builder::after("ab".to_owned(), 3);
        text.push("cde");
        text.push("too long");
        text.push("");
        text.put('f');
        assert!(text.is_full());
        assert_eq!(text.into_parts(), ("abcde".to_owned(), false));
    }

    #[test]
    fn no_more_memory_is_taken_than_the_text_may_have() {
        let mut text = Builder::within(1_000);
        for _ in 0..100 {
            text.push(b"0123456789");
        }
        let text = text.finish().expect("a thousand bytes fit");
        assert_eq!((text.len(), text.capacity()), (1_000, 1_000));
    }
}
