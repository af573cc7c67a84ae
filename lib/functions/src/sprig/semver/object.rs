//! [`Version`] as an [`Object`] of the evaluator, with the methods that templates can call.

use std::any::Any;
use std::cell::RefCell;
use std::cmp::Ordering;

use homescale_value::{
    CallError, Field, Method, Number, Object, Signature, Str, Type, Value, error_value, object,
};
use homescale_yaml::json;

use super::Options;
use super::version::{Version, identifiers};

impl Version {
    /// What a `*semver.Version` is to templates.
    pub(crate) fn into_pointer(self, options: Options) -> Value {
        object(VersionObject {
            version: RefCell::new(self),
            options,
            is_pointer: true,
        })
    }

    /// The next version after a change of one part, as the methods `IncMajor`, `IncMinor` and `IncPatch` give it.
    ///
    /// # Errors
    ///
    /// Go's text: there is no next number, and the release of Helm notices.
    fn incremented(
        mut self,
        part: &str,
        has_bounds: bool,
        change: fn(&mut Self) -> &mut u64,
    ) -> Result<Self, CallError> {
        let number = change(&mut self);
        match number.checked_add(1) {
            None if has_bounds => {
                return Err(format!("{part} version increment would overflow uint64").into());
            }
            incremented => *number = incremented.unwrap_or_default(),
        }
        Ok(self.released())
    }

    /// Without prerelease and metadata.
    fn released(mut self) -> Self {
        self.prerelease.clear();
        self.metadata.clear();
        self.renamed()
    }

    /// With its original text rewritten, the leading `v` kept.
    fn renamed(mut self) -> Self {
        let prefix = if self.original.starts_with('v') {
            "v"
        } else {
            ""
        };
        self.original = format!("{prefix}{self}");
        self
    }
}

/// `*semver.Version`, or `semver.Version`. Some methods of a pointer read another version into it.
#[derive(Debug)]
struct VersionObject {
    version: RefCell<Version>,
    options: Options,
    is_pointer: bool,
}

impl VersionObject {
    /// A `semver.Version`, as the methods give it that change one.
    fn changed(&self, version: Version) -> Value {
        object(Self {
            version: RefCell::new(version),
            options: self.options,
            is_pointer: false,
        })
    }

    /// Reads another version into this one.
    fn read(&self, text: &str) -> Value {
        let version = Version::parse(text, self.options);
        let version = version.map_err(|error| error.to_string().into());
        error_value(version.map(|version| *self.version.borrow_mut() = version))
    }
}

impl Object for VersionObject {
    fn type_name(&self) -> &'static str {
        if self.is_pointer {
            "*semver.Version"
        } else {
            "semver.Version"
        }
    }

    fn text(&self) -> Option<String> {
        Some(self.version.borrow().to_string())
    }

    fn methods(&self) -> &'static [Method] {
        if self.is_pointer {
            METHODS
        } else {
            &METHODS[..VALUE_METHODS]
        }
    }

    fn fields(&self) -> Vec<(&'static Field, Value)> {
        const FIELDS: &[Field] = &[
            Field::of("major"),
            Field::of("minor"),
            Field::of("patch"),
            Field::of("pre"),
            Field::of("metadata"),
            Field::of("original"),
        ];
        let version = self.version.borrow();
        let numbers = [version.major, version.minor, version.patch].map(uint);
        let texts = [&version.prerelease, &version.metadata, &version.original];
        let texts = texts.map(|text| text.as_str().into());
        FIELDS
            .iter()
            .zip(numbers.into_iter().chain(texts))
            .collect()
    }

    fn to_data(&self) -> Result<Value, CallError> {
        Ok(self.version.borrow().to_string().into())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        let other: Option<&Self> = other.as_any().downcast_ref();
        other.is_some_and(|other| {
            self.is_pointer == other.is_pointer && self.version == other.version
        })
    }

    fn assign(&self, other: &dyn Object) {
        let other: Option<&Self> = other.as_any().downcast_ref();
        if let Some(other) = other.filter(|other| other.is_pointer) {
            self.version.swap(&RefCell::clone(&other.version));
        }
    }

    fn deep_copy(&self) -> Option<Value> {
        Some(object(Self {
            version: RefCell::default(),
            options: self.options,
            is_pointer: self.is_pointer,
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const NONE: Signature = Signature::fixed(&[]);
const TEXT: Signature = Signature::fixed(&[Type::String]);
const OTHER: Signature = Signature::fixed(&[Type::Pointer("*semver.Version")]);
const BYTES: Signature = Signature::fixed(&[Type::Bytes]);

/// How many of the methods a version that is no pointer has.
const VALUE_METHODS: usize = 14;

/// The methods of `semver.Version`, then those of `*semver.Version` alone.
const METHODS: &[Method] = &[
    Method {
        name: "IncMajor",
        signature: NONE,
        call: |this, _| {
            incremented(this, "major", |next| {
                (next.minor, next.patch) = (0, 0);
                &mut next.major
            })
        },
    },
    Method {
        name: "IncMinor",
        signature: NONE,
        call: |this, _| {
            incremented(this, "minor", |next| {
                next.patch = 0;
                &mut next.minor
            })
        },
    },
    Method {
        name: "IncPatch",
        signature: NONE,
        call: |this, _| {
            let version = version(this)?;
            let current = version.version.borrow().clone();
            if current.prerelease.is_empty() {
                return incremented(this, "patch", |next| &mut next.patch);
            }
            // A prerelease comes before the version it leads to.
            Ok(version.changed(current.released()))
        },
    },
    Method {
        name: "Major",
        signature: NONE,
        call: |this, _| with(this, |version| uint(version.major)),
    },
    Method {
        name: "MarshalJSON",
        signature: NONE,
        call: |this, _| with(this, |version| bytes(format!("\"{version}\""))),
    },
    Method {
        name: "MarshalText",
        signature: NONE,
        call: |this, _| with(this, |version| bytes(version.to_string())),
    },
    Method {
        name: "Metadata",
        signature: NONE,
        call: |this, _| with(this, |version| version.metadata.as_str().into()),
    },
    Method {
        name: "Minor",
        signature: NONE,
        call: |this, _| with(this, |version| uint(version.minor)),
    },
    Method {
        name: "Patch",
        signature: NONE,
        call: |this, _| with(this, |version| uint(version.patch)),
    },
    Method {
        name: "Prerelease",
        signature: NONE,
        call: |this, _| with(this, |version| version.prerelease.as_str().into()),
    },
    Method {
        name: "SetMetadata",
        signature: TEXT,
        call: |this, args| changed(this, args, '+', |version, text| version.metadata = text),
    },
    Method {
        name: "SetPrerelease",
        signature: TEXT,
        call: |this, args| changed(this, args, '-', |version, text| version.prerelease = text),
    },
    Method {
        name: "String",
        signature: NONE,
        call: |this, _| with(this, |version| version.to_string().into()),
    },
    Method {
        name: "Value",
        signature: NONE,
        call: |this, _| with(this, |version| version.to_string().into()),
    },
    Method {
        name: "Compare",
        signature: OTHER,
        call: |this, args| {
            compared(this, args, |order| {
                Value::Int(match order {
                    Ordering::Less => -1,
                    Ordering::Equal => 0,
                    Ordering::Greater => 1,
                })
            })
        },
    },
    Method {
        name: "Equal",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_eq().into()),
    },
    Method {
        name: "GreaterThan",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_gt().into()),
    },
    Method {
        name: "GreaterThanEqual",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_ge().into()),
    },
    Method {
        name: "LessThan",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_lt().into()),
    },
    Method {
        name: "LessThanEqual",
        signature: OTHER,
        call: |this, args| compared(this, args, |order| order.is_le().into()),
    },
    Method {
        name: "Original",
        signature: NONE,
        call: |this, _| with(this, |version| version.original.as_str().into()),
    },
    Method {
        name: "Scan",
        signature: Signature::fixed(&[Type::Any]),
        call: |this, args| {
            let text = args.first().and_then(Value::as_str);
            Ok(version(this)?.read(&text.map(Str::to_text).unwrap_or_default()))
        },
    },
    Method {
        name: "UnmarshalJSON",
        signature: BYTES,
        call: |this, args| {
            let version = version(this)?;
            Ok(match string_of_json(given_bytes(args)) {
                Ok(text) => version.read(&text),
                Err(error) => error_value(Err(error)),
            })
        },
    },
    Method {
        name: "UnmarshalText",
        signature: BYTES,
        call: |this, args| {
            let text = String::from_utf8_lossy(given_bytes(args));
            Ok(version(this)?.read(&text))
        },
    },
];

