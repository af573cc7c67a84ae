//! Paths with slashes, as Go's `path` package takes them apart. `os…` are the same functions: Helm runs on Unix here.

use homescale_template::{Family, Function};
use homescale_value::{Param, Signature, Str, Value};

use crate::arguments::take;
use crate::bytes;

const PATH: Signature = Signature::fixed(&[Param::String]);

pub(crate) const FAMILY: Family = Family {
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
                Ok(Value::Str(base(path).into()))
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
                Ok(Value::Str(clean(path).into()))
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
                let end = memchr::memrchr(b'/', path).map_or(0, |slash| slash + 1);
                Ok(Value::Str(clean(&path[..end]).into()))
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
                Ok(Value::Str(ext(path).into()))
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
                Ok(path.starts_with(b"/").into())
            },
        },
    ],
};

fn base(path: &[u8]) -> &[u8] {
    if path.is_empty() {
        return b".";
    }
    let end = path
        .iter()
        .rposition(|b| *b != b'/')
        .map_or(0, |last| last + 1);
    let start = memchr::memrchr(b'/', &path[..end]).map_or(0, |slash| slash + 1);
    match &path[start..end] {
        [] => b"/",
        name => name,
    }
}

fn ext(path: &[u8]) -> &[u8] {
    match path.iter().rposition(|b| matches!(b, b'.' | b'/')) {
        Some(dot) if path[dot] == b'.' => &path[dot..],
        _ => b"",
    }
}

fn clean(path: &[u8]) -> Vec<u8> {
    let is_rooted = path.starts_with(b"/");
    let mut kept: Vec<&[u8]> = Vec::new();
    for element in path.split(|b| *b == b'/') {
        match element {
            b"" | b"." => {}
            b".." if kept.last().is_some_and(|last| *last != b"..") => {
                kept.pop();
            }
            b".." if is_rooted => {}
            name => kept.push(name),
        }
    }
    let joined = bytes::join(&kept, b"/");
    match (is_rooted, joined.is_empty()) {
        (true, _) => [b"/", &joined[..]].concat(),
        (false, true) => b".".to_vec(),
        (false, false) => joined,
    }
}
