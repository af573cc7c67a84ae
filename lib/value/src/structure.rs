//! [`Struct`]: a Go struct, or a pointer to one, that a table of its fields tells.

use std::any::Any;
use std::rc::Rc;

use crate::{CallError, Field, Kind, Map, Method, Object, Value, deep_equal, object};

/// A struct type of Go.
#[derive(Debug)]
pub struct StructType {
    /// The type of a pointer to it, as `%T` prints it: `*common.KubeVersion`.
    pub pointer: &'static str,
    /// The fields, in Go's order.
    pub fields: &'static [Field],
    /// The methods of a pointer to it; the struct by itself has none.
    pub methods: &'static [Method],
}

/// A struct, as Go's reflection sees it: by itself, as a variable, or through a pointer.
///
/// ```
/// use homescale_value::{Field, Struct, StructType};
///
/// static TYPE: StructType = StructType {
///     pointer: "*version.BuildInfo",
///     fields: &[Field::of("Version").in_json("version"), Field::of("GoVersion")],
///     methods: &[],
/// };
/// let build = Struct::pointer(&TYPE, ["v4.1.4".into(), "go1.25".into()]);
/// assert_eq!(build.type_name(), "*version.BuildInfo");
/// assert_eq!(build.to_string(), "&{v4.1.4 go1.25}");
/// ```
#[derive(Clone, Debug)]
pub struct Struct {
    ty: &'static StructType,
    values: Rc<[Value]>,
    place: Place,
}

/// What holds the struct, on which depends which methods it has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// An `interface {}`: a copy, which lacks the methods of a pointer.
    Interface,
    /// A field of a struct that a pointer leads to: Go takes its address for a method.
    Variable,
    /// A pointer.
    Pointer,
}

impl Struct {
    /// A struct with these values, one for each field.
    pub fn value(ty: &'static StructType, values: impl IntoIterator<Item = Value>) -> Value {
        Self::held(ty, values, Place::Interface)
    }

    /// A pointer to a struct with these values, one for each field.
    pub fn pointer(ty: &'static StructType, values: impl IntoIterator<Item = Value>) -> Value {
        Self::held(ty, values, Place::Pointer)
    }

    /// The value of a field, exported or not.
    pub fn part(&self, name: &str) -> Option<Value> {
        let mut pairs = self.pairs();
        pairs.find_map(|(field, value)| (field.name == name).then(|| self.inside(value)))
    }

    /// A pointer to a copy, whose fields are the same.
    pub fn copy(&self) -> Value {
        Self::pointer(self.ty, self.values.iter().cloned())
    }

    fn held(
        ty: &'static StructType,
        values: impl IntoIterator<Item = Value>,
        place: Place,
    ) -> Value {
        let values = values.into_iter().collect();
        object(Self { ty, values, place })
    }

    fn at(&self, place: Place) -> Self {
        Self {
            place,
            ..self.clone()
        }
    }

    fn is_addressable(&self) -> bool {
        self.place != Place::Interface
    }

    /// A value of the struct, as it is where the struct is: a variable holds variables.
    fn inside(&self, value: &Value) -> Value {
        match value.downcast::<Self>() {
            Some(part) if part.place == Place::Interface && self.is_addressable() => {
                object(part.at(Place::Variable))
            }
            _ => value.clone(),
        }
    }

    fn pairs(&self) -> impl Iterator<Item = (&'static Field, &Value)> {
        self.ty.fields.iter().zip(self.values.iter())
    }

    /// What the method `String` of a pointer gives.
    fn string(&self) -> Option<String> {
        let method = self.ty.methods.iter().find(|m| m.name == "String")?;
        let text = (method.call)(&object(self.at(Place::Pointer)), &[]);
        text.ok().map(|text| text.to_string())
    }
}

