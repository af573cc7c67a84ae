//! What the cases are executed with: a few of Sprig's functions, and a root object like Helm's.

mod functions;
mod json;
pub(crate) mod levels;
mod root;

use std::sync::Arc;

use homescale_template::{Error, Functions, Options, Set};

/// The file that a case's template is in, when Helm records it.
pub(crate) const FILE: &str = "c/templates/_case.tpl";

/// Parses and executes a template on the root object that has these values.
pub(crate) fn render(template: &[u8], values: &str, options: &Options) -> Result<Vec<u8>, Error> {
    let functions = Functions::new(&[&functions::FAMILY]);
    let mut set = Set::new(Arc::new(functions));
    set.parse(FILE, &template.into())?;
    let mut out = Vec::new();
    let dot = root::root(json::values(values));
    set.execute(FILE, &dot, &(), options, &mut out)?;
    Ok(out)
}