fn with(this: &Value, get: impl Fn(&Version) -> Value) -> Result<Value, CallError> {
    version(this).map(|this| get(&this.version.borrow()))
}

fn version(this: &Value) -> Result<&VersionObject, CallError> {
    let version = this.downcast();
    version.ok_or_else(|| "the receiver is no version".into())
}

fn incremented(
    this: &Value,
    part: &str,
    change: fn(&mut Version) -> &mut u64,
) -> Result<Value, CallError> {
    let this = version(this)?;
    let next = this.version.borrow().clone();
    let next = next.incremented(part, this.options.has_bounds, change)?;
    Ok(this.changed(next))
}

fn compared(this: &Value, args: &[Value], get: fn(Ordering) -> Value) -> Result<Value, CallError> {
    let other: &VersionObject = args
        .first()
        .and_then(Value::downcast)
        .ok_or("the argument is no version")?;
    let other = other.version.borrow();
    with(this, |version| get(version.compare(&other)))
}

fn changed(
    this: &Value,
    args: &[Value],
    mark: char,
    change: fn(&mut Version, String),
) -> Result<Value, CallError> {
    let text = args.first().and_then(Value::as_str);
    let text = text
        .map(|text| text.to_text().into_owned())
        .unwrap_or_default();
    let marked = format!("{mark}{text}");
    let is_valid = text.is_empty() || matches!(identifiers(mark, &marked), (Some(_), ""));
    if !is_valid {
        let part = if mark == '+' {
            "metadata"
        } else {
            "prerelease"
        };
        return Err(format!("invalid {part} string").into());
    }
    let this = version(this)?;
    let mut version = this.version.borrow().clone();
    change(&mut version, text);
    Ok(this.changed(version.renamed()))
}

fn uint(number: u64) -> Value {
    Value::Number(Number::Uint64(number))
}

fn bytes(text: String) -> Value {
    Value::Bytes(text.into())
}

fn given_bytes(args: &[Value]) -> &[u8] {
    match args.first() {
        Some(Value::Bytes(bytes)) => bytes,
        _ => &[],
    }
}

/// What Go's `encoding/json` reads into a string: a null changes nothing.
fn string_of_json(text: &[u8]) -> Result<String, CallError> {
    let kind = match json::decode(text).map_err(|error| error.to_string())? {
        Value::Nil => return Ok(String::new()),
        Value::Str(text) => return Ok(text.to_text().into_owned()),
        Value::Bool(_) => "bool",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "number",
    };
    Err(format!("json: cannot unmarshal {kind} into Go value of type string").into())
}
