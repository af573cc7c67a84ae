//! A Go `error` that is a value: what a method gives whose only result is one.

use std::any::Any;

use crate::{CallError, Object, Value, object};

/// The result of a Go method that gives nothing but an `error`: it fails no template, which prints it.
///
/// ```
/// use homescale_value::error_value;
///
/// let failed = error_value(Err("invalid semantic version".into()));
/// assert_eq!(failed.to_string(), "invalid semantic version");
/// assert!(failed.is_true());
///
/// let nil = error_value(Ok(()));
/// assert_eq!(nil.to_string(), "<nil>");
/// assert!(!nil.is_true());
/// ```
pub fn error_value(result: Result<(), CallError>) -> Value {
    object(ErrorObject(result.err()))
}

#[derive(Debug)]
struct ErrorObject(Option<CallError>);

impl Object for ErrorObject {
    fn type_name(&self) -> &'static str {
        match self.0 {
            Some(_) => "*errors.errorString",
            None => "error",
        }
    }

    fn text(&self) -> Option<String> {
        let text = self.0.as_ref().map(ToString::to_string);
        Some(text.unwrap_or_else(|| "<nil>".to_owned()))
    }

    fn is_true(&self) -> bool {
        self.0.is_some()
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|other| self.0 == other.0)
    }

    /// A nil of whatever interface is a nil to a function.
    fn as_argument(&self) -> Option<Value> {
        self.0.is_none().then_some(Value::Nil)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
