//! Flags, width and precision of a directive, and padding.

use homescale_go::utf8;

/// The flags, width and precision of the directive in progress.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spec {
    pub(super) width: Option<usize>,
    pub(super) precision: Option<usize>,
    /// `-`: pad on the right.
    pub(super) minus: bool,
    /// `+`: always a sign; escape what is not ASCII.
    pub(super) plus: bool,
    /// `#`: prefixes, back quotes, trailing zeros.
    pub(super) sharp: bool,
    /// A space: room for a sign; spaces between bytes in hexadecimal.
    pub(super) space: bool,
    /// `0`: pad on the left with zeros.
    pub(super) zero: bool,
    /// `%+v`, where `+` names the fields of structs instead.
    pub(super) plus_v: bool,
    /// `%#v`, where `#` asks for Go syntax instead.
    pub(super) sharp_v: bool,
}

impl Spec {
    /// Gives `#` and `+` the meaning they have before the verb `v`.
    pub(super) fn for_v(&mut self) {
        self.sharp_v = std::mem::take(&mut self.sharp);
        self.plus_v = std::mem::take(&mut self.plus);
    }

    /// The same without the `0` flag.
    pub(super) fn without_zero(self) -> Self {
        Self {
            zero: false,
            ..self
        }
    }

    /// Whether padding goes to the left and consists of zeros.
    pub(super) fn pads_with_zeros(self) -> bool {
        self.zero && !self.minus
    }

    /// Appends `text`, padded to the width, which counts runes.
    pub(super) fn pad(self, out: &mut Vec<u8>, text: &[u8]) {
        let missing = self
            .width
            .map_or(0, |width| width.saturating_sub(utf8::rune_count(text)));
        if self.minus {
            out.extend_from_slice(text);
            self.push_padding(out, missing);
        } else {
            self.push_padding(out, missing);
            out.extend_from_slice(text);
        }
    }

    /// Appends `count` bytes of padding.
    pub(super) fn push_padding(self, out: &mut Vec<u8>, count: usize) {
        let byte = if self.pads_with_zeros() { b'0' } else { b' ' };
        out.resize(out.len() + count, byte);
    }

    /// The part of a text that the precision leaves.
    pub(super) fn truncate(self, text: &[u8]) -> &[u8] {
        self.precision
            .map_or(text, |limit| utf8::truncate(text, limit))
    }
}
