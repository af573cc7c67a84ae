//! Chooses how a string is written: plain, quoted, or as a literal block.
//!
//! One pass over the bytes collects what the text contains; the choice follows from that, from the
//! dialect, and from whether a reader would take the bare text for something that is no string.

use super::dialect::Dialect;
use super::implicit;

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScalarStyle {
    Plain,
    Single,
    Double,
    Literal,
}

/// What the writers need to know about a string: computed once, by [`Form::of`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) style: ScalarStyle,
    /// Holds a line break of any kind, so it cannot be a one-line key.
    pub(super) multiline: bool,
    /// Only ASCII: its width in columns is its length in bytes.
    pub(super) ascii: bool,
    /// Holds a space where a long line could be folded.
    pub(super) spaces: bool,
}

impl Form {
    /// The form of a string that carries no tag.
    pub(super) fn of(text: &str, dialect: Dialect) -> Self {
        let found = Analysis::in_text(text.as_bytes(), dialect);
        let style = if found.newline {
            ScalarStyle::Literal
        } else if implicit::needs_quotes(text, dialect) {
            ScalarStyle::Double
        } else {
            ScalarStyle::Plain
        };
        found.form(style)
    }

    /// The form of base64 text under a `!!binary` tag: the tag settles the type, so no quotes are needed for it.
    pub(super) fn of_binary(text: &str, dialect: Dialect) -> Self {
        let found = Analysis::in_text(text.as_bytes(), dialect);
        let style = if found.newline {
            ScalarStyle::Literal
        } else {
            ScalarStyle::Plain
        };
        found.form(style)
    }
}

/// The byte may take part in a decision. Everything else is ordinary text.
const ORDINARY: u8 = 0;
const SPACE: u8 = 1;
const TAB: u8 = 2;
const NEWLINE: u8 = 3;
const RETURN: u8 = 4;
const COLON: u8 = 5;
const HASH: u8 = 6;
const NUL: u8 = 7;
const CONTROL: u8 = 8;
const WIDE: u8 = 9;

const CLASS: [u8; 256] = {
    let mut table = [ORDINARY; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b' ' => SPACE,
            b'\t' => TAB,
            b'\n' => NEWLINE,
            b'\r' => RETURN,
            b':' => COLON,
            b'#' => HASH,
            0 => NUL,
            1..=0x1F | 0x7F => CONTROL,
            0x80.. => WIDE,
            _ => ORDINARY,
        };
        byte += 1;
    }
    table
};

/// What stood directly before the current character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Start,
    Text,
    Space,
    Break,
    OtherBlank,
}

/// What a string contains, as far as its style depends on it (`yaml_emitter_analyze_scalar`).
#[derive(Default)]
struct Analysis {
    newline: bool,
    line_break: bool,
    /// Spaces or breaks at either end, which a plain scalar would lose.
    loose_ends: bool,
    trailing_space: bool,
    break_then_space: bool,
    space_then_break: bool,
    indicator: bool,
    special: bool,
    tab: bool,
    wide: bool,
    spaces: bool,
}