impl Object for Struct {
    fn type_name(&self) -> &'static str {
        let pointer = self.ty.pointer;
        match self.place {
            Place::Pointer => pointer,
            _ => pointer.strip_prefix('*').unwrap_or(pointer),
        }
    }

    fn kind(&self) -> Kind {
        match self.place {
            Place::Pointer => Kind::Ptr,
            _ => Kind::Struct,
        }
    }

    fn text(&self) -> Option<String> {
        (self.place == Place::Pointer).then(|| self.string())?
    }

    fn fields(&self) -> Vec<(&'static Field, Value)> {
        let pairs = self.pairs().map(|(field, value)| (field, value.clone()));
        pairs.collect()
    }

    fn field(&self, name: &str) -> Option<Value> {
        if let Some(value) = self.part(name) {
            return Some(value);
        }
        let mut embedded = self.pairs().filter(|(field, _)| field.is_embedded);
        embedded.find_map(|(_, value)| self.inside(value).downcast::<Self>()?.field(name))
    }

    fn methods(&self) -> &'static [Method] {
        if self.is_addressable() {
            self.ty.methods
        } else {
            &[]
        }
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        let mut members = Vec::new();
        for (field, value) in self.pairs() {
            match value.downcast::<Self>() {
                Some(inner) if field.is_embedded => members.extend(inner.members()?),
                _ if !field.is_exported() => {}
                _ if field.omits_empty && is_empty(value) => {}
                _ => members.push((field.json, value.clone())),
            }
        }
        Some(members)
    }

    fn to_data(&self) -> Result<Value, CallError> {
        let members = self.members().unwrap_or_default();
        Ok(Value::Map(members.into_iter().collect::<Map>()))
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| {
            let mut pairs = self.values.iter().zip(&*other.values);
            self.type_name() == other.type_name() && pairs.all(|(a, b)| deep_equal(a, b))
        })
    }

    fn is_same(&self, other: &dyn Object) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| match self.place {
            Place::Pointer => Rc::ptr_eq(&self.values, &other.values),
            _ => self.equals(other),
        })
    }

    fn is_comparable(&self) -> bool {
        self.place == Place::Pointer || self.values.iter().all(is_comparable)
    }

    fn as_argument(&self) -> Option<Value> {
        (self.place == Place::Variable).then(|| object(self.at(Place::Interface)))
    }

    fn pointed(&self) -> Option<Value> {
        (self.place == Place::Pointer).then(|| object(self.at(Place::Interface)))
    }

    fn as_output(&self) -> Option<Value> {
        if !self.is_addressable() {
            return None;
        }
        let text = self.string().map(Value::from);
        Some(text.unwrap_or_else(|| object(self.at(Place::Interface))))
    }

    fn deep_copy(&self) -> Option<Value> {
        let copy = |(field, value): (&Field, &Value)| match value {
            value if field.is_exported() => value.deep_copy(),
            Value::Str(_) => "".into(),
            _ => Value::Nil,
        };
        let values = self.pairs().map(copy).collect();
        Some(object(Self {
            values,
            ..self.clone()
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `omitempty` leaves out: a struct never is empty.
fn is_empty(value: &Value) -> bool {
    !value.is_true()
}

fn is_comparable(value: &Value) -> bool {
    match value {
        Value::List(_) | Value::Map(_) | Value::Bytes(_) => false,
        Value::Object(object) => object.is_comparable(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Signature, fmt};

    static INNER: StructType = StructType {
        pointer: "*common.KubeVersion",
        fields: &[
            Field::of("Version"),
            Field::of("normal"),
            Field::of("Minor").in_json("minor").omitting_empty(),
        ],
        methods: &[Method {
            name: "String",
            signature: Signature::fixed(&[]),
            call: |this, _| {
                let this: Option<&Struct> = this.downcast();
                Ok(this
                    .and_then(|this| this.field("Version"))
                    .unwrap_or_default())
            },
        }],
    };

    static OUTER: StructType = StructType {
        pointer: "*common.Capabilities",
        fields: &[Field::of("KubeVersion").embedded(), Field::of("Names")],
        methods: &[],
    };

    fn outer(place: Place) -> Struct {
        let inner = Struct::value(&INNER, ["v1".into(), "n".into(), "".into()]);
        Struct {
            ty: &OUTER,
            values: Rc::new([inner, vec![Value::Int(1)].into()]),
            place,
        }
    }

    #[test]
    fn a_variable_has_the_methods_of_a_pointer_until_it_is_passed_on() {
        let variable = outer(Place::Pointer).field("KubeVersion").unwrap();
        let Value::Object(variable) = variable else {
            panic!("a struct is an object");
        };
        assert_eq!(variable.methods().len(), 1);
        assert_eq!(variable.as_output().unwrap().to_string(), "v1");
        let copy = variable.as_argument().unwrap();
        assert_eq!(copy.to_string(), "{v1 n }");
        let of_value = outer(Place::Interface).field("KubeVersion").unwrap();
        assert!(matches!(&of_value, Value::Object(object) if object.methods().is_empty()));
    }

    #[test]
    fn a_pointer_shows_what_it_leads_to_where_nothing_is_around_it() {
        let pointer = object(outer(Place::Pointer));
        assert_eq!(pointer.to_string(), "&{{v1 n } [1]}");
        let list = Value::from(vec![pointer.clone()]);
        assert_eq!(list.to_string(), "[0xc000000000]");
        let text = fmt::sprintf(b"%#v", &[pointer]);
        let text = String::from_utf8(text).unwrap();
        assert_eq!(
            text,
            r#"&common.Capabilities{KubeVersion:common.KubeVersion{Version:"v1", normal:"n", Minor:""}, Names:[]interface {}{1}}"#
        );
    }

    #[test]
    fn what_is_embedded_is_part_of_the_struct() {
        let outer = outer(Place::Interface);
        assert_eq!(outer.field("Version").unwrap().to_string(), "v1");
        let names = outer.members().unwrap().into_iter().map(|member| member.0);
        assert_eq!(names.collect::<Vec<_>>(), ["Version", "Names"]);
        assert!(!outer.is_comparable());
    }

    #[test]
    fn a_copy_loses_what_is_not_exported() {
        let copy = outer(Place::Interface).deep_copy().unwrap();
        assert_eq!(copy.to_string(), "{{v1  } [1]}");
    }
}
