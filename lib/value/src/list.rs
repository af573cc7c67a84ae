//! [`List`]: a Go slice.

use std::cell::{Ref, RefCell};
use std::fmt;
use std::rc::Rc;

use crate::{Elem, Method, Value, value};

/// The Go type of a list.
#[derive(Debug)]
pub struct ListType {
    /// As `%T` prints it.
    pub name: &'static str,
    /// The element type.
    pub elem: Elem,
    /// The methods that a named type has.
    pub methods: &'static [Method],
}

impl ListType {
    /// `[]interface {}`.
    pub const ANY: Self = Self::plain("[]interface {}", Elem::Any);
    /// `[]string`.
    pub const STRINGS: Self = Self::plain("[]string", Elem::String);
    /// `[]int`.
    pub const INTS: Self = Self::plain("[]int", Elem::Int);

    /// A list type without methods.
    pub const fn plain(name: &'static str, elem: Elem) -> Self {
        Self {
            name,
            elem,
            methods: &[],
        }
    }
}

/// A Go slice: a shared handle on a list of values. Clones see each other's changes.
///
/// ```
/// # use homescale_value::List;
/// let list = List::strings(["a", "b"]);
/// list.clone().replace(0, "z".into());
/// assert_eq!(list.get(0).unwrap().to_string(), "z");
/// assert_eq!(list.ty().name, "[]string");
/// ```
#[derive(Clone)]
pub struct List {
    ty: &'static ListType,
    data: Rc<Data>,
}

struct Data {
    nil: bool,
    items: RefCell<Vec<Value>>,
}

impl List {
    /// A list of type `[]interface {}`.
    pub fn new(items: Vec<Value>) -> Self {
        Self::typed(&ListType::ANY, items)
    }

    /// A list of type `[]string`.
    pub fn strings<S: Into<crate::Str>>(items: impl IntoIterator<Item = S>) -> Self {
        let items = items.into_iter().map(|s| Value::Str(s.into())).collect();
        Self::typed(&ListType::STRINGS, items)
    }

    /// A list of the given type; the caller vouches for the elements.
    pub fn typed(ty: &'static ListType, items: Vec<Value>) -> Self {
        let data = Rc::new(Data {
            nil: false,
            items: RefCell::new(items),
        });
        Self { ty, data }
    }

    /// A nil slice: empty, printed as `[]`, written to JSON and YAML as null.
    pub fn nil(ty: &'static ListType) -> Self {
        let data = Rc::new(Data {
            nil: true,
            items: RefCell::default(),
        });
        Self { ty, data }
    }

    /// Whether this is a nil slice.
    pub fn is_nil(&self) -> bool {
        self.data.nil
    }

    /// Whether this is the only handle.
    pub(crate) fn is_fresh(&self) -> bool {
        Rc::strong_count(&self.data) == 1
    }

    /// The Go type.
    pub fn ty(&self) -> &'static ListType {
        self.ty
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        self.data.items.borrow().len()
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`, if there is one.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.data.items.borrow().get(index).cloned()
    }

    /// A view of the elements. The list must not be changed while it is held.
    pub fn items(&self) -> Ref<'_, [Value]> {
        Ref::map(self.data.items.borrow(), Vec::as_slice)
    }

    /// A copy of the elements.
    pub fn to_vec(&self) -> Vec<Value> {
        self.data.items.borrow().clone()
    }

    /// Replaces the element at `index`; does nothing past the end.
    pub fn replace(&self, index: usize, item: Value) {
        if let Some(slot) = self.data.items.borrow_mut().get_mut(index) {
            *slot = item;
        }
    }

    /// Replaces all elements, seen through every handle: what Go code that sorts a slice in place does.
    pub fn replace_all(&self, items: Vec<Value>) {
        *self.data.items.borrow_mut() = items;
    }

    /// Whether both are handles on the same list.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.data, &other.data)
    }

    /// The same list under another Go type: a conversion, after which both handles share every change.
    pub fn retyped(&self, ty: &'static ListType) -> Self {
        Self {
            ty,
            data: Rc::clone(&self.data),
        }
    }

    /// The contents when this is the last handle.
    pub(crate) fn take_if_last(self) -> Option<Vec<Value>> {
        Rc::try_unwrap(self.data).ok().map(|data| data.items.take())
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        value::drop_flat(self.items.get_mut().drain(..));
    }
}

impl Default for List {
    fn default() -> Self {
        Self::new(Vec::new())
    }
}

impl FromIterator<Value> for List {
    fn from_iter<I: IntoIterator<Item = Value>>(items: I) -> Self {
        Self::new(items.into_iter().collect())
    }
}

impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.items().iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_handle_sees_a_change() {
        let list = List::new(vec![1.into(), 2.into()]);
        let alias = list.clone();
        alias.replace_all(vec![3.into()]);
        alias.replace(9, 4.into());
        assert!(list.is_same(&alias));
        assert_eq!(Value::List(list).to_string(), "[3]");
    }

    #[test]
    fn a_copy_of_the_elements_is_another_list() {
        let list: List = [Value::Int(1)].into_iter().collect();
        let copy = List::new(list.to_vec());
        copy.replace(0, 2.into());
        assert_eq!(list.get(0).unwrap().as_i64(), Some(1));
        assert!(list.get(1).is_none());
        assert!(!list.is_same(&copy));
    }

    #[test]
    fn a_nil_slice_is_empty() {
        let list = List::nil(&ListType::INTS);
        assert!(list.is_nil() && list.is_empty());
        assert!(!List::default().is_nil());
    }
}
