//! Flow: what Helm adds to call templates, to stop a render, and to ask the cluster.

use homescale_go::strings;
use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{Signature, Str, Type, Value};

use crate::arguments::{Outcome, quoted, take, took};
use crate::environment::{environment, outside};
use crate::host::Lookup;
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "flow",
    about: "Calls templates, stops a render, and asks the cluster.",
    functions: &[
        Function {
            name: "fail",
            signature: Signature::fixed(&[Type::String]),
            usage: "fail MESSAGE",
            about: "Ends the render with a message for the user.",
            examples: &[(r#"{{ if false }}{{ fail "no" }}{{ end }}"#, "")],
            call: fail,
            ..BLANK
        },
        Function {
            name: "include",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "include NAME DATA",
            about: "Gives the text of a defined template, so that it can be piped on.",
            examples: &[(
                r#"{{ define "hi" }}hi {{ . }}{{ end }}{{ include "hi" "you" | upper }}"#,
                "HI YOU",
            )],
            call: include,
            ..BLANK
        },
        Function {
            name: "lookup",
            signature: Signature::fixed(&[Type::String, Type::String, Type::String, Type::String]),
            usage: "lookup API_VERSION KIND NAMESPACE NAME",
            about: "Gives a resource of the cluster, or an empty map when there is no cluster.",
            examples: &[(r#"{{ lookup "v1" "Secret" "ns" "s" }}"#, "map[]")],
            call: lookup,
            ..BLANK
        },
        Function {
            name: "required",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "required MESSAGE VALUE",
            about: "Gives the value, or ends the render with the message when it is nil or an empty string.",
            examples: &[(r#"{{ required "host is required" "a.b" }}"#, "a.b")],
            call: required,
            ..BLANK
        },
        Function {
            name: "tpl",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "tpl TEXT DATA",
            about: "Renders a text as a template, which sees every defined template.",
            examples: &[(r#"{{ tpl "{{ .a }}!" (dict "a" 1) }}"#, "1!")],
            call: tpl,
            ..BLANK
        },
    ],
};

/// How many calls of one name may run inside each other.
const MAX_INCLUDES: usize = 1001;

/// What a missing value prints; Helm deletes it from what it renders.
const NO_VALUE: &[u8] = b"<no value>";

fn fail(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let message: &Str = take(args)?;
    Err(Failure::Abort(message.to_text().into_owned()))
}

fn include(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (name, data): (&Str, &Value) = take(args)?;
    if !environment(context)?.enter(name, MAX_INCLUDES) {
        return Err(Failure::Message(format!(
            "rendering template has a nested reference name: {name}: unable to execute template"
        )));
    }
    let text = context.execute(name, data.clone());
    environment(context)?.leave(name);
    text.map(Value::Str)
}

fn lookup(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let ((api_version, kind), (namespace, name)): ((&Str, &Str), (&Str, &Str)) = take(args)?;
    let query = Lookup {
        api_version: &api_version.to_text(),
        kind: &kind.to_text(),
        namespace: &namespace.to_text(),
        name: &name.to_text(),
    };
    let host = outside(context)?;
    host.lookup(&query)
        .map_err(|error| Failure::Message(error.to_string()))
}

fn required(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (message, value): (&Str, &Value) = take(args)?;
    let is_missing = match value {
        Value::Nil => true,
        Value::Str(text) => text.is_empty(),
        _ => false,
    };
    if is_missing {
        return Err(Failure::Abort(message.to_text().into_owned()));
    }
    Ok(value.clone())
}

fn tpl(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (text, data): (&Str, &Value) = take(args)?;
    if !strings::contains(text, b"{{") {
        // Most values that charts pass through `tpl` hold no action; they need no parser.
        return Ok(Value::Str(without_no_value(text.clone())));
    }
    match context.execute_text(text, data.clone()) {
        Ok(out) => Ok(Value::Str(without_no_value(out))),
        Err(failure) => Err(wrapped(context, failure, text)?),
    }
}

fn without_no_value(text: Str) -> Str {
    if strings::contains(&text, NO_VALUE) {
        let shorter = strings::replace_all(&text, NO_VALUE, b"", text.len());
        shorter.map_or(text, Str::from)
    } else {
        text
    }
}

/// Says which text failed; what `fail` and `required` say stays as it is. The text is counted: of texts that call one another,
/// each is in the error.
fn wrapped(context: &mut dyn Context, failure: Failure, text: &Str) -> Outcome<Failure> {
    let quoted = quoted(context, text)?;
    took(context, quoted.len())?;
    let executing =
        |message: &str| format!("error during tpl function execution for {quoted}: {message}");
    Ok(match failure {
        Failure::Message(message) => Failure::Message(executing(&message)),
        Failure::Nested(prefix, error) => Failure::Nested(executing(&prefix), error),
        Failure::Limit(prefix, exceeded) => Failure::Limit(executing(&prefix), exceeded),
        Failure::Parse(prefix, error) => {
            let parsing = format!("cannot parse template {quoted}: {prefix}");
            Failure::Parse(parsing, error)
        }
        abort => abort,
    })
}
