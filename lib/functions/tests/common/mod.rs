//! Renders one template with every function, as the tests need it.

use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, FAMILIES, FixedHost, Level, Moment};
use homescale_template::{Error, Functions, Options, Set, with_stack};
use homescale_value::{MapType, Method, Signature, Value};

/// The clock of the tests: 2024-05-06 07:08:09 UTC.
const NOW: Moment = Moment {
    seconds: 1_714_979_289,
    nanoseconds: 0,
};

/// Helm's type of `.Values`, with the one method that cases call.
static VALUES: MapType = MapType {
    name: "common.Values",
    elem: homescale_value::Elem::Any,
    methods: &[Method {
        name: "AsMap",
        signature: Signature::fixed(&[]),
        call: |this, _| {
            let map = this.as_map().map(|map| map.retyped(&MapType::ANY));
            Ok(map.into())
        },
    }],
};

/// What the template prints on these values, or its error.
pub(crate) fn render(template: &str, values: &str, level: Level) -> Result<String, Error> {
    with_stack(|| {
        let mut set = Set::new(Arc::new(Functions::new(FAMILIES)));
        set.parse("t", &template.into())?;
        let values =
            homescale_yaml::map_from_slice(values.as_bytes()).expect("the values are YAML");
        let values = values.as_map().map(|map| map.retyped(&VALUES));
        let dot = Value::Map([("Values", values.into())].into_iter().collect());
        let host = Rc::new(FixedHost::new(NOW, "UTC", 1));
        let environment = Environment::new(host, level);
        let mut out = Vec::new();
        set.execute("t", &dot, &environment, &Options::default(), &mut out)?;
        Ok(String::from_utf8_lossy(&out).replace("<no value>", ""))
    })
    .expect("a thread can be started")
}
