//! Dicts: maps with string keys. A map is shared, so `set`, `unset` and `merge` change what every other name of it sees.

use homescale_template::{Context, Failure, Function, Group};
use homescale_value::{List, Map, Signature, Str, Type, Value};

use crate::arguments::{EACH_TEXT, Outcome, list, maps, strval, take, texts, took, visit};
use crate::row::BLANK;
use crate::sprig::mergo::{MergeError, Precedence, merge_into};

pub(crate) const GROUP: Group = Group {
    name: "dicts",
    about: "Makes, reads, changes and merges maps.",
    functions: &[
        Function {
            name: "deepCopy",
            aliases: &["mustDeepCopy"],
            signature: Signature::fixed(&[Type::Any]),
            usage: "deepCopy VALUE",
            about: "Gives a copy that shares no map and no list with the value.",
            examples: &[(
                r#"{{ $a := dict "k" 1 }}{{ $b := deepCopy $a }}{{ $_ := set $b "k" 2 }}{{ $a.k }}"#,
                "1",
            )],
            call: deep_copy,
        },
        Function {
            name: "dict",
            signature: Signature::variadic(&[], Type::Any),
            usage: "dict KEY VALUE...",
            about: "Makes a map of keys and values in turn.",
            examples: &[(r#"{{ dict "a" 1 "b" (list 2) }}"#, "map[a:1 b:[2]]")],
            call: dict,
            ..BLANK
        },
        Function {
            name: "dig",
            signature: Signature::variadic(&[], Type::Any),
            usage: "dig KEY... DEFAULT MAP",
            about: "Follows keys through nested maps and gives the default when one is absent.",
            examples: &[(r#"{{ dig "a" "b" "none" (dict "a" (dict "b" 1)) }}"#, "1")],
            call: dig,
            ..BLANK
        },
        Function {
            name: "get",
            signature: Signature::fixed(&[Type::Map, Type::String]),
            usage: "get MAP KEY",
            about: "Gives the value of a key, or an empty string when the key is absent.",
            examples: &[(r#"{{ get (dict "a" 1) "a" }}"#, "1")],
            call: get,
            ..BLANK
        },
        Function {
            name: "hasKey",
            signature: Signature::fixed(&[Type::Map, Type::String]),
            usage: "hasKey MAP KEY",
            about: "Tells whether the key is present, even with a nil.",
            examples: &[(r#"{{ hasKey (dict "a" nil) "a" }}"#, "true")],
            call: has_key,
            ..BLANK
        },
        Function {
            name: "keys",
            signature: Signature::variadic(&[], Type::Map),
            usage: "keys MAP...",
            about: "Gives the keys of the maps, in byte order where Helm gives a random one.",
            examples: &[(r#"{{ keys (dict "b" 1 "a" 2) }}"#, "[a b]")],
            call: keys,
            ..BLANK
        },
        Function {
            name: "merge",
            signature: Signature::variadic(&[Type::Map], Type::Map),
            usage: "merge TARGET SOURCE...",
            about: "Fills what is empty in the target from the sources, and gives the target.",
            examples: &[(
                r#"{{ merge (dict "a" 1 "b" "") (dict "a" 9 "b" 2 "c" 3) }}"#,
                "map[a:1 b:2 c:3]",
            )],
            call: |context, args| or_empty(merge(context, Precedence::Target, args)),
            ..BLANK
        },
        Function {
            name: "mergeOverwrite",
            signature: Signature::variadic(&[Type::Map], Type::Map),
            usage: "mergeOverwrite TARGET SOURCE...",
            about: "Sets in the target what the sources have, and gives the target.",
            examples: &[(
                r#"{{ mergeOverwrite (dict "a" 1 "b" 2) (dict "a" 9) }}"#,
                "map[a:9 b:2]",
            )],
            call: |context, args| or_empty(merge(context, Precedence::Source, args)),
            ..BLANK
        },
        Function {
            name: "mustMerge",
            signature: Signature::variadic(&[Type::Map], Type::Map),
            usage: "mustMerge TARGET SOURCE...",
            about: "Is `merge`, but fails where that gives an empty text.",
            examples: &[(
                r#"{{ mustMerge (dict "a" 1) (dict "a" 9 "b" 2) }}"#,
                "map[a:1 b:2]",
            )],
            call: |context, args| Ok(merge(context, Precedence::Target, args)?),
            ..BLANK
        },
        Function {
            name: "mustMergeOverwrite",
            signature: Signature::variadic(&[Type::Map], Type::Map),
            usage: "mustMergeOverwrite TARGET SOURCE...",
            about: "Is `mergeOverwrite`, but fails where that gives an empty text.",
            examples: &[(
                r#"{{ mustMergeOverwrite (dict "a" 1) (dict "a" 9) }}"#,
                "map[a:9]",
            )],
            call: |context, args| Ok(merge(context, Precedence::Source, args)?),
            ..BLANK
        },
        Function {
            name: "omit",
            signature: Signature::variadic(&[Type::Map], Type::String),
            usage: "omit MAP KEY...",
            about: "Gives a new map without these keys.",
            examples: &[(r#"{{ omit (dict "a" 1 "b" 2) "a" }}"#, "map[b:2]")],
            call: omit,
            ..BLANK
        },
        Function {
            name: "pick",
            signature: Signature::variadic(&[Type::Map], Type::String),
            usage: "pick MAP KEY...",
            about: "Gives a new map with these keys only.",
            examples: &[(r#"{{ pick (dict "a" 1 "b" 2) "a" "z" }}"#, "map[a:1]")],
            call: pick,
            ..BLANK
        },
        Function {
            name: "pluck",
            signature: Signature::variadic(&[Type::String], Type::Map),
            usage: "pluck KEY MAP...",
            about: "Gives the values of a key in each map that has it.",
            examples: &[(
                r#"{{ pluck "a" (dict "a" 1) (dict) (dict "a" 2) }}"#,
                "[1 2]",
            )],
            call: pluck,
            ..BLANK
        },
        Function {
            name: "set",
            signature: Signature::fixed(&[Type::Map, Type::String, Type::Any]),
            usage: "set MAP KEY VALUE",
            about: "Sets a key in the map itself, and gives the map.",
            examples: &[(r#"{{ set (dict "a" 1) "b" 2 }}"#, "map[a:1 b:2]")],
            call: set,
            ..BLANK
        },
        Function {
            name: "unset",
            signature: Signature::fixed(&[Type::Map, Type::String]),
            usage: "unset MAP KEY",
            about: "Removes a key from the map itself, and gives the map.",
            examples: &[(r#"{{ unset (dict "a" 1 "b" 2) "b" }}"#, "map[a:1]")],
            call: unset,
            ..BLANK
        },
        Function {
            name: "values",
            signature: Signature::fixed(&[Type::Map]),
            usage: "values MAP",
            about: "Gives the values of a map, in the byte order of their keys where Helm gives a random one.",
            examples: &[(r#"{{ values (dict "b" 1 "a" 2) }}"#, "[2 1]")],
            call: values,
            ..BLANK
        },
    ],
};

/// Go's text for a write to a nil map.
const NIL_MAP: &str = "assignment to entry in nil map";

fn deep_copy(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let value: &Value = take(args)?;
    if matches!(value, Value::Nil) {
        return Err("reflect: call of reflect.Value.Type on zero Value".into());
    }
    let held = visit(context, args)?;
    // A map of one entry takes as much as several entries of a large one.
    took(context, held * 2 * EACH_TEXT)?;
    Ok(value.deep_copy())
}

fn dict(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let pairs = args.chunks(2).map(|pair| {
        let value = pair.get(1).cloned().unwrap_or_else(|| "".into());
        Ok((strval(context, &pair[0])?, value))
    });
    Ok(Value::Map(pairs.collect::<Outcome<_>>()?))
}

fn dig(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let [path @ .., default, map] = args else {
        return Err("dig needs at least three arguments".into());
    };
    if path.is_empty() {
        return Err("dig needs at least three arguments".into());
    }
    // The keys are asserted to be strings before the first one is followed, but after the map.
    let mut step = plain_map(map)?;
    let keys: Vec<&Str> = path.iter().map(key_of).collect::<Outcome<_>>()?;
    for (index, key) in keys.iter().enumerate() {
        let Some(value) = step.get(key) else {
            return Ok(default.clone());
        };
        if index + 1 == keys.len() {
            return Ok(value);
        }
        step = plain_map(&value)?;
    }
    Ok(Value::Nil)
}

/// Go's type assertion to `map[string]interface {}`, which a named map type such as `common.Values` fails.
fn plain_map(value: &Value) -> Outcome<Map> {
    let wanted = homescale_value::MapType::ANY.name;
    match value {
        Value::Map(map) if map.ty().name == wanted => Ok(map.clone()),
        other => Err(failed_assertion(other, wanted)),
    }
}

fn key_of(value: &Value) -> Outcome<&Str> {
    value
        .as_str()
        .ok_or_else(|| failed_assertion(value, "string"))
}

fn failed_assertion(value: &Value, wanted: &str) -> Failure {
    let found = match value {
        Value::Nil => "nil",
        other => other.type_name(),
    };
    Failure::Message(format!(
        "interface conversion: interface {{}} is {found}, not {wanted}"
    ))
}

fn get(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (map, key): (Map, &Str) = take(args)?;
    Ok(map.get(key).unwrap_or_else(|| "".into()))
}

fn has_key(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (map, key): (Map, &Str) = take(args)?;
    Ok(map.contains(key).into())
}

fn keys(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let keys = maps(args).flat_map(|map| map.keys());
    Ok(Value::List(List::strings(keys)))
}

fn merge(
    context: &mut dyn Context,
    precedence: Precedence,
    args: &[Value],
) -> Result<Value, MergeError> {
    let (mut target, sources): (Map, &[Value]) = take(args)?;
    for source in maps(sources) {
        if target.is_nil() && !source.is_nil() {
            target = Map::new();
        }
        merge_into(context, &target, &source, precedence)?;
    }
    Ok(Value::Map(target))
}

/// What is merged, or nothing where mergo has an error.
fn or_empty(merged: Result<Value, MergeError>) -> Outcome {
    match merged {
        Err(MergeError::DifferentTypes) => Ok("".into()),
        merged => Ok(merged?),
    }
}

fn omit(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (map, keys): (Map, &[Value]) = take(args)?;
    context.consume(map.len() as u64 * keys.len() as u64, 0)?;
    let entries = map.entries();
    let kept = entries
        .iter()
        .filter(|(key, _)| texts(keys).all(|omitted| omitted != *key))
        .map(|(key, value)| (key.clone(), value.clone()));
    Ok(Value::Map(kept.collect()))
}

fn pick(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (map, keys): (Map, &[Value]) = take(args)?;
    let picked = texts(keys).filter_map(|key| Some((key.clone(), map.get(key)?)));
    Ok(Value::Map(picked.collect()))
}

fn pluck(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (key, sources): (&Str, &[Value]) = take(args)?;
    Ok(list(maps(sources).filter_map(|map| map.get(key))))
}

fn set(context: &mut dyn Context, args: &[Value]) -> Outcome {
    let (map, key, value): (Map, &Str, &Value) = take(args)?;
    if map.is_nil() {
        return Err(NIL_MAP.into());
    }
    if map.set(key.clone(), value.clone()).is_none() {
        context.consume(0, 2 * size_of::<(Str, Value)>() as u64)?;
    }
    Ok(Value::Map(map))
}

fn unset(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let (map, key): (Map, &Str) = take(args)?;
    map.remove(key);
    Ok(Value::Map(map))
}

fn values(_: &mut dyn Context, args: &[Value]) -> Outcome {
    let map: Map = take(args)?;
    let entries = map.entries();
    Ok(list(entries.values().cloned()))
}
