//! Reflection: the Go type and kind of a value, and deep equality.

use homescale_template::{Context, Function, Group};
use homescale_value::{Signature, Str, Type, Value, deep_equal};

use crate::arguments::{Outcome, take, visit};
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "reflection",
    about: "Tells the Go type and kind of a value.",
    functions: &[
        Function {
            name: "deepEqual",
            signature: Signature::fixed(&[Type::Any, Type::Any]),
            usage: "deepEqual A B",
            about: "Tells whether two values have the same type and the same contents at every level.",
            examples: &[(
                "{{ deepEqual (list 1) (list 1) }} {{ deepEqual 1 1.0 }}",
                "true false",
            )],
            call: |context, args| {
                visit(context, args)?;
                let (a, b): (&Value, &Value) = take(args)?;
                Ok(deep_equal(a, b).into())
            },
            ..BLANK
        },
        Function {
            name: "kindIs",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "kindIs KIND VALUE",
            about: "Tells whether the value is of that Go kind.",
            examples: &[(r#"{{ kindIs "map" (dict) }}"#, "true")],
            call: |_, args| {
                let (kind, value): (&Str, &Value) = take(args)?;
                Ok((*kind == *value.kind().name()).into())
            },
            ..BLANK
        },
        Function {
            name: "kindOf",
            signature: Signature::fixed(&[Type::Any]),
            usage: "kindOf VALUE",
            about: "Gives the Go kind of the value.",
            examples: &[(
                r#"{{ kindOf "a" }} {{ kindOf 1 }} {{ kindOf (list) }}"#,
                "string int slice",
            )],
            call: |_, args| {
                let value: &Value = take(args)?;
                Ok(value.kind().name().into())
            },
            ..BLANK
        },
        Function {
            name: "typeIs",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "typeIs TYPE VALUE",
            about: "Tells whether the value is of that Go type.",
            examples: &[(r#"{{ typeIs "string" "a" }}"#, "true")],
            call: |_, args| {
                let (name, value): (&Str, &Value) = take(args)?;
                Ok((*name == *value.type_name()).into())
            },
            ..BLANK
        },
        Function {
            name: "typeIsLike",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "typeIsLike TYPE VALUE",
            about: "Tells whether the value is of that Go type or a pointer to it.",
            examples: &[(
                r#"{{ typeIsLike "semver.Version" (semver "1.2.3") }}"#,
                "true",
            )],
            call: type_is_like,
            ..BLANK
        },
        Function {
            name: "typeOf",
            signature: Signature::fixed(&[Type::Any]),
            usage: "typeOf VALUE",
            about: "Gives the Go type of the value.",
            examples: &[(
                "{{ typeOf (list) }} {{ typeOf 1.5 }}",
                "[]interface {} float64",
            )],
            call: |_, args| {
                let value: &Value = take(args)?;
                Ok(value.type_name().into())
            },
            ..BLANK
        },
    ],
};

/// Sprig accepts a pointer's name whatever it points to, because it prepends the asterisk to the wanted name.
fn type_is_like(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (name, value): (&Str, &Value) = take(args)?;
    let is_pointer_to = value.pointee().is_some_and(|pointee| *name == *pointee);
    Ok((*name == *value.type_name() || is_pointer_to).into())
}
