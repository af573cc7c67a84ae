//! The format string: flags, argument indexes, widths, precisions and verbs.

use super::print::Printer;
use super::spec::Spec;
use crate::Value;
use homescale_go::utf8;

/// The largest width or precision that an argument may give.
const MAX_SIZE: i64 = 1_000_000;

/// Prints `format`, taking the arguments of its directives from `args`.
pub(super) fn print(printer: &mut Printer, format: &[u8], args: &[Value]) {
    let mut directives = Directives {
        printer,
        format,
        at: 0,
        args,
        next: 0,
        reordered: false,
        good_index: true,
    };
    while directives.print_literal() {
        if !directives.print_directive() {
            break;
        }
    }
    directives.print_extra();
}

/// The state of a walk along the format string.
struct Directives<'a> {
    printer: &'a mut Printer,
    format: &'a [u8],
    at: usize,
    args: &'a [Value],
    /// The index of the next argument.
    next: usize,
    /// Whether any directive named its argument by index.
    reordered: bool,
    /// Whether all indexes of the current directive are in range.
    good_index: bool,
}

impl Directives<'_> {
    /// Copies the text up to the next `%` and steps over it; false at the end.
    fn print_literal(&mut self) -> bool {
        let rest = &self.format[self.at..];
        let length = rest.iter().position(|byte| *byte == b'%');
        self.printer.write(&rest[..length.unwrap_or(rest.len())]);
        self.at += length.map_or(rest.len(), |length| length + 1);
        length.is_some()
    }

    /// Reads and prints one directive; false when the format ends before its verb.
    fn print_directive(&mut self) -> bool {
        self.good_index = true;
        let mut spec = Spec::default();
        self.read_flags(&mut spec);
        let mut after_index = self.read_index();
        if self.eat(b'*') {
            self.take_width(&mut spec);
            after_index = false;
        } else {
            spec.width = self.read_number(self.format.len());
            if after_index && spec.width.is_some() {
                self.good_index = false;
            }
        }
        if self.at + 1 < self.format.len() && self.eat(b'.') {
            if after_index {
                self.good_index = false;
            }
            after_index = self.read_index();
            if self.eat(b'*') {
                self.take_precision(&mut spec);
                after_index = false;
            } else {
                spec.precision = Some(self.read_number(self.format.len()).unwrap_or(0));
            }
        }
        if !after_index {
            self.read_index();
        }
        if self.at >= self.format.len() {
            self.printer.write(b"%!(NOVERB)");
            return false;
        }
        let (verb, length) = utf8::decode_rune(&self.format[self.at..]);
        self.at += length;
        self.print_verb(verb, spec);
        true
    }

    fn print_verb(&mut self, verb: char, mut spec: Spec) {
        match self.args.get(self.next) {
            _ if verb == '%' => self.printer.write(b"%"),
            _ if !self.good_index => self.bad_directive(verb, "BADINDEX"),
            None => self.bad_directive(verb, "MISSING"),
            Some(arg) => {
                if matches!(verb, 'v' | 'w') {
                    spec.for_v();
                }
                self.printer.spec = spec;
                self.printer.print_argument(arg, verb);
                self.next += 1;
            }
        }
    }

    fn bad_directive(&mut self, verb: char, what: &str) {
        self.printer.write(format!("%!{verb}({what})").as_bytes());
    }

    /// Complains about arguments that no directive took, unless some were taken by index.
    fn print_extra(&mut self) {
        let extra = self.args.get(self.next..).unwrap_or_default();
        if self.reordered || extra.is_empty() {
            return;
        }
        self.printer.spec = Spec::default();
        self.printer.write(b"%!(EXTRA ");
        for (index, arg) in extra.iter().enumerate() {
            if index > 0 {
                self.printer.write(b", ");
            }
            if !matches!(arg, Value::Nil) {
                self.printer.write(arg.type_name().as_bytes());
                self.printer.write(b"=");
            }
            self.printer.print_argument(arg, 'v');
        }
        self.printer.write(b")");
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.format.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn read_flags(&mut self, spec: &mut Spec) {
        while let Some(byte) = self.format.get(self.at) {
            match byte {
                b'#' => spec.sharp = true,
                b'0' => spec.zero = true,
                b'+' => spec.plus = true,
                b'-' => spec.minus = true,
                b' ' => spec.space = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    /// Reads a decimal number up to `end`. One that is far too large swallows the rest of the format, as in Go.
    fn read_number(&mut self, end: usize) -> Option<usize> {
        let mut number = None;
        while let Some(byte @ b'0'..=b'9') = self.format[..end].get(self.at) {
            let value = number.unwrap_or(0_usize);
            if value > MAX_SIZE as usize {
                self.at = end;
                return None;
            }
            number = Some(value * 10 + usize::from(byte - b'0'));
            self.at += 1;
        }
        number
    }

    /// Reads an argument index such as `[2]`, if there is one, and makes it the next argument. Returns whether there was
    /// a well-formed one.
    fn read_index(&mut self) -> bool {
        let start = self.at;
        if self.format.get(start) != Some(&b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.format[start..];
        let close = rest.iter().skip(1).position(|byte| *byte == b']');
        let Some(close) = close
            .filter(|_| rest.len() >= 3)
            .map(|close| start + 1 + close)
        else {
            self.good_index = false;
            self.at += 1;
            return false;
        };
        self.at += 1;
        let number = self.read_number(close).filter(|_| self.at == close);
        self.at = close + 1;
        match number.and_then(|number| number.checked_sub(1)) {
            Some(index) if index < self.args.len() => self.next = index,
            _ => self.good_index = false,
        }
        number.is_some()
    }

    /// The next argument as a width or precision: an integer of a moderate size.
    fn take_size(&mut self) -> Option<i64> {
        let arg = self.args.get(self.next)?;
        self.next += 1;
        let unsigned = || arg.as_u64().and_then(|size| i64::try_from(size).ok());
        let size = arg.as_i64().or_else(unsigned)?;
        (-MAX_SIZE..=MAX_SIZE).contains(&size).then_some(size)
    }

    fn take_width(&mut self, spec: &mut Spec) {
        let Some(width) = self.take_size() else {
            return self.printer.write(b"%!(BADWIDTH)");
        };
        spec.width = Some(width.unsigned_abs() as usize);
        if width < 0 {
            spec.minus = true;
            spec.zero = false;
        }
    }

    fn take_precision(&mut self, spec: &mut Spec) {
        spec.precision = self.take_size().and_then(|size| usize::try_from(size).ok());
        if spec.precision.is_none() {
            self.printer.write(b"%!(BADPREC)");
        }
    }
}
