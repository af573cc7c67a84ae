//! Integers: the verbs `v d b o O x X c q U`.

use super::spec::Spec;
use homescale_go::strconv;

/// An integer of any Go type: its bits, and whether the type is signed.
#[derive(Clone, Copy)]
pub(super) struct Integer {
    pub(super) bits: u64,
    pub(super) signed: bool,
}

impl Integer {
    /// Appends the number as `verb` asks; false when integers do not know the verb.
    pub(super) fn print(self, out: &mut Vec<u8>, spec: Spec, verb: char) -> bool {
        match verb {
            'v' if spec.sharp_v && !self.signed => print_hex(out, spec, self.bits, true),
            'v' | 'd' => self.print_digits(out, spec, verb, 10),
            'b' => self.print_digits(out, spec, verb, 2),
            'o' | 'O' => self.print_digits(out, spec, verb, 8),
            'x' | 'X' => self.print_digits(out, spec, verb, 16),
            'c' => spec.pad(out, self.rune().encode_utf8(&mut [0; 4]).as_bytes()),
            'q' if spec.plus => spec.pad(out, strconv::quote_rune_ascii(self.rune()).as_bytes()),
            'q' => spec.pad(out, strconv::quote_rune(self.rune()).as_bytes()),
            'U' => self.print_unicode(out, spec),
            _ => return false,
        }
        true
    }

    /// The character of that number, or U+FFFD.
    fn rune(self) -> char {
        let code = u32::try_from(self.bits).ok();
        code.and_then(char::from_u32)
            .unwrap_or(char::REPLACEMENT_CHARACTER)
    }

    fn print_digits(self, out: &mut Vec<u8>, spec: Spec, verb: char, base: u32) {
        let negative = self.signed && (self.bits as i64) < 0;
        let size = if negative {
            self.bits.wrapping_neg()
        } else {
            self.bits
        };
        let sign = match (negative, spec.plus, spec.space) {
            (true, _, _) => "-",
            (_, true, _) => "+",
            (_, _, true) => " ",
            _ => "",
        };
        let digits = match base {
            2 => format!("{size:b}"),
            8 => format!("{size:o}"),
            16 if verb == 'X' => format!("{size:X}"),
            16 => format!("{size:x}"),
            _ => size.to_string(),
        };
        let least = match (spec.precision, spec.width) {
            (Some(0), width) if size == 0 => {
                return spec.without_zero().push_padding(out, width.unwrap_or(0));
            }
            (Some(precision), _) => precision,
            // Zeros that fill the width leave room for a sign, but not for a prefix.
            (None, Some(width)) if spec.pads_with_zeros() => width.saturating_sub(sign.len()),
            _ => 0,
        };
        let zeros = least.saturating_sub(digits.len());
        let prefix = match base {
            2 if spec.sharp => "0b",
            8 if spec.sharp && zeros == 0 && size != 0 => "0",
            16 if spec.sharp && verb == 'X' => "0X",
            16 if spec.sharp => "0x",
            _ => "",
        };
        let octal = if verb == 'O' { "0o" } else { "" };
        let text = format!("{sign}{octal}{prefix}{}{digits}", "0".repeat(zeros));
        spec.without_zero().pad(out, text.as_bytes());
    }

    /// `U+0041`, and with `#` the character: `U+0041 'A'`.
    fn print_unicode(self, out: &mut Vec<u8>, spec: Spec) {
        let digits = format!("{:X}", self.bits);
        let least = spec.precision.unwrap_or(0).max(4);
        let zeros = "0".repeat(least.saturating_sub(digits.len()));
        let mut text = format!("U+{zeros}{digits}");
        let rune = u32::try_from(self.bits).ok().and_then(char::from_u32);
        if let Some(rune) = rune.filter(|rune| spec.sharp && homescale_go::unicode::is_print(*rune))
        {
            text.extend([' ', '\'', rune, '\'']);
        }
        spec.without_zero().pad(out, text.as_bytes());
    }
}

/// Appends an unsigned number in hexadecimal, with or without `0x` whatever the flags say.
pub(super) fn print_hex(out: &mut Vec<u8>, spec: Spec, bits: u64, prefix: bool) {
    let spec = Spec {
        sharp: prefix,
        ..spec
    };
    Integer {
        bits,
        signed: false,
    }
    .print_digits(out, spec, 'v', 16);
}
