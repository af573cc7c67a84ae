//! [`Field`]: a field of a Go struct, with what its tags tell encoders.

/// A field of a struct.
///
/// ```
/// use homescale_value::Field;
///
/// const FIELD: Field = Field::of("APIVersion").in_json("apiVersion").omitting_empty();
/// assert_eq!((FIELD.json, FIELD.in_yaml(), FIELD.is_exported()), ("apiVersion", "apiversion".to_owned(), true));
/// ```
#[derive(Debug)]
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// The name in JSON.
    pub json: &'static str,
    /// Whether JSON leaves it out when it is empty.
    pub omits_empty: bool,
    /// Whether YAML that does not go through JSON has the same name, and leaves it out as well.
    pub has_yaml_tag: bool,
    /// The type, when it is a pointer that may be nil.
    pub pointer: Option<&'static str>,
    /// Whether it is an embedded struct, whose fields are those of the struct around it, too.
    pub is_embedded: bool,
}

impl Field {
    /// A field without tags.
    pub const fn of(name: &'static str) -> Self {
        Self {
            name,
            json: name,
            omits_empty: false,
            has_yaml_tag: false,
            pointer: None,
            is_embedded: false,
        }
    }

    /// The same field with this name in JSON.
    pub const fn in_json(self, json: &'static str) -> Self {
        Self { json, ..self }
    }

    /// The same field, left out where it is empty.
    pub const fn omitting_empty(self) -> Self {
        Self {
            omits_empty: true,
            ..self
        }
    }

    /// The same field with a tag for YAML that equals the one for JSON.
    pub const fn with_yaml_tag(self) -> Self {
        Self {
            has_yaml_tag: true,
            ..self
        }
    }

    /// The same field, a pointer of this type, which may be nil.
    pub const fn of_pointer(self, ty: &'static str) -> Self {
        Self {
            pointer: Some(ty),
            ..self
        }
    }

    /// The same field, embedded.
    pub const fn embedded(self) -> Self {
        Self {
            is_embedded: true,
            ..self
        }
    }

    /// The name in YAML that does not go through JSON.
    pub fn in_yaml(&self) -> String {
        if self.has_yaml_tag {
            return self.json.to_owned();
        }
        self.name.to_lowercase()
    }

    /// Whether other packages see it.
    pub fn is_exported(&self) -> bool {
        self.name
            .starts_with(|first: char| first.is_ascii_uppercase())
    }
}
