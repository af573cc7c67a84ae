//! `*time.Location`, where a time is shown.

use std::any::Any;

use homescale_value::{Kind, Method, Object, Signature, Value};

use crate::dates::zone::Zone;

/// The type, as a parameter too.
pub(super) const LOCATION: &str = "*time.Location";

/// A zone that a template holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Location(pub(super) Zone);

const METHODS: &[Method] = &[Method {
    name: "String",
    signature: Signature::fixed(&[]),
    call: |this, _| Ok(this.to_string().into()),
}];

impl Object for Location {
    fn type_name(&self) -> &'static str {
        LOCATION
    }

    fn kind(&self) -> Kind {
        Kind::Ptr
    }

    fn print(&self) -> String {
        self.0.name().to_owned()
    }

    fn unexported_fields(&self) -> &'static [&'static str] {
        &[
            "name",
            "zone",
            "tx",
            "extend",
            "cacheStart",
            "cacheEnd",
            "cacheZone",
        ]
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    /// The same table: where it is from does not matter.
    fn equals(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|Self(other)| {
            self.0 == *other || (self.0.name() == "UTC" && other.name() == "UTC")
        })
    }

    fn is_same(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|Self(other)| self.0.is_same(other))
    }

    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        Some(Vec::new())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
