//! Lists: making, cutting and searching them. All of them give a new list; none changes its argument.
//!
//! A function and that called `must…` are the same code: where one panics in Go, the other returns the same text.

use std::collections::BTreeMap;

use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{List, ListType, Signature, Str, Type, Value, deep_equal};

use crate::arguments::{NIL_POINTER, Outcome, int64, list, take, visit, with_items};
use crate::row::BLANK;

pub(crate) const GROUP: Group = Group {
    name: "lists",
    about: "Makes, cuts and searches lists.",
    functions: &[
        Function {
            name: "append",
            aliases: &["mustAppend", "mustPush", "push"],
            signature: Signature::fixed(&[Type::Any, Type::Any]),
            usage: "append LIST VALUE",
            about: "Gives a new list with the value at the end.",
            examples: &[("{{ append (list 1 2) 3 }}", "[1 2 3]")],
            call: append,
        },
        Function {
            name: "chunk",
            aliases: &["mustChunk"],
            signature: Signature::fixed(&[Type::Int, Type::Any]),
            usage: "chunk SIZE LIST",
            about: "Gives a list of lists of at most that size.",
            examples: &[("{{ chunk 2 (list 1 2 3) }}", "[[1 2] [3]]")],
            call: chunk,
        },
        Function {
            name: "compact",
            aliases: &["mustCompact"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "compact LIST",
            about: "Gives a new list without the empty values.",
            examples: &[(r#"{{ compact (list 1 0 "" "a") }}"#, "[1 a]")],
            call: compact,
        },
        Function {
            name: "concat",
            signature: Signature::variadic(&[], Type::Any),
            usage: "concat LIST...",
            about: "Gives one list of all elements.",
            examples: &[("{{ concat (list 1) (list 2 3) }}", "[1 2 3]")],
            call: concat,
            ..BLANK
        },
        Function {
            name: "first",
            aliases: &["mustFirst"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "first LIST",
            about: "Gives the first element, or nil when there is none.",
            examples: &[("{{ first (list 1 2) }}", "1")],
            call: first,
        },
        Function {
            name: "has",
            aliases: &["mustHas"],
            signature: Signature::fixed(&[Type::Any, Type::Any]),
            usage: "has VALUE LIST",
            about: "Tells whether an element is deeply equal to the value.",
            examples: &[(
                "{{ has 1 (list 1 2) }} {{ has 1 (list 1.0) }}",
                "true false",
            )],
            call: has,
        },
        Function {
            name: "initial",
            aliases: &["mustInitial"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "initial LIST",
            about: "Gives a new list without the last element.",
            examples: &[("{{ initial (list 1 2 3) }}", "[1 2]")],
            call: initial,
        },
        Function {
            name: "last",
            aliases: &["mustLast"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "last LIST",
            about: "Gives the last element, or nil when there is none.",
            examples: &[("{{ last (list 1 2) }}", "2")],
            call: last,
        },
        Function {
            name: "list",
            aliases: &["tuple"],
            signature: Signature::variadic(&[], Type::Any),
            usage: "list VALUE...",
            about: "Makes a list.",
            examples: &[(r#"{{ list 1 "a" }}"#, "[1 a]")],
            call: |_, args| Ok(list(args.iter().cloned())),
        },
        Function {
            name: "prepend",
            aliases: &["mustPrepend"],
            signature: Signature::fixed(&[Type::Any, Type::Any]),
            usage: "prepend LIST VALUE",
            about: "Gives a new list with the value at the front.",
            examples: &[("{{ prepend (list 1 2) 0 }}", "[0 1 2]")],
            call: prepend,
        },
        Function {
            name: "rest",
            aliases: &["mustRest"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "rest LIST",
            about: "Gives a new list without the first element.",
            examples: &[("{{ rest (list 1 2 3) }}", "[2 3]")],
            call: rest,
        },
        Function {
            name: "reverse",
            aliases: &["mustReverse"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "reverse LIST",
            about: "Gives a new list from the last element to the first.",
            examples: &[("{{ reverse (list 1 2 3) }}", "[3 2 1]")],
            call: reverse,
        },
        Function {
            name: "slice",
            aliases: &["mustSlice"],
            signature: Signature::variadic(&[Type::Any], Type::Any),
            usage: "slice LIST START END...",
            about: "Gives the elements from one index up to, and without, another.",
            examples: &[
                ("{{ slice (list 1 2 3 4) 1 3 }}", "[2 3]"),
                ("{{ slice (list 1 2 3 4) 2 }}", "[3 4]"),
            ],
            call: slice,
        },
        Function {
            name: "uniq",
            aliases: &["mustUniq"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "uniq LIST",
            about: "Gives a new list with the first of each group of deeply equal elements.",
            examples: &[("{{ uniq (list 1 2 1) }}", "[1 2]")],
            call: uniq,
        },
        Function {
            name: "without",
            aliases: &["mustWithout"],
            signature: Signature::variadic(&[Type::Any], Type::Any),
            usage: "without LIST VALUE...",
            about: "Gives a new list without the elements that are deeply equal to a value.",
            examples: &[("{{ without (list 1 2 3) 2 3 }}", "[1]")],
            call: without,
        },
    ],
};

/// What `chunk` gives.
static LISTS: ListType = ListType::plain("[][]interface {}", Type::List);

fn append(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (items, value): (&Value, &Value) = take(args)?;
    with_items(items, "Cannot push on type", |items| {
        let mut longer = Vec::with_capacity(items.len() + 1);
        longer.extend_from_slice(items);
        longer.push(value.clone());
        longer.into()
    })
}

fn chunk(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (size, items): (i64, &Value) = take(args)?;
    with_items(items, "Cannot chunk type", |items| {
        let chunks = match usize::try_from(size) {
            Ok(size) if size > 0 => items
                .chunks(size)
                .map(|chunk| chunk.to_vec().into())
                .collect(),
            _ => chunks_of_odd_size(size.unsigned_abs() as usize, items)?,
        };
        Ok(Value::List(List::typed(&LISTS, chunks)))
    })?
}

/// What Sprig's arithmetic makes of a size that is zero or negative: a few short lists happen to work.
fn chunks_of_odd_size(size: usize, items: &[Value]) -> Outcome<Vec<Value>> {
    match (size, items.len()) {
        (2.., 1) => Ok(vec![items.to_vec().into()]),
        (1.., 2..) if items.len() - 1 <= size => Ok(Vec::new()),
        _ => Err("runtime error: makeslice: len out of range".into()),
    }
}

fn compact(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    with_items(items, "Cannot compact on type", |items| {
        list(items.iter().filter(|item| item.is_true()).cloned())
    })
}

fn concat(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let mut all = Vec::new();
    for items in args {
        let complaint = |kind| Failure::Message(format!("Cannot concat type {kind} as list"));
        match items {
            Value::List(_) | Value::Bytes(_) => {
                with_items(items, "", |items| all.extend_from_slice(items))?;
            }
            Value::Nil => return Err(NIL_POINTER.into()),
            other => return Err(complaint(other.kind())),
        }
    }
    if all.is_empty() {
        return Ok(nil_list());
    }
    Ok(all.into())
}

fn first(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    with_items(items, "Cannot find first on type", |items| {
        items.first().cloned().unwrap_or_default()
    })
}

fn has(context: &mut dyn Context, args: &[Value]) -> Outcome {
    visit(context, args)?;
    let (wanted, items): (&Value, &Value) = take(args)?;
    if matches!(items, Value::Nil) {
        return Ok(false.into());
    }
    with_items(items, "Cannot find has on type", |items| {
        contains(items, wanted).into()
    })
}

fn initial(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    with_items(items, "Cannot find initial on type", |items| {
        items
            .split_last()
            .map_or_else(nil_list, |(_, initial)| initial.to_vec().into())
    })
}

fn last(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    with_items(items, "Cannot find last on type", |items| {
        items.last().cloned().unwrap_or_default()
    })
}

fn prepend(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (items, value): (&Value, &Value) = take(args)?;
    with_items(items, "Cannot prepend on type", |items| {
        let mut longer = Vec::with_capacity(items.len() + 1);
        longer.push(value.clone());
        longer.extend_from_slice(items);
        longer.into()
    })
}

fn rest(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    with_items(items, "Cannot find rest on type", |items| {
        items
            .split_first()
            .map_or_else(nil_list, |(_, rest)| rest.to_vec().into())
    })
}

fn reverse(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let items: &Value = take(args)?;
    with_items(items, "Cannot find reverse on type", |items| {
        list(items.iter().rev().cloned())
    })
}

/// The part keeps the type of the whole. In Go it also shares its elements, which no function of templates can tell.
fn slice(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (whole, bounds): (&Value, &[Value]) = take(args)?;
    with_items(
        whole,
        "list should be type of slice or array but",
        |items| {
            if items.is_empty() {
                return Ok(Value::Nil);
            }
            let start = bounds.first().map_or(0, int64);
            let end = bounds.get(1).map_or(items.len() as i64, int64);
            let part = usize::try_from(start)
                .ok()
                .zip(usize::try_from(end).ok())
                .and_then(|(start, end)| items.get(start..end))
                .ok_or_else(|| Failure::new("reflect.Value.Slice: slice index out of bounds"))?;
            Ok(match whole {
                Value::List(whole) => Value::List(List::typed(whole.ty(), part.to_vec())),
                Value::Bytes(whole) => Value::Bytes(whole[start as usize..end as usize].into()),
                _ => part.to_vec().into(),
            })
        },
    )?
}

fn uniq(context: &mut dyn Context, args: &[Value]) -> Outcome {
    visit(context, args)?;
    let items: &Value = take(args)?;
    with_items(items, "Cannot find uniq on type", |items| {
        let mut unique: Vec<Value> = Vec::new();
        let mut seen: BTreeMap<Bucket, Vec<Value>> = BTreeMap::new();
        for item in items {
            let alike = seen.entry(Bucket::of(item)).or_default();
            context.consume(alike.len() as u64, 0)?;
            if !contains(alike, item) {
                alike.push(item.clone());
                unique.push(item.clone());
            }
        }
        Ok(unique.into())
    })?
}

/// Where equal values are sure to meet: long lists are made of scalars, and need not compare each with each.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Bucket {
    Text(Str),
    Integer(i64),
    Other(&'static str),
}

impl Bucket {
    fn of(value: &Value) -> Self {
        match value {
            Value::Str(text) => Self::Text(text.clone()),
            Value::Int(number) | Value::Int64(number) => Self::Integer(*number),
            Value::Float(number) => Self::Integer(*number as i64),
            other => Self::Other(other.type_name()),
        }
    }
}

fn without(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let held = visit(context, args)?;
    let (items, omitted): (&Value, &[Value]) = take(args)?;
    // Each is compared with each.
    context.consume(held as u64 * omitted.len() as u64, 0)?;
    with_items(items, "Cannot find without on type", |items| {
        list(
            items
                .iter()
                .filter(|item| !contains(omitted, item))
                .cloned(),
        )
    })
}

fn contains(items: &[Value], wanted: &Value) -> bool {
    items.iter().any(|item| deep_equal(item, wanted))
}

/// A nil `[]interface {}`, which prints as `[]` and is null in JSON and YAML.
fn nil_list() -> Value {
    Value::List(List::nil(&ListType::ANY))
}
