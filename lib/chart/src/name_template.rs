//! [`name_from_template`]: Helm's `--name-template`.

use std::rc::Rc;
use std::sync::Arc;

use homescale_functions::{Environment, GROUPS, Host};
use homescale_template::{Functions, Set};
use homescale_value::{Str, Value};

use crate::engine_error;
use crate::error::{Error, ErrorKind};
use crate::helm_version::HelmVersion;
use crate::limits::Limits;

/// What Go calls the template in its messages.
const NAME: &str = "name-template";

/// What Helm adds to Sprig's functions in charts, but not here.
const ADDED: [&str; 24] = [
    "durationDays",
    "durationHours",
    "durationMicroseconds",
    "durationMilliseconds",
    "durationMinutes",
    "durationNanoseconds",
    "durationRoundTo",
    "durationSeconds",
    "durationTruncateTo",
    "durationWeeks",
    "fromJsonArray",
    "fromToml",
    "fromYaml",
    "fromYamlArray",
    "include",
    "lookup",
    "mustToDuration",
    "mustToToml",
    "mustToYaml",
    "required",
    "toToml",
    "toYaml",
    "toYamlPretty",
    "tpl",
];

/// The name of a release that a template gives. It sees Sprig's functions, not Helm's, and no data.
///
/// # Errors
/// Go's message for a template that cannot be parsed or executed.
///
/// ```
/// use std::rc::Rc;
///
/// use homescale_chart::{HelmVersion, name_from_template};
/// use homescale_functions::FixedHost;
///
/// let host = Rc::new(FixedHost::default());
/// let name = name_from_template(r#"web-{{ "EU" | lower }}"#, HelmVersion::default(), host)?;
/// assert_eq!(name, "web-eu");
/// # Ok::<(), homescale_chart::Error>(())
/// ```
pub fn name_from_template(
    text: &str,
    helm: HelmVersion,
    host: Rc<dyn Host>,
) -> Result<String, Error> {
    let failed = |error: homescale_template::Error| {
        engine_error::of_template(ErrorKind::Request, error.to_string(), error)
    };
    let functions = Functions::new(GROUPS).filtered(|name| !ADDED.contains(&name));
    let mut set = Set::new(NAME, Arc::new(functions));
    set.parse(NAME, &Str::from(text)).map_err(failed)?;
    let environment = Environment::new(host, helm.functions());
    let options = helm.templates(&Limits::default());
    let mut name = Vec::new();
    if set.contains(NAME) {
        set.execute(NAME, &Value::Nil, &environment, &options, &mut name)
            .map_err(failed)?;
    }
    Ok(String::from_utf8_lossy(&name).into_owned())
}
