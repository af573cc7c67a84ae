//! The pairs of a map after merging, and their keys.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::de::value::StrDeserializer;
use serde::de::{self, Deserializer, IntoDeserializer, Visitor};

use crate::error::Error;
use crate::node::NodeRef;
use crate::resolve::Scalar;

/// A key that counts, and its value.
pub(super) type Pair<'de> = (Key<'de>, NodeRef<'de>);

/// The pairs of a map after merging.
#[derive(Default)]
pub(super) struct Merged<'de> {
    pub(super) pairs: Vec<Pair<'de>>,
    places: HashMap<String, usize>,
}

impl<'de> Merged<'de> {
    pub(super) fn add(&mut self, map: NodeRef<'de>, depth: usize) -> Result<(), Error> {
        for (key, value) in map.pairs() {
            if !map.document().is_merge_key(key.id()) {
                self.set(key, value);
                continue;
            }
            let depth = depth
                .checked_sub(1)
                .ok_or_else(|| too_deep().or_at(key.start()))?;
            let (document, value) = (map.document(), value.id());
            // The weakest first, because later pairs overwrite.
            for &id in document.merge_sources(&value).iter().rev() {
                self.add(document.node(id).target(), depth)?;
            }
        }
        Ok(())
    }

    fn set(&mut self, node: NodeRef<'de>, value: NodeRef<'de>) {
        let scalar = node.target().scalar();
        let text = scalar
            .as_ref()
            .and_then(Scalar::key_text)
            .unwrap_or_default();
        let text = text.into_owned();
        let place = *self.places.entry(text.clone()).or_insert(self.pairs.len());
        let pair = (Key { node, text }, value);
        match self.pairs.get_mut(place) {
            Some(old) => *old = pair,
            None => self.pairs.push(pair),
        }
    }
}

/// A key of a map: text, that may also be asked for as the number or truth value it was.
pub(super) struct Key<'de> {
    node: NodeRef<'de>,
    pub(super) text: String,
}

impl<'de> Key<'de> {
    fn typed<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = visit_scalar(self.node.target().scalar(), visitor);
        result.map_err(|error| error.or_at(self.node.start()))
    }
}

/// Methods of serde's `Deserializer` that do the same.
macro_rules! deserialize_as {
    ($same:ident: $($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            self.$same(visitor)
        }
    )+};
}

pub(super) use deserialize_as;

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result: Result<V::Value, Error> = match self.node.target().text() {
            Some(text) if text == self.text => visitor.visit_borrowed_str(text),
            _ => visitor.visit_string(self.text),
        };
        result.map_err(|error| error.or_at(self.node.start()))
    }

    deserialize_as! {
        typed: deserialize_bool deserialize_i32 deserialize_i64 deserialize_u16 deserialize_u32
            deserialize_u64
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let start = self.node.start();
        let name: StrDeserializer<'_, Error> = self.text.as_str().into_deserializer();
        visitor.visit_enum(name).map_err(|error| error.or_at(start))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 u8 f32 f64 char str string bytes byte_buf option unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

pub(super) fn too_deep() -> Error {
    <Error as de::Error>::custom("nested too deeply")
}

pub(super) fn visit_scalar<'de, V: Visitor<'de>>(
    scalar: Option<Scalar<'de>>,
    visitor: V,
) -> Result<V::Value, Error> {
    match scalar {
        None | Some(Scalar::Nil) => visitor.visit_unit(),
        Some(Scalar::Bool(bool)) => visitor.visit_bool(bool),
        Some(Scalar::Int(int)) => match u64::try_from(int) {
            Ok(uint) => visitor.visit_u64(uint),
            Err(_) => visitor.visit_i64(int),
        },
        Some(Scalar::Uint(uint)) => visitor.visit_u64(uint),
        Some(Scalar::Float(float)) => visitor.visit_f64(float),
        Some(Scalar::Str(Cow::Borrowed(text)) | Scalar::Timestamp(text)) => {
            visitor.visit_borrowed_str(text)
        }
        Some(Scalar::Str(Cow::Owned(text))) => visitor.visit_string(text),
        Some(Scalar::Binary(bytes)) => match String::from_utf8(bytes) {
            Ok(text) => visitor.visit_string(text),
            Err(error) => visitor.visit_byte_buf(error.into_bytes()),
        },
    }
}
