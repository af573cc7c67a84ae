//! [`Version`] as an [`Object`] of the evaluator, with the methods that templates can call.

use std::any::Any;
use std::cmp::Ordering;

use homescale_value::{CallError, Field, Method, Number, Object, Signature, Type, Value, object};

use super::version::{Version, identifiers};

impl Version {
    /// The next version after a change of one part, as the methods `IncMajor`, `IncMinor` and `IncPatch` give it.
    ///
    /// # Errors
    ///
    /// Go's text: there is no next number, and the release of Helm notices.
    fn incremented(
        &self,
        part: &str,
        change: fn(&mut Self) -> &mut u64,
    ) -> Result<Self, CallError> {
        let mut next = self.clone();
        let number = change(&mut next);
        match number.checked_add(1) {
            None if self.is_bounded => {
                return Err(format!("{part} version increment would overflow uint64").into());
            }
            incremented => *number = incremented.unwrap_or_default(),
        }
        Ok(next.released())
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
        self.is_plain = true;
        self
    }
}

/// `*semver.Version`, or `semver.Version`.
impl Object for Version {
    fn type_name(&self) -> &'static str {
        if self.is_plain {
            "semver.Version"
        } else {
            "*semver.Version"
        }
    }

    fn text(&self) -> Option<String> {
        Some(self.to_string())
    }

    fn methods(&self) -> &'static [Method] {
        if self.is_plain {
            &METHODS[..VALUE_METHODS]
        } else {
            METHODS
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
        let numbers = [self.major, self.minor, self.patch].map(uint);
        let texts = [&self.prerelease, &self.metadata, &self.original];
        let values = numbers
            .into_iter()
            .chain(texts.map(|text| text.as_str().into()));
        FIELDS.iter().zip(values).collect()
    }

    fn deep_copy(&self) -> Option<Value> {
        Some(object(Self {
            is_plain: self.is_plain,
            is_bounded: self.is_bounded,
            ..Self::default()
        }))
    }

    fn to_data(&self) -> Result<Value, CallError> {
        Ok(self.to_string().into())
    }

    fn equals(&self, other: &dyn Object) -> bool {
        other.as_any().downcast_ref() == Some(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

const NONE: Signature = Signature::fixed(&[]);
const TEXT: Signature = Signature::fixed(&[Type::String]);
const OTHER: Signature = Signature::fixed(&[Type::Pointer("*semver.Version")]);

/// How many of the methods a version that is no pointer has.
const VALUE_METHODS: usize = 11;

/// The methods of `semver.Version`, then those of `*semver.Version` alone.
const METHODS: &[Method] = &[
    Method {
        name: "IncMajor",
        signature: NONE,
        call: |this, _| {
            let next = version(this)?.incremented("major", |next| {
                (next.minor, next.patch) = (0, 0);
                &mut next.major
            });
            next.map(object)
        },
    },
    Method {
        name: "IncMinor",
        signature: NONE,
        call: |this, _| {
            let next = version(this)?.incremented("minor", |next| {
                next.patch = 0;
                &mut next.minor
            });
            next.map(object)
        },
    },
    Method {
        name: "IncPatch",
        signature: NONE,
        call: |this, _| {
            let version = version(this)?;
            if !version.prerelease.is_empty() {
                // A prerelease comes before the version it leads to.
                return Ok(object(version.clone().released()));
            }
            version
                .incremented("patch", |next| &mut next.patch)
                .map(object)
        },
    },
    Method {
        name: "Major",
        signature: NONE,
        call: |this, _| with(this, |version| uint(version.major)),
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
];

fn with(this: &Value, get: impl Fn(&Version) -> Value) -> Result<Value, CallError> {
    version(this).map(get)
}

fn version(this: &Value) -> Result<&Version, CallError> {
    let version = this.downcast();
    version.ok_or_else(|| "the receiver is no version".into())
}

fn compared(this: &Value, args: &[Value], get: fn(Ordering) -> Value) -> Result<Value, CallError> {
    let other: &Version = args
        .first()
        .and_then(Value::downcast)
        .ok_or("the argument is no version")?;
    with(this, |version| get(version.compare(other)))
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
    with(this, |version| {
        let mut version = version.clone();
        change(&mut version, text.clone());
        object(version.renamed())
    })
}

fn uint(number: u64) -> Value {
    Value::Number(Number::Uint64(number))
}
