//! [`List`]: a Go slice.

use std::cell::{OnceCell, Ref, RefCell};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use crate::data::Data;
use crate::{Method, Type, Value, value};

/// The Go type of a list.
#[derive(Debug)]
pub struct ListType {
    /// As `%T` prints it.
    pub name: &'static str,
    /// The element type.
    pub elem: Type,
    /// The methods that a named type has.
    pub methods: &'static [Method],
}

impl ListType {
    /// `[]interface {}`.
    pub const ANY: Self = Self::plain("[]interface {}", Type::Any);
    /// `[]string`.
    pub const STRINGS: Self = Self::plain("[]string", Type::String);
    /// `[]int`.
    pub const INTS: Self = Self::plain("[]int", Type::Int);

    /// A list type without methods.
    pub const fn plain(name: &'static str, elem: Type) -> Self {
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
    contents: Rc<Contents>,
}

struct Contents {
    origin: Origin,
    /// What the list holds, once it is materialized.
    items: OnceCell<RefCell<Vec<Value>>>,
}

/// What a list is materialized from.
enum Origin {
    Empty,
    Nil,
    Data(Arc<[Data]>),
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
        Self::of(ty, Origin::Empty, OnceCell::from(RefCell::new(items)))
    }

    /// A nil slice: empty, printed as `[]`, written to JSON and YAML as null.
    pub fn nil(ty: &'static ListType) -> Self {
        Self::of(ty, Origin::Nil, OnceCell::new())
    }

    /// A lazy list of this data.
    pub(crate) fn lazily(items: Arc<[Data]>) -> Self {
        Self::of(&ListType::ANY, Origin::Data(items), OnceCell::new())
    }

    fn of(ty: &'static ListType, origin: Origin, items: OnceCell<RefCell<Vec<Value>>>) -> Self {
        let contents = Rc::new(Contents { origin, items });
        Self { ty, contents }
    }

    /// What the list holds as data, while it is lazy; once materialized, it may have changed.
    pub(crate) fn lazy(&self) -> Option<&Arc<[Data]>> {
        match &self.contents.origin {
            Origin::Data(items) if self.contents.items.get().is_none() => Some(items),
            _ => None,
        }
    }

    /// A copy of a lazy list, with everything in it.
    pub(crate) fn lazy_copy(&self) -> Option<Self> {
        let items = Arc::clone(self.lazy()?);
        Some(Self::of(self.ty, Origin::Data(items), OnceCell::new()))
    }

    fn cell(&self) -> &RefCell<Vec<Value>> {
        self.contents.items.get_or_init(|| {
            RefCell::new(match &self.contents.origin {
                Origin::Data(items) => items.iter().map(Data::to_value).collect(),
                Origin::Empty | Origin::Nil => Vec::new(),
            })
        })
    }

    /// Whether this is a nil slice.
    pub fn is_nil(&self) -> bool {
        matches!(self.contents.origin, Origin::Nil)
    }

    /// Whether this is the only handle.
    pub(crate) fn is_unique(&self) -> bool {
        Rc::strong_count(&self.contents) == 1
    }

    /// The Go type.
    pub fn ty(&self) -> &'static ListType {
        self.ty
    }

    /// The number of elements.
    pub fn len(&self) -> usize {
        match (self.contents.items.get(), &self.contents.origin) {
            (Some(items), _) => items.borrow().len(),
            (None, Origin::Data(items)) => items.len(),
            (None, _) => 0,
        }
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The element at `index`, if there is one.
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items().get(index).cloned()
    }

    /// A view of the elements. The list must not be changed while it is held.
    pub fn items(&self) -> Ref<'_, [Value]> {
        Ref::map(self.cell().borrow(), Vec::as_slice)
    }

    /// A copy of the elements.
    pub fn to_vec(&self) -> Vec<Value> {
        self.items().to_vec()
    }

    /// Replaces the element at `index`; does nothing past the end.
    pub fn replace(&self, index: usize, item: Value) {
        if let Some(slot) = self.cell().borrow_mut().get_mut(index) {
            *slot = item;
        }
    }

    /// Replaces all elements, seen through every handle: what Go code that sorts a slice in place does.
    pub fn replace_all(&self, items: Vec<Value>) {
        *self.cell().borrow_mut() = items;
    }

    /// Whether both are handles on the same list.
    pub fn is_same(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.contents, &other.contents)
    }

    /// The same list under another Go type: a conversion, after which both handles share every change.
    pub fn retyped(&self, ty: &'static ListType) -> Self {
        Self {
            ty,
            contents: Rc::clone(&self.contents),
        }
    }

    /// Moves the maps and lists out of it when this is the last handle.
    pub(crate) fn take_containers(self, into: &mut Vec<Value>) {
        if let Some(mut contents) = Rc::into_inner(self.contents) {
            contents.take_containers(into);
        }
    }
}

impl Contents {
    fn take_containers(&mut self, into: &mut Vec<Value>) {
        if let Some(items) = self.items.take() {
            into.extend(items.into_inner().into_iter().filter(value::is_container));
        }
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        let mut containers = Vec::new();
        self.take_containers(&mut containers);
        value::drop_flat(containers);
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
