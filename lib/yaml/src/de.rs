//! Typed reading: a document into any type that implements serde's `Deserialize`, in the same dialect as everything else.
//!
//! An error says where in the text and where in the structure it is:
//! `line 3, column 11: spec.replicas: expected an integer, found the string "x"`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected,
    IntoDeserializer, MapAccess, SeqAccess, Unexpected, VariantAccess, Visitor,
};

use crate::decode;
use crate::error::{Error, ErrorKind, Segment};
use crate::node::{Kind, NodeRef};
use crate::resolve::Scalar;
use crate::{Mark, parse};

/// Types may be nested this deep.
const MAX_DEPTH: usize = 200;

/// Reads the first document of `text` as a `T`. An empty text is null. Duplicate keys are an error, as are values that JSON
/// cannot express.
pub fn from_slice_as<T: DeserializeOwned>(text: &[u8]) -> Result<T, Error> {
    let document = parse(text)?;
    match document.root() {
        Some(root) => from_node(root),
        None => T::deserialize(().into_deserializer())
            .map_err(|error: Error| error.or_at(Mark::default())),
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

fn too_deep() -> Error {
    <Error as de::Error>::custom("nested too deeply")
}

fn visit_scalar<'de, V: Visitor<'de>>(
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

impl<'de> Deserializer<'de> for NodeDeserializer<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.place(self.any(visitor))
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.integer(visitor)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.text(visitor)
    }

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

/// A key that counts, and its value.
type Pair<'de> = (Key<'de>, NodeRef<'de>);

/// The pairs of a map after merging.
#[derive(Default)]
struct Merged<'de> {
    pairs: Vec<Pair<'de>>,
    places: HashMap<String, usize>,
}

impl<'de> Merged<'de> {
    fn add(&mut self, map: NodeRef<'de>, depth: usize) -> Result<(), Error> {
        for (key, value) in map.pairs() {
            if !map.document().is_merge_key(key.id()) {
                self.set(key, value);
                continue;
            }
            let depth = depth
                .checked_sub(1)
                .ok_or_else(|| too_deep().or_at(key.start()))?;
            match value.kind() {
                Kind::Sequence => {
                    for map in value.children().rev() {
                        self.add(map.target(), depth)?;
                    }
                }
                Kind::Mapping | Kind::Alias | Kind::Scalar => self.add(value.target(), depth)?,
            }
        }
        Ok(())
    }

    fn set(&mut self, node: NodeRef<'de>, value: NodeRef<'de>) {
        let scalar = node.target().scalar();
        let text = scalar
            .as_ref()
            .and_then(|scalar| decode::key_text(scalar))
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

/// A key of a map: text, that may also be asked for as the number or truth value it was.
struct Key<'de> {
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

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(ErrorKind::Type, message.to_string(), None)
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!(
            "expected {}, found {}",
            wanted(expected),
            describe(found)
        ))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::invalid_type(found, expected)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::custom(format_args!("`{field}` is missing"))
    }
}

fn unexpected<'a>(scalar: &'a Scalar<'_>) -> Unexpected<'a> {
    match scalar {
        Scalar::Nil => Unexpected::Unit,
        Scalar::Bool(bool) => Unexpected::Bool(*bool),
        Scalar::Int(int) => Unexpected::Signed(*int),
        Scalar::Uint(uint) => Unexpected::Unsigned(*uint),
        Scalar::Float(float) => Unexpected::Float(*float),
        Scalar::Str(text) => Unexpected::Str(text),
        Scalar::Timestamp(text) => Unexpected::Str(text),
        Scalar::Binary(bytes) => Unexpected::Bytes(bytes),
    }
}

/// What was found, in words for people who write YAML and not Rust.
fn describe(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(bool) => format!("the boolean {bool}"),
        Unexpected::Unsigned(int) => format!("the integer {int}"),
        Unexpected::Signed(int) => format!("the integer {int}"),
        Unexpected::Float(float) => format!("the number {float}"),
        Unexpected::Str(text) => format!("the string {text:?}"),
        Unexpected::Unit | Unexpected::Option => "null".to_string(),
        Unexpected::Seq => "a list".to_string(),
        Unexpected::Map => "a map".to_string(),
        other => other.to_string(),
    }
}

/// What serde's visitors call what they expect, and what we call it.
const WANTED: [(&str, &str); 17] = [
    ("i8", "an integer"),
    ("i16", "an integer"),
    ("i32", "an integer"),
    ("i64", "an integer"),
    ("isize", "an integer"),
    ("u8", "an integer from 0 to 255"),
    ("u16", "an integer from 0 to 65535"),
    ("u32", "an integer that is not negative"),
    ("u64", "an integer that is not negative"),
    ("usize", "an integer that is not negative"),
    ("f32", "a number"),
    ("f64", "a number"),
    ("a sequence", "a list"),
    ("a boolean", "true or false"),
    ("unit", "null"),
    ("a string", "a string"),
    ("a map", "a map"),
];

