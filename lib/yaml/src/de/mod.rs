//! Typed reading: a document into any type that implements serde's `Deserialize`, in the same dialect as everything else.
//!
//! An error says where in the text and where in the structure it is:
//! `line 3, column 11: spec.replicas: expected an integer, found the string "x"`.

mod pairs;
#[cfg(test)]
mod tests;
mod words;

use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess,
    IntoDeserializer, MapAccess, SeqAccess, VariantAccess, Visitor,
};

use crate::decode;
use crate::error::{Error, Segment};
use crate::node::{Kind, NodeRef};
use crate::position::Position;
use crate::read::parse;
use crate::resolve::Scalar;
use pairs::{Merged, Pair, deserialize_as, too_deep, visit_scalar};
use words::{describe, unexpected};

/// Types may be nested this deep.
const MAX_DEPTH: usize = 200;

/// Reads the first document of `text` as a `T`. An empty text is null. Duplicate keys are an error, as are values that JSON
/// cannot express.
pub fn from_slice_as<T: DeserializeOwned>(text: &[u8]) -> Result<T, Error> {
    let document = parse(text)?;
    match document.root() {
        Some(root) => from_node(root),
        None => T::deserialize(().into_deserializer())
            .map_err(|error: Error| error.or_at(Position::default())),
    }
}

/// Reads a node of a document as a `T`, under the rules of [`from_slice_as`].
pub fn from_node<'de, T: Deserialize<'de>>(node: NodeRef<'de>) -> Result<T, Error> {
    decode::check(node.document(), node.id())?;
    let deserializer = NodeDeserializer {
        node,
        depth: MAX_DEPTH,
    };
    deserializer.place(T::deserialize(deserializer))
}

/// Hands a node to a visitor.
#[derive(Clone, Copy)]
struct NodeDeserializer<'de> {
    node: NodeRef<'de>,
    /// How much deeper the types may be nested.
    depth: usize,
}

impl<'de> NodeDeserializer<'de> {
    /// Adds the place of this node to an error that has none.
    fn place<T>(self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|error| error.or_at(self.node.start()))
    }

    fn scalar(self) -> Option<Scalar<'de>> {
        self.node.target().scalar()
    }

    fn is_null(self) -> bool {
        self.scalar() == Some(Scalar::Nil)
    }

    fn list(self, depth: usize) -> Items<impl Iterator<Item = NodeRef<'de>>> {
        Items {
            nodes: self.node.target().children(),
            index: 0,
            depth,
        }
    }

    fn map(self, depth: usize) -> Result<Pairs<'de>, Error> {
        let mut pairs = Merged::default();
        pairs.add(self.node.target(), depth)?;
        Ok(Pairs {
            left: pairs.pairs.into_iter(),
            value: None,
            depth,
        })
    }

    /// The depth of the parts of this node.
    fn deeper(self) -> Result<usize, Error> {
        self.depth.checked_sub(1).ok_or_else(too_deep)
    }

    fn any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.node.target().kind() {
            Kind::Sequence => visitor.visit_seq(self.list(self.deeper()?)),
            Kind::Mapping => visitor.visit_map(self.map(self.deeper()?)?),
            Kind::Scalar | Kind::Alias => visit_scalar(self.scalar(), visitor),
        }
    }

    /// An integer; a float without a fraction is one, because JSON does not tell them apart.
    fn integer<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        /// Up to here every whole number is a float.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let result = match self.scalar() {
            Some(Scalar::Float(float)) if float.fract() == 0.0 && float.abs() <= EXACT => {
                visitor.visit_i64(float as i64)
            }
            _ => self.any(visitor),
        };
        self.place(result)
    }

    fn text<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = match self.scalar() {
            Some(
                scalar @ (Scalar::Bool(_) | Scalar::Int(_) | Scalar::Uint(_) | Scalar::Float(_)),
            ) => {
                let found = describe(unexpected(&scalar));
                let wanted = self.node.target().text().unwrap_or_default();
                Err(<Error as de::Error>::custom(format_args!(
                    "expected a string, found {found}; write \"{wanted}\" if text is meant"
                )))
            }
            _ => self.any(visitor),
        };
        self.place(result)
    }
}

impl<'de> Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.place(self.any(visitor))
    }

    deserialize_as! {
        integer: deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }
    deserialize_as! { text: deserialize_char deserialize_str deserialize_string }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let result = if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        };
        self.place(result)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.place(visitor.visit_newtype_struct(self))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let result = match self.node.target().kind() {
            Kind::Mapping => {
                let depth = self.deeper()?;
                let mut pairs = self.map(depth)?.left;
                match (pairs.next(), pairs.next()) {
                    (Some(pair), None) => visitor.visit_enum(Variant { pair, depth }),
                    _ => Err(<Error as de::Error>::custom(
                        "expected a map with one key, the variant",
                    )),
                }
            }
            _ => match self.scalar() {
                Some(Scalar::Str(text)) => visitor.visit_enum(text.into_deserializer()),
                _ => self.any(visitor),
            },
        };
        self.place(result)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool f32 f64 bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier
    }
}

/// The entries of a list.
struct Items<I> {
    nodes: I,
    index: usize,
    depth: usize,
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

/// The pairs of a map.
struct Pairs<'de> {
    left: std::vec::IntoIter<Pair<'de>>,
    value: Option<(String, NodeRef<'de>)>,
    depth: usize,
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

/// `variant: content`.
struct Variant<'de> {
    pair: Pair<'de>,
    depth: usize,
}

impl<'de> EnumAccess<'de> for Variant<'de> {
    type Error = Error;
    type Variant = NodeDeserializer<'de>;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Self::Variant), Error> {
        let (key, node) = self.pair;
        let depth = self.depth;
        Ok((seed.deserialize(key)?, NodeDeserializer { node, depth }))
    }
}

impl<'de> VariantAccess<'de> for NodeDeserializer<'de> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        Deserialize::deserialize(self)
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Error> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }
}
