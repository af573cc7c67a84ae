//! [`ApplicationSetError`]: why Argo CD makes no Applications of an ApplicationSet.

use std::fmt;

/// Why no Applications are made, and of what: as Argo CD, which then creates and changes none of the set's.
#[derive(Clone, Debug, PartialEq)]
pub struct ApplicationSetError {
    /// Where in the ApplicationSet: `spec.generators[0].git.files[1].path`.
    pub place: String,
    /// What is wrong there.
    pub kind: ApplicationSetErrorKind,
}

/// What is wrong in an ApplicationSet.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ApplicationSetErrorKind {
    /// The object is of another kind; or it has none, which is an empty text.
    OtherKind(String),
    /// A field holds what its type cannot.
    WrongType {
        /// What the field holds.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
    /// It is nested too deeply.
    TooDeep {
        /// How many levels there may be.
        most: usize,
    },
    /// A Go template is none, or fails.
    Template(Box<homescale_template::Error>),
    /// A `{{` without `}}`, in the language that is not Go's; with what follows it.
    UnclosedTag(String),
    /// An option of Go templates that Go does not have.
    UnknownOption(String),
    /// A generator lacks what it generates from.
    EmptyGenerator,
    /// A matrix combines two generators, not so many.
    NotTwoGenerators(usize),
    /// A merge has fewer than two generators.
    TooFewGenerators(usize),
    /// An entry inside of a matrix or merge has more than one generator.
    SeveralGenerators(Vec<&'static str>),
    /// An entry inside of a matrix or merge has no generator that may be there.
    NoGenerator,
    /// A merge has no keys.
    NoMergeKeys,
    /// Two parameter sets have the same values of the merge keys, which are written as JSON.
    DuplicateMergeKey(String),
    /// Two generators of a matrix give the same parameter with different values.
    DifferentValues {
        /// The parameter.
        key: String,
        /// What the first generator gives.
        first: String,
        /// What the second generator gives.
        second: String,
    },
    /// A parameter is a map of texts in one generator and of anything in another.
    DifferentMaps(String),
    /// An element of a list is not what it must be.
    Element {
        /// The key in the element, unless it is all of it.
        key: Option<String>,
        /// What must be there.
        expected: &'static str,
    },
    /// YAML that is malformed, or is of another kind.
    Yaml(homescale_yaml::Error),
    /// A file of a repository is not what a generator reads.
    File {
        /// Its path.
        path: String,
        /// Why not.
        problem: Box<homescale_yaml::Error>,
    },
    /// A file of a repository cannot be read.
    UnreadableFile {
        /// Its path.
        path: String,
        /// Why not.
        problem: homescale_fileset::ReadError,
    },
    /// A pattern of files matches a directory, which is none.
    Directory(String),
    /// A pattern of files is none.
    Pathspec(homescale_fileset::PathspecError),
    /// A pattern of files is none, in the newer language of patterns.
    Doublestar(homescale_fileset::DoublestarError),
    /// A label selector is none.
    Selector(SelectorError),
    /// The template patch does not fit.
    Patch(PatchError),
    /// There is no AppProject of this name.
    NoProject(String),
    /// More is generated than the [limits](super::GeneratorLimits) allow.
    TooMany {
        /// Of what.
        of: &'static str,
        /// How many there may be.
        most: usize,
    },
}

/// Why a label selector is none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SelectorError {
    /// The key is no name of a label.
    Key(String),
    /// The value is no value of a label.
    Value(String),
    /// There is no such operator.
    Operator(String),
    /// The operator needs values.
    NoValues(&'static str),
    /// The operator has no values.
    Values(&'static str),
}

/// Why a template patch does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PatchError {
    /// It is not a mapping.
    NotAMapping,
    /// It merges a map or list into one that has no known type, such as inside of `valuesObject`.
    NoField {
        /// The Go type.
        of: &'static str,
        /// The key.
        key: String,
    },
    /// A directive is malformed or not supported.
    Directive(String),
    /// An element of a list that is merged lacks the key that tells which it is.
    NoMergeKey(&'static str),
    /// The elements of a list that is merged are of different types.
    MixedList,
}

impl ApplicationSetError {
    /// An error whose place is told by those who know it: [`Self::inside`].
    pub(crate) fn new(kind: ApplicationSetErrorKind) -> Self {
        Self {
            place: String::new(),
            kind,
        }
    }

    /// The same error, inside of this field or `[element]`.
    pub(crate) fn inside(mut self, outer: impl AsRef<str>) -> Self {
        let outer = outer.as_ref();
        self.place = match self.place.as_str() {
            "" => outer.to_owned(),
            inner if inner.starts_with('[') => format!("{outer}{inner}"),
            inner => format!("{outer}.{inner}"),
        };
        self
    }
}

impl From<ApplicationSetErrorKind> for ApplicationSetError {
    fn from(kind: ApplicationSetErrorKind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for ApplicationSetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for ApplicationSetError {}

impl fmt::Display for ApplicationSetErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherKind(kind) if kind.is_empty() => {
                f.write_str("this object has no kind; it must be `ApplicationSet`")
            }
            Self::OtherKind(kind) => write!(f, "this is a `{kind}`, not an ApplicationSet"),
            Self::WrongType { expected, found } => {
                write!(f, "here is {found}; it must be {expected}")
            }
            Self::TooDeep { most } => write!(f, "nested in more than {most} levels"),
            Self::Template(error) => error.fmt(f),
            Self::UnclosedTag(rest) => write!(f, "`{{{{` without `}}}}`, before {rest:?}"),
            Self::UnknownOption(option) => write!(
                f,
                "there is no option `{option}`; there are `missingkey=default`, `missingkey=zero` and `missingkey=error`"
            ),
            Self::EmptyGenerator => f.write_str("the generator says nothing to generate from"),
            Self::NotTwoGenerators(found) => {
                write!(f, "a matrix combines 2 generators; here are {found}")
            }
            Self::TooFewGenerators(found) => {
                write!(f, "a merge takes 2 generators or more; here are {found}")
            }
            Self::SeveralGenerators(names) => {
                write!(f, "one entry has the generators {}", names.join(", "))?;
                f.write_str("; inside of a matrix or merge, it must have one")
            }
            Self::NoGenerator => {
                f.write_str("no generator that can be here: matrix and merge nest only once")
            }
            Self::NoMergeKeys => f.write_str("a merge needs `mergeKeys`"),
            Self::DuplicateMergeKey(key) => {
                write!(
                    f,
                    "two parameter sets of one generator have {key}; merge keys must tell them apart"
                )
            }
            Self::DifferentValues { key, first, second } => write!(
                f,
                "both generators give `{key}`, the first `{first}`, the second `{second}`"
            ),
            Self::DifferentMaps(key) => write!(
                f,
                "`{key}` is a map of texts in one generator and of anything in another, which do not merge"
            ),
            Self::Element {
                key: None,
                expected,
            } => write!(f, "the element must be {expected}"),
            Self::Element {
                key: Some(key),
                expected,
            } => {
                write!(
                    f,
                    "`{key}` must be {expected}, because `goTemplate` is not set"
                )
            }
            Self::Yaml(error) => error.fmt(f),
            Self::File { path, problem } => write!(f, "{path}: {problem}"),
            Self::UnreadableFile { path, problem } => write!(f, "{path}: {problem}"),
            Self::Directory(path) => write!(
                f,
                "the pattern matches the directory `{path}`, and only files can be read"
            ),
            Self::Pathspec(error) => error.fmt(f),
            Self::Doublestar(error) => error.fmt(f),
            Self::Selector(error) => error.fmt(f),
            Self::Patch(error) => error.fmt(f),
            Self::NoProject(name) => write!(f, "there is no AppProject `{name}`"),
            Self::TooMany { of, most } => write!(f, "more than {most} {of}"),
        }
    }
}

impl fmt::Display for SelectorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "`{key}` is no name of a label"),
            Self::Value(value) => write!(f, "`{value}` is no value of a label"),
            Self::Operator(operator) => write!(
                f,
                "there is no operator `{operator}`; there are In, NotIn, Exists and DoesNotExist"
            ),
            Self::NoValues(operator) => write!(f, "{operator} needs `values`"),
            Self::Values(operator) => write!(f, "{operator} takes no `values`"),
        }
    }
}

impl std::error::Error for SelectorError {}

impl fmt::Display for PatchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAMapping => f.write_str("the patch must be a mapping"),
            Self::NoField { of, key } => write!(
                f,
                "the patch cannot merge into `{key}`, for which {of} has no type; give all of it, with `$patch: replace`"
            ),
            Self::Directive(name) => write!(f, "the directive `{name}` is not one that fits here"),
            Self::NoMergeKey(key) => write!(f, "an element of the list has no `{key}`"),
            Self::MixedList => f.write_str("the elements of the list are of different types"),
        }
    }
}

impl std::error::Error for PatchError {}
