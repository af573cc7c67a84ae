//! [`GoType`]: what is known of a Go type.

use crate::version::ArgoCdVersion;

/// The Go type of a field.
#[derive(Debug)]
pub(crate) enum GoType {
    /// `string` and named types of it.
    Text,
    /// `bool`.
    Bool,
    /// `int64`.
    Int,
    /// `*string`, which may be there and empty.
    TextPointer,
    /// `*bool`.
    BoolPointer,
    /// `*int64`.
    IntPointer,
    /// `intstr.IntOrString`.
    IntOrText,
    /// Any JSON: `runtime.RawExtension` and `apiextensionsv1.JSON`.
    Json,
    /// A slice.
    List(&'static GoType),
    /// A map whose keys are strings.
    Map(&'static GoType),
    /// A struct.
    Struct(&'static Struct),
    /// A pointer to a struct, which may be there and empty.
    Pointer(&'static Struct),
}

/// A Go struct.
#[derive(Debug)]
pub(crate) struct Struct {
    /// Its name in Go.
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
}

/// A field of a struct.
#[derive(Debug)]
pub(crate) struct Field {
    /// Its name in JSON.
    pub(crate) name: &'static str,
    pub(crate) ty: GoType,
    pub(crate) written: Written,
    /// The first Argo CD that has it.
    pub(crate) since: ArgoCdVersion,
    /// The key by which a strategic merge patch merges the list (`patchStrategy: merge`); empty for a list of texts.
    pub(crate) merge_key: Option<&'static str>,
}

/// When a field is in the JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// If it is not empty: `omitempty`.
    IfSet,
    /// Even if it is empty.
    Always,
    /// If something in it is not empty: `omitzero`.
    IfNotZero,
    /// If it was there, however empty.
    IfThere,
}

/// A text.
pub(crate) const TEXTS: GoType = GoType::List(&GoType::Text);
/// `map[string]string`.
pub(crate) const TEXT_MAP: GoType = GoType::Map(&GoType::Text);

/// Argo CD before everything that a table says of its versions.
const FIRST: ArgoCdVersion = ArgoCdVersion::new(0, 0);

/// A field that is written if it is not empty.
pub(crate) const fn field(name: &'static str, ty: GoType) -> Field {
    Field {
        name,
        ty,
        written: Written::IfSet,
        since: FIRST,
        merge_key: None,
    }
}

/// A field that is always written.
pub(crate) const fn always(name: &'static str, ty: GoType) -> Field {
    written(name, ty, Written::Always)
}

/// A field with another rule of when it is written.
pub(crate) const fn written(name: &'static str, ty: GoType, written: Written) -> Field {
    Field {
        name,
        ty,
        written,
        since: FIRST,
        merge_key: None,
    }
}

/// A field that came with a version.
pub(crate) const fn since(minor: u64, field: Field) -> Field {
    Field {
        since: ArgoCdVersion::new(3, minor),
        ..field
    }
}

/// A list that a strategic merge patch merges.
pub(crate) const fn merged(name: &'static str, ty: GoType, key: &'static str) -> Field {
    Field {
        name,
        ty,
        written: Written::IfSet,
        since: FIRST,
        merge_key: Some(key),
    }
}

impl Struct {
    /// The field of this name in JSON, or else, as Go reads JSON, one whose name differs in case only.
    pub(crate) fn find(&self, name: &[u8]) -> Option<&Field> {
        let exact = self.fields.iter().find(|f| f.name.as_bytes() == name);
        exact.or_else(|| {
            let mut fields = self.fields.iter();
            fields.find(|f| f.name.as_bytes().eq_ignore_ascii_case(name))
        })
    }
}

impl GoType {
    /// The struct that it is, or points to.
    pub(crate) fn structure(&self) -> Option<&'static Struct> {
        match self {
            Self::Struct(structure) | Self::Pointer(structure) => Some(structure),
            _ => None,
        }
    }
}
