//! What rows of the function tables have in common: `Function { name: …, ..BLANK }`.

use homescale_template::Function;
use homescale_value::{Signature, Value};

/// A function without parameters, aliases or text: the rows of the tables replace what differs.
pub(crate) const BLANK: Function = Function {
    name: "",
    aliases: &[],
    signature: Signature::fixed(&[]),
    usage: "",
    about: "",
    examples: &[],
    call: |_, _| Ok(Value::Nil),
};
