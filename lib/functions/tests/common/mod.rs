//! Renders one template with every function, as the tests need it.

use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, FixedHost, GROUPS, Options, Timestamp};
use homescale_template::{Error, Functions, Set, with_stack};
use homescale_value::{Map, MapType, Method, Signature, Value};

/// The clock of the tests: 2024-05-06 07:08:09 UTC.
const NOW: Timestamp = Timestamp {
    seconds: 1_714_979_289,
    nanoseconds: 0,
};

/// Helm's type of `.Values`, with the one method that cases call.
static VALUES: MapType = MapType {
    name: "common.Values",
    elem: homescale_value::Type::Any,
    methods: &[Method {
        name: "AsMap",
        signature: Signature::fixed(&[]),
        call: |this, _| {
            let map = this.as_map().map(|map| map.retyped(&MapType::ANY));
            Ok(map.into())
        },
    }],
};

/// The same in Helm 3.
static VALUES_OF_HELM_3: MapType = MapType {
    name: "chartutil.Values",
    elem: homescale_value::Type::Any,
    methods: VALUES.methods,
};

/// Removes nulls, as Helm does with the defaults of a chart since 4.2.
fn drop_nulls(map: &Map) {
    for (key, value) in map.to_vec() {
        if value.is_nil() {
            map.remove(&key);
        }
        value.as_map().into_iter().for_each(drop_nulls);
    }
}

/// What the template prints on these values, or its error. What else a release of Helm does is known by what came with it:
/// `mustToToml` with Helm 4.2, `mustToYaml` with 4.0, and by what Go does besides.
pub(crate) fn render(template: &str, values: &str, options: Options) -> Result<String, Error> {
    with_stack(|| {
        let functions = Functions::new(GROUPS).filtered(|name| options.has_function(name));
        let mut set = Set::new("gotpl", Arc::new(functions));
        set.parse("t", &template.into())?;
        let values =
            homescale_yaml::map_from_slice(values.as_bytes()).expect("the values are YAML");
        if options.has_must_to_toml {
            drop_nulls(&values);
        }
        let ty = if options.has_must_to_yaml {
            &VALUES
        } else {
            &VALUES_OF_HELM_3
        };
        let values = values.retyped(ty);
        let dot = Value::Map([("Values", values.into())].into_iter().collect());
        let host = Rc::new(FixedHost::new(NOW, "UTC", 1));
        let environment = Environment::new(host, options);
        let mut out = Vec::new();
        let options = homescale_template::Options {
            range_over_integers: options.go.ranges_over_integers(),
            comparison_names_types: options.go.names_compared_types(),
            hidden_methods: options.hidden_methods(),
            ..Default::default()
        };
        set.execute("t", &dot, &environment, &options, &mut out)?;
        Ok(String::from_utf8_lossy(&out).replace("<no value>", ""))
    })
    .expect("a thread can be started")
}
