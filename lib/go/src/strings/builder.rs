//! [`Builder`]: a text in the making that knows how long it may become.

use std::fmt;

/// What a [`Builder`] writes to: bytes, or text.
pub trait Buffer: Default + AsRef<[u8]> {
    /// What is appended.
    type Part: ?Sized + AsRef<[u8]>;

    /// How many bytes there is room for without another allocation.
    fn room(&self) -> usize;

    /// Makes room for this many bytes more, and for no others.
    fn make_room(&mut self, more: usize);

    /// Appends a part.
    fn append(&mut self, part: &Self::Part);
}

impl Buffer for Vec<u8> {
    type Part = [u8];

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
/// end says whether all of it is there. Loops that go on for long ask [`Self::is_full`]. A text that can be written twice is
/// better [built](build).
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
    /// How much of it is kept: all of it, or the beginning of what is only counted.
    kept: usize,
    /// How long it may become without another allocation; 0 once something was left out.
    ready: usize,
    /// How many bytes were left out, up to the one that makes the text too long.
    left_out: usize,
}

/// How long a text may be that is written without knowing its length: it is soon done, or given up.
const SHORT: usize = 64 << 10;

/// The text that a function writes, if it has room in this many bytes. It is likely to be about as long as `guess`, for which
/// there is room.
///
/// The function writes the same again when it is called again: the length of a long text is counted before the text is begun,
/// so that one for which there is no room takes none.
///
/// ```
/// use homescale_go::strings::{TooLong, build};
///
/// let write = |count| build(1 << 20, 0, move |out| (0..count).for_each(|_| out.push(b"ten bytes.")));
/// assert_eq!(write(100_000).map(|text| text.len()), Ok(1_000_000));
/// assert_eq!(write(1_000_000), Err(TooLong));
/// ```
pub fn build(room: usize, guess: usize, write: impl Fn(&mut Builder)) -> Result<Vec<u8>, TooLong> {
    let kept = guess.saturating_mul(2).max(SHORT).min(room);
    let mut out = Builder {
        kept,
        ..Builder::within(room)
    }
    .sized(guess);
    write(&mut out);
    if out.is_full() {
        return Err(TooLong);
    }
    let length = out.buffer.len() + out.left_out;
    if out.left_out > 0 {
        drop(out);
        out = Builder::within(length).sized(length);
        write(&mut out);
    }
    out.finish()
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
        let most = buffer.as_ref().len().saturating_add(most);
        Self {
            most,
            kept: most,
            ready: buffer.room().min(most),
            buffer,
            left_out: 0,
        }
    }

    /// The same with room for a text of this length, unless it may not become as long.
    pub fn sized(mut self, length: usize) -> Self {
        let room = self.kept - self.len();
        self.buffer.make_room(length.min(room));
        self.ready = self.buffer.room().min(self.kept);
        self
    }

    /// How many bytes there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.buffer.as_ref().len()
    }

    /// Whether there is nothing yet.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the text is longer than it may become.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.left_out > self.most - self.len()
    }

    /// Appends a part, if there is room for it.
    #[inline]
    pub fn push(&mut self, part: &B::Part) {
        let part_length = part.as_ref().len();
        if self.len() + part_length > self.ready && !self.grow(part_length) {
            return;
        }
        self.buffer.append(part);
    }

    /// Makes room for a part of this length. It doubles as others do, but not beyond what it may hold.
    #[cold]
    fn grow(&mut self, part: usize) -> bool {
        let length = self.len() + part;
        if self.left_out > 0 || length > self.kept {
            self.left_out = self.left_out.saturating_add(part);
            self.ready = 0;
            return false;
        }
        let doubled = self.buffer.room().saturating_mul(2).max(64);
        let wanted = doubled.max(length).min(self.kept);
        self.buffer.make_room(wanted - self.len());
        self.ready = self.buffer.room().min(self.kept);
        true
    }

    /// The text.
    ///
    /// # Errors
    /// Some of it was left out.
    pub fn finish(self) -> Result<B, TooLong> {
        if self.left_out > 0 {
            Err(TooLong)
        } else {
            Ok(self.buffer)
        }
    }

    /// What there is of the text, and whether that is all.
    pub fn into_parts(self) -> (B, bool) {
        (self.buffer, self.left_out == 0)
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
    use std::cell::Cell;

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

    #[test]
    fn a_long_text_is_begun_when_its_length_is_known() {
        let part = [b'x'; 1_000];
        for (parts, room, times) in [
            (60, 1 << 20, 1),
            (1_000, 1_000_000, 2),
            (1_001, 1_000_000, 1),
        ] {
            let (calls, kept) = (Cell::new(0), Cell::new(0));
            let text = build(room, 0, |out| {
                calls.set(calls.get() + 1);
                for _ in 0..parts {
                    out.push(&part);
                }
                kept.set(out.buffer.capacity());
            });
            assert_eq!(calls.get(), times, "{parts}");
            match text {
                Ok(text) => {
                    assert!(text.len() == parts * 1_000 && kept.get() <= text.len().max(SHORT));
                }
                Err(TooLong) => assert!(parts * 1_000 > room && kept.get() <= SHORT),
            }
        }
    }

    #[test]
    fn who_writes_without_end_is_told_to_stop() {
        let text = build(1_000_000, 0, |out| {
            while !out.is_full() {
                out.push(b"again and ");
            }
        });
        assert_eq!(text, Err(TooLong));
    }
}
