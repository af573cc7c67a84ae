//! Values by kind: the right printer for each, containers element by element, and `%!d(string=x)` for a wrong verb.

use super::integer::{Integer, print_hex};
use super::spec::Spec;
use super::{float, text};
use crate::{Bound, Field, Kind, List, MAX_DEPTH, Map, Number, Object, Str, Type, Value, bounds};

/// What `%p` prints for every value that has an address.
const ADDRESS: u64 = 0xc0_0000_0000;

/// A text in the making, and how the value in progress is to be printed.
pub(super) struct Printer {
    out: Vec<u8>,
    /// How long the text may grow before values are left out.
    limit: usize,
    pub(super) spec: Spec,
    /// Inside a complaint about a verb, where values print without their own methods.
    erroring: bool,
}

impl Printer {
    pub(super) fn new(capacity: usize) -> Self {
        Self::after(Vec::with_capacity(capacity))
    }

    /// A printer that goes on after a text.
    pub(super) fn after(out: Vec<u8>) -> Self {
        Self {
            limit: out.len().saturating_add(bounds::current().text),
            out,
            spec: Spec::default(),
            erroring: false,
        }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.out
    }

    pub(super) fn write(&mut self, text: &[u8]) {
        self.out.extend_from_slice(text);
    }

    /// Prints an argument of a directive.
    pub(super) fn print_argument(&mut self, arg: &Value, verb: char) {
        match (verb, arg) {
            ('v' | 'T', Value::Nil) => self.spec.pad(&mut self.out, b"<nil>"),
            ('T', _) => {
                text::print_string(&mut self.out, self.spec, arg.type_name().as_bytes(), 's');
            }
            ('p', _) => self.print_pointer(arg),
            _ => self.print_value(arg, verb, 0),
        }
    }

    /// Prints a value at some depth of nesting.
    ///
    /// Only this, [`Self::print_list`] and [`Self::print_map`] recur, and they are kept small for the sake of the stack.
    pub(super) fn print_value(&mut self, value: &Value, verb: char, depth: usize) {
        match value {
            _ if self.out.len() > self.limit => bounds::reach(Bound::Text),
            Value::List(_) | Value::Map(_) if depth >= MAX_DEPTH => self.write(b"..."),
            // Errors can be wrapped only by Errorf, so that w suits no value at all.
            Value::List(list) if verb != 'w' => self.print_list(list, verb, depth),
            Value::Map(map) if verb != 'w' => self.print_map(map, verb, depth),
            _ => self.print_leaf(value, verb, depth),
        }
    }

    fn print_leaf(&mut self, value: &Value, verb: char, depth: usize) {
        let known = match value {
            Value::Object(object) => self.print_object(object.as_ref(), verb, depth),
            Value::Bytes(bytes) => self.print_bytes(bytes, verb, depth),
            scalar => self.print_scalar(scalar, verb),
        };
        if !known {
            self.bad_verb(value, verb);
        }
    }

    /// Prints a value without parts; false when it does not know the verb.
    fn print_scalar(&mut self, value: &Value, verb: char) -> bool {
        let (out, spec) = (&mut self.out, self.spec);
        if let Some(bits) = value.as_i64().map(|n| n as u64) {
            return Integer { bits, signed: true }.print(out, spec, verb);
        }
        if let Some(bits) = value.as_u64() {
            return Integer {
                bits,
                signed: false,
            }
            .print(out, spec, verb);
        }
        match value {
            Value::Bool(b) if matches!(verb, 't' | 'v') => {
                spec.pad(out, if *b { b"true" } else { b"false" });
                true
            }
            Value::Str(text) => text::print_string(out, spec, text, verb),
            Value::Float(x) => float::print(out, spec, *x, 64, verb),
            Value::Number(Number::Float32(x)) => float::print(out, spec, (*x).into(), 32, verb),
            Value::Complex(parts) => float::print_complex(out, spec, **parts, verb),
            _ => false,
        }
    }

    /// Writes the complaint about a verb that does not suit a value: `%!d(string=x)`.
    ///
    /// The value itself is printed as by `%v`, but with the flags of the directive.
    fn bad_verb(&mut self, value: &Value, verb: char) {
        self.erroring = true;
        self.write(format!("%!{verb}(").as_bytes());
        self.write(value.type_name().as_bytes());
        if !matches!(value, Value::Nil) {
            self.write(b"=");
            self.print_value(value, 'v', 0);
        }
        self.write(b")");
        self.erroring = false;
    }

    fn print_list(&mut self, list: &List, verb: char, depth: usize) {
        if !self.open(list.ty().name, list.is_nil(), b"[") {
            return;
        }
        for (index, item) in list.items().iter().enumerate() {
            self.separate(index);
            self.print_element(item, list.ty().elem, verb, depth + 1);
        }
        self.close(b"]");
    }

    fn print_map(&mut self, map: &Map, verb: char, depth: usize) {
        if !self.open(map.ty().name, map.is_nil(), b"map[") {
            return;
        }
        for (index, (key, item)) in map.entries().iter().enumerate() {
            self.separate(index);
            self.print_key(key, verb);
            self.print_element(item, map.ty().elem, verb, depth + 1);
        }
        self.close(b"]");
    }

    fn print_key(&mut self, key: &Str, verb: char) {
        if !text::print_string(&mut self.out, self.spec, key, verb) {
            self.bad_verb(&Value::Str(key.clone()), verb);
        }
        self.write(b":");
    }

