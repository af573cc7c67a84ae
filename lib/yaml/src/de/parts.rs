//! The parts of lists and maps: entries, and pairs after merging.

use std::collections::HashMap;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::{NodeDeserializer, too_deep, visit_scalar};
use crate::error::{Error, Segment};
use crate::node::NodeRef;
use crate::resolve::Scalar;

/// The entries of a list.
pub(super) struct Items<I> {
    pub(super) nodes: I,
    pub(super) index: usize,
    pub(super) depth: usize,
}

impl<'de, I: Iterator<Item = NodeRef<'de>>> SeqAccess<'de> for Items<I> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Error> {
        let Some(node) = self.nodes.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        let depth = self.depth;
        let deserializer = NodeDeserializer { node, depth };
        let item = deserializer.place(seed.deserialize(deserializer));
        item.map(Some)
            .map_err(|error| error.under(Segment::Index(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        self.nodes.size_hint().1
    }
}

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

/// The pairs of a map.
pub(super) struct Pairs<'de> {
    pub(super) left: std::vec::IntoIter<Pair<'de>>,
    pub(super) value: Option<(String, NodeRef<'de>)>,
    pub(super) depth: usize,
}

impl<'de> MapAccess<'de> for Pairs<'de> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((key, value)) = self.left.next() else {
            return Ok(None);
        };
        self.value = Some((key.text.clone(), value));
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let (key, node) = self
            .value
            .take()
            .ok_or_else(|| <Error as de::Error>::custom("a value without a key"))?;
        let depth = self.depth;
        let deserializer = NodeDeserializer { node, depth };
        let value = deserializer.place(seed.deserialize(deserializer));
        value.map_err(|error| error.under(Segment::Key(key)))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left.len())
    }
}

/// A key of a map: text, that may also be asked for as the number or truth value it was.
pub(super) struct Key<'de> {
    node: NodeRef<'de>,
    text: String,
}

impl<'de> Key<'de> {
    fn typed<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = visit_scalar(self.node.target().scalar(), visitor);
        result.map_err(|error| error.or_at(self.node.start()))
    }
}

impl<'de> Deserializer<'de> for Key<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result: Result<V::Value, Error> = match self.node.target().text() {
            Some(text) if text == self.text => visitor.visit_borrowed_str(text),
            _ => visitor.visit_string(self.text),
        };
        result.map_err(|error| error.or_at(self.node.start()))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.typed(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.typed(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.typed(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.typed(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.typed(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.typed(visitor)
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
