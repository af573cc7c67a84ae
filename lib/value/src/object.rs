//! [`Object`]: a Go struct or named type that templates can hold, read fields of and call methods on.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use crate::{Field, IntegerType, Kind, Method, Value};

/// A Go value that is neither a basic type, a list nor a map: `time.Time`, `*semver.Version`, `common.KubeVersion`.
///
/// ```
/// use std::any::Any;
///
/// use homescale_value::{CallError, Object, Value, object};
///
/// #[derive(Debug, PartialEq)]
/// struct Port(i64);
///
/// impl Object for Port {
///     fn type_name(&self) -> &'static str {
///         "net.Port"
///     }
///     fn text(&self) -> Option<String> {
///         Some(format!(":{}", self.0))
///     }
///     fn field(&self, name: &str) -> Option<Value> {
///         (name == "Number").then(|| self.0.into())
///     }
///     fn to_data(&self) -> Result<Value, CallError> {
///         Ok(self.0.into())
///     }
///     fn equals(&self, other: &dyn Object) -> bool {
///         other.as_any().downcast_ref() == Some(self)
///     }
///     fn as_any(&self) -> &dyn Any {
///         self
///     }
/// }
///
/// let port = object(Port(80));
/// assert_eq!(port.to_string(), ":80");
/// assert_eq!(port.type_name(), "net.Port");
/// assert_eq!(port.downcast::<Port>(), Some(&Port(80)));
/// ```
pub trait Object: fmt::Debug {
    /// The Go type, as `%T` prints it.
    fn type_name(&self) -> &'static str;

    /// The Go kind, as Sprig's `kindOf` prints it: by default that of a struct, or of a pointer to one.
    fn kind(&self) -> Kind {
        self.pointee().map_or(Kind::Struct, |_| Kind::Ptr)
    }

    /// The type that it points to, when it is a pointer: Go puts an asterisk before its name.
    fn pointee(&self) -> Option<&'static str> {
        self.type_name().strip_prefix('*')
    }

    /// Which type of Go's package `time` it is, when it is one that encoders write in a way of their own.
    fn time_type(&self) -> Option<TimeType> {
        None
    }

    /// What its method `String` or `Error` gives, which is what `%v` then prints; `None` when it has none.
    fn text(&self) -> Option<String> {
        None
    }

    /// What a `GoString` method gives, which `%#v` prints.
    fn go_text(&self) -> Option<String> {
        None
    }

    /// The number and its type, when the Go type is a named integer.
    fn integer(&self) -> Option<(i64, &'static IntegerType)> {
        None
    }

    /// The fields of the struct, or of the one that it points to, in Go's order. None of them when nobody needs to see them.
    fn fields(&self) -> Vec<(&'static Field, Value)> {
        Vec::new()
    }

    /// The value of an exported field, or `None` when the type has no such field.
    fn field(&self, name: &str) -> Option<Value> {
        let _ = name;
        None
    }

    /// Whether the type has a field of this name that Go does not export.
    fn hides_field(&self, name: &str) -> bool {
        let fields = self.fields();
        let mut names = fields.iter().map(|(field, _)| field);
        names.any(|field| field.name == name && !field.is_exported())
    }

    /// The exported methods.
    fn methods(&self) -> &'static [Method] {
        &[]
    }

    /// Whether `{{ if }}` takes it as true: a struct always is.
    fn is_true(&self) -> bool {
        true
    }

    /// The members of the JSON object that Go's `encoding/json` writes for it, in the order of Go's fields; `None` when it
    /// is written as something else, which [`to_data`](Self::to_data) then tells.
    fn members(&self) -> Option<Vec<(&'static str, Value)>> {
        None
    }

    /// What Go's `encoding/json` would read: plain data, or Go's error. By default a map of the
    /// [`members`](Self::members).
    fn to_data(&self) -> Result<Value, CallError> {
        let members = self.members().unwrap_or_default();
        Ok(Value::Map(members.into_iter().collect()))
    }

    /// Whether the two are deeply equal, as `reflect.DeepEqual` sees them.
    fn equals(&self, other: &dyn Object) -> bool;

    /// Whether the two are the same to Go's `==`, which compares pointers by where they lead: by default, two pointers that
    /// are two objects here never are.
    fn is_same(&self, other: &dyn Object) -> bool {
        self.pointee().is_none() && self.equals(other)
    }

    /// Whether Go's `==` compares it at all: a struct with a list or a map is not comparable.
    fn is_comparable(&self) -> bool {
        true
    }

    /// What a function gets for a parameter of type `interface {}`; `None` is the object itself.
    ///
    /// A struct that lies in another one has the methods of a pointer to it as long as the evaluator holds it. A function gets
    /// a copy, which has them no more.
    fn as_argument(&self) -> Option<Value> {
        None
    }

    /// What a pointer leads to, where that shows as itself.
    fn pointed(&self) -> Option<Value> {
        None
    }

    /// Takes over what another pointer of the type leads to (`*p = *q`).
    fn assign(&self, other: &dyn Object) {
        let _ = other;
    }

    /// What a template action prints instead of it: what a pointer leads to. `None` is the object itself.
    fn as_output(&self) -> Option<Value> {
        None
    }

    /// A deep copy, which lacks what Go does not export. `None` is the object itself: it has a copy with all that it is, or
    /// nothing that could change.
    fn deep_copy(&self) -> Option<Value> {
        None
    }

    /// For a downcast to the concrete type.
    fn as_any(&self) -> &dyn Any;
}

/// What Go's code says when it fails: a method that a template calls, or `encoding/json` of a value that it does not write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallError(String);

impl<T: Into<String>> From<T> for CallError {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CallError {}

/// A type of Go's package `time` that some encoders know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeType {
    /// `time.Duration`.
    Duration,
    /// `time.Time`.
    Time,
}

/// Wraps a Rust value that behaves as a Go object.
pub fn object<T: Object + 'static>(inner: T) -> Value {
    Value::Object(Rc::new(inner))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A pointer, as its name says: `{{ kindOf (index .Chart.Maintainers 0) }}` is `ptr` in Helm 3.
    #[derive(Debug)]
    struct Maintainer;

    impl Object for Maintainer {
        fn type_name(&self) -> &'static str {
            "*chart.Maintainer"
        }

        fn equals(&self, _: &dyn Object) -> bool {
            true
        }

        fn as_any(&self) -> &dyn Any {
            self
        }
    }

    #[test]
    fn the_name_of_a_pointer_says_what_it_points_to() {
        let pointer = object(Maintainer);
        assert_eq!(pointer.kind(), Kind::Ptr);
        assert_eq!(pointer.pointee(), Some("chart.Maintainer"));
        assert!(!Maintainer.is_same(&Maintainer));
    }
}
