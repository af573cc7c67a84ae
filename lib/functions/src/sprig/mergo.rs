//! Merging maps as `mergo` 1.0 does it for Sprig: in place, and with its own idea of what counts as empty.

use homescale_template::{Context, Failure};
use homescale_value::{MAX_DEPTH, Map, Str, Type, Value};

/// Which side wins when both have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precedence {
    /// `merge`: the target keeps what it has, unless that is empty.
    Target,
    /// `mergeOverwrite`: the source replaces, with an empty value too.
    Source,
}

/// Merges `source` into `target`.
///
/// Nested maps that both have are merged in place. What the target gets from the source is the same map or list, not a
/// copy: later changes show in both. All entries are counted: a map that holds another twice, which does the same, and so
/// on, has no end of them.
pub(crate) fn merge_into(
    context: &mut dyn Context,
    target: &Map,
    source: &Map,
    precedence: Precedence,
) -> Result<(), Failure> {
    Merge {
        precedence,
        context,
    }
    .merge(target, source, MAX_DEPTH)
}

struct Merge<'a> {
    precedence: Precedence,
    context: &'a mut dyn Context,
}

impl Merge<'_> {
    fn merge(&mut self, target: &Map, source: &Map, depth: usize) -> Result<(), Failure> {
        if target.is_nil() || target.is_same(source) {
            return Ok(());
        }
        if depth == 0 {
            return Err("the maps to merge are nested too deeply".into());
        }
        let precedence = self.precedence;
        let entries = source.len() as u64;
        let bytes = entries * size_of::<(Str, Value)>() as u64;
        self.context.consume(entries * 4 + 1, bytes)?;
        for (key, new) in source.to_vec() {
            if matches!(new, Value::Nil) {
                if precedence == Precedence::Source {
                    assignable(target, source.ty().elem)?;
                    target.set(key, new);
                }
                continue;
            }
            let old = target.get(&key);
            if let (Some(Value::Map(old)), Value::Map(new)) = (&old, &new) {
                self.merge(old, new, depth - 1)?;
            }
            // Looked at after the merge: a map that was empty and has been filled stays.
            let keeps = old.as_ref().is_some_and(Value::is_true);
            let keeps_container = keeps
                && matches!(
                    (&old, &new),
                    (Some(Value::Map(_)), Value::Map(_))
                        | (Some(_), Value::List(_) | Value::Bytes(_))
                );
            let replaces = match (&new, precedence) {
                (Value::List(_) | Value::Bytes(_), Precedence::Source) => true,
                (_, Precedence::Source) => !keeps_container,
                (_, Precedence::Target) => !keeps,
            };
            if replaces {
                assignable(target, source.ty().elem)?;
                target.set(key, new);
            }
        }
        Ok(())
    }
}

/// Go panics when a map gets a value of another static type than its own, whatever the value is.
fn assignable(target: &Map, source: Type) -> Result<(), Failure> {
    let elem = target.ty().elem;
    if elem == Type::Any || elem == source {
        return Ok(());
    }
    Err(Failure::Message(format!(
        "reflect.Value.SetMapIndex: value of type {} is not assignable to type {}",
        source.name(),
        elem.name()
    )))
}
