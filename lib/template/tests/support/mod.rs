//! What the cases are executed with: Sprig's functions, and a root object like Helm's.

mod root;

use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, FixedHost, GROUPS};
use homescale_template::{Error, Functions, Options, Set};
use homescale_value::Value;

pub(crate) use root::root;

/// The file that a case's template is in, when Helm records it.
pub(crate) const FILE: &str = "c/templates/_case.tpl";

/// Parses and executes a template on a root object.
pub(crate) fn render(template: &[u8], dot: Value, options: &Options) -> Result<Vec<u8>, Error> {
    let mut set = Set::new("gotpl", Arc::new(Functions::new(GROUPS)));
    set.parse(FILE, &template.into())?;
    let environment = Environment::new(
        Rc::new(FixedHost::default()),
        homescale_functions::Options::LATEST,
    );
    let mut out = Vec::new();
    set.execute(FILE, &dot, &environment, options, &mut out)?;
    Ok(out)
}

/// The levels of Helm that the fixtures have recordings of, and the options that make an execution be one of them.
pub(crate) fn levels() -> Vec<(&'static str, Options)> {
    let levels = homescale_recordings::levels().into_iter();
    levels
        .map(|name| {
            let options = Options {
                // Built with Go 1.24, or later.
                range_over_integers: name != "3.17",
                // Built with Go 1.25, or later.
                comparison_names_types: !["3.17", "3.18", "3.19"].contains(&name),
                ..Options::default()
            };
            (name, options)
        })
        .collect()
}