fn wanted(expected: &dyn Expected) -> String {
    let text = expected.to_string();
    if text.starts_with("struct ") {
        return "a map".to_string();
    }
    let known = WANTED.iter().find(|(serde, _)| *serde == text);
    known.map_or(text, |(_, ours)| (*ours).to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default, deny_unknown_fields, rename_all = "camelCase")]
    struct App {
        name: String,
        replicas: u32,
        mode: u32,
        enabled: bool,
        ratio: f64,
        note: Option<String>,
        ports: Vec<u16>,
        labels: BTreeMap<String, String>,
        policy: Policy,
        weight: Weight,
        by_number: BTreeMap<u32, String>,
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(rename_all = "camelCase")]
    enum Policy {
        #[default]
        Never,
        Always {
            retries: u8,
        },
        Sometimes(u8),
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(untagged)]
    enum Weight {
        Number(i64),
        Words(Vec<String>),
    }

    impl Default for Weight {
        fn default() -> Self {
            Self::Number(0)
        }
    }

    fn read(text: &str) -> Result<App, Error> {
        from_slice_as(text.as_bytes())
    }

    #[test]
    fn the_dialect_is_that_of_values() {
        let text = "base: &b {replicas: 2}\n";
        assert!(read(text).is_err());
        let app = read(
            "name: web\nreplicas: 3.0\nmode: 0755\nenabled: yes\nratio: 1\nnote: ~\nports: [80, 0x50]\n\
             labels: {<<: {a: x, b: w}, a: z, yes: t}\npolicy: {always: {retries: 3}}\nweight: [a]\nbyNumber: {1: a}\n",
        )
        .unwrap();
        assert_eq!(app.replicas, 3);
        assert_eq!(app.mode, 493);
        assert!(app.enabled);
        assert_eq!(app.ratio, 1.0);
        assert_eq!(app.note, None);
        assert_eq!(app.ports, [80, 80]);
        let labels: Vec<_> = app.labels.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(labels, ["a=z", "b=w", "true=t"]);
        assert_eq!(app.policy, Policy::Always { retries: 3 });
        assert_eq!(app.weight, Weight::Words(vec!["a".to_string()]));
        assert_eq!(app.by_number[&1], "a");
        assert_eq!(read("policy: never\n").unwrap().policy, Policy::Never);
        assert_eq!(
            read("policy: {sometimes: 5}\n").unwrap().policy,
            Policy::Sometimes(5)
        );
        assert_eq!(
            read("").unwrap_err().to_string(),
            "line 1, column 1: expected a map, found null"
        );
    }

    #[test]
    fn errors_say_where() {
        for (text, message) in [
            (
                "name: web\n\nreplicas: x\n",
                "line 3, column 11: replicas: expected an integer that is not negative, found the string \"x\"",
            ),
            (
                "name: 1.10\n",
                "line 1, column 7: name: expected a string, found the number 1.1; write \"1.10\" if text is meant",
            ),
            (
                "ports:\n- 80\n- [1]\n",
                "line 3, column 3: ports[1]: expected an integer from 0 to 65535, found a list",
            ),
            (
                "policy: {always: {retries: 300}}\n",
                "line 1, column 28: policy.retries: expected an integer from 0 to 255, found the integer 300",
            ),
            (
                "policy:\n  always: {}\n",
                "line 2, column 11: policy: `retries` is missing",
            ),
            (
                "labels: {a: *b}\n",
                "error converting YAML to JSON: yaml: unknown anchor 'b' referenced",
            ),
            (
                "weight: {a: 1}\n",
                "line 1, column 9: weight: data did not match any variant of untagged enum Weight",
            ),
            (
                "name: a\nname: b\n",
                "error converting YAML to JSON: yaml: unmarshal errors:\n  line 2: key \"name\" already set in map",
            ),
            (
                "labels: 5\n",
                "line 1, column 9: labels: expected a map, found the integer 5",
            ),
        ] {
            assert_eq!(read(text).unwrap_err().to_string(), message, "{text}");
        }
        let unknown = read("name: a\nreplica: 2\n").unwrap_err();
        assert_eq!((unknown.line(), unknown.column()), (Some(2), Some(1)));
        assert!(
            unknown
                .problem()
                .starts_with("unknown field `replica`, expected one of")
        );
    }

    #[test]
    fn nesting_is_bounded() {
        #[derive(Debug, Deserialize)]
        struct Chain {
            #[expect(dead_code, reason = "only reading it matters")]
            next: Option<Box<Chain>>,
        }
        let text = format!("{}{}", "{next: ".repeat(5000), "}".repeat(5000));
        let error = from_slice_as::<Chain>(text.as_bytes()).unwrap_err();
        assert_eq!(error.problem(), "nested too deeply");
    }
}
