//! Renders one template with every function, as the tests need it.

use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, FAMILIES, FixedHost, Level, Moment};
use homescale_template::{Functions, Options, Set, with_stack};
use homescale_value::Value;

/// The clock of the tests: 2024-05-06 07:08:09 UTC.
pub(crate) const NOW: Moment = Moment {
    seconds: 1_714_979_289,
    nanoseconds: 0,
};

/// What the template prints on these values, or its error.
pub(crate) fn render(template: &str, values: &str, level: Level) -> Result<String, String> {
    with_stack(|| {
        let mut set = Set::new(Arc::new(Functions::new(FAMILIES)));
        set.parse("t", &template.into())
            .map_err(|error| error.to_string())?;
        let values =
            homescale_yaml::from_slice(values.as_bytes()).map_err(|error| error.to_string())?;
        let dot = Value::Map([("Values", values)].into_iter().collect());
        let host = Rc::new(FixedHost::new(NOW, "UTC", 1));
        let environment = Environment::new(host, level);
        let mut out = Vec::new();
        set.execute("t", &dot, &environment, &Options::default(), &mut out)
            .map_err(|error| error.to_string())?;
        Ok(String::from_utf8_lossy(&out).replace("<no value>", ""))
    })
    .map_err(|error| error.to_string())?
}