    /// Prints an element, which unlike an argument may be a nil of a known type, and is then never padded.
    fn print_element(&mut self, item: &Value, elem: Type, verb: char, depth: usize) {
        match item {
            Value::Nil if self.spec.sharp_v => {
                self.write(elem.name().as_bytes());
                self.write(b"(nil)");
            }
            Value::Nil => self.write(b"<nil>"),
            // Its length is nowhere counted, unlike that of an argument.
            Value::Str(text) | Value::Bytes(text)
                if self.out.len().saturating_add(text.len()) > self.limit =>
            {
                bounds::reach(Bound::Text);
            }
            _ => self.print_value(item, verb, depth),
        }
    }

    /// Prints bytes in a form of their own, or else as a list of numbers.
    fn print_bytes(&mut self, bytes: &[u8], verb: char, depth: usize) -> bool {
        let name = if depth == 0 { "[]byte" } else { "[]uint8" };
        if text::print_bytes(&mut self.out, self.spec, bytes, verb, name) {
            return true;
        }
        self.open("[]uint8", false, b"[");
        for (index, byte) in bytes.iter().enumerate() {
            self.separate(index);
            self.print_value(&Value::Number(Number::Uint8(*byte)), verb, depth + 1);
        }
        self.close(b"]");
        true
    }

    /// Prints an object: by a method of its own where it has one and the verb asks for text, else by its kind.
    fn print_object(&mut self, object: &dyn Object, verb: char, depth: usize) -> bool {
        if let Some(text) = self.own_text(object, verb) {
            if self.spec.sharp_v {
                self.spec.pad(&mut self.out, text.as_bytes());
                return true;
            }
            return text::print_string(&mut self.out, self.spec, text.as_bytes(), verb);
        }
        if let Some((number, _)) = object.integer() {
            return self.print_scalar(&Value::Int64(number), verb);
        }
        match object.pointee() {
            Some(_) if depth > 0 => self.print_address(object.type_name(), ADDRESS, verb),
            _ if verb == 'w' || depth >= MAX_DEPTH => false,
            pointee => {
                self.write(pointee.map_or(b"", |_| b"&"));
                self.print_struct(object, pointee.unwrap_or(object.type_name()), verb, depth);
                true
            }
        }
    }

    /// What the object's own method gives.
    fn own_text(&self, object: &dyn Object, verb: char) -> Option<String> {
        match verb {
            _ if self.erroring => None,
            _ if self.spec.sharp_v => object.go_text(),
            'v' | 's' | 'x' | 'X' | 'q' => object.text(),
            _ => None,
        }
    }

    fn print_struct(&mut self, object: &dyn Object, name: &str, verb: char, depth: usize) {
        if self.spec.sharp_v {
            self.write(name.as_bytes());
        }
        self.write(b"{");
        for (index, (field, value)) in object.fields().iter().enumerate() {
            self.separate(index);
            if self.spec.sharp_v || self.spec.plus_v {
                self.write(field.name.as_bytes());
                self.write(b":");
            }
            // What is not exported is printed without methods.
            let erroring = self.erroring;
            self.erroring |= !field.is_exported();
            self.print_field(field, value, verb, depth + 1);
            self.erroring = erroring;
        }
        self.write(b"}");
    }

    fn print_field(&mut self, field: &Field, value: &Value, verb: char, depth: usize) {
        match (value, field.pointer) {
            (Value::Nil, Some(ty)) => {
                if !self.print_address(ty, 0, verb) {
                    self.write(format!("%!{verb}({ty}=<nil>)").as_bytes());
                }
            }
            _ => self.print_element(value, Type::Any, verb, depth),
        }
    }

    /// Prints a pointer where it leads is not shown; false when it does not know the verb.
    fn print_address(&mut self, ty: &str, address: u64, verb: char) -> bool {
        match (verb, address) {
            ('v', 0) if self.spec.sharp_v => self.write(format!("({ty})(nil)").as_bytes()),
            ('v', _) if self.spec.sharp_v => {
                self.write(format!("({ty})(").as_bytes());
                print_hex(&mut self.out, self.spec, address, true);
                self.write(b")");
            }
            ('v', 0) => self.spec.pad(&mut self.out, b"<nil>"),
            ('v' | 'p', _) => print_hex(&mut self.out, self.spec, address, !self.spec.sharp),
            ('b' | 'o' | 'd' | 'x' | 'X', _) => {
                let integer = Integer {
                    bits: address,
                    signed: false,
                };
                return integer.print(&mut self.out, self.spec, verb);
            }
            _ => return false,
        }
        true
    }

    /// Starts a container: the bracket, in Go syntax the type. False when a nil has nothing more to print.
    fn open(&mut self, type_name: &str, is_nil: bool, bracket: &[u8]) -> bool {
        if !self.spec.sharp_v {
            self.write(bracket);
            return true;
        }
        self.write(type_name.as_bytes());
        self.write(if is_nil { b"(nil)" } else { b"{" });
        !is_nil
    }

    fn separate(&mut self, index: usize) {
        match index {
            0 => {}
            _ if self.spec.sharp_v => self.write(b", "),
            _ => self.write(b" "),
        }
    }

    fn close(&mut self, bracket: &[u8]) {
        self.write(if self.spec.sharp_v { b"}" } else { bracket });
    }

    fn print_pointer(&mut self, value: &Value) {
        match value.kind() {
            Kind::Slice | Kind::Map | Kind::Ptr | Kind::Func => {
                let address = if value.is_nil() { 0 } else { ADDRESS };
                print_hex(&mut self.out, self.spec, address, !self.spec.sharp);
            }
            _ => self.bad_verb(value, 'p'),
        }
    }
}
