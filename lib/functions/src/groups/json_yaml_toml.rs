//! JSON, YAML and TOML, as Helm's functions write and read them.
//!
//! A function that reads gives Go's error inside its result (under the key `Error`, or as the only element of a list); one
//! that writes gives an empty text. Those called `must…` fail instead.

use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{Map, Signature, Str, Type, Value};
use homescale_yaml::{WriteError, json};

use crate::arguments::{Outcome, made, take, visit};
use crate::environment::{environment, local_zone};
use crate::row::BLANK;
use crate::sprig::toml;

const ANY: Signature = Signature::fixed(&[Type::Any]);
const TEXT: Signature = Signature::fixed(&[Type::String]);

pub(crate) const GROUP: Group = Group {
    name: "json_yaml_toml",
    about: "Writes and reads JSON, YAML and TOML.",
    functions: &[
        Function {
            name: "fromJson",
            signature: TEXT,
            usage: "fromJson TEXT",
            about: "Reads a JSON object.",
            examples: &[(r#"{{ (fromJson `{"a": [1]}`).a }}"#, "[1]")],
            call: from_json,
            ..BLANK
        },
        Function {
            name: "fromJsonArray",
            signature: TEXT,
            usage: "fromJsonArray TEXT",
            about: "Reads a JSON array.",
            examples: &[(r#"{{ fromJsonArray `[1, "a"]` }}"#, "[1 a]")],
            call: from_json_array,
            ..BLANK
        },
        Function {
            name: "fromToml",
            signature: TEXT,
            usage: "fromToml TEXT",
            about: "Reads TOML.",
            examples: &[(r#"{{ fromToml "a = 1" }}"#, "map[a:1]")],
            call: from_toml,
            ..BLANK
        },
        Function {
            name: "fromYaml",
            signature: TEXT,
            usage: "fromYaml TEXT",
            about: "Reads the first YAML document, which must be a mapping.",
            examples: &[(r#"{{ (fromYaml "a: yes").a }}"#, "true")],
            call: from_yaml,
            ..BLANK
        },
        Function {
            name: "fromYamlArray",
            signature: TEXT,
            usage: "fromYamlArray TEXT",
            about: "Reads the first YAML document, which must be a sequence.",
            examples: &[(r#"{{ fromYamlArray "- a\n- 1" }}"#, "[a 1]")],
            call: from_yaml_array,
            ..BLANK
        },
        Function {
            name: "mustFromJson",
            signature: TEXT,
            usage: "mustFromJson TEXT",
            about: "Reads any JSON value.",
            examples: &[(r#"{{ mustFromJson "[1]" }}"#, "[1]")],
            call: must_from_json,
            ..BLANK
        },
        Function {
            name: "mustToJson",
            signature: ANY,
            usage: "mustToJson VALUE",
            about: "Is `toJson`, but fails where that gives an empty text.",
            examples: &[(r#"{{ mustToJson (dict "a" 1) }}"#, r#"{"a":1}"#)],
            call: |context, args| json_text(context, args, json::encode_within)?,
            ..BLANK
        },
        Function {
            name: "mustToPrettyJson",
            signature: ANY,
            usage: "mustToPrettyJson VALUE",
            about: "Is `toPrettyJson`, but fails where that gives an empty text.",
            examples: &[("{{ mustToPrettyJson (list 1) }}", "[\n  1\n]")],
            call: |context, args| json_text(context, args, json::encode_pretty_within)?,
            ..BLANK
        },
        Function {
            name: "mustToToml",
            signature: ANY,
            usage: "mustToToml VALUE",
            about: "Is `toToml`, but fails where that gives the text of an error.",
            examples: &[(r#"{{ mustToToml (dict "a" 1) }}"#, "a = 1\n")],
            call: must_to_toml,
            ..BLANK
        },
        Function {
            name: "mustToYaml",
            signature: ANY,
            usage: "mustToYaml VALUE",
            about: "Is `toYaml`, but fails where that gives an empty text.",
            examples: &[(r#"{{ mustToYaml (dict "a" 1) }}"#, "a: 1")],
            call: |context, args| yaml_text(context, args)?,
            ..BLANK
        },
        Function {
            name: "toJson",
            signature: ANY,
            usage: "toJson VALUE",
            about: "Writes JSON on one line, with `<`, `>` and `&` escaped.",
            examples: &[(
                r#"{{ toJson (dict "b" (list 1 nil) "a" "<") }}"#,
                r#"{"a":"\u003c","b":[1,null]}"#,
            )],
            call: |context, args| or_empty(json_text(context, args, json::encode_within)?),
            ..BLANK
        },
        Function {
            name: "toPrettyJson",
            signature: ANY,
            usage: "toPrettyJson VALUE",
            about: "Writes JSON with a line for each item.",
            examples: &[(r#"{{ toPrettyJson (dict "a" 1) }}"#, "{\n  \"a\": 1\n}")],
            call: |context, args| or_empty(json_text(context, args, json::encode_pretty_within)?),
            ..BLANK
        },
        Function {
            name: "toRawJson",
            aliases: &["mustToRawJson"],
            signature: ANY,
            usage: "toRawJson VALUE",
            about: "Writes JSON on one line, with `<`, `>` and `&` as they are.",
            examples: &[(r#"{{ toRawJson (list "<a>") }}"#, r#"["<a>"]"#)],
            call: |context, args| json_text(context, args, json::encode_raw_within)?,
        },
        Function {
            name: "toToml",
            signature: ANY,
            usage: "toToml VALUE",
            about: "Writes TOML, or the text of the error.",
            examples: &[(
                r#"{{ toToml (dict "a" (dict "b" true)) }}"#,
                "[a]\n  b = true\n",
            )],
            call: to_toml,
            ..BLANK
        },
        Function {
            name: "toYaml",
            signature: ANY,
            usage: "toYaml VALUE",
            about: "Writes YAML without a newline at the end.",
            examples: &[(
                r#"{{ toYaml (dict "b" (list 1 "on") "a" nil) }}"#,
                "a: null\nb:\n- 1\n- \"on\"",
            )],
            call: |context, args| or_empty(yaml_text(context, args)?),
            ..BLANK
        },
        Function {
            name: "toYamlPretty",
            signature: ANY,
            usage: "toYamlPretty VALUE",
            about: "Writes YAML with sequences indented under their keys, without a newline at the end.",
            examples: &[(r#"{{ toYamlPretty (dict "a" (list 1)) }}"#, "a:\n  - 1")],
            call: to_yaml_pretty,
            ..BLANK
        },
    ],
};

/// The key under which a function that reads reports its error.
const ERROR: &str = "Error";

fn error_map(message: String) -> Value {
    Value::Map(Map::from_iter([(ERROR, Value::from(message))]))
}

fn error_list(message: String) -> Value {
    Value::from(vec![message.into()])
}

/// The text that is to be read, which is counted: reading a byte takes much longer than passing it on.
fn read<'a>(context: &mut dyn Context, args: &'a [Value]) -> Outcome<&'a Str> {
    let text: &Str = take(args)?;
    context.consume(text.len() as u64 * READ, 0)?;
    Ok(text)
}

fn from_json(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text = read(context, args)?;
    let map = json::decode_map(text);
    let map = map.map_or_else(|error| error_map(error.to_string()), Value::Map);
    made(context, map)
}

fn from_json_array(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text = read(context, args)?;
    let list = json::decode_list(text);
    let list = list.map_or_else(|error| error_list(error.to_string()), Value::List);
    made(context, list)
}

fn from_toml(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text = read(context, args)?;
    let map = toml::decode(text, &local_zone(context)?);
    made(
        context,
        map.map_or_else(|error| error_map(error.to_string()), Value::Map),
    )
}

fn from_yaml(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text = read(context, args)?;
    let map = homescale_yaml::map_from_slice(text);
    let map = map.map_or_else(|error| error_map(error.to_string()), Value::Map);
    made(context, map)
}

fn from_yaml_array(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text = read(context, args)?;
    let list = homescale_yaml::list_from_slice(text);
    let list = list.map_or_else(|error| error_list(error.to_string()), Value::List);
    made(context, list)
}

fn must_from_json(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let text = read(context, args)?;
    let value = json::decode(text).map_err(|error| Failure::Message(error.to_string()))?;
    made(context, value)
}

/// The text that a function of JSON writes within the room that there is, or why there is none.
///
/// # Errors
/// A limit is exceeded, which ends the render whatever becomes of other errors.
fn json_text(
    context: &mut dyn Context,
    args: &[Value],
    write: fn(&Value, usize) -> Result<String, json::Error>,
) -> Outcome<Outcome> {
    let value: &Value = take(args)?;
    visit(context, args)?;
    match write(value, context.room()) {
        Ok(text) => Ok(Ok(written(context, &text)?)),
        Err(error) if error.is_too_long() => Err(Failure::TooLong),
        Err(error) => Ok(Err(Failure::Message(error.to_string()))),
    }
}

/// The same for YAML, without the newline at the end.
fn yaml_text(context: &mut dyn Context, args: &[Value]) -> Outcome<Outcome> {
    let value: &Value = take(args)?;
    visit(context, args)?;
    match homescale_yaml::to_yaml_within(value, context.room()) {
        Ok(text) => Ok(Ok(written(context, without_newline(&text))?)),
        Err(WriteError::TooLong) => Err(Failure::TooLong),
        Err(error) => Ok(Err(Failure::Message(error.to_string()))),
    }
}

/// What was written, which took longer than to pass it on.
fn written(context: &mut dyn Context, text: &str) -> Outcome {
    context.consume(text.len() as u64 / WRITTEN, 0)?;
    Ok(text.into())
}

/// How many steps it takes to read a byte.
const READ: u64 = 2;

/// How many bytes that are written are a step.
const WRITTEN: u64 = 2;

/// What is written, or nothing when that is not possible.
fn or_empty(written: Outcome) -> Outcome {
    written.or_else(|_| Ok("".into()))
}

fn to_yaml_pretty(context: &mut dyn Context, args: &[Value]) -> Outcome {
    visit(context, args)?;
    let value: &Value = take(args)?;
    match homescale_yaml::to_yaml_pretty_within(value, context.room()) {
        Ok(text) => written(context, without_newline(&text)),
        Err(WriteError::TooLong) => Err(Failure::TooLong),
        // Go panics on a type that YAML has no form for; all else that goes wrong gives nothing.
        Err(error) if error.to_string().starts_with("cannot marshal type") => {
            Err(Failure::Message(error.to_string()))
        }
        Err(_) => Ok("".into()),
    }
}

fn without_newline(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

fn to_toml(context: &mut dyn Context, args: &[Value]) -> Outcome {
    toml_or(context, args, |error| Ok(error.to_string().into()))
}

fn must_to_toml(context: &mut dyn Context, args: &[Value]) -> Outcome {
    toml_or(context, args, |error| {
        Err(Failure::Message(error.to_string()))
    })
}

/// The value as TOML, or what becomes of the error.
fn toml_or(
    context: &mut dyn Context,
    args: &[Value],
    failed: fn(toml::EncodeError) -> Outcome,
) -> Outcome {
    let value: &Value = take(args)?;
    if matches!(value, Value::Nil) {
        return Err("reflect: call of reflect.Value.Type on zero Value".into());
    }
    visit(context, args)?;
    let options = environment(context)?.options();
    let dialect = toml::Dialect {
        floats_with_exponent: options.toml_floats_with_exponent,
        counts_all_fields: options.toml_counts_all_fields,
    };
    match toml::encode(context, value, dialect)? {
        Ok(text) => written(context, &text),
        Err(error) => failed(error),
    }
}
