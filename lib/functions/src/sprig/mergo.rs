//! Merging maps as `mergo` 1.0 does it for Sprig: in place, and with its own idea of what counts as empty.

use homescale_template::{Context, Failure};
use homescale_value::{Kind, MAX_DEPTH, Map, Object, Str, Type, Value};

/// Which side wins when both have a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Precedence {
    /// `merge`: the target keeps what it has, unless that is empty.
    Target,
    /// `mergeOverwrite`: the source replaces, with an empty value too.
    Source,
}

/// Why maps were not merged, or not completely.
#[derive(Debug)]
pub(crate) enum MergeError {
    /// Mergo's error: a pointer and something else have the same key.
    DifferentTypes,
    /// Go panics, or would not end.
    Panic(Failure),
}

impl From<Failure> for MergeError {
    fn from(failure: Failure) -> Self {
        Self::Panic(failure)
    }
}

impl From<MergeError> for Failure {
    fn from(error: MergeError) -> Self {
        match error {
            MergeError::DifferentTypes => "src and dst must be of same type".into(),
            MergeError::Panic(failure) => failure,
        }
    }
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
) -> Result<(), MergeError> {
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
    fn merge(&mut self, target: &Map, source: &Map, depth: usize) -> Result<(), MergeError> {
        if target.is_nil() || target.is_same(source) {
            return Ok(());
        }
        if depth == 0 {
            return Err(Failure::new("the maps to merge are nested too deeply").into());
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
            match (&old, &new) {
                (Some(Value::Map(old)), Value::Map(new)) => self.merge(old, new, depth - 1)?,
                (Some(Value::Object(old)), new) => self.object(old.as_ref(), new)?,
                _ => {}
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

impl Merge<'_> {
    /// Structs are merged field by field, of which none can be set; but not every value has fields.
    fn object(&self, old: &dyn Object, new: &Value) -> Result<(), MergeError> {
        if !matches!(new.kind(), Kind::Struct | Kind::Ptr | Kind::Map) {
            return Ok(());
        }
        let has_fields = || old.fields().iter().any(|(field, _)| field.is_exported());
        match (old.kind(), new.kind()) {
            (Kind::Struct, kind) if kind != Kind::Struct && has_fields() => {
                let text = format!("reflect: call of reflect.Value.Field on {kind} Value");
                Err(Failure::Message(text).into())
            }
            (Kind::Ptr, kind) if kind != Kind::Ptr && self.precedence == Precedence::Target => {
                if old.pointee() == Some(new.type_name()) {
                    return Ok(());
                }
                Err(MergeError::DifferentTypes)
            }
            (Kind::Ptr, Kind::Ptr) if self.precedence == Precedence::Source => {
                if let Value::Object(new) = new {
                    old.assign(new.as_ref());
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Go panics when a map gets a value of another static type than its own, whatever the value is.
fn assignable(target: &Map, source: Type) -> Result<(), MergeError> {
    let elem = target.ty().elem;
    if elem == Type::Any || elem == source {
        return Ok(());
    }
    let text = format!(
        "reflect.Value.SetMapIndex: value of type {} is not assignable to type {}",
        source.name(),
        elem.name()
    );
    Err(Failure::Message(text).into())
}