impl Analysis {
    /// Go: `yaml_emitter_analyze_scalar`.
    fn in_text(text: &[u8], dialect: Dialect) -> Self {
        let mut found = Self {
            indicator: starts_with_indicator(text),
            ..Self::default()
        };
        let mut before = Before::Start;
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            let class = CLASS[byte as usize];
            if class == ORDINARY {
                before = Before::Text;
                at += 1;
                continue;
            }
            let mut width = 1;
            before = match class {
                SPACE => {
                    found.space(before, at + 1 == text.len());
                    Before::Space
                }
                NEWLINE => {
                    found.newline = true;
                    found.line_break(before, at + 1 == text.len());
                    Before::Break
                }
                RETURN => {
                    found.special = true;
                    found.line_break(before, at + 1 == text.len());
                    Before::Break
                }
                COLON => {
                    found.indicator |= matches!(text.get(at + 1), None | Some(b' ' | b'\t'));
                    Before::Text
                }
                HASH => {
                    found.indicator |= before != Before::Text;
                    Before::Text
                }
                TAB => {
                    found.tab = true;
                    found.special |= dialect == Dialect::Kubernetes;
                    Before::OtherBlank
                }
                NUL => {
                    found.special = true;
                    Before::OtherBlank
                }
                WIDE => {
                    found.wide = true;
                    let wide = Wide::at(text, at);
                    width = wide.width;
                    found.special |= !wide.printable;
                    if wide.line_break {
                        found.line_break(before, at + width == text.len());
                        Before::Break
                    } else {
                        Before::Text
                    }
                }
                _ => {
                    found.special = true;
                    Before::Text
                }
            };
            at += width;
        }
        found
    }

    fn space(&mut self, before: Before, last: bool) {
        self.spaces = true;
        self.loose_ends |= before == Before::Start || last;
        self.trailing_space |= last;
        self.break_then_space |= before == Before::Break;
    }

    fn line_break(&mut self, before: Before, last: bool) {
        self.line_break = true;
        self.loose_ends |= before == Before::Start || last;
        self.space_then_break |= before == Before::Space;
    }

    /// Turns the wished style into one that can represent the text (`yaml_emitter_select_scalar_style`).
    fn form(&self, wish: ScalarStyle) -> Form {
        let unquotable = self.break_then_space || self.space_then_break || self.tab || self.special;
        let style = match wish {
            ScalarStyle::Plain
                if !(unquotable || self.loose_ends || self.line_break || self.indicator) =>
            {
                ScalarStyle::Plain
            }
            ScalarStyle::Plain | ScalarStyle::Single if !unquotable => ScalarStyle::Single,
            ScalarStyle::Literal
                if !(self.trailing_space || self.space_then_break || self.special) =>
            {
                ScalarStyle::Literal
            }
            _ => ScalarStyle::Double,
        };
        Form {
            style,
            multiline: self.line_break,
            ascii: !self.wide,
            spaces: self.spaces,
        }
    }
}

/// The text begins with something that has a meaning of its own at the start of a block scalar.
fn starts_with_indicator(text: &[u8]) -> bool {
    if text.starts_with(b"---") || text.starts_with(b"...") {
        return true;
    }
    match text.first() {
        Some(
            b'#' | b',' | b'[' | b']' | b'{' | b'}' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\''
            | b'"' | b'%' | b'@' | b'`',
        ) => true,
        Some(b'?' | b'-') => matches!(text.get(1), None | Some(b' ' | b'\t')),
        _ => false,
    }
}

/// A character outside ASCII, as the YAML libraries judge it: by its bytes.
pub(super) struct Wide {
    pub(super) width: usize,
    pub(super) printable: bool,
    pub(super) line_break: bool,
}

impl Wide {
    /// Judges the character that starts at `at`, which must be the first byte of a character outside ASCII.
    pub(super) fn at(text: &[u8], at: usize) -> Self {
        let byte = |offset: usize| text.get(at + offset).copied().unwrap_or(0);
        let (width, printable, line_break) = match byte(0) {
            0xC2 => (2, byte(1) >= 0xA0, byte(1) == 0x85),
            0xC3..=0xDF => (2, true, false),
            0xE2 => (3, true, byte(1) == 0x80 && matches!(byte(2), 0xA8 | 0xA9)),
            0xEF => {
                let byte_order_mark = byte(1) == 0xBB && byte(2) == 0xBF;
                let not_a_character = byte(1) == 0xBF && matches!(byte(2), 0xBE | 0xBF);
                (3, !byte_order_mark && !not_a_character, false)
            }
            0xE0..=0xEE => (3, true, false),
            0xF0.. => (4, false, false),
            _ => (1, false, false),
        };
        Self {
            width,
            printable,
            line_break,
        }
    }
}
