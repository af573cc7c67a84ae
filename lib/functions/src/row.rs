//! What rows of the function tables have in common: `Function { name: …, ..SPRIG }`.

use homescale_template::Function;
use homescale_value::{Signature, Value};

/// A function of Sprig without parameters, aliases or text: the rows of the tables replace what differs.
pub(crate) const SPRIG: Function = Function {
    name: "",
    aliases: &[],
    signature: Signature::fixed(&[]),
    usage: "",
    about: "",
    examples: &[],
    call: |_, _| Ok(Value::Nil),
};

/// The same for a function of Helm's own.
pub(crate) const HELM: Function = SPRIG;
