//! Paths with slashes, as Go's `path` package takes them apart. `os…` are the same functions: Helm runs on Unix here.

use homescale_go::path;
use homescale_template::{Function, Group};
use homescale_value::{Signature, Str, Type, Value};

use crate::arguments::take;

const PATH: Signature = Signature::fixed(&[Type::String]);

pub(crate) const GROUP: Group = Group {
    name: "paths",
    about: "Takes paths apart.",
    functions: &[
        Function {
            name: "base",
            aliases: &["osBase"],
            signature: PATH,
            usage: "base PATH",
            about: "Gives the last element of a path.",
            examples: &[(r#"{{ base "foo/bar/baz" }}"#, "baz")],
            call: |_, args| {
                let path: &Str = take(args)?;
                Ok(Value::Str(path::base(path).into()))
            },
        },
        Function {
            name: "clean",
            aliases: &["osClean"],
            signature: PATH,
            usage: "clean PATH",
            about: "Gives the shortest path that means the same.",
            examples: &[(r#"{{ clean "foo/./bar/../baz" }}"#, "foo/baz")],
            call: |_, args| {
                let path: &Str = take(args)?;
                Ok(Value::Str(path::clean(path).into()))
            },
        },
        Function {
            name: "dir",
            aliases: &["osDir"],
            signature: PATH,
            usage: "dir PATH",
            about: "Gives all but the last element of a path.",
            examples: &[(r#"{{ dir "foo/bar/baz" }}"#, "foo/bar")],
            call: |_, args| {
                let path: &Str = take(args)?;
                Ok(Value::Str(path::dir(path).into()))
            },
        },
        Function {
            name: "ext",
            aliases: &["osExt"],
            signature: PATH,
            usage: "ext PATH",
            about: "Gives the extension of a path, with its dot.",
            examples: &[(r#"{{ ext "foo.tar.gz" }}"#, ".gz")],
            call: |_, args| {
                let path: &Str = take(args)?;
                Ok(Value::Str(path::ext(path).into()))
            },
        },
        Function {
            name: "isAbs",
            aliases: &["osIsAbs"],
            signature: PATH,
            usage: "isAbs PATH",
            about: "Tells whether a path starts at the root.",
            examples: &[(r#"{{ isAbs "/etc" }}"#, "true")],
            call: |_, args| {
                let path: &Str = take(args)?;
                Ok(path::is_abs(path).into())
            },
        },
    ],
};
