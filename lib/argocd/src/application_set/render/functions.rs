//! The functions of Argo CD's Go templates: Sprig's, and its own (`applicationset/utils/template_functions.go`).

use std::sync::{Arc, LazyLock};

use homescale_functions::GROUPS;
use homescale_template::{Context, Failure, Function, Functions, Group};
use homescale_value::{Signature, Str, Type, Value};
use homescale_yaml::WriteError;

use super::names::{normalize, slugify};
use crate::version::ArgoCdVersion;

/// The functions that an Argo CD has.
pub(super) fn functions(argocd: ArgoCdVersion) -> Arc<Functions> {
    static WITHOUT_TPL: LazyLock<Arc<Functions>> = LazyLock::new(|| table(&["tpl"]));
    static WITH_TPL: LazyLock<Arc<Functions>> = LazyLock::new(|| table(&[]));
    Arc::clone(if argocd >= FIRST_WITH_TPL {
        &WITH_TPL
    } else {
        &WITHOUT_TPL
    })
}

/// The first Argo CD with the function `tpl`.
const FIRST_WITH_TPL: ArgoCdVersion = ArgoCdVersion::new(3, 6);

/// Helm's functions that neither Sprig nor Argo CD has, and those of Sprig that Argo CD takes away.
const NOT_THERE: &[&str] = &[
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
    "getHostByName",
    "include",
    "lookup",
    "mustToDuration",
    "mustToToml",
    "mustToYaml",
    "required",
    "toToml",
    "toYamlPretty",
];

fn table(missing: &[&str]) -> Arc<Functions> {
    let groups = GROUPS.iter().copied().chain([&GROUP]);
    let functions = Functions::new(&groups.collect::<Vec<_>>());
    let is_there = |name: &str| !NOT_THERE.contains(&name) && !missing.contains(&name);
    Arc::new(functions.filtered(is_there))
}

static GROUP: Group = Group {
    name: "argocd",
    about: "What Argo CD adds to Sprig, or what Sprig has otherwise than Helm.",
    functions: &[
        Function {
            name: "fromJson",
            aliases: &[],
            signature: Signature::fixed(&[Type::String]),
            usage: "fromJson TEXT",
            about: "Reads any JSON value, or gives nil.",
            examples: &[],
            call: from_json,
        },
        Function {
            name: "fromYaml",
            aliases: &[],
            signature: Signature::fixed(&[Type::String]),
            usage: "fromYaml TEXT",
            about: "Reads a YAML document, which must be a mapping.",
            examples: &[],
            call: from_yaml,
        },
        Function {
            name: "fromYamlArray",
            aliases: &[],
            signature: Signature::fixed(&[Type::String]),
            usage: "fromYamlArray TEXT",
            about: "Reads a YAML document, which must be a sequence.",
            examples: &[],
            call: from_yaml_array,
        },
        Function {
            name: "normalize",
            aliases: &[],
            signature: Signature::fixed(&[Type::String]),
            usage: "normalize TEXT",
            about: "Makes a text a name of DNS, with `-` for what cannot be in one.",
            examples: &[],
            call: |_, arguments| text(arguments).map(|text| normalize(&text).into()),
        },
        Function {
            name: "slugify",
            aliases: &[],
            signature: Signature::variadic(&[], Type::Any),
            usage: "slugify [LENGTH [SMART]] TEXT",
            about: "Makes a text a part of a URL, cut after so many bytes, with SMART at the end of a word.",
            examples: &[],
            call: |_, arguments| slugify(arguments),
        },
        Function {
            name: "toYaml",
            aliases: &[],
            signature: Signature::fixed(&[Type::Any]),
            usage: "toYaml VALUE",
            about: "Writes YAML without a newline at the end.",
            examples: &[],
            call: to_yaml,
        },
    ],
};

/// How many steps it takes to read or write a byte.
const STEPS: u64 = 2;

fn text(arguments: &[Value]) -> Result<Str, Failure> {
    let first = arguments.first().and_then(Value::as_str);
    first
        .cloned()
        .ok_or_else(|| Failure::new("expected a string"))
}

/// The text that is to be read, which is counted.
fn read(context: &mut dyn Context, arguments: &[Value]) -> Result<Str, Failure> {
    let text = text(arguments)?;
    context.consume(text.len() as u64 * STEPS, text.len() as u64)?;
    Ok(text)
}

fn from_json(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let text = read(context, arguments)?;
    Ok(homescale_yaml::json::decode(&text).unwrap_or_default())
}

fn from_yaml(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let map = homescale_yaml::map_from_slice(&read(context, arguments)?);
    map.map(Value::Map)
        .map_err(|error| error.to_string().into())
}

fn from_yaml_array(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let list = homescale_yaml::list_from_slice(&read(context, arguments)?);
    list.map(Value::List)
        .map_err(|error| error.to_string().into())
}

fn to_yaml(context: &mut dyn Context, arguments: &[Value]) -> Result<Value, Failure> {
    let value = arguments.first().cloned().unwrap_or_default();
    match homescale_yaml::to_yaml_within(&value, context.room()) {
        Ok(text) => {
            context.consume(text.len() as u64 * STEPS, text.len() as u64)?;
            Ok(text.strip_suffix('\n').unwrap_or(&text).into())
        }
        Err(WriteError::TooLong) => Err(Failure::TooLong),
        Err(error) => Err(error.to_string().into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of Sprig 3.3 less `env`, `expandenv` and `getHostByName`, Go's own, and Argo CD's.
    #[test]
    fn there_are_sprigs_functions_and_argo_cds() {
        let names = functions(ArgoCdVersion::new(3, 6)).names();
        for name in [
            "normalize",
            "slugify",
            "toYaml",
            "upper",
            "fail",
            "tpl",
            "index",
        ] {
            assert!(names.contains(&name), "{name}");
        }
        for name in [
            "include",
            "lookup",
            "required",
            "toToml",
            "env",
            "getHostByName",
        ] {
            assert!(!names.contains(&name), "{name}");
        }
        let before = functions(ArgoCdVersion::new(3, 5)).names();
        assert!(!before.contains(&"tpl"));
    }
}
