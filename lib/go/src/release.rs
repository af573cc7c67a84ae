//! [`Release`]: what differs between the releases of Go that Helm is built with.

/// A release of Go. Newer ones come after older ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Release {
    /// Go 1.23.
    Go1_23,
    /// Go 1.24.
    Go1_24,
    /// Go 1.25, from 1.25.2.
    Go1_25,
    /// Go 1.26.
    Go1_26,
}

/// What a release of Go does otherwise than another.
#[derive(Debug)]
pub(crate) struct Differences {
    /// How the names of classes in patterns are read.
    pub(crate) class_names: ClassNames,
    /// Whether brackets in the host of a URL must have an IPv6 address in them, and be all of the host.
    pub(crate) url_brackets_are_checked: bool,
    /// Whether the host of a URL of http or https has no colon but that before its port.
    pub(crate) url_hosts_have_one_colon: bool,
    /// Whether templates range over integers.
    pub(crate) ranges_over_integers: bool,
    /// Whether the error of comparing values in a template names their types.
    pub(crate) names_compared_types: bool,
    /// Whether `time.Time` has the methods `AppendBinary` and `AppendText`.
    pub(crate) times_append: bool,
    /// Whether `x509.CreateCertificate` cuts the identifier of an authority's key from its SHA-256, or takes its SHA-1.
    pub(crate) key_ids_are_sha256: bool,
}

/// How `\p{…}` finds a class by its name.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ClassNames {
    /// By the very name of a category or script; what is not assigned has no name and is no control.
    Exact,
    /// Also by long names, in any case and with any separators.
    Loose,
}

impl Release {
    /// The newest of them.
    pub const LATEST: Self = Self::Go1_26;

    /// What this release does.
    pub(crate) const fn differences(self) -> &'static Differences {
        match self {
            Self::Go1_23 => &GO_1_23,
            Self::Go1_24 => &GO_1_24,
            Self::Go1_25 => &GO_1_25,
            Self::Go1_26 => &GO_1_26,
        }
    }

    /// Whether `text/template` ranges over integers.
    pub fn ranges_over_integers(self) -> bool {
        self.differences().ranges_over_integers
    }

    /// Whether the error of comparing values in a template names their types.
    pub fn names_compared_types(self) -> bool {
        self.differences().names_compared_types
    }

    /// Whether `time.Time` has the methods `AppendBinary` and `AppendText`.
    pub fn times_append(self) -> bool {
        self.differences().times_append
    }

    /// Whether `x509.CreateCertificate` cuts the identifier of an authority's key from its SHA-256, or takes its SHA-1.
    pub fn key_ids_are_sha256(self) -> bool {
        self.differences().key_ids_are_sha256
    }
}

const GO_1_23: Differences = Differences {
    class_names: ClassNames::Exact,
    url_brackets_are_checked: false,
    url_hosts_have_one_colon: false,
    ranges_over_integers: false,
    names_compared_types: false,
    times_append: false,
    key_ids_are_sha256: false,
};

const GO_1_24: Differences = Differences {
    ranges_over_integers: true,
    times_append: true,
    ..GO_1_23
};

const GO_1_25: Differences = Differences {
    class_names: ClassNames::Loose,
    url_brackets_are_checked: true,
    names_compared_types: true,
    key_ids_are_sha256: true,
    ..GO_1_24
};

const GO_1_26: Differences = Differences {
    url_hosts_have_one_colon: true,
    ..GO_1_25
};
