//! Name resolution, which only a host that allows it does.

use homescale_template::{Context, Function, Group};
use homescale_value::{Signature, Str, Type, Value};

use crate::arguments::{Outcome, take};
use crate::environment::outside;
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "network",
    about: "Resolves names.",
    functions: &[Function {
        name: "getHostByName",
        signature: Signature::fixed(&[Type::String]),
        usage: "getHostByName NAME",
        about: "Gives an address of a host, or an empty text when names are not resolved.",
        examples: &[(r#"{{ getHostByName "example.com" }}"#, "")],
        call: get_host_by_name,
        ..BLANK
    }],
};

fn get_host_by_name(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let name: &Str = take(args)?;
    let host = outside(context)?;
    match host.host_by_name(&name.to_text()) {
        Some(address) => Ok(address.into()),
        // Sprig takes one of the addresses at random, of none too.
        None if host.resolves_names() => Err("invalid argument to Intn".into()),
        None => Ok("".into()),
    }
}
