//! Lists of strings: splitting, joining, sorting. They give a `[]string` or a `map[string]string`.

use homescale_go::strings;
use homescale_template::{Context, Function, Group};
use homescale_value::{List, ListType, Map, MapType, Signature, Str, Type, Value};

use crate::arguments::{EACH_TEXT, Outcome, string_list, strings as texts, strval, take, took};
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "string_lists",
    about: "Splits text into lists, and joins and sorts lists of text.",
    functions: &[
        Function {
            name: "join",
            signature: Signature::fixed(&[Type::String, Type::Any]),
            usage: "join SEPARATOR LIST",
            about: "Joins the texts of a list, without its nils.",
            examples: &[(r#"{{ list 1 nil "a" | join "-" }}"#, "1-a")],
            call: join,
            ..BLANK
        },
        Function {
            name: "sortAlpha",
            signature: Signature::fixed(&[Type::Any]),
            usage: "sortAlpha LIST",
            about: "Sorts the texts of a list by their bytes; a list of strings is sorted in place.",
            examples: &[(r#"{{ sortAlpha (list "b" 10 9) }}"#, "[10 9 b]")],
            call: sort_alpha,
            ..BLANK
        },
        Function {
            name: "split",
            signature: Signature::fixed(&[Type::String, Type::String]),
            usage: "split SEPARATOR TEXT",
            about: "Gives a map of the parts, with the keys `_0`, `_1` and so on.",
            examples: &[(r#"{{ (split "/" "a/b")._1 }}"#, "b")],
            call: |context, args| {
                let (separator, text): (&Str, &Str) = take(args)?;
                numbered(context, &strings::split_n(text, separator, -1))
            },
            ..BLANK
        },
        Function {
            name: "splitList",
            signature: Signature::fixed(&[Type::String, Type::String]),
            usage: "splitList SEPARATOR TEXT",
            about: "Gives a list of the parts.",
            examples: &[(r#"{{ splitList "," "a,b" }}"#, "[a b]")],
            call: split_list,
            ..BLANK
        },
        Function {
            name: "splitn",
            signature: Signature::fixed(&[Type::String, Type::Int, Type::String]),
            usage: "splitn SEPARATOR COUNT TEXT",
            about: "Is `split` into at most that many parts, the last of which holds the rest.",
            examples: &[(r#"{{ splitn "/" 2 "a/b/c" }}"#, "map[_0:a _1:b/c]")],
            call: splitn,
            ..BLANK
        },
        Function {
            name: "toStrings",
            signature: Signature::fixed(&[Type::Any]),
            usage: "toStrings LIST",
            about: "Gives the texts of a list, without its nils, as a list of strings.",
            examples: &[("{{ toStrings (list 1 true nil) }}", "[1 true]")],
            call: to_strings,
            ..BLANK
        },
    ],
};

fn join(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (separator, items): (&Str, &Value) = take(args)?;
    let texts = texts(context, items)?;
    let joined = strings::join(&texts, separator, context.room())?;
    Ok(Value::Str(joined.into()))
}

fn sort_alpha(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    match items {
        Value::List(_) | Value::Bytes(_) => {
            let mut sorted = texts(context, items)?;
            sorted.sort();
            let sorted = sorted.into_iter().map(Value::Str).collect();
            // Go sorts a []string where it is, so its other holders see it sorted too.
            if let Value::List(list) = items
                && list.ty().name == ListType::STRINGS.name
            {
                list.replace_all(sorted);
                return Ok(items.clone());
            }
            Ok(Value::List(List::typed(&ListType::STRINGS, sorted)))
        }
        other => Ok(Value::List(List::strings([strval(context, other)?]))),
    }
}

fn split_list(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (separator, text): (&Str, &Str) = take(args)?;
    string_list(context, &strings::split_n(text, separator, -1))
}

fn splitn(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (separator, count, text): (&Str, i64, &Str) = take(args)?;
    numbered(context, &strings::split_n(text, separator, count))
}

fn to_strings(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    match items {
        Value::List(list) if list.ty().name == ListType::STRINGS.name => Ok(items.clone()),
        other => Ok(Value::List(List::strings(texts(context, other)?))),
    }
}

fn numbered(context: &mut dyn Context, parts: &[&[u8]]) -> Outcome {
    let texts: usize = parts.iter().map(|part| part.len()).sum();
    // Each has a key, and a map has room for more than it holds.
    took(context, texts + parts.len() * 4 * EACH_TEXT)?;
    let entries = parts
        .iter()
        .enumerate()
        .map(|(index, part)| (Str::from(format!("_{index}")), Value::Str((*part).into())));
    Ok(Value::Map(Map::typed(&MapType::STRINGS, entries.collect())))
}
